//! A session bus with gnome-keyring on it, unlocked, for one home folder. Ends with its owner.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A running bus and keyring.
pub struct Keyring {
    /// Value for `DBUS_SESSION_BUS_ADDRESS`.
    pub address: String,
    bus: Child,
    daemon: Option<Child>,
}

impl Keyring {
    /// Starts a bus, and the keyring of `home` on it.
    pub fn start(home: &Path) -> Self {
        let mut keyring = Self::without_daemon(home);
        let mut daemon = Command::new("gnome-keyring-daemon")
            .args(["--foreground", "--unlock", "--components=secrets"])
            .env("DBUS_SESSION_BUS_ADDRESS", &keyring.address)
            .env("HOME", home)
            .env("XDG_DATA_HOME", home.join(".local/share"))
            .env("XDG_RUNTIME_DIR", home)
            .env_remove("DISPLAY")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("gnome-keyring-daemon starts");
        daemon.stdin.take().expect("stdin").write_all(b"a password\n").expect("password is read");
        // It prints its control folder once it serves.
        let mut line = String::new();
        BufReader::new(daemon.stdout.take().expect("stdout")).read_line(&mut line).expect("it says a line");
        keyring.daemon = Some(daemon);
        keyring.wait_for_secrets();
        keyring
    }

    /// Starts a bus without a keyring: a computer that has none.
    pub fn without_daemon(home: &Path) -> Self {
        // A configuration of its own, so that the bus starts no service of this machine by itself.
        let config = home.join("bus.conf");
        std::fs::write(
            &config,
            "<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>\
             <policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/>\
             <allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>",
        )
        .expect("bus configuration is written");
        let mut bus = Command::new("dbus-daemon")
            .arg(format!("--config-file={}", config.display()))
            .args(["--nofork", "--print-address"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("dbus-daemon starts");
        let mut address = String::new();
        BufReader::new(bus.stdout.take().expect("stdout"))
            .read_line(&mut address)
            .expect("it says its address");
        Self { address: address.trim().to_owned(), bus, daemon: None }
    }

    fn wait_for_secrets(&self) {
        // The bus answers this call when the name has an owner; it asks the bus, it doesn't sleep.
        let status = Command::new("gdbus")
            .args(["wait", "--session", "--timeout", "20", "org.freedesktop.secrets"])
            .env("DBUS_SESSION_BUS_ADDRESS", &self.address)
            .status()
            .expect("gdbus runs");
        assert!(status.success(), "the keyring appears on the bus");
    }

    /// The keyring's process.
    pub fn daemon_pid(&self) -> Option<u32> {
        self.daemon.as_ref().map(Child::id)
    }
}

impl Drop for Keyring {
    fn drop(&mut self) {
        for child in self.daemon.iter_mut().chain([&mut self.bus]) {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
