//! A mailbox's calendars and what is in them.

use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};

use super::dice::Dice;
use super::draft::{self, Cast};
use super::{repeating, single, today};
use crate::world::event::{Content, Shape};
use crate::world::mailbox::Calendar;
use crate::world::person::Person;
use crate::world::span::Span;
use crate::world::{MailboxData, World};

/// Days before and after today that entries are spread over: a little more than the usual window.
const PAST_DAYS: i64 = 36;
const FUTURE_DAYS: i64 = 186;
/// Dates of series from which a mailbox has some of the usual ones, and all of them.
const FEW: usize = 10;
const MANY: usize = 80;
/// Least entries of the shared calendar, a series counted once.
const SHARED: usize = 6;
/// Entries before which only the day around `now` is made.
const SMALLEST: usize = 10;

/// Makes the calendars and about `events` entries.
pub fn fill(data: &mut MailboxData, dice: &mut Dice, world: &World, user: usize, events: usize) {
    let owner = data.owner.clone();
    let cast = Cast {
        owner: &owner,
        owner_id: &world.users[user].object_id,
        zone: world.users[user].zone,
        directory: &world.directory,
        domain: &world.domain,
    };
    calendars(data, cast, world, user);
    if events == 0 {
        return;
    }
    let default = data.calendars[0].key;
    for (content, shape) in today::entries(dice, cast, world.options.now) {
        data.add_event(default, content, shape);
    }
    let today = cast.zone.local(world.options.now).date();
    let rest = events.saturating_sub(SMALLEST);
    let repeated = series(data, dice, cast, today, rest * 2 / 5);
    crowded_hour(data, dice, cast, today, rest);
    let lent = shared(data, dice, world, user, today, rest / 20);
    singles(data, dice, cast, today, rest.saturating_sub(repeated + lent));
}

fn calendars(data: &mut MailboxData, cast: Cast<'_>, world: &World, user: usize) {
    let boss = &world.users[(user + 1) % 3];
    let boss = Person::new(&boss.display_name, &boss.username);
    let rows = [
        ("Calendar", "auto", "", cast.owner.clone()),
        ("Travel & Reisen", "lightTeal", "#00b7c3", cast.owner.clone()),
        ("Shared with me", "lightOrange", "#ff8c00", boss),
    ];
    for (index, (name, color, hex_color, owner)) in rows.into_iter().enumerate() {
        let (key, changed) = (data.new_key(), data.new_version());
        let (name, is_default, is_shared) = (name.to_owned(), index == 0, index == 2);
        data.calendars.push(Calendar {
            key,
            name,
            color,
            hex_color,
            is_default,
            owner,
            is_shared,
            changed,
            moves: 0,
        });
    }
}

/// Series until they have about `wanted` dates; gives how many dates they have.
fn series(data: &mut MailboxData, dice: &mut Dice, cast: Cast<'_>, today: NaiveDate, wanted: usize) -> usize {
    let (from, to) = (today - TimeDelta::days(PAST_DAYS), today + TimeDelta::days(FUTURE_DAYS));
    let mut count = 0;
    if wanted >= FEW {
        for (content, series) in repeating::staples(dice, cast, today, wanted >= MANY) {
            count += series.dates(from, to).len();
            data.add_event(data.calendars[0].key, content, Shape::Series(Box::new(series)));
        }
    }
    while count < wanted {
        let around = workday(dice, today);
        let (content, series) = repeating::any(dice, cast, around, from, to);
        count += series.dates(from, to).len().max(1);
        let calendar = any_own(data, dice);
        data.add_event(calendar, content, Shape::Series(Box::new(series)));
    }
    count
}

fn singles(data: &mut MailboxData, dice: &mut Dice, cast: Cast<'_>, today: NaiveDate, count: usize) {
    for _ in 0..count {
        let day = workday(dice, today);
        let (content, shape) = single::any(dice, cast, day);
        let calendar = any_own(data, dice);
        data.add_event(calendar, content, shape);
    }
}

/// Nine meetings at once, some days from now.
fn crowded_hour(data: &mut MailboxData, dice: &mut Dice, cast: Cast<'_>, today: NaiveDate, rest: usize) {
    if rest < 50 {
        return;
    }
    let start = next_workday(today + TimeDelta::days(6)).and_time(single::clock(11, 0));
    for index in 0..9 {
        let content = draft::meeting(dice, cast, &format!("Parallel session {}", index + 1));
        let content = Content { zone: cast.zone, ..content };
        data.add_event(data.calendars[0].key, content, Shape::Single(Span::Timed { start, minutes: 60 }));
    }
}

/// The shared calendar is somebody else's: private entries arrive without their content. Gives how many entries it
/// has, dates counted.
fn shared(
    data: &mut MailboxData,
    dice: &mut Dice,
    world: &World,
    user: usize,
    today: NaiveDate,
    count: usize,
) -> usize {
    let boss = &world.users[(user + 1) % 3];
    let owner = data.calendars[2].owner.clone();
    let cast = Cast {
        owner: &owner,
        owner_id: &boss.object_id,
        zone: boss.zone,
        directory: &world.directory,
        domain: &world.domain,
    };
    let (from, to) = (today - TimeDelta::days(PAST_DAYS), today + TimeDelta::days(FUTURE_DAYS));
    let mut made = 0;
    for index in 0..count.max(SHARED) {
        let day = workday(dice, today);
        let (content, shape) = if index % 5 == 4 {
            let (content, series) = repeating::any(dice, cast, day, from, to);
            made += series.dates(from, to).len();
            (content, Shape::Series(Box::new(series)))
        } else {
            made += 1;
            single::any(dice, cast, day)
        };
        add_shared(data, cast, content, shape);
    }
    made
}

fn add_shared(data: &mut MailboxData, cast: Cast<'_>, content: Content, mut shape: Shape) {
    let shown = |content: Content| {
        let is_private = content.sensitivity == "private";
        if is_private { hidden(cast, &content) } else { content }
    };
    if let Shape::Series(series) = &mut shape {
        for exception in series.exceptions.values_mut() {
            exception.content = shown(exception.content.clone());
        }
    }
    data.add_event(data.calendars[2].key, shown(content), shape);
}

fn hidden(cast: Cast<'_>, content: &Content) -> Content {
    let mut hidden = draft::plain(cast, "Private Appointment");
    (hidden.zone, hidden.show_as, hidden.sensitivity) = (content.zone, content.show_as, "private");
    hidden
}

fn any_own(data: &MailboxData, dice: &mut Dice) -> u64 {
    data.calendars[usize::from(dice.percent(10))].key
}

fn workday(dice: &mut Dice, today: NaiveDate) -> NaiveDate {
    let day = today + TimeDelta::days(dice.between(-PAST_DAYS, FUTURE_DAYS));
    if dice.percent(4) { day } else { next_workday(day) }
}

fn next_workday(day: NaiveDate) -> NaiveDate {
    match day.weekday() {
        Weekday::Sat => day + TimeDelta::days(2),
        Weekday::Sun => day + TimeDelta::days(1),
        _ => day,
    }
}
