//! A throw-away CA and a server certificate for loopback, made at each start.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, SanType, date_time_ymd,
};
use sha2::{Digest, Sha256};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;

use crate::error::TenantError;

/// What a tenant with `--tls` serves with and what its clients trust.
pub struct Tls {
    /// Accepts connections with the server certificate.
    pub acceptor: TlsAcceptor,
    /// SHA-256 of the server's certificate, which channel bindings name.
    pub certificate_hash: [u8; 32],
    /// The CA's certificate, PEM.
    pub ca_pem: String,
}

/// Makes a CA and a certificate for `localhost`, 127.0.0.1 and ::1.
///
/// # Errors
/// When a key or certificate can't be made, or TLS refuses it.
pub fn generate() -> Result<Tls, TenantError> {
    let ca_key = KeyPair::generate().map_err(TenantError::Certificate)?;
    let ca_params = ca_params()?;
    let ca = ca_params.self_signed(&ca_key).map_err(TenantError::Certificate)?;
    let issuer = Issuer::new(ca_params, ca_key);
    let key = KeyPair::generate().map_err(TenantError::Certificate)?;
    let leaf = leaf_params()?.signed_by(&key, &issuer).map_err(TenantError::Certificate)?;
    let private = PrivatePkcs8KeyDer::from(key.serialize_der());
    let certificate_hash = Sha256::digest(leaf.der()).into();
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(TenantError::Tls)?
        .with_no_client_auth()
        .with_single_cert(vec![leaf.der().clone()], private.into())
        .map_err(TenantError::Tls)?;
    Ok(Tls { certificate_hash, acceptor: TlsAcceptor::from(Arc::new(config)), ca_pem: ca.pem() })
}

fn ca_params() -> Result<CertificateParams, TenantError> {
    let mut params = CertificateParams::new(Vec::default()).map_err(TenantError::Certificate)?;
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.distinguished_name.push(DnType::CommonName, "Simulated tenant, not to be trusted");
    params.key_usages =
        vec![KeyUsagePurpose::DigitalSignature, KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(2099, 1, 1);
    Ok(params)
}

fn leaf_params() -> Result<CertificateParams, TenantError> {
    let mut params = CertificateParams::new(vec!["localhost".into()]).map_err(TenantError::Certificate)?;
    params.subject_alt_names.push(SanType::IpAddress(IpAddr::V4(Ipv4Addr::LOCALHOST)));
    params.subject_alt_names.push(SanType::IpAddress(IpAddr::V6(Ipv6Addr::LOCALHOST)));
    params.distinguished_name.push(DnType::CommonName, "localhost");
    params.use_authority_key_identifier_extension = true;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(2099, 1, 1);
    Ok(params)
}
