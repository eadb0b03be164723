use std::io;
use std::path::{Path, PathBuf};

use super::*;
use crate::fs::{Facts, OpenedFile};
use crate::problem::ProblemKind;

/// A property list as if root had written it.
struct Written {
    text: Vec<u8>,
    by_root: bool,
}

impl FileSystem for Written {
    fn open(&self, path: &Path) -> io::Result<OpenedFile> {
        let facts = |path: &Path| Facts {
            path: path.to_owned(),
            owned_by_administrator: self.by_root,
            writable_by_others: false,
            sticky: false,
        };
        let content = Box::new(io::Cursor::new(self.text.clone()));
        Ok(OpenedFile { kind: FileKind::Regular, file: facts(path), folders: Vec::new(), content })
    }

    fn json_files(&self, _: &Path) -> io::Result<Vec<PathBuf>> {
        Ok(Vec::new())
    }
}

fn settings(inside: &str, by_root: bool) -> Result<Vec<Setting>, ManagedError> {
    let text = format!("<plist version=\"1.0\"><dict>{inside}</dict></plist>").into_bytes();
    let fs = Box::new(Written { text, by_root });
    ManagedPreferences::new("/m.plist".into(), fs).settings()
}

#[test]
fn a_profile_has_the_shape_of_a_policy_file() {
    let inside = "<key>PayloadUUID</key><string>F7A2</string>\
        <key>organization</key><dict><key>name</key><string>Contoso</string></dict>\
        <key>enforced</key><dict><key>sync</key><dict><key>pastDays</key><integer>7</integer></dict>\
        <key>accounts</key><dict><key>allowedDomains</key><array><string>a.com</string></array></dict></dict>\
        <key>defaults</key><dict><key>privacy</key><dict><key>allowExport</key><false/></dict></dict>";
    let read = settings(inside, true).unwrap();
    let told: Vec<_> = read
        .iter()
        .map(|one| (one.level, one.name.as_str(), one.value.clone(), one.place.as_str()))
        .collect();
    let expected = [
        (
            Level::Enforced,
            "organization.name",
            Given::Text("Contoso".to_owned()),
            "/m.plist: organization.name",
        ),
        (Level::Enforced, "sync.pastDays", Given::Integer(7), "/m.plist: enforced.sync.pastDays"),
        (
            Level::Enforced,
            "accounts.allowedDomains",
            Given::List(vec!["a.com".to_owned()]),
            "/m.plist: enforced.accounts.allowedDomains",
        ),
        (Level::Default, "privacy.allowExport", Given::Bool(false), "/m.plist: defaults.privacy.allowExport"),
    ];
    assert_eq!(told, expected);
}

#[test]
fn what_has_no_place_keeps_its_name() {
    let check = |inside: &str, name: &str, value: Given| {
        let read = settings(inside, true).unwrap();
        assert_eq!(
            read.iter().map(|one| (one.name.as_str(), &one.value)).collect::<Vec<_>>(),
            [(name, &value)]
        );
    };
    check("<key>sso</key><dict/>", "sso", Given::Section);
    check("<key>enforced</key><true/>", "enforced", Given::Bool(true));
    check("<key>enforced</key><dict><key>ui</key><true/></dict>", "ui", Given::Bool(true));
    check("<key>enforced</key><dict><key>x</key><dict/></dict>", "x", Given::Section);
    check("<key>x</key><real>1.0</real>", "x", Given::Integer(1));
    check("<key>x</key><real>1.5</real>", "x", Given::Other(crate::sentences::fraction()));
}

#[test]
fn a_list_that_cannot_be_trusted_or_read_is_no_empty_one() {
    let foreign = settings("<key>sso</key><dict/>", false).unwrap_err();
    let said = "The managed settings can't be read: /m.plist does not belong to an administrator.";
    assert_eq!((foreign.to_string().as_str(), foreign.kind()), (said, ProblemKind::Untrusted));
    let broken = settings("<key>", true).unwrap_err();
    assert!(broken.to_string().contains("broken"), "{broken}");
}

/// The sample is what administrators start from, so it must pass its own reader.
#[test]
fn the_sample_profile_is_read_without_a_problem() {
    let sample = crate::generate::files();
    let sample = sample.iter().find(|file| file.path == "convoke.mobileconfig").unwrap();
    let profile: Value = plist::from_bytes(sample.text.as_bytes()).unwrap();
    let payload = &profile.as_dictionary().unwrap()["PayloadContent"].as_array().unwrap()[0];
    let settings = Walk::new("m".to_owned()).all(payload.as_dictionary().unwrap());
    let effective = crate::effective(&[super::super::judge("m", &settings)]);
    assert_eq!(effective.problems(), []);
    assert_eq!(effective.organization.name.as_deref(), Some("Contoso"));
    assert!(effective.is_locked("microsoft365.tenant") && !effective.is_locked("ui.theme"));
}
