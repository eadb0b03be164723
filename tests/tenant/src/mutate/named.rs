//! Every kind of change by its name.

use chrono::{NaiveDate, TimeDelta};

use super::contacts;
use super::events::{change, change_date, change_series, delete, delete_date, mark_read, move_to, respond};
use crate::world::event::{Event, Shape};
use crate::world::generate::dice::Dice;
use crate::world::generate::draft::{self, Cast};
use crate::world::generate::{contacts as new_contacts, links, repeating, single};
use crate::world::series::Range;
use crate::world::span::Span;
use crate::world::{MailboxData, World};

/// Names of all changes, those that happen most often more than once.
pub const NAMES: [&str; 40] = [
    "createEvent",
    "createEvent",
    "deleteEvent",
    "moveEvent",
    "moveEvent",
    "moveEventOut",
    "moveEventIn",
    "retitleEvent",
    "changeAllDay",
    "changeLink",
    "removeLink",
    "cancelEvent",
    "respond",
    "changeRoom",
    "changeSensitivity",
    "inviteMore",
    "createSeries",
    "deleteSeries",
    "retitleSeries",
    "retimeSeries",
    "endSeries",
    "deleteDate",
    "deleteDate",
    "moveDate",
    "moveDate",
    "moveDateOut",
    "retitleDate",
    "cancelDate",
    "respondToDate",
    "renameCalendar",
    "recolourCalendar",
    "addContact",
    "addContact",
    "deleteContact",
    "changeContact",
    "changeContact",
    "moveContact",
    "moveContact",
    "renameFolder",
    "addFolder",
];

/// Makes one change of that name to something chosen by the dice, and says what it did. Nothing, if there is nothing
/// to change or no such name.
pub fn named(world: &mut World, user: usize, name: &str, dice: &mut Dice) -> Option<String> {
    let today = world.options.now.date_naive();
    let World { users, mailboxes, directory, domain, .. } = world;
    let (owner, mailbox) = (users.get(user)?, mailboxes.get_mut(user)?);
    mailbox.calendars.first()?;
    let person = mailbox.owner.clone();
    let cast = Cast { owner: &person, owner_id: &owner.object_id, zone: owner.zone, directory, domain };
    let told = one_event(mailbox, dice, cast, today, name)
        .or_else(|| one_series(mailbox, dice, cast, today, name))
        .or_else(|| one_date(mailbox, dice, today, name))
        .or_else(|| one_calendar(mailbox, dice, name))
        .or_else(|| one_contact(mailbox, dice, name))?;
    Some(format!("{name}: {told}"))
}

fn one_event(
    mailbox: &mut MailboxData,
    dice: &mut Dice,
    cast: Cast<'_>,
    today: NaiveDate,
    name: &str,
) -> Option<String> {
    if name == "createEvent" {
        let day = some_day(dice, today);
        let (content, shape) = single::any(dice, cast, day);
        let calendar = mailbox.calendars[dice.below(2)].key;
        return Some(format!("event {}", mailbox.add_event(calendar, content, shape)));
    }
    let (key, span) = pick_single(mailbox, dice)?;
    match name {
        "deleteEvent" => delete(mailbox, key),
        "markRead" => mark_read(mailbox, key),
        "moveEvent" => move_to(mailbox, key, repeating::moved(dice, span)),
        "moveEventOut" => move_to(mailbox, key, span.shifted_days(dice.between(380, 700))),
        "moveEventIn" => {
            let by = (some_day(dice, today) - span.first_day()).num_days();
            move_to(mailbox, key, span.shifted_days(by));
        }
        "retitleEvent" => change(mailbox, key, |event| event.content.subject.push_str(" ✓")),
        "changeAllDay" => move_to(mailbox, key, other_kind(span)),
        "changeLink" => {
            let join = links::any(dice, cast.owner_id).unwrap_or_else(|| links::zoom(dice));
            change(mailbox, key, |event| event.content.join = Some(join));
        }
        "removeLink" => change(mailbox, key, |event| event.content.join = None),
        "cancelEvent" => change(mailbox, key, |event| {
            draft::invited(dice, cast, &mut event.content);
            draft::cancel(&mut event.content);
        }),
        "respond" => {
            let answer = dice.pick(&["accepted", "tentativelyAccepted"]);
            change(mailbox, key, |event| draft::invited(dice, cast, &mut event.content));
            respond(mailbox, key, None, answer);
        }
        "changeRoom" => change(mailbox, key, |event| {
            event.content.place = "Sala Retiro → Café".into();
            event.content.place_is_room = false;
        }),
        "changeSensitivity" => {
            let sensitivity = dice.pick(&["normal", "private", "confidential", "personal"]);
            change(mailbox, key, |event| event.content.sensitivity = sensitivity);
        }
        "inviteMore" => {
            let more = draft::meeting(dice, cast, "").attendees;
            change(mailbox, key, |event| event.content.attendees.extend(more));
        }
        _ => return None,
    }
    Some(format!("event {key}"))
}

fn one_series(
    mailbox: &mut MailboxData,
    dice: &mut Dice,
    cast: Cast<'_>,
    today: NaiveDate,
    name: &str,
) -> Option<String> {
    if name == "createSeries" {
        let (from, to) = (today - TimeDelta::days(30), today + TimeDelta::days(180));
        let around = some_day(dice, today);
        let (content, mut series) = repeating::any(dice, cast, around, from, to);
        let version = mailbox.version + 1;
        series.exceptions.values_mut().for_each(|exception| exception.changed = version);
        let calendar = mailbox.calendars[0].key;
        return Some(format!(
            "series {}",
            mailbox.add_event(calendar, content, Shape::Series(Box::new(series)))
        ));
    }
    let key = pick_series(mailbox, dice)?;
    match name {
        "deleteSeries" => delete(mailbox, key),
        "retitleSeries" => change(mailbox, key, |event| event.content.subject.push_str(" (new title)")),
        "retimeSeries" => change_series(mailbox, key, |series| {
            // Outlook forgets all changed and deleted dates when a series moves.
            series.time = series.time.map(|time| time + TimeDelta::minutes(30));
            series.exceptions.clear();
            series.deleted.clear();
        }),
        "endSeries" => {
            let end = today + TimeDelta::days(dice.between(1, 60));
            change_series(mailbox, key, |series| {
                series.range = Range::EndDate(end.max(series.first));
                series.exceptions.retain(|date, _| *date <= end);
            });
        }
        _ => return None,
    }
    Some(format!("series {key}"))
}

fn one_date(mailbox: &mut MailboxData, dice: &mut Dice, today: NaiveDate, name: &str) -> Option<String> {
    let key = pick_series(mailbox, dice)?;
    let date = pick_date(mailbox, dice, key, today)?;
    match name {
        "deleteDate" => delete_date(mailbox, key, date),
        "moveDate" => change_date(mailbox, key, date, |span, _| *span = repeating::moved(dice, *span)),
        "moveDateOut" => change_date(mailbox, key, date, |span, _| *span = span.shifted_days(400)),
        "retitleDate" => {
            change_date(mailbox, key, date, |_, content| content.subject.push_str(" (this time only)"))
        }
        "cancelDate" => change_date(mailbox, key, date, |_, content| draft::cancel(content)),
        // Organizers don't answer: Exchange refuses it.
        "respondToDate" if !mailbox.events.get(&key)?.content.is_organizer => {
            respond(mailbox, key, Some(date), "tentativelyAccepted")
        }
        _ => return None,
    }
    Some(format!("series {key} on {date}"))
}

fn one_calendar(mailbox: &mut MailboxData, dice: &mut Dice, name: &str) -> Option<String> {
    if !name.contains("Calendar") {
        return None;
    }
    let version = mailbox.new_version();
    let index = dice.below(mailbox.calendars.len());
    let calendar = &mut mailbox.calendars[index];
    match name {
        "renameCalendar" => calendar.name = format!("Agenda {}", dice.digits(3)),
        "recolourCalendar" => {
            (calendar.color, calendar.hex_color) = dice.pick(&[("auto", ""), ("lightRed", "#e74856")])
        }
        "renewCalendarId" => calendar.moves += 1,
        _ => return None,
    }
    calendar.changed = version;
    Some(calendar.name.clone())
}

fn one_contact(mailbox: &mut MailboxData, dice: &mut Dice, name: &str) -> Option<String> {
    if let Some(told) = one_folder(mailbox, dice, name) {
        return Some(told);
    }
    let live: Vec<u64> = mailbox.live_contacts().map(|contact| contact.key).collect();
    let folders = live_folders(mailbox);
    if live.is_empty() || folders.is_empty() {
        return None;
    }
    let (key, folder) = (dice.pick(&live), dice.pick(&folders));
    match name {
        "addContact" => {
            let card = new_contacts::person(dice, 900_000);
            return Some(format!("contact {}", mailbox.add_contact(folder, card, false)));
        }
        "deleteContact" => contacts::delete(mailbox, key),
        "changeContact" => {
            let mobile = format!("+44 7{} {}", dice.digits(3), dice.digits(6));
            contacts::change(mailbox, key, |card| (card.mobile, card.title) = (mobile, "Promoted".into()));
        }
        "moveContact" => contacts::move_to(mailbox, key, folder),
        _ => return None,
    }
    Some(format!("contact {key}"))
}

fn one_folder(mailbox: &mut MailboxData, dice: &mut Dice, name: &str) -> Option<String> {
    let named: Vec<u64> = live_folders(mailbox).into_iter().skip(1).collect();
    match name {
        "addFolder" => contacts::add_folder(mailbox, &format!("Ordner {}", dice.digits(3)))
            .map(|key| format!("folder {key}")),
        "renameFolder" | "deleteFolder" if !named.is_empty() => {
            let key = dice.pick(&named);
            if name == "deleteFolder" {
                contacts::delete_folder(mailbox, key);
            } else {
                contacts::rename_folder(mailbox, key, &format!("Carpeta {}", dice.digits(3)));
            }
            Some(format!("folder {key}"))
        }
        _ => None,
    }
}

fn live_folders(mailbox: &MailboxData) -> Vec<u64> {
    mailbox.folders.iter().filter(|folder| folder.gone.is_none()).map(|folder| folder.key).collect()
}

fn pick_single(mailbox: &MailboxData, dice: &mut Dice) -> Option<(u64, Span)> {
    let of = |event: &Event| match event.shape {
        Shape::Single(span) => Some((event.key, span)),
        Shape::Series(_) => None,
    };
    let singles: Vec<(u64, Span)> = mailbox.live_events().filter_map(of).collect();
    if singles.is_empty() { None } else { Some(dice.pick(&singles)) }
}

fn pick_series(mailbox: &MailboxData, dice: &mut Dice) -> Option<u64> {
    let series: Vec<u64> =
        mailbox.live_events().filter(|event| event.series().is_some()).map(|event| event.key).collect();
    if series.is_empty() { None } else { Some(dice.pick(&series)) }
}

/// A date of the series around today that still takes place.
fn pick_date(mailbox: &MailboxData, dice: &mut Dice, key: u64, today: NaiveDate) -> Option<NaiveDate> {
    let series = mailbox.events.get(&key)?.series()?;
    let dates = series.dates(today - TimeDelta::days(20), today + TimeDelta::days(150));
    let open: Vec<NaiveDate> = dates.into_iter().filter(|date| !series.deleted.contains(date)).collect();
    if open.is_empty() { None } else { Some(dice.pick(&open)) }
}

fn some_day(dice: &mut Dice, today: NaiveDate) -> NaiveDate {
    today + TimeDelta::days(dice.between(-20, 150))
}

fn other_kind(span: Span) -> Span {
    match span {
        Span::AllDay { first, .. } => {
            Span::Timed { start: first.and_time(single::clock(10, 0)), minutes: 45 }
        }
        Span::Timed { start, .. } => Span::AllDay { first: start.date(), days: 1 },
    }
}
