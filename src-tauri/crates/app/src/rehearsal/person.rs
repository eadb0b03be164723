//! The people of a rehearsal, and one of them going through the product.

use super::control::{Control, PlayedBrowser};
use super::exchange;
use super::program::{Ready, User};
use super::seen::{PersonSeen, ServicesSeen, SignInSeen};
use crate::app::App;
use crate::code::{Code, Failure};
use crate::environment::Environment;
use crate::flow::{LegOptions, SIGN_IN};
use crate::folders::Folders;
use convoke_auth::token::scope;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// Nobody types here: what has not come back by then is a page that leads nowhere.
pub(super) const LEG: LegOptions = LegOptions { open_browser: true, timeout: Duration::from_secs(20) };

/// Who goes through it, and what they do.
pub(super) struct Role {
    id: &'static str,
    who: &'static str,
    /// Who may consent in their tenant, in the tenant's words.
    consent: &'static str,
    /// What an administrator approved there before.
    approved: Approved,
    /// What they do where permissions are asked for; they sign in either way.
    does: &'static str,
    admin: bool,
    mailbox: &'static str,
}

/// What an administrator approved before a person comes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Approved {
    /// Nothing.
    Nothing,
    /// To sign in, which Entra counts as permissions too.
    SignIn,
}

const fn role(id: &'static str, who: &'static str, consent: &'static str) -> Role {
    Role { id, who, consent, approved: Approved::Nothing, does: "grants", admin: false, mailbox: "cloud" }
}

/// A mailbox on the organization's own Exchange, in the tenant's words.
const ON_PREMISES: &str = "onPremises";

/// Everybody, in the order in which they are told.
pub(super) const PEOPLE: [Role; 7] = [
    role("newUser", "A new user who grants what is asked", "open"),
    role("newUserManaged", "A new user under Microsoft's default consent policy", "microsoftManaged"),
    Role { does: "cancels", ..role("refuser", "A user who refuses", "open") },
    role("noUserConsent", "A user where users may not consent, before anybody approved Convoke", "off"),
    Role {
        approved: Approved::SignIn,
        ..role("signInApproved", "The same, where an administrator approved the sign-in alone", "off")
    },
    Role {
        admin: true,
        ..role("administrator", "An administrator who consents for the organization", "microsoftManaged")
    },
    Role { mailbox: ON_PREMISES, ..role("hybrid", "A hybrid user whose mailbox is on-premises", "open") },
];

impl Role {
    /// Plays the person from the first sign-in to the next one.
    pub async fn play(
        &self,
        tenant: &Ready,
        control: &Control,
        policy: &Path,
        folder: &Path,
    ) -> Result<PersonSeen, Failure> {
        control.start_anew(self.consent).await?;
        if self.approved == Approved::SignIn {
            let scope = SIGN_IN.into_iter().chain([scope::OFFLINE]).collect::<Vec<_>>().join(" ");
            control
                .post("grants", &serde_json::json!({"action": "grantForOrganization", "scope": scope}))
                .await?;
        }
        let user = self.user(tenant)?;
        let browser = Arc::new(PlayedBrowser::of(control.clone(), user));
        let environment = Environment {
            browser: browser.clone(),
            ..Environment::of_demo(Folders::below(&folder.join(self.id)), policy.to_owned())
        };
        let app = crate::app::blocking(move || App::open(environment)).await?;
        if app.is_exchange_decided() {
            // Such a policy is for people whose mailboxes are there.
            let body = serde_json::json!({"user": browser.user().username, "mailbox": ON_PREMISES});
            control.post("mailbox", &body).await?;
        }
        let seen = self.go_through(&app, &browser).await;
        app.close().await;
        seen
    }

    fn user(&self, tenant: &Ready) -> Result<User, Failure> {
        let role = if self.admin { "admin" } else { "user" };
        let mut users = tenant.users.iter();
        let found = users.find(|user| user.role == role && user.mailbox == self.mailbox);
        found.cloned().ok_or_else(|| Failure::new(Code::UnexpectedAnswer).with_detail("no such user"))
    }

    async fn go_through(&self, app: &App, browser: &PlayedBrowser) -> Result<PersonSeen, Failure> {
        let first = sign_in(app).await;
        let mut pages = browser.pages().await?;
        // Who is not asked connects nothing; an administrator consents of their own accord.
        let connects = first.failure.is_none() && (first.asks || self.admin);
        let (mut connect_failure, mut exchange) = (None, None);
        if connects {
            browser.will(self.does);
            connect_failure = app.connect(&[], self.admin, LEG, |_| ()).await.err();
            pages.extend(browser.pages().await?);
            // Whether there is a mailbox shows at the first round; what fails there is a state.
            let synced = app.sync(false, &[]).await.err();
            let failure = connect_failure.clone().or(synced);
            if self.mailbox == ON_PREMISES || app.is_exchange_decided() {
                exchange = exchange::go_through(app, browser, self.does == "grants", failure).await;
                pages.extend(browser.pages().await?);
            }
            browser.will("grants");
        }
        let (mut services, mut next) = (None, None);
        if first.failure.is_none() {
            services = Some(ServicesSeen::of(&app.status().await?));
            next = Some(sign_in(app).await);
            browser.pages().await?;
        }
        Ok(PersonSeen {
            id: self.id,
            who: self.who,
            consent: self.consent,
            first_sign_in: first,
            pages,
            connects,
            connect_failure,
            exchange,
            services,
            next_sign_in: next,
        })
    }
}

/// A sign-in that fails is what the person sees, no failure of the rehearsal.
async fn sign_in(app: &App) -> SignInSeen {
    match app.sign_in(None, LEG, |_| ()).await {
        Ok(signed_in) => SignInSeen { asks: signed_in.prompt, failure: None },
        Err(failure) => SignInSeen { asks: false, failure: Some(failure) },
    }
}
