//! Convoke: auth. Who the user is, and what the user permits.
//!
//! Role: sign-in with Entra ID or an OpenID provider in the system browser (authorization code with PKCE,
//! RFC 8252), the check of the ID token, the reading of every refusal, refresh of tokens, and the keychain.
//!
//! Parts, in the order in which a sign-in uses them:
//! - [`authority`]: where to sign in, and its metadata.
//! - [`flow`]: one trip to the browser and back; [`loopback`] receives the answer, [`browser`] opens the page.
//! - [`token`]: the token endpoint; [`id_token`]: the check of the identity; [`error`]: what refusals mean.
//! - [`session`]: access tokens while the product runs; [`keychain`]: where the secrets rest.
//!
//! Rules: no Graph, no SQL, no UI. Network, clock, randomness, browser and keychain are arguments. A secret
//! lives in a `secrecy` type and is never in an error, a log line or a `Debug` output. A delivery that is not
//! ours never ends an attempt. To change the meaning of an Entra error code, edit `error/aadsts.rs`.

pub mod authority;
pub mod browser;
pub mod claims;
pub mod error;
pub mod flow;
pub mod id_token;
pub mod keychain;
pub mod loopback;
pub mod random;
pub mod realm;
pub mod session;
pub mod token;

pub use authority::Authority;
pub use error::{AuthError, TokenError};
pub use flow::{AuthorizeRequest, FlowDeps, FlowEvent, Grant};
pub use id_token::Identity;
pub use session::{AccessToken, Resource, Session};
pub use token::TokenSet;
