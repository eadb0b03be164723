//! Nothing that authenticates reaches a log, an error or `Debug`.

use std::io;
use std::sync::{Arc, Mutex};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use convoke_net::Scheme::{self, Basic, Ntlm};
use tracing_subscriber::fmt::MakeWriter;

use crate::server::{ANN, Behaviour, Server};
use crate::{options, post, transport_for};

/// Everything that is logged, whoever logs it.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

/// Two requests with a password, right or wrong; all that could be read of it afterwards.
async fn readable(schemes: &[Scheme], password: &'static str) -> String {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_ansi(false)
        .with_max_level(tracing::Level::TRACE)
        .with_writer(log.clone())
        .finish();
    // For this thread, on which connection and server run as well.
    let logged = tracing::subscriber::set_default(subscriber);
    let shown = {
        let behaviour = Behaviour { offers: &["NTLM", "Basic realm=\"x\""], ..Behaviour::default() };
        let server = Server::start(behaviour, None).await;
        let url = format!("http://127.0.0.1:{}/", server.port);
        let transport = transport_for(options(Vec::new()), &url, "CONTOSO\\ann", password, schemes);
        let mut shown = String::new();
        for _ in 0..2 {
            shown += &format!("{:?}", post(&transport, &server, "<one/>").await);
        }
        shown + &format!("{transport:?}")
    };
    drop(logged);
    shown + &String::from_utf8(log.0.lock().unwrap().clone()).unwrap()
}

#[tokio::test]
async fn b38_nothing_that_authenticates_can_be_read() {
    for schemes in [&[Ntlm][..], &[Basic]] {
        for (password, sign) in [(ANN.password, "status=200"), ("Wr0ng-secret", "status=401")] {
            let text = readable(schemes, password).await;
            assert!(text.contains(sign), "the log is there: {text}");
            let pair = STANDARD.encode(format!("CONTOSO\\ann:{password}"));
            for secret in [password, pair.as_str(), "TlRMTVNTUAAD", "CONTOSO", "Basic Q09O"] {
                assert!(!text.contains(secret), "{secret} in {text}");
            }
        }
    }
}
