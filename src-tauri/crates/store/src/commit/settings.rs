//! States of services, small values, and forgetting.

use super::{calendars, folders};
use crate::error::StoreError;
use crate::store::Writer;
use crate::table::{calendar, change, contact_folder, meta, service_status};
use convoke_model::service::{Service, ServiceStatus};

impl Writer<'_> {
    /// Keeps the status of a service.
    ///
    /// # Errors
    /// Where nothing could be written.
    pub fn set_service_status(&mut self, service: Service, status: &ServiceStatus) -> Result<(), StoreError> {
        self.transact(|connection| service_status::put(connection, service, status))
    }

    /// Keeps a small value under a name, or forgets it.
    ///
    /// # Errors
    /// Where nothing could be written.
    pub fn set_meta(&mut self, name: &str, value: Option<&str>) -> Result<(), StoreError> {
        self.transact(|connection| meta::put(connection, name, value))
    }

    /// Deletes what a service brought, with its cursors; its status stays.
    ///
    /// # Errors
    /// Where nothing could be written.
    pub fn forget_service(&mut self, service: Service) -> Result<(), StoreError> {
        self.transact(|connection| match service {
            Service::Calendar => {
                for (key, record) in calendar::all(connection)? {
                    calendars::delete(connection, key, &record.id)?;
                }
                change::delete_all(connection)
            }
            Service::Contacts => {
                for (key, record) in contact_folder::all(connection)? {
                    folders::delete(connection, key, Some(&record.id))?;
                }
                let default = contact_folder::put(connection, "", None)?;
                folders::delete(connection, default, None)?;
                meta::next_contacts_generation(connection)
            }
            Service::Directory => Ok(()),
        })
    }
}
