//! A test file that nobody declares never runs.

use crate::sources::root;

#[test]
fn every_test_file_is_declared() {
    let folder = root().join("tests/it");
    let main = std::fs::read_to_string(folder.join("main.rs")).unwrap();
    for entry in std::fs::read_dir(&folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let Some(module) = name.strip_suffix(".rs").filter(|module| !["main", "lib"].contains(module)) else {
            continue;
        };
        assert!(main.contains(&format!("mod {module};")), "{name} is not declared in main.rs");
    }
}
