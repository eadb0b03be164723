//! The text that asks an administrator to approve, in the user's language: who asks, what for, which role suffices,
//! the link that grants exactly that, and the other way.

use crate::admin_mail;
use crate::app::App;
use crate::code::{Code, Failure};
use crate::exchange::Exchange;
use crate::failure;
use crate::flow::{SIGN_IN, WHO};
use crate::links::is_mail_address;
use crate::wire::query::AdminRequestQuery;
use crate::wire::row::AdminRequest;
use convoke_auth::flow::AdminConsentRequest;
use convoke_auth::token::scope;
use convoke_ews::{Endpoint, is_exchange_online};
use convoke_model::service::Service;
use convoke_policy::choice::{AuthorizeWith, EwsAuth};
use convoke_policy::scopes::{ALWAYS, SCOPES, permitted, scopes};
use convoke_policy::settings::Integration;
use url::Url;

/// What the text is made of.
pub(crate) struct Facts {
    /// Who asks; empty where nobody is known.
    pub(crate) who: String,
    pub(crate) organization: String,
    pub(crate) client_id: String,
    pub(crate) link: String,
    pub(crate) scopes: Vec<&'static str>,
    /// The permission of the organization's own Exchange server, where it is known.
    pub(crate) exchange: Option<String>,
    /// What Entra counts as permissions of the sign-in itself.
    pub(crate) sign_in: String,
}

impl App {
    /// What an administrator consents to so that nobody in the organization is asked for anything: the permissions of
    /// the services, those of the sign-in itself, which Entra counts as permissions too, and that of the organization's
    /// own Exchange server.
    pub(crate) fn scopes_for_organization(&self, services: &[Service]) -> Vec<String> {
        let own = self.sign_in_permissions().into_iter().map(str::to_owned);
        let graph = if self.is_exchange_decided() { Vec::new() } else { self.scopes_of(services) };
        own.chain(graph).chain(self.exchange_permission()).collect()
    }

    fn exchange_permission(&self) -> Option<String> {
        let known = self.account().and_then(|account| account.profile().exchange);
        exchange_scope(&self.policy().integration, known.as_ref())
    }

    fn sign_in_permissions(&self) -> Vec<&'static str> {
        let sign_in = if self.policy().sso.issuer.is_none() { &SIGN_IN[..] } else { &WHO[..] };
        sign_in.iter().copied().chain([scope::OFFLINE]).collect()
    }

    /// The text that asks an administrator for consent.
    ///
    /// # Errors
    /// When policy names no organization, or permits nothing that could be asked for.
    pub fn admin_request(&self, query: &AdminRequestQuery) -> Result<AdminRequest, Failure> {
        let facts = self.facts(query)?;
        Ok(if query.language == "es" { spanish(&facts) } else { english(&facts) })
    }

    fn facts(&self, query: &AdminRequestQuery) -> Result<Facts, Failure> {
        let policy = self.policy();
        let services: Vec<Service> = permitted(&policy.integration.permissions);
        if services.is_empty() && self.exchange_permission().is_none() {
            return Err(Failure::new(Code::OffByPolicy));
        }
        let request = AdminConsentRequest {
            authority: crate::tokens::microsoft(&policy)?,
            client_id: crate::tokens::client_id(&policy)?,
            scopes: self.scopes_for_organization(&services),
        };
        let link = request.link().map_err(|error| failure::of_auth(&error))?.to_string();
        let signed_in = self.account().map(|account| account.profile().account.username);
        let typed = || query.email.as_deref().map(str::trim).filter(|email| is_mail_address(email));
        Ok(Facts {
            who: signed_in.or_else(|| typed().map(str::to_owned)).unwrap_or_default(),
            organization: policy
                .organization
                .name
                .clone()
                .unwrap_or_else(|| policy.microsoft365.tenant.clone()),
            client_id: request.client_id,
            link,
            scopes: if self.is_exchange_decided() {
                Vec::new()
            } else {
                scopes(&services, &policy.integration.permissions)
            },
            exchange: self.exchange_permission(),
            sign_in: self.sign_in_permissions().join(", "),
        })
    }

    /// Opens a mail that asks the same in fewer words; to the organization's help address where policy names one.
    ///
    /// # Errors
    /// As [`App::admin_request`], or when nothing opens.
    pub async fn mail_admin_request(&self, query: &AdminRequestQuery) -> Result<(), Failure> {
        let facts = self.facts(query)?;
        let to = self.policy().organization.help_email.clone().unwrap_or_default();
        self.open_outside(admin_mail::mail(&to, &facts, &query.language)?).await
    }
}

/// The permission of hybrid modern authentication, where the server is known and the policy lets tokens be used there:
/// the account's server first. Exchange Online's mailboxes have Graph.
fn exchange_scope(integration: &Integration, known: Option<&Exchange>) -> Option<String> {
    let by_policy =
        integration.ews.url.as_ref().filter(|_| integration.authorize_with != AuthorizeWith::OAuth);
    let url = known.and_then(|known| known.url.as_deref()).or(by_policy.map(Url::as_str))?;
    let endpoint = Endpoint::new(url).ok().filter(|endpoint| !is_exchange_online(endpoint.url()))?;
    integration.ews.auth.contains(&EwsAuth::OAuth).then(|| endpoint.scope())
}

fn english(facts: &Facts) -> AdminRequest {
    let Facts { who, organization, client_id, link, sign_in, .. } = facts;
    let who = if who.is_empty() { String::new() } else { format!("Who asks: {who}\n") };
    let scopes = list(facts, |scope| match scope {
        ALWAYS => "sign in and read your own name and address",
        other => SCOPES.iter().find(|row| row.scope == other).map_or("", |row| row.feature),
    });
    let exchange = facts.exchange.as_ref().map_or(String::new(), |scope| {
        format!("  - {scope}: show meetings and contacts on our own Exchange server (it has no smaller permission)\n")
    });
    AdminRequest {
        subject: format!("Please approve Convoke for {organization}"),
        text: format!(
            "Hello,\n\n\
             I would like to use Convoke, a desktop app that shows my Microsoft 365 meetings and contacts. Our \
             organization asks an administrator to approve it once.\n\n\
             {who}\
             Application (client) id: {client_id}\n\
             Delegated permissions, all on behalf of the person who is signed in, none \
             for the whole organization:\n\
             {scopes}{exchange}\
             \u{20} - {sign_in}: sign in and stay signed in\n\n\
             To approve exactly these, open this link in a private window and sign in as an administrator. Cloud \
             Application Administrator or Application Administrator suffices:\n{link}\n\
             At the end the browser shows a page of \"localhost\" that can't be reached. That is normal: the approval \
             has been recorded.\n\n\
             The other way: Microsoft Entra admin center > Enterprise applications > Consent and permissions > User \
             consent settings. A change there takes about 30 minutes to have effect.\n\n\
             Thank you.\n"
        ),
        link: link.clone(),
    }
}

fn spanish(facts: &Facts) -> AdminRequest {
    let Facts { who, organization, client_id, link, sign_in, .. } = facts;
    let who = if who.is_empty() { String::new() } else { format!("Quién lo pide: {who}\n") };
    let scopes = list(facts, |scope| match scope {
        ALWAYS => "iniciar sesión y leer el nombre y la dirección propios",
        "Calendars.Read" => "mostrar las reuniones propias",
        "Calendars.ReadWrite" => "mostrar las reuniones propias y responder a invitaciones",
        "Contacts.Read" => "mostrar los contactos propios",
        "User.ReadBasic.All" => "buscar personas de la organización",
        _ => "",
    });
    let exchange = facts.exchange.as_ref().map_or(String::new(), |scope| {
        format!(
            "  - {scope}: mostrar las reuniones y los contactos de nuestro propio servidor Exchange (no tiene un permiso \
             menor)\n"
        )
    });
    AdminRequest {
        subject: format!("Solicitud de aprobación de Convoke para {organization}"),
        text: format!(
            "Hola:\n\n\
             Me gustaría usar Convoke, una aplicación de escritorio que muestra mis reuniones y contactos de Microsoft \
             365. Nuestra organización pide que un administrador la apruebe una vez.\n\n\
             {who}\
             Id. de aplicación (cliente): {client_id}\n\
             Permisos delegados, todos en nombre de quien ha iniciado sesión, ninguno para toda la organización:\n\
             {scopes}{exchange}\
             \u{20} - {sign_in}: iniciar sesión y mantenerla abierta\n\n\
             Para aprobar exactamente estos, abra este enlace en una ventana privada e inicie sesión como \
             administrador. Basta con ser administrador de aplicaciones en la nube o administrador de aplicaciones:\n\
             {link}\n\
             Al final el navegador muestra una página de «localhost» que no se puede abrir. Es normal: la aprobación ya \
             ha quedado registrada.\n\n\
             La otra manera: Centro de administración de Microsoft Entra > Aplicaciones empresariales > Consentimiento \
             y permisos > Configuración de consentimiento del usuario. Un cambio allí tarda unos 30 minutos en surtir \
             efecto.\n\n\
             Gracias.\n"
        ),
        link: link.clone(),
    }
}

fn list(facts: &Facts, reason: impl Fn(&str) -> &'static str) -> String {
    facts.scopes.iter().map(|scope| format!("  - {scope}: {}\n", reason(scope))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::environment::Environment;
    use crate::folders::Folders;
    use crate::wire::exchange::ExchangeFound;

    #[test]
    fn every_scope_has_its_reason_in_both_languages() {
        let scopes: Vec<_> = SCOPES.iter().map(|row| row.scope).chain([ALWAYS]).collect();
        let facts = Facts {
            who: "ana@contoso.example".to_owned(),
            organization: "Contoso".to_owned(),
            client_id: "id".to_owned(),
            link: "https://login.example/t/v2.0/adminconsent".to_owned(),
            scopes: scopes.clone(),
            exchange: Some("https://mail.contoso.com/EWS.AccessAsUser.All".to_owned()),
            sign_in: "openid, offline_access".to_owned(),
        };
        for request in [english(&facts), spanish(&facts)] {
            for scope in scopes.iter().copied().chain(facts.exchange.as_deref()) {
                let line = request.text.lines().find(|line| line.contains(&format!("- {scope}: "))).unwrap();
                assert!(!line.ends_with(": "), "{line}");
            }
            assert!(
                request.text.contains("30 min") && request.text.contains(&facts.link),
                "{}",
                request.text
            );
        }
    }

    #[test]
    fn the_exchange_server_is_asked_for_where_it_is_known_and_takes_tokens() {
        let check = |integration: &str, known: Option<&str>, expected: Option<&str>| {
            let text = format!("{{\"enforced\":{{\"integration\":{integration}}}}}");
            let read =
                convoke_policy::read(convoke_policy::FileSource { name: "a.json", bytes: text.as_bytes() });
            let policy = convoke_policy::effective(&[read]);
            let known = known.map(|url| Exchange::named(Some(url.to_owned()), ExchangeFound::Person));
            let found = exchange_scope(&policy.integration, known.as_ref());
            assert_eq!(found.as_deref(), expected, "{integration}");
        };
        let (own, of_policy) =
            ("https://ex.contoso.com/EWS/Exchange.asmx", "https://mail.contoso.com/EWS.AccessAsUser.All");
        let named = r#"{"ews":{"url":"https://mail.contoso.com/EWS/Exchange.asmx"}}"#;
        check(named, None, Some(of_policy));
        check(named, Some(own), Some("https://ex.contoso.com/EWS.AccessAsUser.All"));
        check("{}", Some(own), Some("https://ex.contoso.com/EWS.AccessAsUser.All"));
        check("{}", None, None);
        check(r#"{"ews":{"auth":["ntlm"]}}"#, Some(own), None);
        check(
            r#"{"authorizeWith":"oauth","ews":{"url":"https://mail.contoso.com/EWS/Exchange.asmx"}}"#,
            None,
            None,
        );
        check(r#"{"ews":{"url":"https://outlook.office365.com/EWS/Exchange.asmx"}}"#, None, None);
    }

    fn asking(policy: &str, email: Option<&str>) -> Result<AdminRequest, Failure> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("policy.json");
        std::fs::write(&file, policy).unwrap();
        let app = App::open(Environment::of_demo(Folders::below(folder.path()), file)).unwrap();
        app.admin_request(&AdminRequestQuery { language: "en".to_owned(), email: email.map(str::to_owned) })
    }

    fn policy(permissions: &str) -> String {
        format!(
            r#"{{"enforced":{{
            "microsoft365":{{"tenant":"a.example","clientId":"00000000-0000-0000-0000-000000000000"}},
            "integration":{{"permissions":{permissions}}}}}}}"#
        )
    }

    #[test]
    fn who_typed_an_address_asks_where_nobody_is_signed_in() {
        let text = |email| asking(&policy("{}"), email).unwrap().text;
        assert!(text(Some(" ana@a.example ")).contains("Who asks: ana@a.example\n"));
        for email in [None, Some("ana"), Some("ana@a.example\nBcc: b@a.example")] {
            assert!(!text(email).contains("Who asks"), "{email:?}");
        }
    }

    #[test]
    fn where_nothing_is_permitted_nothing_is_asked_for() {
        let nothing = policy(r#"{"calendar":"none","contacts":"none","directory":"none"}"#);
        assert_eq!(asking(&nothing, None).unwrap_err().code, Code::OffByPolicy);
    }

    #[test]
    fn nothing_is_said_to_be_read_only_that_is_not() {
        let text = asking(&policy(r#"{"calendar":"readWrite"}"#), None).unwrap().text;
        assert!(
            text.contains("Calendars.ReadWrite") && text.contains("all on behalf of the person"),
            "{text}"
        );
    }
}
