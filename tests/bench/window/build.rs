//! Embeds the page and the icon.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    Ok(tauri_build::try_build(tauri_build::Attributes::new())?)
}
