//! A throw-away authority, a server's certificate, and its channel bindings by the server's own arithmetic.

use std::sync::Arc;

use md5::{Digest as _, Md5};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use sha2::{Digest as _, Sha256};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

pub struct Tls {
    pub acceptor: TlsAcceptor,
    /// The authority in PEM.
    pub authority: Vec<u8>,
    /// `MsvAvChannelBindings` for the certificate, which ECDSA with SHA-256 signed.
    pub binding: [u8; 16],
}

/// For a server called `name` that knows these protocols.
pub fn tls(name: &str, protocols: &[&[u8]]) -> Tls {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let certificate =
        CertificateParams::new(vec![name.to_owned()]).unwrap().signed_by(&key, &authority).unwrap();
    let provider = Arc::new(tokio_rustls::rustls::crypto::aws_lc_rs::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.der().clone()],
            PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der())),
        )
        .unwrap();
    config.alpn_protocols = protocols.iter().map(|name| name.to_vec()).collect();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    Tls { acceptor, authority: authority.pem().into_bytes(), binding: binding(certificate.der()) }
}

/// RFC 2744 §3.11 without addresses, around `tls-server-end-point` of RFC 5929 §4.1.
fn binding(certificate: &[u8]) -> [u8; 16] {
    let mut data = b"tls-server-end-point:".to_vec();
    data.extend(Sha256::digest(certificate));
    let mut bindings = vec![0; 16];
    bindings.extend(u32::try_from(data.len()).unwrap().to_le_bytes());
    bindings.extend(data);
    Md5::digest(bindings).into()
}
