//! Calendar items: single ones, masters of series, and their dates (source: `CalendarItemType`).

use super::common::{self, StoreItem};
use super::property::{Property, all_known, flag, leaf, leaf_unless_empty, listed, read_only, render};
use super::rendering::{Reading, Rendering};
use super::{attendees, recurrence};
use crate::ews::folders;
use crate::ews::shape::Base::{AllProperties, Default};
use crate::ews::soap::Problem;
use crate::ews::version::SchemaVersion;
use crate::ews::zones;
use crate::world::event::{Event, Instance, Shape};
use crate::world::join::{LinkPlace, Provider};
use crate::world::text;
use crate::xml::{Element, element};

/// What takes place, or a series as a whole.
#[derive(Debug, Clone, Copy)]
pub struct CalendarItem<'a>(pub Instance<'a>);

impl<'a> CalendarItem<'a> {
    /// A single event, or the master of a series.
    #[must_use]
    pub fn whole(event: &'a Event) -> Self {
        let span = match &event.shape {
            Shape::Single(span) => *span,
            Shape::Series(series) => series.span_on(series.first),
        };
        Self(Instance { event, date: None, is_exception: false, span, content: &event.content })
    }

    /// As it is written.
    #[must_use]
    pub fn render(&self, how: &Rendering<'_>) -> Element {
        render("t:CalendarItem", self, &properties(), || self.extended(how), how)
    }

    /// Refuses names of properties that the request's schema doesn't have.
    ///
    /// # Errors
    /// See [`all_known`].
    pub fn check(how: &Rendering<'_>) -> Result<(), Problem> {
        all_known(&properties(), how)
    }

    fn kind(&self) -> &'static str {
        match (self.0.date, self.0.event.series(), self.0.is_exception) {
            (Some(_), _, true) => "Exception",
            (Some(_), _, false) => "Occurrence",
            (None, Some(_), _) => "RecurringMaster",
            (None, None, _) => "Single",
        }
    }

    fn is_meeting(&self) -> bool {
        !self.0.content.is_organizer || !self.0.content.attendees.is_empty()
    }

    /// The link that the meeting's own software stored with the item.
    fn conference(&self) -> Option<&'a str> {
        let join = self.0.content.join.as_ref();
        join.filter(|join| join.place == LinkPlace::Conference).map(|join| join.url.as_str())
    }

    /// Half of them were made by software that fills the server's own field.
    fn join_url(&self) -> Option<&'a str> {
        self.conference().filter(|_| self.0.event.key.is_multiple_of(2))
    }

    /// `SkypeTeamsMeetingUrl` of the public strings, which Outlook's Teams add-in stores.
    fn extended(&self, how: &Rendering<'_>) -> Vec<Element> {
        const PUBLIC_STRINGS: &str = "00020329-0000-0000-c000-000000000046";
        let is_teams = self.0.content.join.as_ref().is_some_and(|join| join.provider == Provider::Teams);
        let wanted = how.shape.extended.iter().filter(|path| {
            path.set == PUBLIC_STRINGS && path.name == "SkypeTeamsMeetingUrl" && path.kind == "String"
        });
        let url = self.conference().filter(|_| is_teams);
        let property = |url: &str| {
            let path = element("t:ExtendedFieldURI")
                .with("PropertySetId", PUBLIC_STRINGS)
                .with("PropertyName", "SkypeTeamsMeetingUrl")
                .with("PropertyType", "String");
            element("t:ExtendedProperty").child(path).leaf("t:Value", url)
        };
        wanted.filter_map(|_| url.map(property)).collect()
    }
}

impl StoreItem for CalendarItem<'_> {
    fn id(&self, how: &Rendering<'_>) -> String {
        how.mailbox.instance_id(&self.0, false)
    }

    fn key(&self) -> u64 {
        self.0.event.key
    }

    fn created(&self) -> u64 {
        self.0.event.created
    }

    fn changed(&self) -> u64 {
        if self.0.date.is_none() { self.0.event.last_change() } else { self.0.changed() }
    }

    fn folder_id(&self, how: &Rendering<'_>) -> String {
        folders::id(how.mailbox, folders::Key::Calendar(self.0.event.calendar))
    }

    fn class(&self) -> &'static str {
        "IPM.Appointment"
    }

    fn subject(&self) -> &str {
        &self.0.content.subject
    }

    fn sensitivity(&self) -> &'static str {
        match self.0.content.sensitivity {
            "personal" => "Personal",
            "private" => "Private",
            "confidential" => "Confidential",
            _ => "Normal",
        }
    }

    fn categories(&self) -> &[&'static str] {
        &self.0.content.categories
    }

    fn html(&self) -> String {
        text::html(self.0.content)
    }

    fn preview(&self) -> String {
        text::preview(self.0.content)
    }

    fn response_objects(&self) -> &'static [&'static str] {
        match (self.is_meeting(), self.0.content.is_organizer) {
            (false, _) => &["t:ForwardItem"],
            (true, true) => &["t:CancelCalendarItem", "t:ForwardItem"],
            (true, false) => &[
                "t:AcceptItem",
                "t:TentativelyAcceptItem",
                "t:DeclineItem",
                "t:ReplyToItem",
                "t:ReplyAllToItem",
                "t:ForwardItem",
            ],
        }
    }

    fn reminder(&self) -> Option<i64> {
        (!self.0.span.is_all_day()).then_some(15)
    }

    fn display_names(&self, how: &Rendering<'_>, required: bool) -> String {
        attendees::names(self.0.content, if required { "required" } else { "optional" }, how)
    }

    fn web_link(&self, how: &Rendering<'_>) -> Option<String> {
        Some(how.mailbox.owa_link(&self.0))
    }
}

/// Exchange's word for what a meeting does to one's time.
fn free_busy(show_as: &str) -> &'static str {
    match show_as {
        "free" => "Free",
        "tentative" => "Tentative",
        "busy" => "Busy",
        "oof" => "OOF",
        "workingElsewhere" => "WorkingElsewhere",
        _ => "NoData",
    }
}

fn zone(name: &'static str, item: &CalendarItem<'_>) -> Option<Element> {
    let (id, words) = zones::windows(item.0.content.zone);
    Some(element(name).with("Id", id).with("Name", words))
}

fn organizer(item: &CalendarItem<'_>, how: &Rendering<'_>) -> Element {
    let with_address = how.reading != Reading::Find;
    element("t:Organizer").child(how.people.mailbox(&item.0.content.organizer, with_address))
}

fn slot(name: &'static str, item: &CalendarItem<'_>, how: &Rendering<'_>) -> Option<Element> {
    leaf(name, how.time(item.0.event.slot(&item.0)?))
}

/// All properties, in the schema's order.
fn properties<'a>() -> Vec<Property<CalendarItem<'a>>> {
    let mut all = common::properties();
    all.extend(times());
    all.extend(meeting());
    all.extend(series());
    all.extend(conference());
    all
}

fn times<'a>() -> [Property<CalendarItem<'a>>; 9] {
    [
        listed("calendar:UID", AllProperties, |item, _| leaf("t:UID", item.0.event.uid())),
        listed("calendar:RecurrenceId", AllProperties, |item, how| slot("t:RecurrenceId", item, how)),
        listed("calendar:DateTimeStamp", AllProperties, |item: &CalendarItem<'_>, how| {
            leaf("t:DateTimeStamp", how.stamp(item.changed()))
        }),
        listed("calendar:Start", Default, |item, how| leaf("t:Start", how.time(item.0.instants().0))),
        listed("calendar:End", Default, |item, how| leaf("t:End", how.time(item.0.instants().1))),
        listed("calendar:OriginalStart", AllProperties, |item, how| slot("t:OriginalStart", item, how)),
        listed("calendar:IsAllDayEvent", AllProperties, |item, _| {
            flag("t:IsAllDayEvent", item.0.span.is_all_day())
        }),
        listed("calendar:LegacyFreeBusyStatus", Default, |item, _| {
            leaf("t:LegacyFreeBusyStatus", free_busy(item.0.content.show_as))
        }),
        listed("calendar:Location", Default, |item, _| {
            leaf_unless_empty("t:Location", &text::location(item.0.content))
        }),
    ]
}

fn meeting<'a>() -> [Property<CalendarItem<'a>>; 12] {
    [
        listed("calendar:IsMeeting", AllProperties, |item, _| flag("t:IsMeeting", item.is_meeting())),
        listed("calendar:IsCancelled", AllProperties, |item, _| {
            flag("t:IsCancelled", item.0.content.cancelled)
        }),
        listed("calendar:IsRecurring", AllProperties, |item, _| flag("t:IsRecurring", item.0.date.is_some())),
        listed("calendar:MeetingRequestWasSent", AllProperties, |item, _| {
            flag("t:MeetingRequestWasSent", item.is_meeting() && item.0.content.is_organizer)
        }),
        listed("calendar:IsResponseRequested", AllProperties, |_, _| flag("t:IsResponseRequested", true)),
        listed("calendar:CalendarItemType", Default, |item, _| leaf("t:CalendarItemType", item.kind())),
        listed("calendar:MyResponseType", AllProperties, |item, _| {
            leaf("t:MyResponseType", attendees::response(item.0.content.response))
        }),
        listed("calendar:Organizer", Default, |item, how| Some(organizer(item, how))),
        read_only("calendar:RequiredAttendees", Default, |item, how| {
            attendees::list("t:RequiredAttendees", item.0.content, "required", how)
        }),
        read_only("calendar:OptionalAttendees", Default, |item, how| {
            attendees::list("t:OptionalAttendees", item.0.content, "optional", how)
        }),
        read_only("calendar:Resources", Default, |item, how| {
            attendees::list("t:Resources", item.0.content, "resource", how)
        }),
        listed("calendar:Duration", AllProperties, |item, _| {
            let (start, end) = item.0.instants();
            leaf("t:Duration", format!("PT{}M", (end - start).num_minutes()))
        }),
    ]
}

fn series<'a>() -> [Property<CalendarItem<'a>>; 7] {
    [
        listed("calendar:TimeZone", AllProperties, |item, _| {
            leaf("t:TimeZone", zones::windows(item.0.content.zone).1)
        }),
        listed("calendar:AppointmentState", AllProperties, |item, _| {
            let bits = u8::from(item.is_meeting())
                | u8::from(!item.0.content.is_organizer) << 1
                | u8::from(item.0.content.cancelled) << 2;
            leaf("t:AppointmentState", bits.to_string())
        }),
        read_only("calendar:Recurrence", AllProperties, |item, _| {
            master(item).map(|(event, series)| recurrence::rule(event, series))
        }),
        read_only("calendar:FirstOccurrence", AllProperties, |item, how| {
            let (event, series) = master(item)?;
            let instance = event.instance_on(recurrence::ends(event, series).0?)?;
            Some(recurrence::occurrence("t:FirstOccurrence", &instance, how))
        }),
        read_only("calendar:LastOccurrence", AllProperties, |item, how| {
            let (event, series) = master(item)?;
            let instance = event.instance_on(recurrence::ends(event, series).1?)?;
            Some(recurrence::occurrence("t:LastOccurrence", &instance, how))
        }),
        read_only("calendar:ModifiedOccurrences", AllProperties, |item, how| {
            master(item).and_then(|(event, series)| recurrence::modified(event, series, how))
        }),
        read_only("calendar:DeletedOccurrences", AllProperties, |item, how| {
            master(item).and_then(|(event, series)| recurrence::deleted(event, series, how))
        }),
    ]
}

fn conference<'a>() -> [Property<CalendarItem<'a>>; 5] {
    [
        listed("calendar:StartTimeZone", AllProperties, |item, _| zone("t:StartTimeZone", item))
            .since(SchemaVersion::EXCHANGE_2010),
        listed("calendar:EndTimeZone", AllProperties, |item, _| zone("t:EndTimeZone", item))
            .since(SchemaVersion::EXCHANGE_2010),
        listed("calendar:AllowNewTimeProposal", AllProperties, |_, _| flag("t:AllowNewTimeProposal", true)),
        listed("calendar:IsOnlineMeeting", AllProperties, |item, _| {
            flag("t:IsOnlineMeeting", item.join_url().is_some())
        }),
        listed("calendar:JoinOnlineMeetingUrl", AllProperties, |item: &CalendarItem<'_>, _| {
            leaf("t:JoinOnlineMeetingUrl", item.join_url()?)
        })
        .since(SchemaVersion::EXCHANGE_2013),
    ]
}

fn master<'a>(item: &CalendarItem<'a>) -> Option<(&'a Event, &'a crate::world::series::Series)> {
    let event = item.0.event;
    event.series().filter(|_| item.0.date.is_none()).map(|series| (event, series))
}
