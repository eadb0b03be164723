//! The keychain: whether it keeps what it is given, tried with an entry that is thrown away.

use super::check::Check;
use super::fix;
use super::report::CheckId;
use crate::app::{App, blocking};
use crate::code::{Code, Failure};
use crate::failure;
use convoke_auth::keychain::{KeychainError, SecretBytes, SecretStore};
use secrecy::ExposeSecret;

const ID: CheckId = CheckId::Keychain;

/// Writes, reads and deletes. Each of the three ends by the keychain's own time limit.
pub async fn check(app: &App) -> Check {
    let keychain = app.environment().keychain.clone();
    match blocking(move || try_out(&*keychain)).await {
        Ok(()) => Check::ok(ID, "The keychain kept a throw-away entry, gave it back and deleted it."),
        Err(failure) if failure.code == Code::Internal => {
            let mend = fix::by(fix::HELP_DESK, "give the detail to whoever supports Convoke.");
            Check::of(ID, &failure).with_fix(&mend)
        }
        Err(failure) => Check::of(ID, &failure),
    }
}

fn try_out(keychain: &dyn SecretStore) -> Result<(), Failure> {
    // Two of these may run at once, and neither may take the other's entry for damaged.
    let entry = format!("doctor-{}", std::process::id());
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes)
        .map_err(|error| Failure::new(Code::Internal).with_detail(error.to_string()))?;
    let tried = keychain.set(&entry, &SecretBytes::from(bytes.to_vec())).and_then(|()| {
        let back = keychain.get(&entry);
        // Deleted whatever came back.
        keychain.delete(&entry).and(back)
    });
    let back = tried.map_err(|error| failure::of_keychain(&error))?;
    if back.is_some_and(|back| back.expose_secret() == bytes) {
        return Ok(());
    }
    Err(failure::of_keychain(&KeychainError::Damaged))
}

#[cfg(test)]
mod tests {
    use super::*;
    use convoke_auth::keychain::MemoryKeychain;

    /// Takes everything and keeps nothing.
    struct Sieve;

    impl SecretStore for Sieve {
        fn get(&self, _: &str) -> Result<Option<SecretBytes>, KeychainError> {
            Ok(None)
        }

        fn set(&self, _: &str, _: &SecretBytes) -> Result<(), KeychainError> {
            Ok(())
        }

        fn delete(&self, _: &str) -> Result<(), KeychainError> {
            Ok(())
        }
    }

    #[test]
    fn the_entry_is_thrown_away() {
        let keychain = MemoryKeychain::default();
        try_out(&keychain).unwrap();
        assert!(keychain.get(&format!("doctor-{}", std::process::id())).unwrap().is_none());
    }

    #[test]
    fn a_keychain_that_forgets_is_none() {
        assert_eq!(try_out(&Sieve).unwrap_err().code, Code::KeychainUnavailable);
    }
}
