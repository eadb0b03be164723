//! Faults that tests ask for, in the forms in which real servers show them (sources: "EWS throttling in Exchange",
//! recorded answers of clients' test suites).

use chrono::TimeDelta;

use super::call::Call;
use super::soap::{Fault, Message, Problem};
use crate::faults::{BusyForm, FaultKind, FaultRule};
use crate::xml::{Element, element};

/// What a busy server says in Microsoft's own example: about five minutes.
const BACK_OFF_MS: u64 = 297_749;
const BUSY: &str = "The server cannot service this request right now. Try again later.";

/// The answer that a rule has in place of the true one; nothing if the true one stands.
pub fn in_place(call: &Call<'_>, rule: &FaultRule) -> Option<Result<Vec<Message>, Fault>> {
    let code = || rule.code.clone().unwrap_or_else(|| "ErrorInternalServerTransientError".into());
    let text = || rule.body.clone().unwrap_or_else(|| "The fault that was asked for.".into());
    match rule.kind {
        FaultKind::EwsBusy => Some(busy(call, rule)),
        FaultKind::EwsError => Some(Ok(call.all_fail(&Problem::new(code(), text())))),
        FaultKind::EwsFault => Some(Err(Fault::new(code(), text()))),
        _ => None,
    }
}

fn busy(call: &Call<'_>, rule: &FaultRule) -> Result<Vec<Message>, Fault> {
    match rule.form {
        BusyForm::Fault => {
            let ms = rule.back_off_ms.unwrap_or(BACK_OFF_MS);
            wait(call, ms);
            let reason = None;
            Err(Fault { xml: vec![back_off(ms)], reason, ..Fault::new("ErrorServerBusy", BUSY) })
        }
        BusyForm::FaultWithoutValue | BusyForm::Iis => Err(without_value()),
        BusyForm::Message => {
            let xml = rule.back_off_ms.map(back_off).into_iter().collect();
            rule.back_off_ms.into_iter().for_each(|ms| wait(call, ms));
            Ok(call.all_fail(&Problem { xml, ..Problem::new("ErrorServerBusy", BUSY) }))
        }
    }
}

/// The form of servers that count connections: words with a value of 0, and values that are no wait.
fn without_value() -> Fault {
    let text = "The server cannot service this request right now. Try again later. Policy EWSMaxConcurrency, maximum \
                27. Suggested backoff time 0 ms.";
    let value = |name: &'static str, text: &'static str| element("t:Value").with("Name", name).text(text);
    let xml = vec![value("Policy", "MaxConcurrency"), value("MaxConcurrencyLimit", "27")];
    Fault { xml, ..Fault::new("ErrorServerBusy", text) }
}

fn back_off(ms: u64) -> Element {
    element("t:Value").with("Name", "BackOffMilliseconds").text(ms.to_string())
}

/// Remembers that clients were told to wait, so that the log can say who did not.
fn wait(call: &Call<'_>, ms: u64) {
    let ms = TimeDelta::milliseconds(i64::try_from(ms).unwrap_or(i64::MAX / 2));
    call.state.exchange.data().busy_until = Some(call.state.now() + ms);
}

/// Whether a rule puts blanks around response codes.
#[must_use]
pub fn pads(rule: Option<&FaultRule>) -> bool {
    rule.is_some_and(|rule| rule.kind == FaultKind::EwsPadded)
}
