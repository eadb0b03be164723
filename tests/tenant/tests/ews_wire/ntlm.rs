//! NTLM, with a client of this test's own (MS-NLMP 3.1.5).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use convoke_tenant::Options;
use convoke_tenant::ews::quirks::Quirk;
use hmac::{Hmac, KeyInit, Mac};
use md4::{Digest, Md4};
use md5::Md5;

use crate::client::{Answer, Client, start, start_with};

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn hmac_md5(key: &[u8], data: &[u8]) -> Vec<u8> {
    let mut mac = Hmac::<Md5>::new_from_slice(key).unwrap();
    mac.update(data);
    mac.finalize().into_bytes().to_vec()
}

/// Unicode, NTLM, target, always sign, extended security, 128 bits.
const FLAGS: u32 = 0x2008_8205;

fn negotiate() -> Vec<u8> {
    let mut message = b"NTLMSSP\0\x01\0\0\0".to_vec();
    message.extend(FLAGS.to_le_bytes());
    message.extend([0; 16]);
    message
}

struct Person<'a> {
    domain: &'a str,
    user: &'a str,
    password: &'a str,
}

/// The answer to a challenge; `spoiled` breaks its integrity code.
fn authenticate(challenge: &[u8], person: &Person<'_>, spoiled: bool) -> Vec<u8> {
    let length = usize::from(u16::from_le_bytes([challenge[40], challenge[41]]));
    let offset = u32::from_le_bytes(challenge[44..48].try_into().unwrap()) as usize;
    let offered = &challenge[offset..offset + length];
    // The server's pairs without their end, then the flag that says there is an integrity code.
    let mut pairs = offered[..length - 4].to_vec();
    pairs.extend([6, 0, 4, 0, 2, 0, 0, 0, 0, 0, 0, 0]);
    let mut blob = vec![1, 1, 0, 0, 0, 0, 0, 0];
    blob.extend([0x11; 8]);
    blob.extend([0x22; 8]);
    blob.extend([0; 4]);
    blob.extend(pairs);
    blob.extend([0; 4]);
    let hash = Md4::digest(utf16(person.password));
    let name = [utf16(&person.user.to_uppercase()), utf16(person.domain)].concat();
    let key = hmac_md5(&hash, &name);
    let proof = hmac_md5(&key, &[&challenge[24..32], &blob].concat());
    let response = [proof.clone(), blob].concat();
    let mut message = b"NTLMSSP\0\x03\0\0\0".to_vec();
    let mut payload: Vec<u8> = Vec::new();
    let parts = [&[][..], &response, &utf16(person.domain), &utf16(person.user), &utf16("WS1"), &[][..]];
    for part in parts {
        let length = u16::try_from(part.len()).unwrap().to_le_bytes();
        message.extend(length);
        message.extend(length);
        message.extend(u32::try_from(88 + payload.len()).unwrap().to_le_bytes());
        payload.extend(part);
    }
    message.extend(FLAGS.to_le_bytes());
    message.extend([10, 0, 0x61, 0x4a, 0, 0, 0, 15]);
    message.extend([0; 16]);
    message.extend(payload);
    let session = hmac_md5(&key, &proof);
    let code = hmac_md5(&session, &[&negotiate(), challenge, &message].concat());
    message[72..88].copy_from_slice(&code);
    message[72] ^= u8::from(spoiled);
    message
}

fn token(answer: &Answer, scheme: &str) -> Vec<u8> {
    let value = answer.challenges().concat();
    STANDARD.decode(value.strip_prefix(scheme).unwrap().trim()).unwrap()
}

async fn step(client: &Client, scheme: &str, message: &[u8]) -> Answer {
    let value = format!("{scheme} {}", STANDARD.encode(message));
    client.send(folder_request(client), &[("authorization", &value)]).await
}

fn folder_request(client: &Client) -> String {
    client.envelope(
        "<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape><m:FolderIds>\
         <t:DistinguishedFolderId Id='calendar'/></m:FolderIds></m:GetFolder>",
    )
}

async fn sign_in(client: &Client, scheme: &str, person: &Person<'_>, spoiled: bool) -> Answer {
    let challenged = step(client, scheme, &negotiate()).await;
    assert_eq!(challenged.status, 401);
    let challenge = token(&challenged, scheme);
    step(client, scheme, &authenticate(&challenge, person, spoiled)).await
}

async fn without_basic() -> (Client, String) {
    let mut client = start().await;
    client.set(Quirk::Basic, false);
    let password = client.basic.take().unwrap().1;
    (client, password)
}

#[tokio::test]
async fn three_messages_open_a_connection_for_all_that_follows() {
    let (client, password) = without_basic().await;
    let person = Person { domain: "CONTOSO", user: "pat.obrien", password: &password };
    assert_eq!(sign_in(&client, "NTLM", &person, false).await.codes(), ["NoError"]);
    let after = client.send(folder_request(&client), &[]).await;
    assert_eq!(after.codes(), ["NoError"], "the connection is Pat's");
    let other = Client { http: reqwest::Client::new(), ..client };
    assert_eq!(other.send(folder_request(&other), &[]).await.status, 401, "another connection is nobody's");
}

#[tokio::test]
async fn both_forms_of_names_and_both_schemes_work() {
    for (scheme, domain, user) in [
        ("NTLM", "", "pat.obrien@contoso.example"),
        ("Negotiate", "contoso.example", "PAT.OBRIEN"),
        ("NTLM", "Contoso", "pat.obrien"),
    ] {
        let (client, password) = without_basic().await;
        let person = Person { domain, user, password: &password };
        let answer = sign_in(&client, scheme, &person, false).await;
        assert_eq!(answer.status, 200, "{domain}\\{user}");
    }
}

#[tokio::test]
async fn wrong_passwords_broken_codes_and_old_challenges_are_refused() {
    let (client, password) = without_basic().await;
    let right = Person { domain: "CONTOSO", user: "pat.obrien", password: &password };
    let wrong = Person { password: "wrong", ..right };
    let refused = sign_in(&client, "NTLM", &wrong, false).await;
    assert_eq!((refused.status, refused.challenges()), (401, vec!["Negotiate", "NTLM"]));
    assert_eq!(sign_in(&client, "NTLM", &right, true).await.status, 401);
    let challenged = step(&client, "NTLM", &negotiate()).await;
    let answer = authenticate(&token(&challenged, "NTLM"), &right, false);
    let elsewhere = Client { http: reqwest::Client::new(), ..client };
    assert_eq!(step(&elsewhere, "NTLM", &answer).await.status, 401, "on another connection");
    assert_eq!(step(&elsewhere, "NTLM", &answer).await.status, 401, "without a challenge");
    assert_eq!(step(&elsewhere, "NTLM", b"NTLMSSP\0garbage").await.status, 401);
}

#[tokio::test]
async fn extended_protection_refuses_who_knows_no_channel() {
    let options = Options { tls: true, events: 4, contacts: 4, directory: 6, ..Options::default() };
    let mut client = start_with(options).await;
    let ca = std::fs::read(client.tenant.ready.ca.as_ref().unwrap()).unwrap();
    let root = reqwest::Certificate::from_pem(&ca).unwrap();
    client.http = reqwest::Client::builder().tls_certs_only([root]).build().unwrap();
    let password = client.basic.take().unwrap().1;
    let person = Person { domain: "CONTOSO", user: "pat.obrien", password: &password };
    assert_eq!(sign_in(&client, "NTLM", &person, false).await.status, 200);
    client.set(Quirk::ExtendedProtection, true);
    assert_eq!(sign_in(&client, "NTLM", &person, false).await.status, 401);
    assert_eq!(client.log().last().unwrap().note.as_deref(), Some("not bound to the channel"));
}
