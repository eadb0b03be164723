//! What Entra ID remembers.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};

use super::consent_policy::ConsentPolicy;
use super::flow::{AuthorizeRequest, Flow};
use super::scopes::{Permission, Resource};
use crate::tamper::Tampering;

/// A code that was handed out. It lives ten minutes and works once.
#[derive(Debug, Clone)]
pub struct Code {
    /// Who signed in.
    pub user: usize,
    /// What was asked.
    pub request: AuthorizeRequest,
    /// When it was handed out.
    pub issued: DateTime<Utc>,
    /// Whether it was redeemed.
    pub redeemed: bool,
}

/// A refresh token: bound to a user, not to a resource. It stays valid after use.
#[derive(Debug, Clone)]
pub struct RefreshToken {
    /// Whose it is.
    pub user: usize,
    /// When it was last used or handed out; it dies 90 days after.
    pub used: DateTime<Utc>,
    /// Whether it was revoked.
    pub revoked: bool,
    /// What the sign-in asked for; repeated when a refresh names no scope.
    pub permissions: Vec<Permission>,
}

/// An access token, opaque to clients.
#[derive(Debug, Clone)]
pub struct AccessToken {
    /// Whose it is.
    pub user: usize,
    /// For which API.
    pub resource: Resource,
    /// What it permits.
    pub permissions: Vec<Permission>,
    /// When it was handed out.
    pub issued: DateTime<Utc>,
    /// When it expires.
    pub expires: DateTime<Utc>,
    /// Whether the client said that it understands claims challenges (`xms_cc` `cp1`).
    pub handles_challenges: bool,
    /// Whether it must be exchanged by a request that carries the challenge's claims.
    pub challenged: bool,
}

/// A request for approval that a user sent on the form.
#[derive(Debug, Clone)]
pub struct ApprovalRequest {
    /// Who asks.
    pub user: usize,
    /// For what.
    pub permissions: Vec<Permission>,
    /// Why, in the user's words.
    pub justification: String,
}

/// Everything Entra ID remembers but its keys.
#[derive(Debug, Default)]
pub struct Data {
    /// Who may grant permissions.
    pub consent_policy: ConsentPolicy,
    /// Sign-ins under way, by id.
    pub flows: HashMap<String, Flow>,
    /// Users signed in per browser session.
    pub sessions: HashMap<String, Vec<usize>>,
    /// Users signed in at the federated provider per browser session.
    pub federated_sessions: HashMap<String, usize>,
    /// One-time proofs of a federated sign-in: flow id and user.
    pub tickets: HashMap<String, (String, usize)>,
    /// Codes handed out.
    pub codes: HashMap<String, Code>,
    /// Refresh tokens handed out.
    pub refresh_tokens: HashMap<String, RefreshToken>,
    /// Access tokens handed out.
    pub access_tokens: HashMap<String, AccessToken>,
    /// What users granted for themselves.
    pub user_grants: HashMap<usize, BTreeSet<Permission>>,
    /// What was granted for the whole organization.
    pub organization_grants: BTreeSet<Permission>,
    /// Requests for approval that wait for an administrator.
    pub approval_requests: Vec<ApprovalRequest>,
    /// Users whose refresh must answer a claims challenge.
    pub challenged_users: BTreeSet<usize>,
    /// Times of token requests, by what they asked.
    pub recent_requests: HashMap<String, Vec<DateTime<Utc>>>,
    /// Token answers handed out, which decides their spelling.
    pub answers: u64,
    /// What is wrong with the next answers.
    pub tampering: Tampering,
}

impl Data {
    /// Whether the user, or the organization for everyone, granted the permission.
    pub fn is_granted(&self, user: usize, permission: Permission) -> bool {
        let permission = permission.of_principal();
        self.organization_grants.contains(&permission)
            || self.user_grants.get(&user).is_some_and(|grants| grants.contains(&permission))
    }

    /// Remembers grants of a user, or of everyone.
    pub fn grant(&mut self, user: Option<usize>, permissions: impl IntoIterator<Item = Permission>) {
        let permissions = permissions.into_iter().map(Permission::of_principal);
        match user {
            Some(user) => self.user_grants.entry(user).or_default().extend(permissions),
            None => self.organization_grants.extend(permissions),
        }
    }

    /// Every permission the user has on a resource.
    pub fn granted_on(&self, user: usize, resource: Resource) -> Vec<Permission> {
        let mut all = self.organization_grants.clone();
        all.extend(self.user_grants.get(&user).into_iter().flatten());
        let as_asked = |p: Permission| Permission { resource, ..p };
        let principal = as_asked(Permission { resource, name: "" }).of_principal().resource;
        all.into_iter().filter(|p| p.resource == principal && !p.is_openid()).map(as_asked).collect()
    }

    /// Makes all access tokens expire.
    pub fn expire_access_tokens(&mut self) {
        for token in self.access_tokens.values_mut() {
            token.expires = token.issued;
        }
    }

    /// Makes access tokens of a user, or of all, be met with a claims challenge.
    pub fn challenge(&mut self, user: Option<usize>) {
        for token in
            self.access_tokens.values_mut().filter(|token| user.is_none_or(|user| token.user == user))
        {
            token.challenged = true;
            self.challenged_users.insert(token.user);
        }
    }

    /// Revokes refresh tokens of a user, or of all, and challenges the access tokens.
    pub fn revoke(&mut self, user: Option<usize>) {
        for token in
            self.refresh_tokens.values_mut().filter(|token| user.is_none_or(|user| token.user == user))
        {
            token.revoked = true;
        }
        self.challenge(user);
    }
}
