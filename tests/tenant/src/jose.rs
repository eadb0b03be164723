//! Signed JSON web tokens: RS256 and nothing else (RFC 7515, RFC 7518 section 3.3).

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::error::TenantError;

/// An RSA key made at the tenant's start.
#[derive(Debug)]
pub struct SigningKey {
    key: RsaKeyPair,
    kid: String,
}

impl SigningKey {
    /// A fresh 2,048-bit key.
    ///
    /// # Errors
    /// When the cryptographic library can't make one.
    pub fn generate() -> Result<Self, TenantError> {
        let key = RsaKeyPair::generate(KeySize::Rsa2048).map_err(|_| TenantError::Key)?;
        let der = key.public_key().as_der().map_err(|_| TenantError::Key)?;
        let kid = encode(&Sha256::digest(der.as_ref())[..20]);
        Ok(Self { key, kid })
    }

    /// The key's id.
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// The public half (RFC 7517), with the members Entra publishes; it leaves `alg` out.
    pub fn jwk(&self, issuer: Option<&str>) -> Value {
        let public = self.key.public_key();
        let mut jwk = json!({
            "kty": "RSA", "use": "sig", "kid": self.kid, "x5t": self.kid,
            "n": encode(public.modulus().big_endian_without_leading_zero()),
            "e": encode(public.exponent().big_endian_without_leading_zero()),
        });
        if let Some(issuer) = issuer {
            jwk["issuer"] = json!(issuer);
        }
        jwk
    }

    /// Signs claims under this key's id.
    pub fn sign(&self, claims: &Value) -> String {
        self.sign_as(&self.kid, claims)
    }

    /// Signs claims under any key id.
    pub fn sign_as(&self, kid: &str, claims: &Value) -> String {
        let input = signing_input(&json!({"typ": "JWT", "alg": "RS256", "kid": kid}), claims);
        let mut signature = vec![0; self.key.public_modulus_len()];
        // Signing fails only for a buffer of the wrong size; a signature of zeros is refused by every client.
        let _ = self.key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), input.as_bytes(), &mut signature);
        format!("{input}.{}", encode(&signature))
    }
}

/// Header and claims as they are signed.
pub fn signing_input(header: &Value, claims: &Value) -> String {
    format!("{}.{}", encode(header.to_string().as_bytes()), encode(claims.to_string().as_bytes()))
}

/// base64url without padding.
pub fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// A fresh opaque value of 32 random bytes, base64url.
pub fn opaque() -> String {
    encode(&rand::random::<[u8; 32]>())
}

/// The S256 challenge of a verifier (RFC 7636 section 4.2).
pub fn s256(verifier: &str) -> String {
    encode(&Sha256::digest(verifier.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn challenge_of_rfc_7636_appendix_b() {
        assert_eq!(
            s256("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }

    #[test]
    fn a_signature_verifies_against_the_published_key() {
        let key = SigningKey::generate().unwrap();
        let token = key.sign(&json!({"sub": "x"}));
        let jwk = key.jwk(None);
        let part = |name: &str| URL_SAFE_NO_PAD.decode(jwk[name].as_str().unwrap()).unwrap();
        let public = aws_lc_rs::signature::RsaPublicKeyComponents { n: part("n"), e: part("e") };
        let (input, signature) = token.rsplit_once('.').unwrap();
        let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
        let algorithm = &aws_lc_rs::signature::RSA_PKCS1_2048_8192_SHA256;
        public.verify(algorithm, input.as_bytes(), &signature).unwrap();
        assert!(public.verify(algorithm, b"other", &signature).is_err());
    }
}
