//! Hosts that answer as they are told, and who asked them for what.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use bytes::Bytes;
use convoke_ews::autodiscover::Search;
use convoke_net::{Limits, NetError, Transport};
use convoke_sync::discovery::{Discovery, ServerCredentials};
use http::{Request, Response};
use url::Url;

pub const ADDRESS: &str = "ana@contoso.example";
pub const JSON: &str = "autodiscover/autodiscover.json";
pub const POX: &str = "autodiscover/autodiscover.xml";
pub const EWS: &str = "https://mail.contoso.example/EWS/Exchange.asmx";

/// What a place answers.
#[derive(Clone)]
pub enum Place {
    Status(u16),
    Json(String),
    Redirect(String),
    /// POX: what stands in `Account`, for those with the password if it is so.
    Pox(String),
    Locked(Box<Self>),
}

pub fn v2(ews: &str) -> Place {
    Place::Json(format!(r#"{{"Protocol":"Ews","Url":"{ews}"}}"#))
}

pub fn redirect(to: &str) -> Place {
    Place::Redirect(to.to_owned())
}

/// POX with settings, for those with the password.
pub fn locked(ews: &str) -> Place {
    let protocol = format!("<Protocol><Type>EXPR</Type><EwsUrl>{ews}</EwsUrl></Protocol>");
    Place::Locked(Box::new(Place::Pox(format!("<Action>settings</Action>{protocol}"))))
}

pub fn readdress(address: &str) -> Place {
    Place::Pox(format!("<Action>redirectAddr</Action><RedirectAddr>{address}</RedirectAddr>"))
}

impl Place {
    fn answer(&self, has_password: bool) -> Response<Bytes> {
        let response = Response::builder();
        let response = match self {
            Self::Status(status) => response.status(*status).body(Bytes::new()),
            Self::Json(text) => response.header("content-type", "application/json").body(text.clone().into()),
            Self::Redirect(to) => response.status(302).header("location", to).body(Bytes::new()),
            Self::Pox(account) => response.header("content-type", "text/xml").body(Bytes::from(format!(
                r#"<Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006"><Response xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a"><Account>{account}</Account></Response></Autodiscover>"#
            ))),
            Self::Locked(place) if has_password => return place.answer(true),
            Self::Locked(_) => {
                response.status(401).header("www-authenticate", "NTLM").body(Bytes::new())
            }
        };
        response.unwrap()
    }
}

/// A request: its address without the question in it, and whether it came with credentials.
pub type Asked = (String, bool);

#[derive(Default)]
pub struct Internet {
    places: Mutex<HashMap<String, Place>>,
    log: Mutex<Vec<Asked>>,
    /// The password that was given is not that of the places.
    pub wrong: Mutex<bool>,
}

impl Internet {
    /// Answers below `https://`, by host and path. Others don't exist.
    pub fn of(places: &[(&str, Place)]) -> Arc<Self> {
        let places = places.iter().map(|(at, place)| (format!("https://{at}"), place.clone())).collect();
        Arc::new(Self { places: Mutex::new(places), ..Self::default() })
    }

    pub fn take(&self) -> Vec<Asked> {
        std::mem::take(&mut *self.log.lock().unwrap())
    }

    /// The hosts and paths that were asked, each with `+` where credentials went.
    pub fn asked(&self) -> Vec<String> {
        let mark =
            |(url, with): Asked| format!("{}{}", &url["https://".len()..], if with { " +" } else { "" });
        self.take().into_iter().map(mark).collect()
    }

    fn answer(&self, request: &Request<Bytes>, with: bool) -> Result<Response<Bytes>, NetError> {
        let mut url = Url::parse(&request.uri().to_string()).unwrap();
        let text = String::from_utf8_lossy(request.body()).into_owned() + url.query().unwrap_or_default();
        assert!(text.contains("example"), "nobody is asked about: {text}");
        url.set_query(None);
        self.log.lock().unwrap().push((url.to_string(), with));
        let place = self.places.lock().unwrap().get(url.as_str()).cloned();
        match place {
            Some(place) => Ok(place.answer(with && !*self.wrong.lock().unwrap())),
            None => {
                let host = url.host_str().unwrap().to_owned();
                Err(NetError::Dns { host, source: "no such host".into() })
            }
        }
    }
}

#[async_trait]
impl Transport for Internet {
    async fn send(&self, request: Request<Bytes>, _: Limits) -> Result<Response<Bytes>, NetError> {
        assert!(!request.headers().contains_key("authorization"));
        self.answer(&request, false)
    }
}

/// A password, and where it was asked for.
pub struct Password(pub Arc<Internet>);

struct SignedIn {
    internet: Arc<Internet>,
    server: Url,
}

#[async_trait]
impl Transport for SignedIn {
    async fn send(&self, request: Request<Bytes>, _: Limits) -> Result<Response<Bytes>, NetError> {
        let url = Url::parse(&request.uri().to_string()).unwrap();
        assert_eq!(url.origin(), self.server.origin(), "credentials for one server went to another");
        self.internet.answer(&request, true)
    }
}

impl ServerCredentials for Password {
    fn transport(&self, server: &Url) -> Option<Arc<dyn Transport>> {
        Some(Arc::new(SignedIn { internet: Arc::clone(&self.0), server: server.clone() }))
    }
}

pub fn search(internet: &Arc<Internet>) -> Discovery {
    Discovery::new(Search::new(ADDRESS, &[]).unwrap(), Arc::clone(internet) as _, None)
}

pub fn search_with_password(internet: &Arc<Internet>) -> Discovery {
    let password = Arc::new(Password(Arc::clone(internet)));
    Discovery::new(Search::new(ADDRESS, &[]).unwrap(), Arc::clone(internet) as _, Some(password))
}
