//! The secrets of one attempt, and the page that it opens.

use oauth2::basic::BasicClient;
use oauth2::{AuthUrl, ClientId, CsrfToken, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::AuthorizeRequest;
use crate::authority::Metadata;
use crate::claims;
use crate::error::AuthError;
use crate::random::{self, Random};

/// State, nonce and PKCE verifier: 256 bits each, wiped when dropped.
pub(super) struct Attempt {
    pub(super) state: SecretString,
    pub(super) nonce: SecretString,
    pub(super) verifier: SecretString,
    pub(super) redirect_uri: String,
}

impl Attempt {
    pub(super) fn new(random: &dyn Random, redirect_uri: String) -> Result<Self, AuthError> {
        Ok(Self {
            state: random::token(random)?,
            nonce: random::token(random)?,
            verifier: random::token(random)?,
            redirect_uri,
        })
    }

    /// The authorize URL (protocols §1.1).
    pub(super) fn url(&self, request: &AuthorizeRequest, metadata: &Metadata) -> Result<Url, AuthError> {
        let redirect = RedirectUrl::new(self.redirect_uri.clone())
            .map_err(|_| AuthError::Settings("the redirect URI is not a URL"))?;
        let client = BasicClient::new(ClientId::new(request.client_id.clone()))
            .set_auth_uri(AuthUrl::from_url(metadata.authorization_endpoint.clone()))
            .set_redirect_uri(redirect);
        let mut builder = client
            .authorize_url(|| CsrfToken::new(self.state.expose_secret().to_owned()))
            .set_pkce_challenge(challenge(&self.verifier))
            .add_scopes(scopes(request).into_iter().map(Scope::new))
            .add_extra_param("response_mode", "query")
            .add_extra_param("nonce", self.nonce.expose_secret());
        if let Some(hint) = &request.login_hint {
            builder = builder.add_extra_param("login_hint", hint);
        }
        if let Some(prompt) = request.prompt {
            builder = builder.add_extra_param("prompt", prompt.as_str());
        }
        if request.authority.is_entra() {
            builder = builder.add_extra_param("claims", claims::parameter(request.claims.as_deref())?);
            if let Some(hint) = &request.domain_hint {
                builder = builder.add_extra_param("domain_hint", hint);
            }
        }
        let (url, _) = builder.url();
        Ok(url)
    }
}

/// The scopes of the request, `openid` first: without it there is no ID token.
pub(super) fn scopes(request: &AuthorizeRequest) -> Vec<String> {
    let mut scopes = request.scopes.clone();
    if !scopes.iter().any(|scope| scope == "openid") {
        scopes.insert(0, "openid".to_owned());
    }
    scopes
}

fn challenge(verifier: &SecretString) -> PkceCodeChallenge {
    let verifier = PkceCodeVerifier::new(verifier.expose_secret().to_owned());
    let challenge = PkceCodeChallenge::from_code_verifier_sha256(&verifier);
    // Taken back to be wiped: the library's type is not.
    drop(SecretString::from(verifier.into_secret()));
    challenge
}

#[cfg(test)]
mod tests;
