use std::collections::BTreeMap;

use secrecy::{ExposeSecret, SecretString};

use super::{Entries, LONGEST, delete, get, set};
use crate::keychain::{KeychainError, SecretBytes};

/// Entries that stop working after `writes` changes, as if the process had died there.
#[derive(Default)]
struct Fake {
    map: BTreeMap<String, String>,
    writes: Option<usize>,
}

impl Fake {
    fn change(&mut self) -> Result<(), KeychainError> {
        match &mut self.writes {
            Some(0) => Err(KeychainError::Timeout),
            Some(left) => {
                *left -= 1;
                Ok(())
            }
            None => Ok(()),
        }
    }
}

impl Entries for Fake {
    fn read(&mut self, name: &str) -> Result<Option<SecretString>, KeychainError> {
        Ok(self.map.get(name).cloned().map(SecretString::from))
    }

    fn write(&mut self, name: &str, text: &SecretString) -> Result<(), KeychainError> {
        self.change()?;
        assert!(text.expose_secret().len() <= LONGEST);
        self.map.insert(name.to_owned(), text.expose_secret().to_owned());
        Ok(())
    }

    fn remove(&mut self, name: &str) -> Result<(), KeychainError> {
        self.change()?;
        self.map.remove(name);
        Ok(())
    }
}

fn value(length: usize, salt: u8) -> Vec<u8> {
    (0..length).map(|at| (at % 251) as u8 ^ salt).collect()
}

fn stored(fake: &mut Fake) -> Result<Option<Vec<u8>>, KeychainError> {
    get(fake, "a/token").map(|found| found.map(|bytes| bytes.expose_secret().to_vec()))
}

#[test]
fn f28_values_of_every_size_come_back() {
    let mut fake = Fake::default();
    for length in [0, 1, 32, 1_400, 1_480, 1_500, 2_000, 2_560, 10_000, 64_000, 0, 5_000, 5] {
        let bytes = value(length, 7);
        set(&mut fake, "a/token", &SecretBytes::from(bytes.clone())).unwrap();
        assert_eq!(stored(&mut fake).unwrap(), Some(bytes), "{length}");
        let parts = length.div_ceil(1_500);
        assert!(fake.map.len() <= parts + 1, "{length}: parts of older values are left");
    }
    delete(&mut fake, "a/token").unwrap();
    assert!(fake.map.is_empty());
    assert_eq!(stored(&mut fake).unwrap(), None);
    delete(&mut fake, "a/token").unwrap();
}

#[test]
fn f26_damaged_entries_are_named_and_can_be_replaced() {
    for junk in
        ["", "x", "1:", "1:00:AAAA", "1:zz", "2:1:2:00", "2:1:0:00", "2:1:9999999:00", "1:a:b:c", "\u{0}"]
    {
        let mut fake = Fake::default();
        fake.map.insert("a/token".into(), junk.into());
        assert!(matches!(stored(&mut fake), Err(KeychainError::Damaged)), "{junk:?}");
        set(&mut fake, "a/token", &SecretBytes::from(value(5, 0))).unwrap();
        assert_eq!(stored(&mut fake).unwrap(), Some(value(5, 0)));
    }
}

#[test]
fn f26_a_cut_or_missing_part_is_damage() {
    let mut fake = Fake::default();
    set(&mut fake, "a/token", &SecretBytes::from(value(5_000, 1))).unwrap();
    let part = fake.map.keys().find(|name| name.contains('#')).cloned().unwrap();
    let whole = fake.map[&part].clone();
    fake.map.insert(part.clone(), whole[..whole.len() - 4].to_owned());
    assert!(matches!(stored(&mut fake), Err(KeychainError::Damaged)));
    fake.map.remove(&part);
    assert!(matches!(stored(&mut fake), Err(KeychainError::Damaged)));
}

#[test]
fn f55_dying_at_any_write_leaves_the_old_or_the_new_value() {
    for (old, new) in [(5_000, 7_000), (5, 5_000), (5_000, 5), (7_000, 5_000)] {
        for writes in 0..12 {
            let mut fake = Fake::default();
            set(&mut fake, "a/token", &SecretBytes::from(value(old, 1))).unwrap();
            fake.writes = Some(writes);
            let died = set(&mut fake, "a/token", &SecretBytes::from(value(new, 2))).is_err();
            fake.writes = None;
            let found = stored(&mut fake).unwrap().unwrap();
            assert!(
                found == value(new, 2) || (died && found == value(old, 1)),
                "{old}->{new} after {writes}"
            );
        }
    }
}
