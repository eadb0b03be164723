//! The one list of what must be installed on Linux.

/// What something is needed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Building and starting the app.
    Run,
    /// The tests; includes what [`Purpose::Run`] needs.
    Test,
    /// The type-check for other systems; includes what [`Purpose::Run`] needs.
    Cross,
}

/// Something that must be there.
#[derive(Clone, Copy, Debug)]
pub struct Need {
    /// Its name, for people.
    pub name: &'static str,
    /// How to see that it is there.
    pub check: Check,
    /// Where it comes from.
    pub source: Source,
    /// What it is needed for.
    pub purpose: Purpose,
}

/// How to see that something is there.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// A program of this name is found.
    Program(&'static str),
    /// pkg-config knows the library.
    Library(&'static str),
    /// The file exists.
    File(&'static str),
    /// The program succeeds with these arguments.
    Succeeds(&'static str, &'static [&'static str]),
}

/// Where something comes from.
#[derive(Clone, Copy, Debug)]
pub enum Source {
    /// A package of Debian and its descendants.
    Debian(&'static str),
    /// `cargo install` with these arguments.
    Cargo(&'static [&'static str]),
}

const fn package(name: &'static str, check: Check, package: &'static str, purpose: Purpose) -> Need {
    Need { name, check, source: Source::Debian(package), purpose }
}

use Check::{File, Library, Program, Succeeds};
use Purpose::{Cross, Run, Test};

/// Everything, in the order in which it is installed.
pub const NEEDS: &[Need] = &[
    package("a C compiler", Program("cc"), "build-essential", Run),
    package("make", Program("make"), "build-essential", Run),
    package("Perl (OpenSSL's build needs it)", Program("perl"), "perl", Run),
    package("pkg-config", Program("pkg-config"), "pkg-config", Run),
    package("WebKitGTK 4.1", Library("webkit2gtk-4.1"), "libwebkit2gtk-4.1-dev", Run),
    package(
        "the indicator library",
        Library("ayatana-appindicator3-0.1"),
        "libayatana-appindicator3-dev",
        Run,
    ),
    package("librsvg", Library("librsvg-2.0"), "librsvg2-dev", Run),
    package("xdo", File("/usr/include/xdo.h"), "libxdo-dev", Run),
    package("OpenSSL", Library("openssl"), "libssl-dev", Run),
    package("a session bus", Program("dbus-run-session"), "dbus-x11", Run),
    package("GNOME Keyring", Program("gnome-keyring-daemon"), "gnome-keyring", Run),
    package("the keyring's command line", Program("secret-tool"), "libsecret-tools", Test),
    package("the bus's command line", Program("gdbus"), "libglib2.0-bin", Test),
    package("Xvfb", Program("Xvfb"), "xvfb", Test),
    package("xauth", Program("xauth"), "xauth", Test),
    package("the WebKit driver", Program("WebKitWebDriver"), "webkit2gtk-driver", Test),
    package("Chromium", Program("chromium"), "chromium", Test),
    package("a font", Succeeds("sh", &["-c", "fc-list :lang=en | grep -q ."]), "fonts-dejavu-core", Run),
    // The people of the simulated tenant have names in many scripts.
    package(
        "a font for Hindi",
        Succeeds("sh", &["-c", "fc-list :lang=hi | grep -q ."]),
        "fonts-noto-core",
        Run,
    ),
    package(
        "a font for Korean",
        Succeeds("sh", &["-c", "fc-list :lang=ko | grep -q ."]),
        "fonts-noto-cjk",
        Run,
    ),
    package("Python 3", Program("python3"), "python3", Test),
    package("Python's venv", Succeeds("python3", &["-c", "import ensurepip, venv"]), "python3-venv", Test),
    package("Debian's Rust", Program("/usr/bin/rustc"), "rustc-web", Cross),
    package("Debian's cargo", Program("/usr/bin/cargo"), "cargo-web", Cross),
    package(
        "the source of Rust's library",
        Succeeds("sh", &["-c", "test -d \"$(/usr/bin/rustc --print sysroot)/lib/rustlib/src/rust/library\""]),
        "rust-web-src",
        Cross,
    ),
    package("MinGW", Program("x86_64-w64-mingw32-gcc"), "gcc-mingw-w64-x86-64", Cross),
    Need {
        name: "tauri-driver 2",
        check: Program("tauri-driver"),
        source: Source::Cargo(&["tauri-driver", "--version", "^2", "--locked"]),
        purpose: Test,
    },
];
