//! Channel bindings: which server's certificate the exchange runs under.
//!
//! `tls-server-end-point` (RFC 5929 §4), wrapped and hashed as NTLM has it (MS-NLMP §2.2.2.1,
//! `MsvAvChannelBindings`).

use der::asn1::{AnyRef, ContextSpecific, ObjectIdentifier};
use der::{Decode, Reader, TagNumber};
use md5::{Digest as _, Md5};
use sha2::{Digest as _, Sha224, Sha256, Sha384, Sha512};

/// RSASSA-PSS, whose hash stands in its parameters (RFC 4055 §3.1).
const PSS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10");

/// The signature algorithms by their hash function, and the hashes themselves (RFC 8017, 5758, 3279, 4055).
const MD5_OR_SHA1: [&str; 5] = [
    "1.2.840.113549.1.1.4",
    "1.2.840.113549.1.1.5",
    "1.2.840.10045.4.1",
    "1.2.840.113549.2.5",
    "1.3.14.3.2.26",
];
const SHA224: [&str; 3] = ["1.2.840.113549.1.1.14", "1.2.840.10045.4.3.1", "2.16.840.1.101.3.4.2.4"];
const SHA256: [&str; 3] = ["1.2.840.113549.1.1.11", "1.2.840.10045.4.3.2", "2.16.840.1.101.3.4.2.1"];
const SHA384: [&str; 3] = ["1.2.840.113549.1.1.12", "1.2.840.10045.4.3.3", "2.16.840.1.101.3.4.2.2"];
const SHA512: [&str; 3] = ["1.2.840.113549.1.1.13", "1.2.840.10045.4.3.4", "2.16.840.1.101.3.4.2.3"];

/// The hash of the channel bindings for a server with `certificate` (DER).
///
/// `None` where the standard defines none: for signatures without one hash function, such as Ed25519, and for
/// algorithms that are not known here.
pub(crate) fn tls_server_end_point(certificate: &[u8]) -> Option<[u8; 16]> {
    Some(hashed(&end_point(certificate)?))
}

/// The certificate's hash by its own signature's function, with SHA-256 in place of MD5 and SHA-1.
fn end_point(certificate: &[u8]) -> Option<Vec<u8>> {
    let name = signature_algorithm(certificate).ok()?.to_string();
    let is = |list: &[&str]| list.contains(&name.as_str());
    let hash = match () {
        () if is(&SHA256) || is(&MD5_OR_SHA1) => Sha256::digest(certificate).to_vec(),
        () if is(&SHA384) => Sha384::digest(certificate).to_vec(),
        () if is(&SHA512) => Sha512::digest(certificate).to_vec(),
        () if is(&SHA224) => Sha224::digest(certificate).to_vec(),
        () => return None,
    };
    Some(hash)
}

/// `gss_channel_bindings_struct` without addresses (RFC 2744 §3.11), numbers in little endian, and its MD5.
fn hashed(end_point: &[u8]) -> [u8; 16] {
    let data = [&b"tls-server-end-point:"[..], end_point].concat();
    let length = u32::try_from(data.len()).unwrap_or_default().to_le_bytes();
    Md5::new().chain_update([0; 16]).chain_update(length).chain_update(data).finalize().into()
}

/// The algorithm of a certificate's outer signature (RFC 5280 §4.1.1.2); for PSS, the hash within.
fn signature_algorithm(certificate: &[u8]) -> der::Result<ObjectIdentifier> {
    let (name, parameters) = AnyRef::from_der(certificate)?.sequence(|certificate| {
        AnyRef::decode(certificate)?;
        let algorithm = AnyRef::decode(certificate)?;
        AnyRef::decode(certificate)?;
        algorithm_identifier(algorithm)
    })?;
    match parameters {
        Some(parameters) if name == PSS => parameters.sequence(|parameters| {
            let hash = ContextSpecific::<AnyRef<'_>>::decode_explicit(parameters, TagNumber(0))?;
            while !parameters.is_finished() {
                AnyRef::decode(parameters)?;
            }
            // Left out, it is SHA-1.
            let sha1 = ObjectIdentifier::new_unwrap("1.3.14.3.2.26");
            hash.map_or(Ok(sha1), |hash| Ok(algorithm_identifier(hash.value)?.0))
        }),
        _ => Ok(name),
    }
}

/// AlgorithmIdentifier (RFC 5280 §4.1.1.2).
fn algorithm_identifier(any: AnyRef<'_>) -> der::Result<(ObjectIdentifier, Option<AnyRef<'_>>)> {
    any.sequence(|fields| {
        let name = ObjectIdentifier::decode(fields)?;
        let parameters = if fields.is_finished() { None } else { Some(AnyRef::decode(fields)?) };
        Ok((name, parameters))
    })
}

#[cfg(test)]
mod tests {
    use super::{hashed, tls_server_end_point};
    use crate::ntlm::challenge::tests::bytes;
    use rustls::pki_types::CertificateDer;
    use rustls::pki_types::pem::PemObject;

    /// The example of Microsoft's Open Specifications team ("NTLM and Channel Binding Hash", 2013).
    #[test]
    fn microsofts_example() {
        let hash = bytes("ea05fefecc6b0bd571dbbc5baa3ed45386d0446835f7b74c85621b9983475f95");
        assert_eq!(hashed(&hash).to_vec(), bytes("6586e99d81c2fc984e47172fd4dd0310"));
    }

    /// Certificates made with OpenSSL, and what its `dgst` and Python's `hashlib` make of them.
    #[test]
    fn the_certificates_own_signature_names_the_hash() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/certificates");
        for (name, expected) in [
            ("rsa-md5", "ed8768f4d60582329ef64fd061fdeac6"),
            ("ecdsa-sha1", "ca2df2f561be75911eafae278e42ab8e"),
            ("rsa-sha256", "f1ea4180573f4261c2b08b0c7b07305d"),
            ("ecdsa-sha384", "bb6133a669aab90dbfd4cfc55b7b7ece"),
            ("pss-sha512", "442366fa4eb3ea1e5e7f0cd14f209cd4"),
            ("pss-sha1", "702274aa0019f9d9c4a4100b4de5bb36"),
        ] {
            let certificate = CertificateDer::from_pem_file(format!("{folder}/{name}.pem")).unwrap();
            assert_eq!(tls_server_end_point(&certificate).unwrap().to_vec(), bytes(expected), "{name}");
        }
        let ed25519 = CertificateDer::from_pem_file(format!("{folder}/ed25519.pem")).unwrap();
        assert_eq!(tls_server_end_point(&ed25519), None);
    }

    #[test]
    fn what_is_no_certificate_has_no_binding() {
        for junk in [&b""[..], b"x", &[0x30, 0x00], &[0x30, 0x84, 0xff, 0xff, 0xff, 0xff]] {
            assert_eq!(tls_server_end_point(junk), None);
        }
    }
}
