//! The arithmetic of NTLMv2 (§3.3.2).

use hmac::{Hmac, KeyInit, Mac};
use md4::{Digest, Md4};
use md5::Md5;
use zeroize::Zeroizing;

use super::utf16;
use crate::credentials::Credentials;

/// A key that is zeroed when dropped.
pub(super) type Key = Zeroizing<[u8; 16]>;

/// `NTOWFv2`: the key that password, user and domain make.
pub(super) fn response_key(credentials: &Credentials) -> Key {
    let (domain, user) = credentials.domain_and_user();
    let password = Zeroizing::new(utf16(credentials.password()));
    let password_key = Zeroizing::new(<[u8; 16]>::from(Md4::digest(&*password)));
    hmac_md5(&password_key, &[&utf16(&upper(user)), &utf16(domain)])
}

/// Upper case as Windows makes it: character for character, never one into several, and only of the basic
/// plane, since it works on units of UTF-16.
fn upper(text: &str) -> String {
    let upper = |sign: char| {
        let mut upper = sign.to_uppercase();
        match (upper.next(), upper.next()) {
            (Some(only), None) if sign.len_utf16() == 1 => only,
            _ => sign,
        }
    };
    text.chars().map(upper).collect()
}

/// `HMAC_MD5` over the parts, one after the other.
pub(super) fn hmac_md5(key: &[u8; 16], parts: &[&[u8]]) -> Key {
    // A key of one digest's length is shorter than the block: it is never hashed first (RFC 2104 §2).
    let mut block = hmac::digest::Key::<Hmac<Md5>>::default();
    block[..key.len()].copy_from_slice(key);
    let mut mac = Hmac::<Md5>::new(&block);
    for part in parts {
        mac.update(part);
    }
    Zeroizing::new(mac.finalize().into_bytes().into())
}

#[cfg(test)]
mod tests {
    use super::{hmac_md5, response_key, upper};
    use crate::credentials::Credentials;
    use crate::ntlm::challenge::tests::bytes;
    use secrecy::SecretString;

    /// MS-NLMP §4.2.4.1.1.
    #[test]
    fn the_documents_response_key() {
        let credentials = Credentials::new("Domain\\User", SecretString::from("Password")).unwrap();
        assert_eq!(response_key(&credentials).to_vec(), bytes("0c868a403bfd7a93a3001ef22ef02e3f"));
    }

    /// RFC 2202 §2, the first case: the key has sixteen bytes.
    #[test]
    fn the_standards_hmac() {
        assert_eq!(
            hmac_md5(&[0x0b; 16], &[b"Hi ", b"There"]).to_vec(),
            bytes("9294727a3638bb1c13f48ef8158bfc9d")
        );
    }

    #[test]
    fn upper_case_keeps_the_number_of_characters() {
        assert_eq!(upper("ann.müller@contoso.com"), "ANN.MÜLLER@CONTOSO.COM");
        assert_eq!(upper("straße"), "STRAßE");
        assert_eq!(upper("ﬁ𐐨"), "ﬁ𐐨");
    }
}
