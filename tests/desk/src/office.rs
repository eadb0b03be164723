//! A desk in an organization: the simulated tenant beside it, and a person who signs in.

use crate::browser::Browser;
use crate::home::Desk;
use crate::program::Answer;
use convoke_tenant::ready::{Ready, ReadyUser};
use convoke_tenant::{Options, Running};
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

/// Tenant, desk and person.
pub struct Office {
    runtime: tokio::runtime::Runtime,
    tenant: Option<Running>,
    /// The computer.
    pub desk: Desk,
    /// The person's browser.
    pub browser: Browser,
    /// Titles of the pages of the latest visit, in order.
    pub titles: Vec<String>,
    /// The person whom the office was made for.
    pub person: ReadyUser,
    control: String,
}

impl Office {
    /// An office with the tenant's first user, who has a mailbox in the cloud.
    pub fn of(options: Options) -> Self {
        Self::with(options, 0, |ready| &ready.policy)
    }

    /// An office with one of the tenant's users, under one of the policy files that the tenant offers.
    pub fn with(options: Options, user: usize, policy: fn(&Ready) -> &str) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime");
        let tenant = runtime.block_on(convoke_tenant::start(options)).expect("the tenant starts");
        let person = tenant.ready.users[user].clone();
        let browser = Browser::of(&person.username, &person.password);
        let desk = Desk::new(policy(&tenant.ready));
        let control = tenant.ready.control.clone();
        Self { runtime, tenant: Some(tenant), desk, browser, titles: Vec::new(), person, control }
    }

    /// The running tenant.
    pub fn tenant(&self) -> &Running {
        self.tenant.as_ref().expect("the tenant runs")
    }

    /// Cuts the network: the tenant ends.
    pub fn cut_network(&mut self) {
        if let Some(tenant) = self.tenant.take() {
            let _on_runtime = self.runtime.enter();
            tenant.stop();
        }
    }

    /// Runs a command that goes through the browser, and lets the person act in it.
    pub fn through_browser(&mut self, arguments: &[&str]) -> Answer {
        self.through_dead_end(arguments, 60)
    }

    /// The same, where the program waits for the browser only some seconds: for pages that lead nowhere.
    pub fn through_dead_end(&mut self, arguments: &[&str], seconds: u32) -> Answer {
        let mut browser = self.browser.clone();
        let mut titles = Vec::new();
        let answer = self.with_address_for(arguments, seconds, |address| {
            titles = browser.visit(address).unwrap_or_else(|error| panic!("{error}")).titles;
        });
        self.browser = browser;
        self.titles = titles;
        answer
    }

    /// Runs a command that goes through the browser; `act` gets the address.
    pub fn with_address(&self, arguments: &[&str], act: impl FnOnce(&str)) -> Answer {
        self.with_address_for(arguments, 60, act)
    }

    fn with_address_for(&self, arguments: &[&str], seconds: u32, act: impl FnOnce(&str)) -> Answer {
        let seconds = seconds.to_string();
        let mut all = vec!["--json"];
        all.extend_from_slice(arguments);
        all.extend_from_slice(&["--print-url", "--timeout", &seconds]);
        let mut command = self.desk.command(&all);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .stdin(Stdio::null())
            .spawn()
            .expect("convokectl starts");
        let mut lines = BufReader::new(child.stdout.take().expect("stdout"));
        let mut first = String::new();
        lines.read_line(&mut first).expect("a line");
        let event: Value = serde_json::from_str(&first).unwrap_or(Value::Null);
        if event["event"] == "browser" {
            act(event["url"].as_str().expect("an address"));
        }
        finish(child, first, lines)
    }

    /// Signs in and connects everything; both must succeed.
    #[track_caller]
    pub fn connect(&mut self) {
        assert_eq!(self.through_browser(&["sign-in"]).done()["event"], "signedIn");
        assert_eq!(self.through_browser(&["connect"]).done()["event"], "connected");
    }

    /// Tells the tenant something (`POST /_control/...`).
    pub fn control(&self, path: &str, body: &Value) -> Value {
        let text = ureq::post(format!("{}/{path}", self.control))
            .header("Content-Type", "application/json")
            .send(body.to_string())
            .unwrap_or_else(|error| panic!("{path}: {error}"))
            .body_mut()
            .read_to_string()
            .expect("a body");
        serde_json::from_str(&text).unwrap_or(Value::Null)
    }

    /// What the tenant knows to be true (`GET /_control/...`).
    pub fn truth(&self, path: &str) -> Value {
        let mut response = ureq::get(format!("{}/{path}", self.control)).call().expect("the tenant answers");
        serde_json::from_str(
            &response.body_mut().with_config().limit(1 << 30).read_to_string().expect("a body"),
        )
        .expect("JSON")
    }
}

fn finish(mut child: Child, first: String, mut lines: impl BufRead) -> Answer {
    let mut stdout = first;
    lines.read_to_string(&mut stdout).expect("stdout ends");
    let mut stderr = String::new();
    std::io::Read::read_to_string(&mut child.stderr.take().expect("stderr"), &mut stderr)
        .expect("stderr ends");
    let status = child.wait().expect("it ends");
    let json = serde_json::from_str(stdout.lines().last().unwrap_or_default()).unwrap_or(Value::Null);
    Answer { status: status.code().unwrap_or(-1), json, stdout, stderr }
}
