//! Which hosts are Exchange Online. Its EWS ends; that of on-premises servers stays.
//!
//! Sources of the dates: Microsoft Learn, "Control access to EWS in Exchange" with techcommunity 4492361; the last day
//! stands in message centre post MC1227454, seen in copies only.

use chrono::NaiveDate;

/// The first day on which EWS is off in tenants of Exchange Online that did not choose otherwise.
pub const OFF_BY_DEFAULT: NaiveDate = date(2026, 10, 1);

/// The first day on which Exchange Online has no EWS for anybody.
pub const SWITCHED_OFF: NaiveDate = date(2027, 4, 1);

const fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(date) => date,
        None => NaiveDate::MIN,
    }
}

/// Hosts of Exchange Online in the Microsoft clouds (Microsoft 365 endpoints; outlook.office365.us and its
/// like in "National clouds").
const HOSTS: [&str; 7] = [
    "outlook.office365.com",
    "outlook.office.com",
    "outlook.office365.us",
    "outlook-dod.office365.us",
    "partner.outlook.cn",
    "outlook.com",
    "outlook.live.com",
];

/// Whether a host is Exchange Online, whatever the cloud.
#[must_use]
pub fn is_exchange_online(host: &str) -> bool {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    let is_under =
        |known: &&str| host.strip_suffix(*known).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    HOSTS.iter().any(is_under)
}

#[cfg(test)]
mod tests {
    use super::is_exchange_online;

    #[test]
    fn exchange_online_is_known_by_its_hosts() {
        let check = |host: &str, expected: bool| assert_eq!(is_exchange_online(host), expected, "{host}");
        check("outlook.office365.com", true);
        check("Outlook.Office365.com.", true);
        check("eur.outlook.office365.com", true);
        check("outlook.office365.us", true);
        check("partner.outlook.cn", true);
        check("mail.contoso.com", false);
        check("myoutlook.com", false);
        check("outlook.office365.com.evil.example", false);
    }
}
