//! The text that asks an administrator to approve, in the user's language: who asks, what for, which role suffices,
//! the link that grants exactly that, and the other way.

use crate::app::App;
use crate::code::Failure;
use crate::failure;
use crate::flow::{SIGN_IN, WHO};
use crate::wire::query::InLanguage;
use crate::wire::row::AdminRequest;
use convoke_auth::flow::AdminConsentRequest;
use convoke_auth::token::scope;
use convoke_model::service::Service;
use convoke_policy::scopes::{ALWAYS, SCOPES, permitted, scopes};

/// What the text is made of.
struct Facts {
    who: String,
    organization: String,
    client_id: String,
    link: String,
    scopes: Vec<&'static str>,
    /// What Entra counts as permissions of the sign-in itself.
    sign_in: String,
}

impl App {
    /// What an administrator consents to so that nobody in the organization is asked for anything: the permissions of
    /// the services, and those of the sign-in itself, which Entra counts as permissions too.
    pub(crate) fn scopes_for_organization(&self, services: &[Service]) -> Vec<String> {
        let own = self.sign_in_permissions().into_iter().map(str::to_owned);
        own.chain(self.scopes_of(services)).collect()
    }

    fn sign_in_permissions(&self) -> Vec<&'static str> {
        let sign_in = if self.policy().sso.issuer.is_none() { &SIGN_IN[..] } else { &WHO[..] };
        sign_in.iter().copied().chain([scope::OFFLINE]).collect()
    }

    /// The text that asks an administrator for consent.
    ///
    /// # Errors
    /// When policy names no organization.
    pub fn admin_request(&self, query: &InLanguage) -> Result<AdminRequest, Failure> {
        let policy = self.policy();
        let services: Vec<Service> = permitted(&policy.integration.permissions);
        let request = AdminConsentRequest {
            authority: crate::tokens::microsoft(&policy)?,
            client_id: crate::tokens::client_id(&policy)?,
            scopes: self.scopes_for_organization(&services),
        };
        let link = request.link().map_err(|error| failure::of_auth(&error))?.to_string();
        let facts = Facts {
            who: self.account().map(|account| account.profile().account.username).unwrap_or_default(),
            organization: policy
                .organization
                .name
                .clone()
                .unwrap_or_else(|| policy.microsoft365.tenant.clone()),
            client_id: request.client_id,
            link,
            scopes: scopes(&services, &policy.integration.permissions),
            sign_in: self.sign_in_permissions().join(", "),
        };
        Ok(if query.language == "es" { spanish(&facts) } else { english(&facts) })
    }

    /// Opens a mail with that text; to the organization's help address where policy names one.
    ///
    /// # Errors
    /// As [`App::admin_request`], or when nothing opens.
    pub async fn mail_admin_request(&self, query: &InLanguage) -> Result<(), Failure> {
        let request = self.admin_request(query)?;
        let to = self.policy().organization.help_email.clone().unwrap_or_default();
        self.write_mail(&to, &request.subject, &request.text).await
    }
}

fn english(facts: &Facts) -> AdminRequest {
    let Facts { who, organization, client_id, link, sign_in, .. } = facts;
    let who = if who.is_empty() { String::new() } else { format!("Who asks: {who}\n") };
    let scopes = list(facts, |scope| match scope {
        ALWAYS => "sign in and read your own name and address",
        other => SCOPES.iter().find(|row| row.scope == other).map_or("", |row| row.feature),
    });
    AdminRequest {
        subject: format!("Please approve Convoke for {organization}"),
        text: format!(
            "Hello,\n\n\
             I would like to use Convoke, a desktop app that shows my Microsoft 365 meetings and contacts. Our \
             organization asks an administrator to approve it once.\n\n\
             {who}\
             Application (client) id: {client_id}\n\
             Delegated permissions, all read for the person who is signed in, none for the whole organization:\n\
             {scopes}\
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
    AdminRequest {
        subject: format!("Solicitud de aprobación de Convoke para {organization}"),
        text: format!(
            "Hola:\n\n\
             Me gustaría usar Convoke, una aplicación de escritorio que muestra mis reuniones y contactos de Microsoft \
             365. Nuestra organización pide que un administrador la apruebe una vez.\n\n\
             {who}\
             Id. de aplicación (cliente): {client_id}\n\
             Permisos delegados, todos en nombre de quien ha iniciado sesión, ninguno para toda la organización:\n\
             {scopes}\
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

    #[test]
    fn every_scope_has_its_reason_in_both_languages() {
        let scopes: Vec<_> = SCOPES.iter().map(|row| row.scope).chain([ALWAYS]).collect();
        let facts = Facts {
            who: "ana@contoso.example".to_owned(),
            organization: "Contoso".to_owned(),
            client_id: "id".to_owned(),
            link: "https://login.example/t/v2.0/adminconsent".to_owned(),
            scopes: scopes.clone(),
            sign_in: "openid, offline_access".to_owned(),
        };
        for request in [english(&facts), spanish(&facts)] {
            for scope in &scopes {
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
}
