//! How to sign in at an Exchange server.

use super::server::Server;
use super::turns::Turns;
use crate::app::App;
use crate::code::{Code, Failure};
use crate::environment::Environment;
use crate::failure;
use crate::profile::Profile;
use crate::wire::exchange::{ExchangeMethod, ExchangeQuery};
use convoke_auth::keychain::SecretBytes;
use convoke_auth::random::SystemRandom;
use convoke_ews::challenge::{Challenges, Trust};
use convoke_ews::retirement::is_exchange_online;
use convoke_net::{Credentials, NetError, PasswordTransport, Scheme, Transport};
use convoke_policy::choice::{Choice, EwsAuth};
use convoke_sync::discovery::{ServerCredentials, challenges};
use secrecy::{ExposeSecret, SecretString};
use std::sync::Arc;
use url::Url;

impl App {
    /// The first way of the policy's that the server offers. Nothing secret is sent.
    ///
    /// # Errors
    /// [`Code::NoCommonSignIn`], or why the server can't be asked.
    pub(super) async fn exchange_method(
        &self,
        profile: &Profile,
        server: &Server,
    ) -> Result<ExchangeMethod, Failure> {
        let environment = self.environment();
        let offered = challenges(&*environment.transport, &server.endpoint, environment.clock.now()).await;
        let offered = self.heed_exchange(profile, server.endpoint.url(), offered).await?;
        let tenant = profile.microsoft_tenant();
        let offered = usable(server.endpoint.url(), offered);
        let allowed = &self.policy().integration.ews.auth;
        choose(allowed, &offered, tenant).ok_or_else(|| {
            let allowed: Vec<&str> = allowed.iter().map(|way| way.word()).collect();
            let detail = format!("offered: {}; allowed: {}", offered_in_words(&offered), allowed.join(", "));
            Failure::new(Code::NoCommonSignIn).with_detail(detail)
        })
    }

    /// The password in the keychain; blocks for it.
    pub(crate) fn exchange_password(&self, profile: &Profile) -> Result<Option<SecretString>, Failure> {
        let kept = self.environment().keychain.get(&profile.exchange_password_entry());
        let kept = kept.map_err(|error| failure::of_keychain(&error))?;
        Ok(kept.and_then(|bytes| std::str::from_utf8(bytes.expose_secret()).ok().map(SecretString::from)))
    }

    /// Deletes the password from the keychain, if there is one; blocks for it.
    pub(crate) fn forget_exchange_password(&self, profile: &Profile) -> Result<(), Failure> {
        let deleted = self.environment().keychain.delete(&profile.exchange_password_entry());
        deleted.map_err(|error| failure::of_keychain(&error))
    }

    /// Keeps a password that the server took; blocks for the keychain.
    pub(super) fn keep_exchange_password(
        &self,
        profile: &Profile,
        password: &SecretString,
    ) -> Result<(), Failure> {
        let bytes = SecretBytes::from(password.expose_secret().as_bytes().to_vec());
        let kept = self.environment().keychain.set(&profile.exchange_password_entry(), &bytes);
        kept.map_err(|error| failure::of_keychain(&error))
    }
}

/// Who signs in at an Exchange server with a password, and how.
pub(super) struct PasswordSignIn<'a> {
    pub server: &'a Url,
    pub user: &'a str,
    pub password: SecretString,
    pub method: ExchangeMethod,
    pub turns: Arc<Turns>,
}

impl PasswordSignIn<'_> {
    /// A transport that signs in so.
    pub fn transport(self, environment: &Environment) -> Result<Arc<dyn Transport>, Failure> {
        let scheme = if self.method == ExchangeMethod::Basic { Scheme::Basic } else { Scheme::Ntlm };
        let credentials = Credentials::new(self.user, self.password)
            .map_err(|error| Failure::new(Code::PasswordRequired).with_detail(error.to_string()))?;
        let opened = opened(environment, self.server, credentials, &[scheme]);
        Ok(Arc::new(opened.map_err(|error| failure::of_net(&error))?.behind(self.turns)))
    }
}

/// A transport that signs in at the account's server with the password in the keychain.
pub(crate) fn transport(
    environment: &Environment,
    profile: &Profile,
    server: &Url,
    method: ExchangeMethod,
    password: SecretString,
) -> Result<Arc<dyn Transport>, Failure> {
    let turns = Arc::new(Turns::of_kept(environment, profile));
    let user = &user_at(profile, &ExchangeQuery::default());
    PasswordSignIn { server, user, password, method, turns }.transport(environment)
}

fn opened(
    environment: &Environment,
    server: &Url,
    credentials: Credentials,
    schemes: &[Scheme],
) -> Result<PasswordTransport, NetError> {
    let (options, clock) = (environment.client_options.clone(), environment.clock.clone());
    PasswordTransport::new(options, server, credentials, schemes, Arc::new(SystemRandom), clock)
}

/// User name and password that a person gave, for the places of a search that ask for them.
pub(super) struct Offered {
    environment: Environment,
    user: String,
    password: SecretString,
    schemes: Vec<Scheme>,
}

impl Offered {
    /// Of a query; without a user name, the last one at that server, or the account's.
    pub(super) fn of(app: &App, profile: &Profile, query: &ExchangeQuery) -> Option<Self> {
        let policy = app.policy();
        let schemes = policy.integration.ews.auth.iter().filter_map(|way| match way {
            EwsAuth::OAuth => None,
            EwsAuth::Ntlm => Some(Scheme::Ntlm),
            EwsAuth::Basic => Some(Scheme::Basic),
        });
        Some(Self {
            environment: app.environment().clone(),
            user: user_at(profile, query),
            password: query.password.clone()?,
            schemes: schemes.collect(),
        })
    }
}

/// The user name at the Exchange server: the query's, the one that is known, or the account's.
pub(super) fn user_at(profile: &Profile, query: &ExchangeQuery) -> String {
    let known = profile.exchange.as_ref().and_then(|known| known.user.clone());
    query.user.clone().or(known).unwrap_or_else(|| profile.account.username.clone())
}

impl ServerCredentials for Offered {
    fn transport(&self, server: &Url) -> Option<Arc<dyn Transport>> {
        if self.schemes.is_empty() {
            return None;
        }
        let credentials = Credentials::new(&self.user, self.password.clone()).ok()?;
        Some(Arc::new(opened(&self.environment, server, credentials, &self.schemes).ok()?))
    }
}

/// What is used of an offer: Exchange Online takes tokens alone, and a password would be shown to it for nothing.
fn usable(server: &Url, offered: Challenges) -> Challenges {
    if is_exchange_online(server) {
        Challenges { ntlm: false, negotiate: false, basic: None, ..offered }
    } else {
        offered
    }
}

fn choose(allowed: &[EwsAuth], offered: &Challenges, tenant: Option<&str>) -> Option<ExchangeMethod> {
    allowed.iter().find_map(|way| match way {
        EwsAuth::OAuth => is_trusted(offered, tenant).then_some(ExchangeMethod::Oauth),
        EwsAuth::Ntlm => offered.ntlm.then_some(ExchangeMethod::Ntlm),
        EwsAuth::Basic => offered.basic.is_some().then_some(ExchangeMethod::Basic),
    })
}

/// Whether the server takes tokens of the account's tenant. Where the tenant isn't known yet, the sign-in tells.
fn is_trusted(offered: &Challenges, tenant: Option<&str>) -> bool {
    let Some(bearer) = &offered.bearer else { return false };
    match (&bearer.trust, tenant) {
        (Trust::Tenants(trusted), Some(tenant)) => trusted.iter().any(|one| one.eq_ignore_ascii_case(tenant)),
        _ => true,
    }
}

fn offered_in_words(offered: &Challenges) -> String {
    let names = [
        (offered.bearer.is_some(), "oauth"),
        (offered.negotiate, "negotiate"),
        (offered.ntlm, "ntlm"),
        (offered.basic.is_some(), "basic"),
    ];
    let names: Vec<&str> = names.into_iter().filter(|(is, _)| *is).map(|(_, name)| name).collect();
    if names.is_empty() { "nothing".to_owned() } else { names.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use convoke_ews::challenge::Bearer;

    #[test]
    fn exchange_online_gets_no_password() {
        let offered = || Challenges { ntlm: true, basic: Some(String::new()), ..Challenges::default() };
        let at = |host: &str| {
            usable(&Url::parse(&format!("https://{host}/EWS/Exchange.asmx")).unwrap(), offered())
        };
        let allowed = [EwsAuth::Basic, EwsAuth::Ntlm];
        assert_eq!(choose(&allowed, &at("outlook.office365.com"), None), None);
        assert_eq!(choose(&allowed, &at("mail.contoso.com"), None), Some(ExchangeMethod::Basic));
    }

    #[test]
    fn the_policys_order_decides_among_what_is_offered() {
        use EwsAuth::{Basic, Ntlm, OAuth};
        let bearer = |tenants: &[&str]| Bearer {
            trust: Trust::Tenants(tenants.iter().map(ToString::to_string).collect()),
            ..Bearer::default()
        };
        let passwords = Challenges { ntlm: true, basic: Some(String::new()), ..Challenges::default() };
        let hybrid = Challenges { bearer: Some(bearer(&["T1"])), ..passwords.clone() };
        let check = |allowed: &[EwsAuth], offered: &Challenges, tenant, expected| {
            assert_eq!(choose(allowed, offered, tenant), expected, "{allowed:?} {offered:?}");
        };
        check(&[OAuth, Ntlm, Basic], &hybrid, Some("t1"), Some(ExchangeMethod::Oauth));
        check(&[OAuth, Ntlm, Basic], &hybrid, Some("t2"), Some(ExchangeMethod::Ntlm));
        check(&[OAuth], &hybrid, None, Some(ExchangeMethod::Oauth));
        check(&[Basic, Ntlm], &passwords, None, Some(ExchangeMethod::Basic));
        check(&[OAuth], &passwords, Some("t1"), None);
        check(&[], &hybrid, Some("t1"), None);
    }
}
