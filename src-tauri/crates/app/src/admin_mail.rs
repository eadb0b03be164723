//! The mail that asks an administrator to approve: the text of [`crate::admin_request`] in fewer words, so that the
//! address that starts it is not cut or refused on its way to the mail program.

use crate::admin_request::Facts;
use crate::code::{Code, Failure};
use crate::links::mailto;
use url::Url;

/// The most characters of the address. Windows hands on 2,083 (`INTERNET_MAX_URL_LENGTH`, the buffer of
/// `ShellExecute`), and some programs somewhat less.
const MAX_ADDRESS: usize = 1_900;

/// Subject and body, the longer before the shorter; the last has nothing whose length is not bounded well.
type Drafts = [(String, String); 4];

/// The address that starts the mail: the longest draft that fits.
pub fn mail(to: &str, facts: &Facts, language: &str) -> Result<Url, Failure> {
    let drafts = if language == "es" { spanish(facts) } else { english(facts) };
    // An address that leaves no room is left to the person.
    for to in [to, ""] {
        for (subject, body) in &drafts {
            let url = mailto(to, subject, body)?;
            if url.as_str().len() < MAX_ADDRESS {
                return Ok(url);
            }
        }
    }
    Err(Failure::new(Code::LinkNotAllowed))
}

fn english(facts: &Facts) -> Drafts {
    let Facts { who, organization, client_id, link, .. } = facts;
    let asks = if who.is_empty() { String::new() } else { format!("Who asks: {who}\n") };
    let scopes = scopes(facts);
    let plain = "Please approve Convoke".to_owned();
    let body = format!(
        "Hello,\n\n\
         please approve Convoke, a desktop app that shows my Microsoft 365 meetings and contacts.\n\n\
         {asks}\
         Application (client) id: {client_id}\n\
         Delegated permissions: {scopes}\n\n\
         As Cloud Application Administrator or Application Administrator, open this link in a private window:\n\
         {link}\n\
         The page of \"localhost\" at its end can't be reached; that is normal.\n\n\
         Thank you.\n"
    );
    [
        (format!("Please approve Convoke for {organization}"), body.clone()),
        (plain.clone(), body),
        (
            plain.clone(),
            format!("{asks}Application (client) id: {client_id}\nPermissions: {scopes}\n{link}\n"),
        ),
        (plain, format!("{link}\n")),
    ]
}

fn spanish(facts: &Facts) -> Drafts {
    let Facts { who, organization, client_id, link, .. } = facts;
    let asks = if who.is_empty() { String::new() } else { format!("Quién lo pide: {who}\n") };
    let scopes = scopes(facts);
    let plain = "Solicitud de aprobación de Convoke".to_owned();
    let body = format!(
        "Hola:\n\n\
         Le pido que apruebe Convoke, una aplicación que muestra mis reuniones y contactos de Microsoft 365.\n\n\
         {asks}\
         Id. de aplicación (cliente): {client_id}\n\
         Permisos delegados: {scopes}\n\n\
         Como administrador de aplicaciones en la nube o administrador de aplicaciones, abra este enlace en una \
         ventana privada:\n\
         {link}\n\
         Al final, la página de «localhost» no se puede abrir; es normal.\n\n\
         Gracias.\n"
    );
    [
        (format!("Solicitud de aprobación de Convoke para {organization}"), body.clone()),
        (plain.clone(), body),
        (
            plain.clone(),
            format!("{asks}Id. de aplicación (cliente): {client_id}\nPermisos: {scopes}\n{link}\n"),
        ),
        (plain, format!("{link}\n")),
    ]
}

fn scopes(facts: &Facts) -> String {
    let services = facts.scopes.iter().copied().chain(facts.exchange.as_deref());
    std::iter::once(facts.sign_in.as_str()).chain(services).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    const ID: &str = "5f2c7a10-0000-4000-8000-2f9d1c0b7e55";

    fn facts(who: &str, organization: &str, tenant: &str) -> Facts {
        let (sign_in, scopes) = (
            "openid, profile, email, offline_access",
            ["User.Read", "Calendars.ReadWrite", "Contacts.Read", "User.ReadBasic.All"],
        );
        let all = format!("{}+{}", sign_in.replace(", ", "+"), scopes.join("+"));
        Facts {
            who: who.to_owned(),
            organization: organization.to_owned(),
            client_id: ID.to_owned(),
            link: format!(
                "https://login.partner.microsoftonline.cn/{tenant}/v2.0/adminconsent?client_id={ID}&scope={all}\
                 &redirect_uri=http%3A%2F%2Flocalhost"
            ),
            exchange: Some("https://mail.contoso.com/EWS.AccessAsUser.All".to_owned()),
            scopes: scopes.to_vec(),
            sign_in: sign_in.to_owned(),
        }
    }

    /// What the mail program makes of the address.
    fn parts(url: &Url) -> HashMap<String, String> {
        url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
    }

    #[test]
    fn the_longest_ordinary_case_keeps_everything_that_counts() {
        let (name, domain) = ("ñ".repeat(40), format!("{}.onmicrosoft.com", "x".repeat(48)));
        let facts = facts(&format!("{}@{domain}", "u".repeat(64)), &name, &domain);
        for language in ["en", "es"] {
            let url = mail(&format!("{}@{domain}", "h".repeat(64)), &facts, language).unwrap();
            assert!(url.as_str().len() < MAX_ADDRESS, "{language}: {}", url.as_str().len());
            let parts = parts(&url);
            let (subject, body) = (&parts["subject"], &parts["body"]);
            for needed in [&facts.who, &facts.client_id, &facts.link, &facts.sign_in] {
                assert!(body.contains(needed.as_str()), "{language}: {body}");
            }
            assert!(facts.scopes.iter().all(|scope| body.contains(scope)), "{language}: {body}");
            assert!(body.contains("localhost\"") || body.contains("«localhost»"), "the long draft: {body}");
            assert!(subject.contains(&name), "{subject}");
        }
    }

    #[test]
    fn whatever_the_policy_says_the_link_fits() {
        let domain = format!("{}.example", ["a".repeat(60), "b".repeat(60), "c".repeat(60)].join("."));
        let facts = facts(&"é".repeat(320), &"漢".repeat(512), &domain);
        for language in ["en", "es"] {
            let url = mail(&format!("{}@{domain}", "h".repeat(64)), &facts, language).unwrap();
            assert!(url.as_str().len() < MAX_ADDRESS, "{language}: {}", url.as_str().len());
            assert!(parts(&url)["body"].contains(&facts.link), "{language}: {url}");
        }
    }
}
