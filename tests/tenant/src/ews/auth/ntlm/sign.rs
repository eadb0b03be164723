//! Codes that NTLM makes with its session key (MS-NLMP 3.4.4.2, 3.4.5), as the wrapping of `Negotiate` wants them.

use rc4::{KeyInit, Rc4, StreamCipher};

use super::crypto::{Block, hmac_md5, md5};

/// Who makes the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The client.
    Client,
    /// The server.
    Server,
}

impl Side {
    fn key(self, session: &Block, purpose: &str) -> Block {
        let direction = match self {
            Self::Client => "client-to-server",
            Self::Server => "server-to-client",
        };
        let magic = format!("session key to {direction} {purpose} key magic constant\0");
        md5(&[session.as_slice(), magic.as_bytes()].concat())
    }
}

/// The first code over a message. `encrypted` where a key was exchanged.
#[must_use]
pub fn code(side: Side, session: &Block, message: &[u8], encrypted: bool) -> [u8; 16] {
    let sum = hmac_md5(&side.key(session, "signing"), &[&[0; 4], message]);
    let mut check = [0; 8];
    check.copy_from_slice(&sum[..8]);
    if encrypted && let Ok(mut cipher) = Rc4::new_from_slice(&side.key(session, "sealing")) {
        cipher.apply_keystream(&mut check);
    }
    let mut code = [0; 16];
    code[0] = 1;
    code[4..12].copy_from_slice(&check);
    code
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The keys of MS-NLMP 4.2.4.4, whose session key is 0x55 all over.
    #[test]
    fn keys_are_those_of_the_specification() {
        let session = [0x55; 16];
        assert_eq!(hex(&Side::Client.key(&session, "signing")), "4788dc861b4782f35d43fd98fe1a2d39");
        assert_eq!(hex(&Side::Client.key(&session, "sealing")), "59f600973cc4960a25480a7c196e4c58");
        assert_ne!(code(Side::Client, &session, b"a", true), code(Side::Server, &session, b"a", true));
        assert_ne!(code(Side::Client, &session, b"a", true), code(Side::Client, &session, b"a", false));
    }
}
