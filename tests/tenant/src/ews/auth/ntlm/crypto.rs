//! The arithmetic of NTLMv2 (MS-NLMP 3.3.2, 3.4.5).

use hmac::{Hmac, KeyInit, Mac};
use md4::{Digest, Md4};
use md5::Md5;
use rc4::{Rc4, StreamCipher};

/// A key or a proof.
pub type Block = [u8; 16];

/// UTF-16, little-endian, as everything in the protocol is written.
#[must_use]
pub fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// HMAC-MD5.
#[must_use]
pub fn hmac_md5(key: &[u8], parts: &[&[u8]]) -> Block {
    // Every length of key is one that HMAC takes.
    let Ok(mut mac) = Hmac::<Md5>::new_from_slice(key) else { return [0; 16] };
    parts.iter().for_each(|part| mac.update(part));
    mac.finalize().into_bytes().into()
}

/// `NTOWFv2`: what the password of a user of a domain becomes. The domain is as the client wrote it.
#[must_use]
pub fn response_key(password: &str, user: &str, domain: &str) -> Block {
    let hash: Block = Md4::digest(utf16(password)).into();
    hmac_md5(&hash, &[&utf16(&user.to_uppercase()), &utf16(domain)])
}

/// `NTProofStr`: the answer to a challenge.
#[must_use]
pub fn proof(response_key: &Block, challenge: [u8; 8], blob: &[u8]) -> Block {
    hmac_md5(response_key, &[&challenge, blob])
}

/// `SessionBaseKey`.
#[must_use]
pub fn session_base_key(response_key: &Block, proof: &Block) -> Block {
    hmac_md5(response_key, &[proof])
}

/// Undoes the encryption of the session key that the client chose.
#[must_use]
pub fn decrypted(key: &Block, mut data: Block) -> Block {
    // Every length from 1 to 256 is one that RC4 takes.
    if let Ok(mut cipher) = Rc4::new_from_slice(key) {
        cipher.apply_keystream(&mut data);
    }
    data
}

/// MD5.
#[must_use]
pub fn md5(data: &[u8]) -> Block {
    Md5::digest(data).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The values of MS-NLMP 4.2.1 and 4.2.4.
    #[test]
    fn the_examples_of_the_specification_come_out() {
        let key = response_key("Password", "User", "Domain");
        assert_eq!(hex(&key), "0c868a403bfd7a93a3001ef22ef02e3f");
        let mut blob = vec![1, 1, 0, 0, 0, 0, 0, 0];
        blob.extend([0; 8]);
        blob.extend([0xaa; 8]);
        blob.extend([0; 4]);
        for (id, text) in [(2u8, "Domain"), (1, "Server")] {
            blob.extend([id, 0, 12, 0]);
            blob.extend(utf16(text));
        }
        blob.extend([0; 8]);
        let challenge = [0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef];
        let proof = proof(&key, challenge, &blob);
        assert_eq!(hex(&proof), "68cd0ab851e51c96aabc927bebef6a1c");
        let session = session_base_key(&key, &proof);
        assert_eq!(hex(&session), "8de40ccadbc14a82f15cb0ad0de95ca3");
        assert_eq!(hex(&decrypted(&session, [0x55; 16])), "c5dad2544fc9799094ce1ce90bc9d03e");
    }
}
