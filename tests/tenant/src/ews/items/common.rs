//! Properties of every kind of item, in the order of `ItemType`.

use super::property::{EXTENDED, Property, flag, leaf, listed, read_only};
use super::rendering::Rendering;
use crate::ews::shape::Base::{AllProperties, ByName, Default, IdOnly};
use crate::ews::version::SchemaVersion;
use crate::world::id::change_key;
use crate::xml::{Element, element};

/// What every item has.
pub trait StoreItem {
    /// Its id.
    fn id(&self, how: &Rendering<'_>) -> String;
    /// Its number in the mailbox, which change keys are made of.
    fn key(&self) -> u64;
    /// The mailbox's version that brought it.
    fn created(&self) -> u64;
    /// The mailbox's version of its last change.
    fn changed(&self) -> u64;
    /// The id of its folder.
    fn folder_id(&self, how: &Rendering<'_>) -> String;
    /// `ItemClass`.
    fn class(&self) -> &'static str;
    /// `Subject`.
    fn subject(&self) -> &str;
    /// `Sensitivity`.
    fn sensitivity(&self) -> &'static str {
        "Normal"
    }
    /// `Categories`.
    fn categories(&self) -> &[&'static str] {
        &[]
    }
    /// Its text as HTML.
    fn html(&self) -> String;
    /// `Preview`.
    fn preview(&self) -> String;
    /// What can be answered to it.
    fn response_objects(&self) -> &'static [&'static str] {
        &[]
    }
    /// Minutes before its start at which it reminds.
    fn reminder(&self) -> Option<i64> {
        None
    }
    /// Names of who is invited, required or optional.
    fn display_names(&self, _how: &Rendering<'_>, _required: bool) -> String {
        String::new()
    }
    /// Its page in Outlook on the web.
    fn web_link(&self, _how: &Rendering<'_>) -> Option<String> {
        None
    }
}

/// The id of an item as an element.
pub fn item_id<T: StoreItem>(item: &T, how: &Rendering<'_>) -> Element {
    element("t:ItemId").with("Id", item.id(how)).with("ChangeKey", change_key(item.key(), item.changed()))
}

/// The properties, in order.
pub fn properties<T: StoreItem>() -> Vec<Property<T>> {
    vec![
        listed("item:ItemId", IdOnly, |item: &T, how| Some(item_id(item, how))),
        listed("item:ParentFolderId", AllProperties, |item: &T, how| {
            Some(element("t:ParentFolderId").with("Id", item.folder_id(how)).with("ChangeKey", "AQAAAA=="))
        }),
        listed("item:ItemClass", AllProperties, |item: &T, _| leaf("t:ItemClass", item.class())),
        listed("item:Subject", Default, |item: &T, _| leaf("t:Subject", item.subject())),
        listed("item:Sensitivity", AllProperties, |item: &T, _| leaf("t:Sensitivity", item.sensitivity())),
        read_only("item:Body", AllProperties, |item: &T, how| Some(body(&item.html(), how))),
        listed("item:DateTimeReceived", AllProperties, |item: &T, how| {
            leaf("t:DateTimeReceived", how.stamp(item.created()))
        }),
        listed("item:Size", AllProperties, |item: &T, _| leaf("t:Size", item.html().len().to_string())),
        listed("item:Categories", AllProperties, |item: &T, _| categories(item.categories())),
        listed("item:Importance", AllProperties, |_, _| leaf("t:Importance", "Normal")),
        listed("item:IsSubmitted", AllProperties, |_, _| flag("t:IsSubmitted", false)),
        listed("item:IsDraft", AllProperties, |_, _| flag("t:IsDraft", false)),
        listed("item:IsFromMe", AllProperties, |_, _| flag("t:IsFromMe", false)),
        listed("item:IsResend", AllProperties, |_, _| flag("t:IsResend", false)),
        listed("item:IsUnmodified", AllProperties, |_, _| flag("t:IsUnmodified", false)),
        listed("item:DateTimeSent", AllProperties, |item: &T, how| {
            leaf("t:DateTimeSent", how.stamp(item.created()))
        }),
        listed("item:DateTimeCreated", AllProperties, |item: &T, how| {
            leaf("t:DateTimeCreated", how.stamp(item.created()))
        }),
        read_only("item:ResponseObjects", Default, |item: &T, _| {
            let objects = item.response_objects();
            (!objects.is_empty())
                .then(|| element("t:ResponseObjects").children(objects.iter().map(|name| element(name))))
        }),
        listed("item:ReminderIsSet", AllProperties, |item: &T, _| {
            flag("t:ReminderIsSet", item.reminder().is_some())
        }),
        listed("item:ReminderMinutesBeforeStart", AllProperties, |item: &T, _| {
            leaf("t:ReminderMinutesBeforeStart", item.reminder().unwrap_or(0).to_string())
        }),
        listed("item:DisplayCc", AllProperties, |item: &T, how| {
            leaf("t:DisplayCc", item.display_names(how, false))
        }),
        listed("item:DisplayTo", AllProperties, |item: &T, how| {
            leaf("t:DisplayTo", item.display_names(how, true))
        }),
        listed("item:HasAttachments", Default, |_, _| flag("t:HasAttachments", false)),
        listed(EXTENDED, IdOnly, |_, _| None),
        listed("item:Culture", AllProperties, |_, _| leaf("t:Culture", "en-US")),
        listed("item:LastModifiedTime", AllProperties, |item: &T, how| {
            leaf("t:LastModifiedTime", how.stamp(item.changed()))
        })
        .since(SchemaVersion::EXCHANGE_2010),
        listed("item:IsAssociated", AllProperties, |_, _| flag("t:IsAssociated", false))
            .since(SchemaVersion::EXCHANGE_2010),
        listed("item:WebClientReadFormQueryString", AllProperties, |item: &T, how| {
            leaf("t:WebClientReadFormQueryString", item.web_link(how)?)
        })
        .since(SchemaVersion::EXCHANGE_2010),
        listed("item:Preview", AllProperties, |item: &T, _| leaf("t:Preview", item.preview()))
            .since(SchemaVersion::EXCHANGE_2013),
        read_only("item:TextBody", ByName, |item: &T, _| {
            let text = super::body::text(&item.html());
            Some(element("t:TextBody").with("BodyType", "Text").with("IsTruncated", "false").text(text))
        })
        .since(SchemaVersion::EXCHANGE_2013),
    ]
}

fn body(html: &str, how: &Rendering<'_>) -> Element {
    let (kind, text) =
        if how.shape.text_bodies { ("Text", super::body::text(html)) } else { ("HTML", html.to_owned()) };
    let body = element("t:Body").with("BodyType", kind);
    let body =
        if how.version >= SchemaVersion::EXCHANGE_2013 { body.with("IsTruncated", "false") } else { body };
    body.text(text)
}

fn categories(categories: &[&'static str]) -> Option<Element> {
    let strings = categories.iter().map(|name| element("t:String").text(*name));
    (!categories.is_empty()).then(|| element("t:Categories").children(strings))
}
