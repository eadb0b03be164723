//! The end of EWS in Exchange Online. On-premises servers keep it.

use convoke_model::exchange_online;
use url::Url;

pub use convoke_model::exchange_online::{OFF_BY_DEFAULT, SWITCHED_OFF};

/// Whether an EWS address is Exchange Online's, in any of Microsoft's clouds.
#[must_use]
pub fn is_exchange_online(url: &Url) -> bool {
    url.host_str().is_some_and(exchange_online::is_exchange_online)
}

#[cfg(test)]
mod tests {
    use super::{OFF_BY_DEFAULT, SWITCHED_OFF, is_exchange_online};
    use url::Url;

    #[test]
    fn dates_and_hosts() {
        assert_eq!(
            (OFF_BY_DEFAULT.to_string(), SWITCHED_OFF.to_string()),
            ("2026-10-01".to_owned(), "2027-04-01".to_owned())
        );
        let check =
            |url: &str, expected: bool| assert_eq!(is_exchange_online(&Url::parse(url).unwrap()), expected);
        check("https://outlook.office365.com/EWS/Exchange.asmx", true);
        check("https://outlook-dod.office365.us/EWS/Exchange.asmx", true);
        check("https://mail.contoso.com/EWS/Exchange.asmx", false);
        check("data:text/plain,outlook.office365.com", false);
    }
}
