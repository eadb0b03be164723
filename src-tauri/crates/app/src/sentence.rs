//! The English sentence of each code: what is true, what to do, who can do it.
//!
//! The UI has its own texts by code in its message files; these serve `convokectl` and are the fallback.

use crate::code::{Code, Who};

/// Message, help and who can act.
#[must_use]
pub fn of(code: Code) -> (&'static str, &'static str, Who) {
    match code {
        Code::Offline => (
            "This computer is offline.",
            "What was synced before stays readable; Convoke goes on by itself when the network is back.",
            Who::Nobody,
        ),
        Code::ServerUnreachable => (
            "The server can't be reached.",
            "Convoke tries again by itself; if it lasts, ask your help desk whether the server is blocked.",
            Who::Nobody,
        ),
        Code::ServerFailing => (
            "The server answers, but can't give your mailbox right now.",
            "Convoke tries again by itself, and what was synced before stays readable; if it lasts, ask your help desk.",
            Who::Nobody,
        ),
        Code::Throttled => (
            "The server asks to wait.",
            "What syncs goes on by itself after the time the server named; anything else can be tried again then.",
            Who::Nobody,
        ),
        Code::CaptivePortal => (
            "The network wants you to sign in to it first.",
            "Open any page in your browser, sign in to the network, then try again.",
            Who::User,
        ),
        Code::TlsUntrusted => (
            "The server's certificate is not trusted by this computer.",
            "Your help desk can install the organization's root certificate; Convoke uses the system's trust store.",
            Who::HelpDesk,
        ),
        Code::ProxyAuthentication => (
            "The network's proxy wants credentials.",
            "Ask your help desk to let Convoke through the proxy.",
            Who::HelpDesk,
        ),
        Code::SignInRequired => (
            "You need to sign in.",
            "Sign in with your organization's account; what was synced before stays.",
            Who::User,
        ),
        Code::NotConnected => (
            "Your mailbox is not connected yet.",
            "Connect it, so that your meetings and contacts can be read.",
            Who::User,
        ),
        Code::OffByPolicy => (
            "Your organization's policy permits nothing of this.",
            "Your administrator decides it under integration in the policy file.",
            Who::Administrator,
        ),
        Code::SignInCancelled => {
            ("The sign-in was cancelled.", "Start it again when you are ready.", Who::User)
        }
        Code::SignInTimedOut => (
            "Nothing came back from the browser in time.",
            "If the browser showed an error or asked for approval, show that page to your administrator; otherwise try again.",
            Who::User,
        ),
        Code::SignInRefused => (
            "Your organization's sign-in refused.",
            "Try again; if it is refused again, give the detail line to your help desk.",
            Who::HelpDesk,
        ),
        Code::IdTokenRefused => (
            "The sign-in answer failed a security check, so it was not used.",
            "Check this computer's clock and try again; if it fails again, give the detail line to your help desk.",
            Who::HelpDesk,
        ),
        Code::BrowserNotOpened => (
            "No browser could be opened.",
            "Copy the link and open it in a browser on this computer.",
            Who::User,
        ),
        Code::LoopbackUnavailable => (
            "Convoke could not open a local port to receive the sign-in.",
            "A security product may block local connections: ask your help desk to allow it.",
            Who::HelpDesk,
        ),
        Code::UnexpectedAnswer => (
            "A server sent an answer that Convoke can't use.",
            "Try again; on a guest network, sign in to the network first.",
            Who::User,
        ),
        Code::AccountMismatch => (
            "You authorized another account than the one you signed in with.",
            "Connect again and choose the account you signed in with.",
            Who::User,
        ),
        Code::AccountNotAllowed => (
            "Your organization does not allow this account in Convoke.",
            "Sign in with an account of your organization.",
            Who::User,
        ),
        Code::ConsentDeclined => (
            "The permission was not granted.",
            "Connect again whenever you want to; nothing else is affected.",
            Who::User,
        ),
        Code::AdminApprovalRequired => (
            "An administrator must approve this once.",
            "Send the request to your administrator, or sign in as one and consent for the organization.",
            Who::Administrator,
        ),
        Code::BlockedByOrganization => (
            "Your organization's rules block this sign-in.",
            "Give the detail line to your administrator; trying again will not help.",
            Who::Administrator,
        ),
        Code::MailboxUnavailable => (
            "Your account has no mailbox that Convoke can read.",
            "An administrator can assign one, or correct where the policy looks for it (integration.authorizeWith, integration.ews.url).",
            Who::Administrator,
        ),
        Code::PermissionMissing => (
            "The granted permissions do not cover this.",
            "Connect again, so that the missing permission is asked for.",
            Who::User,
        ),
        Code::PasswordRequired => (
            "Your mailbox is on your organization's own Exchange, which wants your user name and password.",
            "Enter them in the profile; Convoke keeps the password in this computer's keychain.",
            Who::User,
        ),
        Code::PasswordRefused => (
            "The Exchange server refused the user name or the password.",
            "Enter them again. An expired password, a locked account or a proxy that opens the secure connection looks the same.",
            Who::User,
        ),
        Code::NoCommonSignIn => (
            "The Exchange server offers no way to sign in that your organization's policy allows.",
            "An administrator adds one that the server offers to integration.ews.auth, or switches one on at the server.",
            Who::Administrator,
        ),
        Code::ExtendedProtection => (
            "The Exchange server wants a sign-in bound to its own certificate, and something on the way shows another.",
            "Your help desk can tell which proxy or load balancer ends the secure connection.",
            Who::HelpDesk,
        ),
        Code::HostNotTrusted => (
            "A server outside your organization's domain says that it has your mailbox.",
            "Trust it only if you know it; otherwise ask your help desk. Until then nothing is sent to it.",
            Who::User,
        ),
        Code::ExchangeNotFound => (
            "No Exchange server was found for your account.",
            "Enter the address of the server in the profile; your help desk knows it.",
            Who::User,
        ),
        Code::ExchangeDenied => (
            "The Exchange server does not let your account read this.",
            "An Exchange administrator can allow EWS for your mailbox and for this app.",
            Who::Administrator,
        ),
        Code::TokenRefused => (
            "The Exchange server refuses your organization's sign-in.",
            "You are signed in; an administrator checks the server's hybrid modern authentication. Signing in again will not help.",
            Who::Administrator,
        ),
        Code::EwsRetired => (
            "Exchange Online does not answer EWS any more.",
            "Choose Microsoft 365 in the profile; where the policy decides, an administrator sets integration.authorizeWith to auto or oauth.",
            Who::Administrator,
        ),
        Code::KeychainUnavailable => (
            "This computer has no keychain that Convoke can use.",
            "Start the keychain (on Linux a Secret Service such as GNOME Keyring or KWallet) and try again.",
            Who::User,
        ),
        Code::KeychainLocked => {
            ("The keychain is locked or does not answer.", "Unlock the keychain and try again.", Who::User)
        }
        Code::CacheUnusable => (
            "The local cache can't be used.",
            "Check that the data folder can be written; Convoke rebuilds the cache from the server.",
            Who::User,
        ),
        Code::CacheNewer => {
            ("A newer version of Convoke wrote the cache.", "Update Convoke; nothing was changed.", Who::User)
        }
        Code::DiskFull => ("The disk is full.", "Free some space; what is cached stays readable.", Who::User),
        Code::PolicyInvalid => (
            "The policy file has a mistake in a setting that decides security.",
            "Your administrator can find it with `convokectl policy validate`.",
            Who::Administrator,
        ),
        Code::PolicyRefused => (
            "The policy file can't be used.",
            "Your administrator mends it; until then nobody signs in.",
            Who::Administrator,
        ),
        Code::PolicyOverruled => (
            "This computer has a policy of its own; the one that was named is not used.",
            "Leave out --policy and CONVOKE_POLICY_FILE.",
            Who::User,
        ),
        Code::NotConfigured => (
            "Convoke does not know your organization yet.",
            "Your administrator rolls out a policy file that names the tenant and the client id.",
            Who::Administrator,
        ),
        Code::Misconfigured => (
            "The app registration or the policy does not match your tenant.",
            "Give the detail line to your administrator.",
            Who::Administrator,
        ),
        Code::LinkNotAllowed => (
            "This link was not opened because it is not a safe web address.",
            "Ask the organizer for the right link.",
            Who::User,
        ),
        Code::NotFound => ("It is not in the cache any more.", "Sync and look again.", Who::User),
        Code::Internal => (
            "Something went wrong inside Convoke.",
            "Try again; if it happens again, report the detail line.",
            Who::HelpDesk,
        ),
    }
}
