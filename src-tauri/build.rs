//! Prepares the shell: what the window may call, its icons, and a page to embed.

use std::error::Error;
use std::path::Path;

const CAPABILITIES: &str = "./src-tauri/capabilities/*.json";
const PERMISSIONS: &str = "./src-tauri/permissions/*.toml";
const PAGE: &str = "ui/dist";

/// Shown where the UI wasn't built, so that `cargo build` needs no Node.
const PLACEHOLDER: &str = "<!doctype html>
<html lang=\"en\"><meta charset=\"utf-8\"><title>Convoke</title>
<body><h1>Convoke</h1><p>The UI is not built. Run <code>npm ci &amp;&amp; npm run build</code> in <code>ui/</code>.</p></body></html>
";

fn main() -> Result<(), Box<dyn Error>> {
    // A path pattern of our own switches off what tauri-build watches by itself.
    for watched in ["src-tauri/build.rs", "src-tauri/capabilities", "src-tauri/permissions", PAGE, "icons"] {
        println!("cargo:rerun-if-changed={watched}");
    }
    put_placeholder(Path::new(PAGE))?;
    tauri_build::try_build(
        tauri_build::Attributes::new()
            .capabilities_path_pattern(CAPABILITIES)
            .app_manifest(tauri_build::AppManifest::new().permissions_path_pattern(PERMISSIONS)),
    )?;
    Ok(())
}

fn put_placeholder(folder: &Path) -> std::io::Result<()> {
    let page = folder.join("index.html");
    if page.exists() {
        return Ok(());
    }
    std::fs::create_dir_all(folder)?;
    std::fs::write(page, PLACEHOLDER)
}
