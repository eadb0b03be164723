//! TLS for the single connection: the operating system's trust store and HTTP/1.1 only.

use std::sync::Arc;

use rustls::ClientConfig;
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls_platform_verifier::Verifier;
use tokio_rustls::TlsConnector;
use url::{Host, Url};

use crate::cause;
use crate::error::NetError;

/// Reads the trust store, and the certificates in PEM that are trusted beside it.
///
/// # Errors
/// [`NetError::NoTrustStore`], as for the pooled client (F41).
pub(super) fn connector(extra_roots: &[Vec<u8>]) -> Result<TlsConnector, NetError> {
    let provider =
        CryptoProvider::get_default().cloned().unwrap_or_else(|| Arc::new(aws_lc_rs::default_provider()));
    let verifier = Verifier::new_with_extra_roots(roots(extra_roots)?, Arc::clone(&provider))
        .map_err(|error| unusable(&error))?;
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| unusable(&error))?
        .dangerous() // The name is for verifiers of one's own; this is the platform's.
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsConnector::from(Arc::new(config)))
}

fn roots(extra: &[Vec<u8>]) -> Result<Vec<CertificateDer<'static>>, NetError> {
    let certificates = extra.iter().flat_map(|pem| CertificateDer::pem_slice_iter(pem));
    certificates.collect::<Result<_, _>>().map_err(|error| unusable(&error))
}

fn unusable(error: &(dyn std::error::Error + 'static)) -> NetError {
    NetError::NoTrustStore { reason: cause::innermost(error) }
}

/// The name that the server's certificate must bear.
pub(super) fn name(server: &Url) -> Result<ServerName<'static>, Box<dyn std::error::Error + Send + Sync>> {
    match server.host() {
        Some(Host::Domain(name)) => Ok(ServerName::try_from(name.to_owned())?),
        Some(Host::Ipv4(address)) => Ok(ServerName::from(std::net::IpAddr::V4(address))),
        Some(Host::Ipv6(address)) => Ok(ServerName::from(std::net::IpAddr::V6(address))),
        None => Ok(ServerName::try_from("")?),
    }
}
