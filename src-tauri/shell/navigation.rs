//! Where the webview may go: to its own pages and nowhere else (B43).
//!
//! Tauri lets a webview navigate anywhere unless it is told otherwise (tauri-apps/tauri#9357).

use tauri::Url;

/// Whether `url` is a page of the program itself. `dev_server` is the one of `tauri dev`, where it runs.
pub fn is_own_page(url: &Url, dev_server: Option<&Url>) -> bool {
    is_embedded(url) || dev_server.is_some_and(|server| server.origin() == url.origin())
}

/// Embedded pages have a scheme of their own; WebView2 and Android have none for them and use a host.
fn is_embedded(url: &Url) -> bool {
    let host = match url.scheme() {
        "tauri" => "localhost",
        "http" | "https" if cfg!(windows) => "tauri.localhost",
        _ => return false,
    };
    url.host_str() == Some(host)
        && url.port().is_none()
        && url.username().is_empty()
        && url.password().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: &str, dev_server: Option<&str>, expected: bool) {
        let server = dev_server.map(|server| Url::parse(server).unwrap());
        assert_eq!(is_own_page(&Url::parse(url).unwrap(), server.as_ref()), expected, "{url}");
    }

    #[test]
    fn own_pages_open() {
        check("tauri://localhost/", None, true);
        check("tauri://localhost/index.html#/contacts", None, true);
        check("http://tauri.localhost/", None, cfg!(windows));
        check("http://localhost:5173/x", Some("http://localhost:5173/"), true);
    }

    #[test]
    fn b43_foreign_pages_do_not_open() {
        for url in [
            "https://evil.example/",
            "tauri://localhost.evil.example/",
            "tauri://evil@localhost/",
            "tauri://localhost:81/",
            "file:///etc/passwd",
            "asset://localhost/etc/passwd",
            "http://asset.localhost/x",
            "data:text/html,<h1>x</h1>",
            "blob:tauri://localhost/1",
            "javascript:alert(1)",
            "about:blank",
        ] {
            check(url, None, false);
        }
    }

    #[test]
    fn b44_hosts_that_only_begin_like_ours_do_not_open() {
        check("http://tauri.attacker.example/", None, false);
        check("http://tauri.localhost.attacker.example/", None, false);
        check("http://localhost:5174/", Some("http://localhost:5173/"), false);
    }
}
