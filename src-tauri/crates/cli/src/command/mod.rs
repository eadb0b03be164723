//! One file per command.

pub mod admin_request;
pub mod agenda;
pub mod changes;
pub mod connect;
pub mod connect_exchange;
pub mod contacts;
pub mod doctor;
pub mod policy;
pub mod rehearse;
pub mod sign_in;
pub mod sign_out;
pub mod status;
pub mod sync;

use crate::arguments::ServiceName;
use convoke_app::wire::Service;

/// The services that were named on the command line.
fn services(names: &[ServiceName]) -> Vec<Service> {
    names
        .iter()
        .map(|name| match name {
            ServiceName::Calendar => Service::Calendar,
            ServiceName::Contacts => Service::Contacts,
            ServiceName::Directory => Service::Directory,
        })
        .collect()
}
