//! Writes the generated files of the policy anew: `cargo run -p convoke-policy --example policy_files`.

use std::io;
use std::path::Path;

fn main() -> io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../docs/policy");
    for file in convoke_policy::generate::files() {
        let path = folder.join(file.path);
        std::fs::create_dir_all(path.parent().unwrap_or(&folder))?;
        std::fs::write(path, file.text)?;
    }
    Ok(())
}
