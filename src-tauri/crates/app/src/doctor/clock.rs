//! This computer's clock against the server's: ID tokens, TLS and every "in five minutes" stand on it.

use super::check::Check;
use super::fix;
use super::report::CheckId;
use chrono::TimeDelta;

const ID: CheckId = CheckId::Clock;

/// Past this, reminders come too early or too late.
const WARN: TimeDelta = TimeDelta::minutes(2);

/// Past this, tokens are refused.
const FAIL: TimeDelta = TimeDelta::minutes(10);

/// Judges by how much this computer is ahead of `server`.
pub fn judge(ahead: TimeDelta, server: &str) -> Check {
    let off = ahead.abs();
    let mend =
        fix::by(fix::USER, "let the system set date and time by itself; where it may not, the help desk.");
    if off <= WARN {
        return Check::ok(
            ID,
            &format!("This computer's clock agrees with {server} to {} s.", off.num_seconds()),
        );
    }
    let direction = if ahead > TimeDelta::zero() { "ahead of" } else { "behind" };
    let detail = format!("This computer's clock is {} {direction} that of {server}.", in_words(off));
    if off <= FAIL { Check::warn(ID, &detail, &mend) } else { Check::fail(ID, None, &detail, &mend) }
}

fn in_words(off: TimeDelta) -> String {
    match (off.num_days(), off.num_hours(), off.num_minutes()) {
        (days @ 2.., _, _) => format!("{days} days"),
        (_, hours @ 2.., _) => format!("{hours} hours"),
        (_, _, minutes) => format!("{minutes} min {} s", off.num_seconds() % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::super::report::CheckStatus::{self, Fail, Ok, Warn};
    use super::*;

    #[test]
    fn thresholds() {
        let check = |seconds: i64, status: CheckStatus, says: &str| {
            let check = judge(TimeDelta::seconds(seconds), "login.example");
            assert_eq!(check.status, status, "{seconds}");
            assert!(check.detail.contains(says), "{}", check.detail);
            assert_eq!(check.fix.is_none(), status == Ok);
        };
        check(0, Ok, "to 0 s");
        check(120, Ok, "to 120 s");
        check(-120, Ok, "to 120 s");
        check(121, Warn, "2 min 1 s ahead of that of login.example");
        check(-600, Warn, "10 min 0 s behind that of login.example");
        check(601, Fail, "10 min 1 s ahead");
        check(-3 * 3600, Fail, "3 hours behind");
        check(400 * 86_400, Fail, "400 days ahead");
    }
}
