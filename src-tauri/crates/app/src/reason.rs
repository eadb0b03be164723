//! The catalogue of Microsoft's error numbers: what each means for a person, what to do, and who can do it
//! (Entra ID, "Microsoft Entra authentication and authorization error codes").
//!
//! A number refines a [`Code`](crate::code::Code), never decides it: that follows `error` and `suberror`, as Microsoft
//! advises. A number that is not here has the sentence of its code.

use crate::code::Who;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident [$($number:literal),+] $who:ident $message:literal $help:literal;)+) => {
        /// Why Microsoft refused, where its number says more than the code.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
        #[serde(rename_all = "camelCase")]
        pub enum Reason { $($(#[$doc])* $name,)+ }

        impl Reason {
            /// Every reason.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The reason behind an AADSTS number.
            #[must_use]
            pub fn of(number: u32) -> Option<Self> {
                match number { $($($number)|+ => Some(Self::$name),)+ _ => None }
            }

            /// Every number, with its reason.
            #[cfg(test)]
            pub(crate) const NUMBERS: &'static [(u32, Self)] = &[$($(($number, Self::$name)),+),+];

            /// Its name, as windows and scripts know it.
            #[must_use]
            pub fn name(self) -> String {
                serde_json::to_value(self).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
            }

            /// The English sentence, what to do, and who can do it.
            #[must_use]
            pub fn text(self) -> (&'static str, &'static str, Who) {
                match self { $(Self::$name => ($message, $help, Who::$who),)+ }
            }
        }
    };
}

reasons! {
    /// Nobody has consented yet.
    NotConsented [65001] User
        "Nobody has allowed Convoke these permissions yet."
        "Connect Microsoft 365; if the page asks for an administrator, send them the request.";
    /// The consent page was left without granting.
    NotGranted [65004] User
        "The permission was not granted."
        "Try again whenever you want to. If the page asked for an administrator, send them the request.";
    /// Only an administrator may consent.
    NeedsApproval [90094, 90093, 900_941, 900_981] Administrator
        "Your organization lets only an administrator approve these permissions."
        "Send the request to your administrator; Convoke goes on by itself once they approved.";
    /// A request was or can be sent on Microsoft's page.
    ApprovalRequested [90095] Administrator
        "Your organization decides about this on request."
        "Fill in the request on Microsoft's page, or send your administrator the text; you get a mail when it is decided.";
    /// The user is not assigned to the app.
    NotAssigned [50105] Administrator
        "You are not assigned to Convoke in your organization."
        "An administrator assigns you in Entra > Enterprise applications > Convoke > Users and groups. Consent will not help.";
    /// Conditional Access.
    ConditionalAccess [53003, 530_032, 530_035, 50131] Administrator
        "A Conditional Access rule of your organization blocks this sign-in."
        "Give the detail line to your administrator: the sign-in log shows the rule. Trying again will not help.";
    /// The device does not meet the rules.
    DeviceRules [53000, 53001, 53002, 50097, 50127, 50129] Administrator
        "Your organization allows this only on a computer that it manages."
        "Use a managed computer, or ask your administrator to enrol this one.";
    /// Risk must be cleared first.
    Risk [53004] Administrator
        "Your account needs attention before it can sign in here."
        "Follow what Microsoft's page asks, or ask your administrator to clear the risk.";
    /// More proof is wanted.
    MoreProof [50072, 50074, 50076, 50078, 50079, 50158] User
        "Your organization wants one more proof that it is you."
        "Sign in again and follow the steps in the browser.";
    /// The sign-in is over by its age.
    Expired [700_082, 70043, 70008] User
        "Your sign-in is too old."
        "Sign in again; what was synced before stays readable.";
    /// The registration is of a page, whose sign-ins end after a day.
    WrongPlatform [700_084] Administrator
        "Convoke is registered as a page, and the sign-ins of a page end after a day."
        "An administrator registers http://localhost under Authentication > Mobile and desktop applications, and removes it as a single-page application.";
    /// The grant ended with a password or an administrator's decision.
    Revoked [50173, 50132, 50133] User
        "Your sign-in ended, most often because the password was changed."
        "Sign in again; what was synced before stays readable.";
    /// The password expired.
    PasswordExpired [50055] User
        "Your password has expired."
        "Change it on your organization's own page, then sign in again.";
    /// The page refused the password.
    WrongPassword [50126] User
        "The user name or the password was wrong."
        "Type them again on your organization's page; Convoke never sees them.";
    /// The page asks whether it is really this app.
    AskedWhichApp [50199] User
        "Microsoft's page asks whether you are trying to sign in to Convoke."
        "Start again, and answer that page with Continue.";
    /// The account is disabled.
    AccountDisabled [50057] Administrator
        "Your account is disabled."
        "Only your administrator can enable it again.";
    /// The account is locked.
    AccountLocked [50053] HelpDesk
        "Your account is locked, or this network is blocked after many failed sign-ins."
        "Wait a while, or ask your help desk to unlock it.";
    /// No such account there.
    UnknownAccount [50034, 50014, 51004] User
        "Your organization does not know this account."
        "Check the address, and sign in with the account of your organization.";
    /// An account of another organization.
    ForeignAccount [50020, 90072, 16000] User
        "This account belongs to another organization."
        "Choose the account of this organization, or ask its administrator to invite you as a guest.";
    /// The network blocks the tenant.
    TenantRestricted [500_021] HelpDesk
        "This network does not let you sign in to that organization."
        "Your help desk can tell whether the network's tenant restrictions should allow it.";
    /// No such tenant.
    TenantNotFound [90002] Administrator
        "Microsoft does not know the organization that the policy names."
        "An administrator corrects microsoft365.tenant or microsoft365.cloud in the policy file.";
    /// Another national cloud.
    OtherCloud [90038, 90043] Administrator
        "This account lives in another Microsoft cloud."
        "An administrator sets microsoft365.cloud in the policy file.";
    /// No such app in the tenant.
    AppNotFound [700_016] Administrator
        "Convoke is not registered in your organization under this client id."
        "An administrator corrects microsoft365.clientId in the policy file, or registers the app.";
    /// The app is disabled.
    AppDisabled [7_000_112] Administrator
        "Convoke is switched off in your organization."
        "An administrator enables it in Entra > Enterprise applications > Convoke > Properties.";
    /// The registration serves one tenant only.
    SingleTenantApp [50194] Administrator
        "Convoke's registration serves one organization, and the policy names none."
        "An administrator sets microsoft365.tenant in the policy file.";
    /// The redirect URI is not registered.
    RedirectNotRegistered [50011] Administrator
        "Convoke's registration lacks the address to which the browser returns."
        "An administrator adds http://localhost under Authentication > Mobile and desktop applications.";
    /// The registration is of the wrong kind.
    NotPublicClient [7_000_218, 700_025] Administrator
        "Convoke is registered as an app with a secret, which a desktop app does not have."
        "An administrator allows public client flows, and registers http://localhost as a mobile and desktop address.";
    /// The organization lacks the service, or the app's permissions are set up wrongly.
    ServiceMissing [50001, 500_011, 650_052, 650_056, 650_057, 65005] Administrator
        "Your organization does not have the service, or Convoke's permissions are set up wrongly."
        "An administrator checks the API permissions of the registration and the organization's licences.";
    /// The attempt was over.
    AttemptOver [70000, 54005, 50089] User
        "This attempt took too long or was answered already."
        "Start again.";
    /// The server is busy.
    Busy [90033, 90006, 90024, 90055] Nobody
        "Microsoft's sign-in is busy."
        "Convoke tries again by itself.";
    /// The server saw a loop.
    Loop [50196] Nobody
        "Microsoft's sign-in asks Convoke to pause, because it was asked too often."
        "Convoke waits five minutes and goes on by itself.";
    /// The request was malformed.
    ProgramFault [50147, 501_481, 501_491, 70011, 700_022, 900_144, 90023, 9_002_313, 900_561] HelpDesk
        "Microsoft did not understand Convoke's request."
        "This is a fault of the program: give the detail line to your help desk.";
    /// Nobody is signed in in the browser.
    NoSession [50058] User
        "Nobody is signed in to Microsoft in the browser."
        "Sign in again.";
}

#[cfg(test)]
mod tests;
