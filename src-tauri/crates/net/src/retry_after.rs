//! How long a server asks us to wait.

use std::time::Duration;

use chrono::{DateTime, Utc};
use http::HeaderMap;
use http::header::RETRY_AFTER;

/// No server makes us wait longer than this (MSAL caps at the same hour).
pub const LONGEST: Duration = Duration::from_secs(3600);

/// The wait that the `Retry-After` header asks for, from `now`.
///
/// Understands whole seconds, fractions (Graph has sent `2.128`) and HTTP dates (RFC 9110 §10.2.3, §5.6.7);
/// a date in the past is zero. `None` where the header is absent, negative or junk: the caller then uses its
/// own pause. Never more than [`LONGEST`].
#[must_use]
pub fn retry_after(headers: &HeaderMap, now: DateTime<Utc>) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let wait = if is_decimal(value) { seconds(value) } else { until(value, now) };
    wait.map(|wait| wait.min(LONGEST))
}

fn is_decimal(value: &str) -> bool {
    value.starts_with(|c: char| c.is_ascii_digit()) && value.chars().all(|c| c.is_ascii_digit() || c == '.')
}

fn seconds(value: &str) -> Option<Duration> {
    let seconds: f64 = value.parse().ok()?;
    // Compared before the conversion: a Duration can't hold every f64.
    if seconds >= LONGEST.as_secs_f64() { Some(LONGEST) } else { Duration::try_from_secs_f64(seconds).ok() }
}

fn until(value: &str, now: DateTime<Utc>) -> Option<Duration> {
    let date = DateTime::parse_from_rfc2822(value).ok()?;
    Some(date.with_timezone(&Utc).signed_duration_since(now).to_std().unwrap_or(Duration::ZERO))
}

#[cfg(test)]
mod tests {
    use super::retry_after;
    use chrono::{TimeZone, Utc};
    use http::HeaderMap;
    use http::header::{HeaderValue, RETRY_AFTER};
    use std::time::Duration;

    fn check(value: &str, expected: Option<Duration>) {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_str(value).unwrap());
        let now = Utc.with_ymd_and_hms(2026, 3, 4, 10, 0, 0).unwrap();
        assert_eq!(retry_after(&headers, now), expected, "{value:?}");
    }

    #[test]
    fn f49_retry_after_forms() {
        check("10", Some(Duration::from_secs(10)));
        check(" 10 ", Some(Duration::from_secs(10)));
        check("0", Some(Duration::ZERO));
        check("2.128", Some(Duration::from_millis(2128)));
        check("Wed, 04 Mar 2026 10:02:00 GMT", Some(Duration::from_secs(120)));
        check("Wed, 04 Mar 2026 09:00:00 GMT", Some(Duration::ZERO));
    }

    #[test]
    fn f49_retry_after_junk_is_no_wait_of_the_server() {
        for junk in ["", "-1", "soon", "1e3", "1.2.3", "NaN", "inf", "+5", "10s", "Wed, 99 Foo 2026"] {
            check(junk, None);
        }
        assert_eq!(retry_after(&HeaderMap::new(), Utc::now()), None);
    }

    #[test]
    fn f49_retry_after_is_capped_at_an_hour() {
        check("99999", Some(Duration::from_secs(3600)));
        check("99999999999999999999999999999999", Some(Duration::from_secs(3600)));
        check("Wed, 04 Mar 2099 10:02:00 GMT", Some(Duration::from_secs(3600)));
    }
}

#[cfg(test)]
mod properties {
    use super::{LONGEST, retry_after};
    use http::HeaderMap;
    use http::header::{HeaderValue, RETRY_AFTER};
    use proptest::prelude::{prop_assert, proptest};

    proptest! {
        #[test]
        fn f49_no_value_panics_or_exceeds_the_cap(value in "[ -~]{0,40}|[0-9.]{0,40}") {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, HeaderValue::from_str(&value).unwrap());
            let now = chrono::DateTime::from_timestamp(1_700_000_000, 0).unwrap();
            prop_assert!(retry_after(&headers, now).is_none_or(|wait| wait <= LONGEST));
        }
    }
}
