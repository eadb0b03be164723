//! Table `service_status`.

use crate::error::StoreError;
use convoke_model::service::{Service, ServiceStatus};
use rusqlite::{Connection, OptionalExtension, params};

pub(crate) fn put(
    connection: &Connection,
    service: Service,
    status: &ServiceStatus,
) -> Result<(), StoreError> {
    connection.execute(
        "INSERT OR REPLACE INTO service_status (service, status) VALUES (?1, ?2)",
        params![service.as_str(), serde_json::to_string(status)?],
    )?;
    Ok(())
}

/// The stored status; a service that has none is not connected.
pub(crate) fn get(connection: &Connection, service: Service) -> Result<ServiceStatus, StoreError> {
    let mut statement = connection.prepare_cached("SELECT status FROM service_status WHERE service = ?1")?;
    let json: Option<String> = statement.query_row([service.as_str()], |row| row.get(0)).optional()?;
    Ok(json.map(|json| serde_json::from_str(&json)).transpose()?.unwrap_or_default())
}
