//! Entra ID: whether it answers, is who it says, and knows the tenant. One request tells authority, TLS and clock.

use super::check::Check;
use super::listening::Listening;
use super::report::CheckId;
use super::{clock, fix, in_time};
use crate::app::App;
use crate::code::{Code, Failure};
use crate::failure;
use crate::tokens::microsoft;
use convoke_auth::Authority;
use url::Url;

const ID: CheckId = CheckId::Authority;

/// What the request told.
pub struct Look {
    /// Whether Entra ID knows the tenant.
    pub check: Check,
    /// Whether its certificate is trusted.
    pub tls: Check,
    /// How this computer's clock stands to its own.
    pub clock: Check,
    /// Broken where nothing else on the network needs to be asked, for the same cause.
    pub network: Check,
}

/// Asks for the metadata of the policy's tenant.
pub async fn look(app: &App, policy: &Check) -> Look {
    if let Some(skipped) = Check::unless(ID, &[policy]) {
        return Look::without(&skipped);
    }
    let (authority, url) = match address(app) {
        Ok(known) => known,
        Err(failure) => return Look::without(&Check::of(ID, &failure)),
    };
    let host = url.host_str().unwrap_or_default();
    let environment = app.environment();
    let transport = Listening::new(&*environment.transport, &*environment.clock);
    let asked = async { authority.discover(&transport).await.map_err(|error| failure::of_auth(&error)) };
    let found = in_time(host, asked).await.map(drop);
    let heard = transport.heard();
    let untrusted = found.as_ref().err().filter(|failure| failure.code == Code::TlsUntrusted);
    let untrusted = untrusted.map(|failure| Check::of(CheckId::Tls, failure));
    let check = match (&untrusted, &found) {
        (Some(untrusted), _) => Check::after(ID, untrusted),
        (None, Err(failure)) => Check::of(ID, failure),
        (None, Ok(())) => {
            Check::ok(ID, &format!("{host} knows the tenant {}.", app.policy().microsoft365.tenant))
        }
    };
    Look {
        tls: untrusted.unwrap_or_else(|| tls(&url, host, heard.answered, &check)),
        clock: match heard.ahead {
            Some(ahead) => clock::judge(ahead, host),
            None if heard.answered => {
                Check::skipped(CheckId::Clock, &format!("{host} tells no time."), fix::NOTHING)
            }
            None => Check::after(CheckId::Clock, &check),
        },
        network: if found.as_ref().err().is_none_or(is_about_the_tenant) {
            Check::ok(ID, "The network carries.")
        } else {
            check.clone()
        },
        check,
    }
}

impl Look {
    /// Nobody was asked.
    fn without(check: &Check) -> Self {
        Self {
            check: check.clone(),
            tls: Check::after(CheckId::Tls, check),
            clock: Check::after(CheckId::Clock, check),
            network: check.clone(),
        }
    }
}

fn address(app: &App) -> Result<(Authority, Url), Failure> {
    let authority = microsoft(&app.policy())?;
    let url = authority.metadata_url().map_err(|error| failure::of_auth(&error))?;
    Ok((authority, url))
}

/// The certificate, where it was not refused.
fn tls(url: &Url, host: &str, answered: bool, authority: &Check) -> Check {
    let id = CheckId::Tls;
    if url.scheme() == "http" {
        let detail = format!("{host} is asked over http inside this computer, without a certificate.");
        return Check::skipped(id, &detail, fix::NOTHING);
    }
    if answered {
        return Check::ok(id, &format!("This computer trusts the certificate of {host}."));
    }
    Check::after(id, authority)
}

/// Whether it is Entra itself that refused: then everything else can be asked.
fn is_about_the_tenant(failure: &Failure) -> bool {
    matches!(failure.code, Code::Misconfigured | Code::Throttled)
}
