//! NTLMv2 as a server checks it, written from MS-NLMP §3.3.2 alone: it shares no code with the client, and its
//! HMAC is RFC 2104 spelled out.

use std::collections::BTreeMap;

use md4::{Digest, Md4};
use md5::Md5;

/// Who may come in.
#[derive(Clone, Copy)]
pub struct Account {
    pub domain: &'static str,
    pub user: &'static str,
    pub password: &'static str,
}

/// What the third message says, once its proof was found right.
pub struct Proven {
    /// The client's AV_PAIRs by their id.
    pub pairs: BTreeMap<u16, Vec<u8>>,
    /// Time in the response.
    pub time: [u8; 8],
    pub client_challenge: [u8; 8],
    /// Whether the message integrity code over all three messages is right.
    pub mic: bool,
    pub lm_response: Vec<u8>,
    pub workstation: Vec<u8>,
}

/// Checks the third message. `None` for anything but the account's own proof.
pub fn check(negotiate: &[u8], challenge: &[u8], authenticate: &[u8], account: &Account) -> Option<Proven> {
    assert_eq!(&authenticate[..12], b"NTLMSSP\0\x03\0\0\0");
    let response = field(authenticate, 20);
    if field(authenticate, 28) != utf16(account.domain) || field(authenticate, 36) != utf16(account.user) {
        return None;
    }
    let key = response_key(account);
    let (proof, temp) = response.split_at(16);
    if hmac(&key, &[&challenge[24..32], temp].concat()) != *proof {
        return None;
    }
    assert_eq!(temp[..8], [1, 1, 0, 0, 0, 0, 0, 0], "version of the response");
    let session_key = hmac(&key, proof);
    let mut unsigned = authenticate.to_vec();
    unsigned[72..88].fill(0);
    let mic = hmac(&session_key, &[negotiate, challenge, &unsigned].concat());
    Some(Proven {
        pairs: pairs(&temp[28..]),
        time: temp[8..16].try_into().unwrap(),
        client_challenge: temp[16..24].try_into().unwrap(),
        mic: mic == authenticate[72..88],
        lm_response: field(authenticate, 12).to_vec(),
        workstation: field(authenticate, 44).to_vec(),
    })
}

/// Domain and user as the message names them.
pub fn named(authenticate: &[u8]) -> (String, String) {
    let text = |bytes: &[u8]| {
        let units: Vec<u16> = bytes.chunks(2).map(|unit| u16::from_le_bytes([unit[0], unit[1]])).collect();
        String::from_utf16(&units).unwrap()
    };
    (text(field(authenticate, 28)), text(field(authenticate, 36)))
}

fn response_key(account: &Account) -> [u8; 16] {
    let password = Md4::digest(utf16(account.password));
    hmac(&password, &[utf16(&account.user.to_uppercase()), utf16(account.domain)].concat())
}

/// RFC 2104 §2 with MD5, for keys shorter than a block.
fn hmac(key: &[u8], message: &[u8]) -> [u8; 16] {
    let padded = |pad: u8| {
        let mut block = [pad; 64];
        block.iter_mut().zip(key).for_each(|(byte, key)| *byte ^= key);
        block
    };
    let inner = Md5::new().chain_update(padded(0x36)).chain_update(message).finalize();
    Md5::new().chain_update(padded(0x5c)).chain_update(inner).finalize().into()
}

fn field(message: &[u8], at: usize) -> &[u8] {
    let length = usize::from(u16::from_le_bytes([message[at], message[at + 1]]));
    let offset = u32::from_le_bytes(message[at + 4..at + 8].try_into().unwrap()) as usize;
    &message[offset..offset + length]
}

fn pairs(mut list: &[u8]) -> BTreeMap<u16, Vec<u8>> {
    let mut found = BTreeMap::new();
    loop {
        let id = u16::from_le_bytes([list[0], list[1]]);
        let length = usize::from(u16::from_le_bytes([list[2], list[3]]));
        if id == 0 {
            assert_eq!(list, [0; 8], "the end mark, then four zeros");
            return found;
        }
        assert!(found.insert(id, list[4..4 + length].to_vec()).is_none(), "pair {id} twice");
        list = &list[4 + length..];
    }
}

pub fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// The second message: Unicode, NTLM, extended session security, target information; a domain's name and, if
/// asked for, the time.
pub fn challenge(nonce: [u8; 8], domain: &str, time: Option<[u8; 8]>) -> Vec<u8> {
    let mut info = pair(2, &utf16(domain));
    if let Some(time) = time {
        info.extend(pair(7, &time));
    }
    info.extend(pair(0, &[]));
    let mut message = b"NTLMSSP\0\x02\0\0\0".to_vec();
    message.extend([0, 0, 0, 0, 56, 0, 0, 0]);
    message.extend(0xe289_8235_u32.to_le_bytes());
    message.extend(nonce);
    message.extend([0; 8]);
    let length = u16::try_from(info.len()).unwrap().to_le_bytes();
    message.extend([length[0], length[1], length[0], length[1], 56, 0, 0, 0]);
    message.extend([0; 8]);
    message.extend(info);
    message
}

fn pair(id: u16, value: &[u8]) -> Vec<u8> {
    let length = u16::try_from(value.len()).unwrap();
    [&id.to_le_bytes(), &length.to_le_bytes(), value].concat()
}

/// The server's own arithmetic against MS-NLMP §4.2.4, so that both sides can't be wrong together.
#[test]
fn the_servers_arithmetic_is_that_of_the_document() {
    let account = Account { domain: "Domain", user: "User", password: "Password" };
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    assert_eq!(hex(&Md4::digest(utf16("Password"))), "a4f49c406510bdcab6824ee7c30fd852");
    assert_eq!(hex(&response_key(&account)), "0c868a403bfd7a93a3001ef22ef02e3f");
    let info = [pair(2, &utf16("Domain")), pair(1, &utf16("Server")), pair(0, &[])].concat();
    let temp = [&[1, 1][..], &[0; 14], &[0xaa; 8], &[0; 4], &info, &[0; 4]].concat();
    let server_challenge = [0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef];
    let proof = hmac(&response_key(&account), &[&server_challenge[..], &temp].concat());
    assert_eq!(hex(&proof), "68cd0ab851e51c96aabc927bebef6a1c");
    assert_eq!(hex(&hmac(&response_key(&account), &proof)), "8de40ccadbc14a82f15cb0ad0de95ca3");
}
