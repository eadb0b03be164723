//! What an Exchange server answers to the question of which sign-ins it offers. A server that sends on is told apart:
//! no sign-in follows it, and whoever named the server can name the other one.

use crate::app::App;
use crate::code::{Code, Failure};
use crate::failure;
use crate::profile::Profile;
use convoke_ews::Endpoint;
use convoke_ews::challenge::{self, Challenges};
use convoke_net::Limits;
use convoke_sync::RoundError;
use convoke_sync::discovery::offered;
use http::HeaderMap;
use http::header::LOCATION;
use url::Url;

/// Asks; no credentials are sent.
///
/// # Errors
/// Why there is no answer, or why it is not that of an Exchange server.
pub async fn ask(app: &App, profile: Option<&Profile>, endpoint: &Endpoint) -> Result<Challenges, Failure> {
    let environment = app.environment();
    let request = challenge::request(endpoint).map_err(|error| failure::of_round(&RoundError::Ews(error)))?;
    let answer = environment.transport.send(request, Limits::SMALL).await;
    let answer = answer.map_err(|error| failure::of_round(&RoundError::from(error).of_exchange()))?;
    if answer.status().is_redirection() {
        let to = sent_to(endpoint.url(), answer.headers());
        let detail =
            format!("it sends on to {to} (HTTP {}), and no sign-in follows", answer.status().as_u16());
        return Err(Failure::new(Code::UnexpectedAnswer).with_detail(detail));
    }
    let offered = offered(&answer, endpoint, environment.clock.now());
    match profile {
        Some(profile) => app.heed_exchange(profile, endpoint.url(), offered).await,
        None => offered.map_err(|error| failure::of_round(&error)),
    }
}

/// The place that an answer names, without what may be a secret in it.
fn sent_to(asked: &Url, headers: &HeaderMap) -> String {
    let to = headers.get(LOCATION).and_then(|value| asked.join(value.to_str().ok()?).ok());
    let Some(mut to) = to else { return "a place that it does not name".to_owned() };
    to.set_query(None);
    to.set_fragment(None);
    // Neither fails on a URL with a host; on another one there is nothing to take out.
    let _ = to.set_username("");
    let _ = to.set_password(None);
    to.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_is_named_without_secrets() {
        let asked = Url::parse("https://mail.contoso.com/EWS/Exchange.asmx").unwrap();
        let check = |to: &str, expected: &str| {
            let headers = HeaderMap::from_iter([(LOCATION, to.parse().unwrap())]);
            assert_eq!(sent_to(&asked, &headers), expected);
        };
        check("https://u:p@portal.example/login?token=1#x", "https://portal.example/login");
        check("/owa/", "https://mail.contoso.com/owa/");
        assert_eq!(sent_to(&asked, &HeaderMap::new()), "a place that it does not name");
    }
}
