//! The loopback listener that receives the browser's answer (RFC 8252 §7.3, §8.3).
//!
//! Why `response_mode=query` and not `form_post`: a form post would have us accept foreign `Origin`s, few
//! OpenID providers know it, and what it keeps out of the browser's history, a code, is of no use there:
//! it is bound to this process by PKCE and is redeemed once. So exactly one form of request is let in.
//!
//! Rules: sockets are bound before the browser opens and kept until the attempt ends. Only `GET /` with this
//! attempt's `state` ends the wait; every other request gets a 4xx and changes nothing. Nothing of a request
//! is ever written into an answer.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use tokio::net::TcpListener;

pub(crate) mod delivery;
pub(crate) mod gate;
pub mod page;
mod server;

pub use gate::Refusal;
pub(crate) use server::{Incoming, Reply, Server};

/// How often another port is tried when the chosen one is taken on `::1`.
const ATTEMPTS: usize = 16;

/// What a stranger may take of the listener.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListenerLimits {
    /// Time for the first byte, and then for the head of the request (B15).
    pub head: Duration,
    /// Connections at one time; the oldest unfinished one makes room (B15).
    pub connections: usize,
    /// Bytes of a request's head (B14).
    pub head_bytes: usize,
    /// Time for the last page to reach the browser when the attempt has ended.
    pub farewell: Duration,
}

impl Default for ListenerLimits {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(5),
            connections: 16,
            // Cookies that other programs set for localhost come along, whatever their port was.
            head_bytes: 64 * 1024,
            farewell: Duration::from_secs(2),
        }
    }
}

/// Bound sockets of one port on this machine only.
#[derive(Debug)]
pub(crate) struct Loopback {
    pub(crate) port: u16,
    pub(crate) v4: TcpListener,
    /// Browsers may try `::1` first for `localhost`; absent where the machine has no IPv6.
    pub(crate) v6: Option<TcpListener>,
}

impl Loopback {
    /// Binds a free port on 127.0.0.1 and, where there, `::1`. A port that somebody else holds on `::1` is
    /// not used: the browser could deliver to them (B18).
    pub(crate) async fn bind() -> io::Result<Self> {
        let mut last = io::Error::from(io::ErrorKind::AddrInUse);
        for _ in 0..ATTEMPTS {
            let v4 = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
            let port = v4.local_addr()?.port();
            match TcpListener::bind((Ipv6Addr::LOCALHOST, port)).await {
                Ok(v6) => {
                    return Ok(Self { port, v4, v6: Some(v6) });
                }
                Err(error) if error.kind() == io::ErrorKind::AddrInUse => last = error,
                Err(_) => return Ok(Self { port, v4, v6: None }),
            }
        }
        Err(last)
    }

    /// The redirect URI: the registered `http://localhost`, without a path, and our port (protocols §1.2).
    pub(crate) fn redirect_uri(&self) -> String {
        format!("http://localhost:{}", self.port)
    }
}

#[cfg(test)]
mod tests;
