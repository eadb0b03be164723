//! Links to join, as each provider makes them.

use super::dice::Dice;
use crate::world::join::{Join, LinkPlace, Provider};

/// A link of some provider, or none.
pub fn any(dice: &mut Dice, organizer: &str) -> Option<Join> {
    match dice.below(100) {
        0..40 => Some(teams(dice, organizer)),
        40..55 => Some(zoom(dice)),
        55..66 => Some(meet(dice)),
        66..74 => Some(webex(dice)),
        _ => None,
    }
}

/// A Teams meeting; most have a number to dial.
pub fn teams(dice: &mut Dice, organizer: &str) -> Join {
    let (thread, tenant) = (dice.letters(48), dice.guid());
    let url = format!(
        "https://teams.microsoft.com/l/meetup-join/19%3ameeting_{thread}%40thread.v2/0?context=%7b%22Tid%22%3a%22{tenant}%22%2c%22Oid%22%3a%22{organizer}%22%7d"
    );
    let dials = dice.percent(70);
    Join {
        place: LinkPlace::Conference,
        wrapped: dice.percent(15),
        number: dials.then(|| dice.digits(9)),
        passcode: dice.percent(40).then(|| code(dice)),
        toll: dials.then(|| format!("+34 91 {} {}", dice.digits(3), dice.digits(4))),
        toll_free: if dials && dice.percent(50) {
            vec![format!("(900) {}", dice.digits(6))]
        } else {
            Vec::new()
        },
        ..bare(Provider::Teams, url)
    }
}

/// A Zoom meeting; a quarter are wrapped by the mail scanner.
pub fn zoom(dice: &mut Dice) -> Join {
    let length = if dice.percent(50) { 11 } else { 10 };
    let number = dice.digits(length);
    let host = dice.pick(&["us02web.zoom.us", "zoom.us", "contoso.zoom.us"]);
    let query = if dice.percent(60) { format!("?pwd={}.1", dice.letters(20)) } else { String::new() };
    let place = anywhere(dice);
    Join {
        place,
        wrapped: dice.percent(25),
        passcode: dice.percent(60).then(|| dice.digits(6)),
        number: Some(number.clone()),
        ..bare(Provider::Zoom, format!("https://{host}/j/{number}{query}"))
    }
}

/// A Google Meet meeting.
pub fn meet(dice: &mut Dice) -> Join {
    let number = format!("{}-{}-{}", dice.letters(3), dice.letters(4), dice.letters(3));
    let place = anywhere(dice);
    let wrapped = dice.percent(25);
    Join {
        place,
        wrapped,
        number: Some(number.clone()),
        ..bare(Provider::Meet, format!("https://meet.google.com/{number}"))
    }
}

/// A Webex meeting; its link names no number.
pub fn webex(dice: &mut Dice) -> Join {
    let url = format!("https://contoso.webex.com/contoso/j.php?MTID=m{}{}", dice.letters(20), dice.digits(8));
    let place = anywhere(dice);
    Join { place, wrapped: dice.percent(40), ..bare(Provider::Webex, url) }
}

fn bare(provider: Provider, url: String) -> Join {
    let (number, passcode, toll, toll_free) = (None, None, None, Vec::new());
    Join { provider, url, place: LinkPlace::Text, wrapped: false, number, passcode, toll, toll_free }
}

fn anywhere(dice: &mut Dice) -> LinkPlace {
    if dice.percent(50) { LinkPlace::Location } else { LinkPlace::Text }
}

fn code(dice: &mut Dice) -> String {
    format!("{}{}{}", dice.letters(2), dice.digits(2), dice.letters(2).to_uppercase())
}
