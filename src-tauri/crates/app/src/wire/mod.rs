//! The types that cross to the UI. TypeScript declarations are generated from them (`cargo xtask types`).

pub mod exchange;
pub mod policy;
pub mod query;
pub mod row;
pub mod snapshot;

pub use convoke_model::contact::Contact;
pub use convoke_model::meeting::Meeting;
pub use convoke_model::service::{Service, ServiceState, ServiceStatus};
pub use exchange::{ExchangeAsk, ExchangeFound, ExchangeMethod, ExchangeQuery, ExchangeView};
pub use policy::{PolicyLevel, PolicyPage, PolicyProblem, PolicyRow};
pub use query::{
    AdminRequestQuery, ByAddress, ById, ByNumber, ConnectQuery, ContactsPage, Days, DirectorySearch, Search,
    SetSetting, SignInQuery, SignOutQuery,
};
pub use row::{
    AdminRequest, Agenda, AppEvent, Changed, ContactPage, ContactRow, LetterOffset, MeetingRow, MeetingsWith,
    Start,
};
pub use snapshot::{Account, Services, Snapshot};
