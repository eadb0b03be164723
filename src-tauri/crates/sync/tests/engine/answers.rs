//! Bodies of Graph's answers, in short.

use crate::script::{Answer, HOST, ok};

fn times(day: u32, hour: u32) -> String {
    format!(
        r#""start":{{"dateTime":"2026-03-{day:02}T{hour:02}:00:00.0000000","timeZone":"UTC"}},"end":{{"dateTime":"2026-03-{day:02}T{:02}:00:00.0000000","timeZone":"UTC"}}"#,
        hour + 1
    )
}

fn full(id: &str, kind: &str, series: Option<&str>, subject: &str, day: u32) -> String {
    let series = series.map_or("null".to_owned(), |series| format!("\"{series}\""));
    format!(
        r#"{{"id":"{id}","type":"{kind}","seriesMasterId":{series},"subject":"{subject}","isAllDay":false,"showAs":"busy",{}}}"#,
        times(day, 9)
    )
}

pub fn single(id: &str, subject: &str, day: u32) -> String {
    full(id, "singleInstance", None, subject, day)
}

pub fn master(id: &str, subject: &str) -> String {
    full(id, "seriesMaster", None, subject, 1)
}

pub fn exception(id: &str, series: &str, subject: &str, day: u32) -> String {
    full(id, "exception", Some(series), subject, day)
}

pub fn occurrence(id: &str, series: &str, subject: &str, day: u32) -> String {
    full(id, "occurrence", Some(series), subject, day)
}

pub fn slim(id: &str, series: &str, day: u32) -> String {
    format!(r#"{{"id":"{id}","type":"occurrence","seriesMasterId":"{series}",{}}}"#, times(day, 9))
}

pub fn gone(id: &str) -> String {
    format!(r#"{{"id":"{id}","@removed":{{"reason":"deleted"}}}}"#)
}

pub fn contact(id: &str, name: &str) -> String {
    format!(r#"{{"id":"{id}","displayName":"{name}"}}"#)
}

pub fn named(id: &str, name: &str) -> String {
    format!(r#"{{"id":"{id}","name":"{name}","displayName":"{name}","hexColor":""}}"#)
}

pub fn list(items: &[String]) -> Answer {
    ok(format!(r#"{{"value":[{}]}}"#, items.join(",")))
}

pub fn page(items: &[String], next: &str) -> Answer {
    ok(format!(r#"{{"value":[{}],"@odata.nextLink":"{HOST}/v1.0/{next}"}}"#, items.join(",")))
}

pub fn last(items: &[String], delta: &str) -> Answer {
    ok(format!(r#"{{"value":[{}],"@odata.deltaLink":"{HOST}/v1.0/{delta}"}}"#, items.join(",")))
}
