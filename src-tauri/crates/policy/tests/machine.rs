//! The machine's policy on a real file system, and the file that the environment names.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up has to stop")]

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use convoke_policy::fs::{FileSystem, OpenedFile};
use convoke_policy::{
    Effective, LoadError, PolicyEnvironment, ProblemKind, Status, StdFileSystem, Unmanaged, load,
    validate_file,
};
use tempfile::TempDir;

/// The real file system, with the tests' own user as the administrator, so that the tests need not run as root.
struct OwnedByTester(u32);

impl FileSystem for OwnedByTester {
    fn open(&self, path: &Path) -> std::io::Result<OpenedFile> {
        let mut opened = StdFileSystem.open(path)?;
        for facts in std::iter::once(&mut opened.file).chain(&mut opened.folders) {
            let owner = fs::metadata(&facts.path)?.uid();
            facts.owned_by_administrator = owner == 0 || owner == self.0;
        }
        Ok(opened)
    }

    fn json_files(&self, folder: &Path) -> std::io::Result<Vec<PathBuf>> {
        StdFileSystem.json_files(folder)
    }
}

struct Machine {
    root: TempDir,
}

impl Machine {
    fn new() -> Self {
        let root = TempDir::new().unwrap();
        fs::create_dir(root.path().join("convoke")).unwrap();
        let machine = Self { root };
        machine.set_mode("", 0o755);
        machine
    }

    fn path(&self, name: &str) -> PathBuf {
        if name.is_empty() {
            self.root.path().join("convoke")
        } else {
            self.root.path().join("convoke").join(name)
        }
    }

    fn write(&self, name: &str, text: &str) {
        fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        fs::write(self.path(name), text).unwrap();
        self.set_mode(name, 0o644);
    }

    fn set_mode(&self, name: &str, mode: u32) {
        fs::set_permissions(self.path(name), Permissions::from_mode(mode)).unwrap();
    }

    fn try_load(&self, named: Option<&Path>) -> Result<Effective, LoadError> {
        let user = fs::metadata(self.root.path()).unwrap().uid();
        let environment =
            PolicyEnvironment { machine_dir: Some(self.path("")), override_file: named.map(Path::to_owned) };
        load(&environment, &OwnedByTester(user), &Unmanaged)
    }

    fn load(&self) -> Effective {
        self.try_load(None).unwrap()
    }

    fn untrusted(&self) {
        self.blocked(ProblemKind::Untrusted, "can write");
    }

    fn refused(&self, words: &str) {
        self.blocked(ProblemKind::Refused, words);
    }

    fn blocked(&self, kind: ProblemKind, words: &str) {
        let effective = self.load();
        let blocking = effective.sign_in_allowed().unwrap_err();
        assert_eq!(blocking.len(), 1, "{blocking:?}");
        let problem = &blocking[0];
        assert_eq!(problem.kind, kind);
        assert!(problem.message.en.contains(words), "{problem}");
        assert_eq!(effective.sync.past_days, 30);
    }
}

const TEN: &str = r#"{"enforced":{"sync":{"pastDays":10}}}"#;
const TWENTY: &str = r#"{"enforced":{"sync":{"pastDays":20}}}"#;

#[test]
fn a_machine_without_a_policy_has_none() {
    assert_eq!(Machine::new().load().status(), Status::None);
    let nowhere = PolicyEnvironment { machine_dir: Some("/nonexistent/convoke".into()), override_file: None };
    assert_eq!(load(&nowhere, &StdFileSystem, &Unmanaged).unwrap().status(), Status::None);
}

#[test]
fn files_merge_in_the_order_of_their_names() {
    let machine = Machine::new();
    machine.write("policy.json", TEN);
    assert_eq!(machine.load().sync.past_days, 10);
    machine.write("policy.d/20-b.json", TWENTY);
    machine.write("policy.d/10-a.json", r#"{"enforced":{"sync":{"pastDays":15,"futureDays":15}}}"#);
    machine.write("policy.d/.hidden.json", "not json");
    machine.write("policy.d/30-c.json~", "not json");
    let effective = machine.load();
    assert_eq!((effective.sync.past_days, effective.sync.future_days), (20, 15));
    assert_eq!(effective.files().len(), 3);
    assert!(effective.source("sync.pastDays").file.unwrap().ends_with("20-b.json"));
}

#[test]
fn b66_a_file_that_others_can_write_is_refused() {
    let machine = Machine::new();
    machine.write("policy.json", TEN);
    machine.set_mode("policy.json", 0o646);
    machine.untrusted();
    machine.set_mode("policy.json", 0o644);
    assert_eq!(machine.load().sync.past_days, 10);
    machine.set_mode("", 0o777);
    machine.untrusted();
    machine.set_mode("", 0o1777);
    machine.untrusted();
}

#[test]
fn b66_a_file_of_an_ordinary_user_is_refused() {
    let machine = Machine::new();
    machine.write("policy.json", TEN);
    let environment = PolicyEnvironment { machine_dir: Some(machine.path("")), override_file: None };
    let effective = load(&environment, &OwnedByTester(0), &Unmanaged).unwrap();
    let tester_is_root = fs::metadata(machine.path("policy.json")).unwrap().uid() == 0;
    assert_eq!(effective.sign_in_allowed().is_ok(), tester_is_root);
}

/// A list of a named user, as `setfacl -m u:1000:rw` writes it: with it the mode's group bits are the mask.
#[cfg(target_os = "linux")]
#[test]
fn b66_a_user_whom_an_access_control_list_lets_write_is_told_from_the_group() {
    use rustix::fs::{XattrFlags, setxattr};
    use rustix::io::Errno;
    use std::os::unix::fs::MetadataExt;

    let machine = Machine::new();
    machine.write("policy.json", TEN);
    let file = machine.path("policy.json");
    let named = |permissions: u8| {
        let none = [0xFF; 4];
        let entry = |tag: u8, permissions: u8, id: [u8; 4]| [&[tag, 0, permissions, 0][..], &id].concat();
        let entries = [
            entry(0x01, 6, none),
            entry(0x02, permissions, 1000_u32.to_le_bytes()),
            entry(0x04, 4, none),
            entry(0x10, permissions, none),
            entry(0x20, 4, none),
        ];
        let list = [&[2, 0, 0, 0][..], &entries.concat()].concat();
        setxattr(&file, "system.posix_acl_access", &list, XattrFlags::empty())
    };
    if named(6) == Err(Errno::OPNOTSUPP) {
        return;
    }
    assert_eq!(fs::metadata(&file).unwrap().mode() & 0o777, 0o664);
    machine.untrusted();
    named(4).unwrap();
    assert_eq!(machine.load().sync.past_days, 10);
}

/// The group of root is not somebody else; that takes a file of that group.
#[test]
fn b66_the_group_of_root_may_write() {
    use std::os::unix::fs::MetadataExt;

    let machine = Machine::new();
    machine.write("policy.json", TEN);
    machine.set_mode("policy.json", 0o664);
    match fs::metadata(machine.path("policy.json")).unwrap().gid() {
        0 => assert_eq!(machine.load().sync.past_days, 10),
        _ => machine.untrusted(),
    }
}

#[test]
fn b67_links_are_followed_and_judged_by_what_they_lead_to() {
    let machine = Machine::new();
    let target = machine.root.path().join("target.json");
    fs::write(&target, TEN).unwrap();
    fs::set_permissions(&target, Permissions::from_mode(0o644)).unwrap();
    symlink(&target, machine.path("policy.json")).unwrap();
    assert_eq!(machine.load().sync.past_days, 10);
    fs::set_permissions(&target, Permissions::from_mode(0o666)).unwrap();
    machine.untrusted();
    fs::remove_file(&target).unwrap();
    machine.refused("leads nowhere");
}

#[test]
fn b67_pipes_folders_and_devices_are_refused_at_once() {
    let machine = Machine::new();
    let made = std::process::Command::new("mkfifo").arg(machine.path("policy.json")).status().unwrap();
    assert!(made.success());
    machine.refused("pipe");
    fs::remove_file(machine.path("policy.json")).unwrap();
    fs::create_dir(machine.path("policy.json")).unwrap();
    machine.refused("folder");
    fs::remove_dir(machine.path("policy.json")).unwrap();
    symlink("/dev/zero", machine.path("policy.json")).unwrap();
    machine.refused("device");
    fs::remove_file(machine.path("policy.json")).unwrap();
    symlink("policy.json", machine.path("policy.json")).unwrap();
    machine.refused("can't be opened");
}

#[test]
fn b68_a_file_over_one_mebibyte_is_refused_without_reading_it_all() {
    let machine = Machine::new();
    machine.write("policy.json", TEN);
    let file = fs::OpenOptions::new().write(true).open(machine.path("policy.json")).unwrap();
    file.set_len(1 << 40).unwrap();
    let effective = machine.load();
    assert!(effective.problems().first().unwrap().message.en.contains("1 MiB"));
    assert!(effective.sign_in_allowed().is_err());
}

#[test]
fn b74_a_removed_file_leaves_the_defaults() {
    let machine = Machine::new();
    machine.write("policy.json", TEN);
    assert_eq!(machine.load().sync.past_days, 10);
    fs::remove_file(machine.path("policy.json")).unwrap();
    assert_eq!(machine.load(), Effective::default());
}

#[test]
fn one_broken_file_blocks_and_the_others_still_count_for_comfort() {
    let machine = Machine::new();
    machine.write("policy.json", TEN);
    machine.write("policy.d/10.json", "{");
    let effective = machine.load();
    assert!(effective.sign_in_allowed().is_err());
    assert_eq!(effective.sync.past_days, 10);
}

#[test]
fn a_named_file_counts_only_where_the_machine_has_none() {
    let machine = Machine::new();
    let named = machine.root.path().join("trial.json");
    fs::write(&named, TWENTY).unwrap();
    fs::set_permissions(&named, Permissions::from_mode(0o666)).unwrap();
    assert_eq!(machine.try_load(Some(&named)).unwrap().sync.past_days, 20);

    machine.write("policy.d/10.json", TEN);
    let first = machine.path("policy.d/10.json");
    let refusal = machine.try_load(Some(&named)).unwrap_err();
    assert_eq!(refusal, LoadError::MachineHasPolicy { machine: first, named: named.clone() });

    // A machine policy that is refused is still one.
    machine.set_mode("policy.d/10.json", 0o666);
    assert!(machine.try_load(Some(&named)).is_err());
}

#[test]
fn a_named_file_that_is_missing_blocks() {
    let machine = Machine::new();
    let effective = machine.try_load(Some(Path::new("/nonexistent/trial.json"))).unwrap();
    assert_eq!(effective.status(), Status::Refused);
    assert!(effective.problems().first().unwrap().message.en.contains("no such file"));
}

#[test]
fn b67_validating_a_pipe_or_a_missing_file_ends_at_once() {
    let folder = TempDir::new().unwrap();
    let pipe = folder.path().join("pipe.json");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for path in [pipe, folder.path().join("missing.json"), PathBuf::from("/dev/zero")] {
        let problems = validate_file(&path, &StdFileSystem);
        assert_eq!(
            problems.first().map(|problem| problem.kind),
            Some(ProblemKind::Refused),
            "{}",
            path.display()
        );
    }
}
