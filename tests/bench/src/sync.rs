//! The first sync, and the round in which nothing changed.

use crate::error::BenchError;
use crate::figure::Figure;
use crate::group::Told;
use crate::naive::Done;
use crate::place::Place;
use crate::process::{self, Ran};
use crate::programs;
use crate::sample::Samples;
use serde_json::Value;
use std::process::Command;

/// Events and contacts of the mailbox.
const SIZE: usize = 10_000;

/// The first sync of a mailbox, against a plain program that reads, parses and inserts the same.
///
/// # Errors
/// When a sync fails, or the two did not get the same.
pub fn first(runs: usize) -> Result<Told, BenchError> {
    let place = Place::connected(SIZE, SIZE)?;
    // Signing in gives tokens for less; the one that a sync works with opens everything.
    place.sync()?;
    let token = place.tenant.token()?;
    let mut own: Vec<(Ran, Value)> = Vec::new();
    let mut naive: Vec<(Ran, Done)> = Vec::new();
    for _ in 0..=runs {
        place.forget_synced()?;
        own.push(place.sync()?);
        naive.push(naive_sync(&place, &token)?);
    }
    for ((_, answer), (_, done)) in own.iter().zip(&naive) {
        compare(answer, done)?;
    }
    let of_own = |get: fn(&Ran) -> f64| Samples::after_first(own.iter().map(|(ran, _)| get(ran)));
    let of_naive = |get: fn(&Ran) -> f64| Samples::after_first(naive.iter().map(|(ran, _)| get(ran)));
    let figures = vec![
        Figure::alone("whole process", "ms", of_own(|ran| ran.wall))
            .against("naive", of_naive(|ran| ran.wall))
            .with_goal("≤ 1.3x, at best 1.0x"),
        Figure::alone(
            "inside the process",
            "ms",
            Samples::after_first(own.iter().map(|(_, answer)| number(answer, "/ms"))),
        )
        .against("naive", Samples::after_first(naive.iter().map(|(_, done)| done.ms))),
        service(&own, "calendar"),
        service(&own, "contacts"),
        Figure::alone("CPU", "s", of_own(|ran| ran.cpu))
            .against("naive", of_naive(|ran| ran.cpu))
            .with_goal("≤ 1.4 s"),
        Figure::alone("peak memory", "MB", of_own(|ran| ran.peak))
            .against("naive", of_naive(|ran| ran.peak))
            .with_goal("≤ 70 MB"),
        part(&naive, "naive: in requests", 0),
        part(&naive, "naive: in parsing", 1),
        part(&naive, "naive: in inserting", 2),
    ];
    Ok(Told {
        figures,
        notes: own.last().zip(naive.last()).map(|(own, naive)| note(&own.1, &naive.1)).into_iter().collect(),
    })
}

/// A round without changes, against two requests that learn as much.
///
/// # Errors
/// When a round fails or finds something changed.
pub fn unchanged(runs: usize) -> Result<Told, BenchError> {
    let place = Place::connected(SIZE, SIZE)?;
    place.sync()?;
    let token = place.tenant.token()?;
    let (_, done) = naive_sync(&place, &token)?;
    let mut own: Vec<(Ran, Value)> = Vec::new();
    let mut bare: Vec<(Ran, f64)> = Vec::new();
    for _ in 0..=runs {
        let (ran, answer) = place.sync()?;
        let changed = ["added", "updated", "removed"].into_iter().map(|what| sum(&answer, what)).sum::<f64>();
        if changed != 0.0 {
            return Err(BenchError::Wrong(format!("a round without changes found {answer}")));
        }
        own.push((ran, answer));
        let mut command = Command::new(programs::own()?);
        command.args(["requests", "--token", &token]).args(&done.links);
        let ran = process::run(command)?;
        let ms = serde_json::from_str(&ran.stdout)?;
        bare.push((ran, ms));
    }
    let requests = own.last().map_or(0.0, |(_, answer)| sum(answer, "requests"));
    let figures = vec![
        Figure::alone(
            "inside the process",
            "ms",
            Samples::after_first(own.iter().map(|(_, answer)| number(answer, "/ms"))),
        )
        .against("two requests", Samples::after_first(bare.iter().map(|(_, ms)| *ms)))
        .with_goal("≤ 20 ms"),
        Figure::alone("whole process", "ms", Samples::after_first(own.iter().map(|(ran, _)| ran.wall)))
            .against("two requests", Samples::after_first(bare.iter().map(|(ran, _)| ran.wall))),
        service(&own, "calendar"),
        service(&own, "contacts"),
        Figure::alone("CPU", "s", Samples::after_first(own.iter().map(|(ran, _)| ran.cpu)))
            .against("two requests", Samples::after_first(bare.iter().map(|(ran, _)| ran.cpu))),
    ];
    let notes = vec![format!(
        "{requests} requests to Graph in a round: lists of calendars and folders, and a delta of each"
    )];
    Ok(Told { figures, notes })
}

fn naive_sync(place: &Place, token: &str) -> Result<(Ran, Done), BenchError> {
    let folder = tempfile::tempdir().map_err(BenchError::file(std::env::temp_dir()))?;
    let mut command = Command::new(programs::own()?);
    command.args(["naive", "--token", token, "--graph", &place.tenant.ready.graph, "--file"]);
    command.arg(folder.path().join("naive.db"));
    let ran = process::run(command)?;
    let done = serde_json::from_str(&ran.stdout)?;
    Ok((ran, done))
}

/// Both must have got the same: otherwise one of them had less to do.
fn compare(answer: &Value, done: &Done) -> Result<(), BenchError> {
    let added = (number(answer, "/services/calendar/added"), number(answer, "/services/contacts/added"));
    if added == (done.meetings as f64, done.contacts as f64) && done.contacts == SIZE {
        return Ok(());
    }
    Err(BenchError::Wrong(format!("convokectl has {answer}, the naive client {done:?}")))
}

fn note(answer: &Value, done: &Done) -> String {
    let megabytes = |bytes: f64| bytes / 1e6;
    format!(
        "{} meetings, {} contacts; convokectl {} requests and {:.1} MB, naive {} requests and {:.1} MB",
        done.meetings,
        done.contacts,
        sum(answer, "requests"),
        megabytes(sum(answer, "bytes")),
        done.requests,
        megabytes(done.bytes as f64)
    )
}

/// The time that a service's round says of itself.
fn service(own: &[(Ran, Value)], name: &str) -> Figure {
    let values = own.iter().map(|(_, answer)| number(answer, &format!("/services/{name}/ms")));
    Figure::alone(format!("round of {name}"), "ms", Samples::after_first(values))
}

fn part(naive: &[(Ran, Done)], name: &str, index: usize) -> Figure {
    let values = naive.iter().map(|(_, done)| done.parts.get(index).copied().unwrap_or(f64::NAN));
    Figure::alone(name, "ms", Samples::after_first(values))
}

fn number(answer: &Value, pointer: &str) -> f64 {
    answer.pointer(pointer).and_then(Value::as_f64).unwrap_or(f64::NAN)
}

/// Of both services together.
fn sum(answer: &Value, what: &str) -> f64 {
    ["calendar", "contacts"]
        .into_iter()
        .map(|service| number(answer, &format!("/services/{service}/{what}")))
        .sum()
}
