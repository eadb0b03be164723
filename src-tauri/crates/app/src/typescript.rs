//! The TypeScript declarations of everything that crosses to the UI, as one file.
//!
//! `cargo xtask types` writes it; a test fails when the committed file is stale.

use crate::code::{Code, Failure, Who};
use crate::reason::Reason;
use crate::wire::{exchange, policy, query, row, snapshot};
use convoke_model::{contact, meeting, service};
use ts_rs::{Config, TS};

/// The file's text.
#[must_use]
pub fn declarations() -> String {
    // 64-bit numbers never cross: the webview would round them.
    let config = Config::default();
    let mut text = String::from("// Generated from Rust by `cargo xtask types`. Do not edit.\n");
    macro_rules! declare {
        ($($type:ty),+ $(,)?) => { $(add::<$type>(&mut text, &config);)+ };
    }
    declare!(
        Code,
        Who,
        Reason,
        Failure,
        service::Service,
        service::ServiceState,
        service::ServiceStatus,
        meeting::ShowAs,
        meeting::Sensitivity,
        meeting::Response,
        meeting::AttendeeKind,
        meeting::MeetingSource,
        meeting::Person,
        meeting::Attendee,
        meeting::CalendarRef,
        meeting::Meeting,
        contact::ContactSource,
        contact::Email,
        contact::Phone,
        contact::PostalAddress,
        contact::Contact,
        exchange::ExchangeFound,
        exchange::ExchangeMethod,
        exchange::ExchangeAsk,
        exchange::EwsEnd,
        exchange::ExchangeView,
        exchange::ExchangeQuery,
        snapshot::Organization,
        snapshot::PolicyStatus,
        snapshot::Permissions,
        snapshot::AuthorizeWith,
        snapshot::PolicyView,
        snapshot::FederationKind,
        snapshot::Federation,
        snapshot::Account,
        snapshot::SignInPhase,
        snapshot::Purpose,
        snapshot::SignIn,
        snapshot::Services,
        snapshot::SyncPhase,
        snapshot::SyncView,
        snapshot::Calendar,
        snapshot::Counts,
        snapshot::SettingsView,
        snapshot::Snapshot,
        row::MeetingRow,
        row::Agenda,
        row::Start,
        row::ContactRow,
        row::ContactPage,
        row::LetterOffset,
        row::MeetingsWith,
        row::AdminRequest,
        row::Changed,
        row::AppEvent,
        policy::PolicyLevel,
        policy::PolicyDoc,
        policy::PolicyMessage,
        policy::PolicyProblemKind,
        policy::PolicyRow,
        policy::PolicyProblem,
        policy::PolicyPage,
        query::Days,
        query::AdminRequestQuery,
        query::ById,
        query::Search,
        query::DirectorySearch,
        query::ContactsPage,
        query::ByAddress,
        query::ByNumber,
        query::SignInQuery,
        query::ConnectQuery,
        query::SignOutQuery,
        query::SetSetting,
    );
    export(&mut text, &policy::sentences());
    text
}

fn add<T: TS>(text: &mut String, config: &Config) {
    export(text, &T::decl(config));
}

fn export(text: &mut String, declaration: &str) {
    text.push_str("\nexport ");
    text.push_str(declaration);
    text.push('\n');
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_committed_declarations_are_fresh() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../ui/src/lib/backend/generated/types.ts");
        let committed = std::fs::read_to_string(path).unwrap();
        assert_eq!(committed, super::declarations(), "run `cargo xtask types`");
    }
}
