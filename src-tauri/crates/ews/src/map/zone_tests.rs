use chrono::{DateTime, Utc};

use super::{local, shown};
use crate::wire::time_zone::TimeZoneDefinition;
use crate::xml;

fn zone(attributes: &str, content: &str) -> TimeZoneDefinition {
    let text = format!(
        r#"<t:StartTimeZone xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types" {attributes}>{content}</t:StartTimeZone>"#
    );
    TimeZoneDefinition::of(&xml::parse(text.as_bytes()).unwrap())
}

fn check(zone: &TimeZoneDefinition, instant: &str, expected: Option<&str>) {
    let instant: DateTime<Utc> = instant.parse().unwrap();
    let found = local(zone, instant).map(|local| local.format("%Y-%m-%dT%H:%M").to_string());
    assert_eq!(found.as_deref(), expected, "{instant} {zone:?}");
}

/// As exchangelib#310 shows it.
fn customized(id: &str, first_month: &str, second_month: &str) -> TimeZoneDefinition {
    zone(
        &format!(r#"Name="" Id="{id}""#),
        &format!(
            r#"<t:Periods><t:Period Bias="-PT1H" Name="Standard" Id="trule:Microsoft/Registry/{id}/1-Standard"/><t:Period Bias="-PT2H" Name="Daylight" Id="trule:Microsoft/Registry/{id}/1-Daylight"/></t:Periods>
            <t:TransitionsGroups><t:TransitionsGroup Id="0">
              <t:RecurringDayTransition><t:To Kind="Period">trule:Microsoft/Registry/{id}/1-Daylight</t:To><t:TimeOffset>PT2H</t:TimeOffset><t:Month>{first_month}</t:Month><t:DayOfWeek>Sunday</t:DayOfWeek><t:Occurrence>-1</t:Occurrence></t:RecurringDayTransition>
              <t:RecurringDayTransition><t:To Kind="Period">trule:Microsoft/Registry/{id}/1-Standard</t:To><t:TimeOffset>PT3H</t:TimeOffset><t:Month>{second_month}</t:Month><t:DayOfWeek>Sunday</t:DayOfWeek><t:Occurrence>-1</t:Occurrence></t:RecurringDayTransition>
            </t:TransitionsGroup></t:TransitionsGroups>
            <t:Transitions><t:Transition><t:To Kind="Group">0</t:To></t:Transition></t:Transitions>"#
        ),
    )
}

#[test]
fn zones_by_name() {
    let eastern = zone(r#"Id="Eastern Standard Time" Name="(UTC-05:00) Eastern Time (US &amp; Canada)""#, "");
    check(&eastern, "2026-01-15T05:00:00Z", Some("2026-01-15T00:00"));
    check(&eastern, "2026-07-15T04:00:00Z", Some("2026-07-15T00:00"));
    assert_eq!(shown(&eastern).as_deref(), Some("America/New_York"));
    // The name stands where the id should (exchangelib#314).
    let pacific = zone(r#"Name="Pacific Standard Time" Id="""#, "");
    check(&pacific, "2026-01-15T08:00:00Z", Some("2026-01-15T00:00"));
    assert_eq!(shown(&pacific).as_deref(), Some("America/Los_Angeles"));
    let utc = zone(r#"Id="tzone://Microsoft/Utc""#, "");
    check(&utc, "2026-01-15T08:00:00Z", Some("2026-01-15T08:00"));
}

#[test]
fn zones_by_their_rules() {
    for id in ["Customized Time Zone", "tzone://Microsoft/Custom", ""] {
        let zone = customized(id, "3", "10");
        for (instant, expected) in [
            ("2026-01-15T23:00:00Z", "2026-01-16T00:00"),
            ("2026-07-15T22:00:00Z", "2026-07-16T00:00"),
            // The last Sundays of March and October 2026 are the 29th and the 25th, both at 01:00 UTC.
            ("2026-03-29T00:59:00Z", "2026-03-29T01:59"),
            ("2026-03-29T01:00:00Z", "2026-03-29T03:00"),
            ("2026-10-25T00:59:00Z", "2026-10-25T02:59"),
            ("2026-10-25T01:00:00Z", "2026-10-25T02:00"),
            ("2026-12-31T23:30:00Z", "2027-01-01T00:30"),
        ] {
            check(&zone, instant, Some(expected));
        }
    }
    assert_eq!(
        shown(&customized("Customized Time Zone", "3", "10")).as_deref(),
        Some("Customized Time Zone")
    );
    assert_eq!(shown(&customized("", "3", "10")), None);
}

#[test]
fn the_southern_half_has_its_summer_over_new_year() {
    let zone = customized("", "10", "4");
    check(&zone, "2026-01-01T00:00:00Z", Some("2026-01-01T02:00"));
    check(&zone, "2026-07-01T00:00:00Z", Some("2026-07-01T01:00"));
    check(&zone, "2026-12-31T23:00:00Z", Some("2027-01-01T01:00"));
}

#[test]
fn rules_that_changed_and_zones_without_summer() {
    let zone = zone(
        r#"Id="Made up""#,
        r#"<t:Periods><t:Period Bias="PT3H" Id="old"/><t:Period Bias="PT180M" Id="std"/><t:Period Bias="PT2H" Id="dst"/></t:Periods>
        <t:TransitionsGroups>
          <t:TransitionsGroup Id="0"><t:Transition><t:To Kind="Period">old</t:To></t:Transition></t:TransitionsGroup>
          <t:TransitionsGroup Id="1">
            <t:RecurringDateTransition><t:To Kind="Period">dst</t:To><t:TimeOffset>PT0S</t:TimeOffset><t:Month>4</t:Month><t:Day>1</t:Day></t:RecurringDateTransition>
            <t:RecurringDayTransition><t:To Kind="Period">std</t:To><t:TimeOffset>PT1H</t:TimeOffset><t:Month>11</t:Month><t:DayOfWeek>Monday</t:DayOfWeek><t:Occurrence>1</t:Occurrence></t:RecurringDayTransition>
          </t:TransitionsGroup></t:TransitionsGroups>
        <t:Transitions><t:Transition><t:To Kind="Group">0</t:To></t:Transition>
          <t:AbsoluteDateTransition><t:To Kind="Group">1</t:To><t:DateTime>2020-01-01T00:00:00</t:DateTime></t:AbsoluteDateTransition>
          <t:AbsoluteDateTransition><t:To Kind="Period">dst</t:To><t:DateTime>2030-01-01T00:00:00Z</t:DateTime></t:AbsoluteDateTransition></t:Transitions>"#,
    );
    check(&zone, "2019-07-01T12:00:00Z", Some("2019-07-01T09:00"));
    check(&zone, "2026-03-01T12:00:00Z", Some("2026-03-01T09:00"));
    check(&zone, "2026-07-01T12:00:00Z", Some("2026-07-01T10:00"));
    check(&zone, "2026-11-01T12:00:00Z", Some("2026-11-01T10:00"));
    check(&zone, "2026-11-02T12:00:00Z", Some("2026-11-02T09:00"));
    check(&zone, "2031-01-01T12:00:00Z", Some("2031-01-01T10:00"));
}

#[test]
fn b55_zones_that_say_nothing() {
    let period = r#"<t:Periods><t:Period Bias="-PT1H" Id="std"/></t:Periods>"#;
    let to = |to: &str| {
        format!("{period}<t:Transitions><t:Transition><t:To>{to}</t:To></t:Transition></t:Transitions>")
    };
    check(&zone(r#"Id="Nowhere""#, &to("std")), "2026-01-01T00:00:00Z", Some("2026-01-01T01:00"));
    for content in [
        String::new(),
        period.to_owned(),
        to("none"),
        "<t:Transitions><t:AbsoluteDateTransition><t:To>std</t:To><t:DateTime>soon</t:DateTime></t:AbsoluteDateTransition></t:Transitions>".to_owned(),
        customized_without_periods(),
    ] {
        check(&zone(r#"Id="Nowhere""#, &content), "2026-01-01T00:00:00Z", None);
    }
    // The ends of time.
    for instant in ["-262143-01-01T00:00:00Z", "+262142-12-31T23:59:59Z"] {
        let instant: DateTime<Utc> = instant.parse().unwrap();
        let _ = local(&customized("", "3", "10"), instant);
    }
    let odd = customized("", "13", "99");
    check(&odd, "2026-01-01T00:00:00Z", None);
}

fn customized_without_periods() -> String {
    r#"<t:TransitionsGroups><t:TransitionsGroup Id="0"><t:RecurringDateTransition><t:To>x</t:To><t:TimeOffset>PT1H</t:TimeOffset><t:Month>2</t:Month><t:Day>30</t:Day></t:RecurringDateTransition></t:TransitionsGroup></t:TransitionsGroups><t:Transitions><t:Transition><t:To>0</t:To></t:Transition></t:Transitions>"#.to_owned()
}
