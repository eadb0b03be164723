//! The account in use: its cache, opened with the key from the keychain.

use crate::code::{Code, Failure};
use crate::environment::Environment;
use crate::failure;
use crate::profile::Profile;
use convoke_auth::keychain::{KeychainError, SecretBytes, SecretStore};
use convoke_store::{CacheKey, Opened, RebuildReason, Store};
use secrecy::ExposeSecret;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The account in use.
pub struct SignedIn {
    profile: Mutex<Profile>,
    cache: Mutex<Result<OpenCache, Failure>>,
}

/// The open cache, and how it was found.
struct OpenCache {
    store: Arc<Store>,
    rebuilt: Option<RebuildReason>,
}

impl SignedIn {
    /// Opens the cache of a profile. A cache that can't be opened leaves the account usable: the failure is
    /// shown, and opening is tried again when asked.
    pub fn open(environment: &Environment, profile: Profile) -> Self {
        let cache = open_cache(environment, &profile);
        if let Err(failure) = &cache {
            tracing::warn!(code = ?failure.code, detail = failure.detail, "cache not opened");
        }
        Self { profile: Mutex::new(profile), cache: Mutex::new(cache) }
    }

    /// A copy of the profile.
    pub fn profile(&self) -> Profile {
        self.profile.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes over what another process wrote of the same account.
    pub fn adopt(&self, profile: Profile) {
        *self.profile.lock().unwrap_or_else(PoisonError::into_inner) = profile;
    }

    /// Takes over the profile that another process wrote of the same account, where `is_wanted` of that one and ours;
    /// answers whether it did.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn adopt_written(
        &self,
        environment: &Environment,
        is_wanted: impl FnOnce(&Profile, &Profile) -> bool,
    ) -> Result<bool, Failure> {
        // Held while it reads: what this process has written comes into memory after this, and is not taken back.
        let mut profile = self.profile.lock().unwrap_or_else(PoisonError::into_inner);
        let written = Profile::read(&environment.folders.data).map_err(|error| failure::of_file(&error))?;
        let wanted = written.filter(|written| written.key == profile.key && is_wanted(written, &profile));
        let is_adopted = wanted.is_some();
        if let Some(written) = wanted {
            *profile = written;
        }
        Ok(is_adopted)
    }

    /// Changes the profile and writes it: the one on the disk, where another process may have changed it too. Where it
    /// signed out, nothing is changed.
    ///
    /// # Errors
    /// When the file can't be read or written.
    pub fn change(
        &self,
        environment: &Environment,
        change: impl FnOnce(&mut Profile),
    ) -> Result<(), Failure> {
        let changed = self.try_change(environment, |profile| {
            change(profile);
            Ok(())
        });
        changed.or_else(|failure| if failure.code == Code::SignInRequired { Ok(()) } else { Err(failure) })
    }

    /// The same with a change that may fail: then nothing is written. What belongs to the profile, such as a password
    /// in the keychain, is changed with it: nobody signs out or disconnects meanwhile.
    ///
    /// # Errors
    /// [`Code::SignInRequired`] where nobody, or somebody else, is signed in by now; what the change fails with; when the
    /// file can't be read or written.
    pub fn try_change<T>(
        &self,
        environment: &Environment,
        change: impl FnOnce(&mut Profile) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let data = &environment.folders.data;
        // Others who change it wait here, also for a keychain; who only reads the profile does not.
        let _lock = Profile::lock(data).map_err(|error| failure::of_file(&error))?;
        let key = self.profile().key;
        let written = Profile::read(data).map_err(|error| failure::of_file(&error))?;
        let Some(written) = written.filter(|written| written.key == key) else {
            return Err(Failure::new(Code::SignInRequired));
        };
        let mut changed = written.clone();
        let result = change(&mut changed)?;
        if changed != written {
            changed.write(data).map_err(|error| failure::of_file(&error))?;
        }
        let mut profile = self.profile.lock().unwrap_or_else(PoisonError::into_inner);
        // A disconnection over there destroyed the cache that is open here: that is for the watcher to see.
        if !profile.is_connected() || written.is_connected() {
            *profile = changed;
        }
        Ok(result)
    }

    /// The cache.
    ///
    /// # Errors
    /// Why it could not be opened.
    pub fn cache(&self) -> Result<Arc<Store>, Failure> {
        let cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        cache.as_ref().map(|open| open.store.clone()).map_err(Clone::clone)
    }

    /// Why the cache was started anew when it was opened, if it was.
    pub fn rebuilt(&self) -> Option<RebuildReason> {
        let cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        cache.as_ref().ok().and_then(|open| open.rebuilt)
    }

    /// Tries again to open a cache that could not be opened.
    pub fn reopen(&self, environment: &Environment) {
        let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        if cache.is_err() {
            *cache = open_cache(environment, &self.profile());
        }
    }

    /// Destroys the cache and its key, and begins an empty one with another key. The key goes first: without it the
    /// file is noise, whatever happens next. Waits, for two seconds at the most, until nobody reads it any more.
    ///
    /// # Errors
    /// When the keychain refuses; the cache is then as it was.
    pub fn erase(&self, environment: &Environment) -> Result<(), Failure> {
        let profile = self.profile();
        let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = profile.cache_key_entry();
        environment.keychain.delete(&entry).map_err(|error| failure::of_keychain(&error))?;
        if let Ok(open) = std::mem::replace(&mut *cache, Err(Failure::new(Code::NotConnected))) {
            wait_for_readers(&open.store);
        }
        // Where another process still holds the file it stays, as noise, and is set aside by the next line.
        if let Err(error) = Store::destroy(&profile.folder(&environment.folders.data)) {
            tracing::warn!(%error, "the file of the destroyed cache stays");
        }
        *cache = open_cache(environment, &profile);
        Ok(())
    }
}

fn wait_for_readers(store: &Arc<Store>) {
    let late = Instant::now() + Duration::from_secs(2);
    while Arc::strong_count(store) > 1 && Instant::now() < late {
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn open_cache(environment: &Environment, profile: &Profile) -> Result<OpenCache, Failure> {
    let folder = profile.folder(&environment.folders.data);
    let key = cache_key(&*environment.keychain, profile)?;
    let (store, opened) = Store::open(&folder, &key).map_err(|error| failure::of_store(&error))?;
    let rebuilt = match opened {
        Opened::Rebuilt { reason, .. } => Some(reason),
        Opened::Existing | Opened::Created => None,
    };
    if let Some(reason) = rebuilt {
        tracing::warn!(?reason, "cache was set aside and is rebuilt from the server");
    }
    Ok(OpenCache { store: Arc::new(store), rebuilt })
}

/// The key of the cache: 32 random bytes in the keychain, made when first needed.
fn cache_key(keychain: &dyn SecretStore, profile: &Profile) -> Result<CacheKey, Failure> {
    let entry = profile.cache_key_entry();
    let known = match keychain.get(&entry) {
        Ok(known) => known,
        // A damaged entry can't open anything any more: it is replaced, and the cache rebuilt.
        Err(KeychainError::Damaged) => None,
        Err(error) => return Err(failure::of_keychain(&error)),
    };
    if let Some(key) = known.as_ref().and_then(|secret| CacheKey::from_slice(secret.expose_secret())) {
        return Ok(key);
    }
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes)
        .map_err(|error| Failure::new(Code::Internal).with_detail(error.to_string()))?;
    keychain.set(&entry, &SecretBytes::from(bytes.to_vec())).map_err(|error| failure::of_keychain(&error))?;
    Ok(CacheKey::new(bytes))
}
