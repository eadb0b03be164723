//! The operations that are served, with the type of each request and the names in its answer.

use super::types::{
    ANYTHING, BODY, DATE_TIME, FOLDER_IDS, FOLDER_SHAPE, INDEXED_PAGE, ITEM_ID, ITEM_IDS, ITEM_SHAPE, STRING,
    TARGET_FOLDER, bare, m, maybe, one, optional, required, sequence, some, t, text,
};
use super::{Content, Type, Values};

/// One operation.
#[derive(Debug)]
pub struct Operation {
    /// Its name, which is that of the request's element.
    pub name: &'static str,
    /// The type of its request.
    pub schema: &'static Type,
    /// The answer's element.
    pub response: &'static str,
    /// The element of each message in the answer; absent where the answer is one message itself.
    pub message: Option<&'static str>,
    /// The element of the request whose children are answered one by one, with a message each.
    pub targets: Option<&'static str>,
    /// Empty elements that stand in a message of failure.
    pub on_failure: &'static [(&'static str, &'static str)],
}

/// The operation of that name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Operation> {
    OPERATIONS.iter().find(|operation| operation.name == name)
}

macro_rules! operation {
    ($name:literal, $schema:expr, $targets:expr, $on_failure:expr) => {
        Operation {
            name: $name,
            schema: &$schema,
            response: concat!("m:", $name, "Response"),
            message: Some(concat!("m:", $name, "ResponseMessage")),
            targets: $targets,
            on_failure: $on_failure,
        }
    };
}

const SYNC_FAILED: &[(&str, &str)] = &[("m:SyncState", ""), ("m:IncludesLastItemInRange", "true")];
const FOLDERS_FAILED: &[(&str, &str)] = &[("m:SyncState", ""), ("m:IncludesLastFolderInRange", "true")];

static OPERATIONS: [Operation; 11] = [
    operation!("GetFolder", GET_FOLDER, Some("FolderIds"), &[("m:Folders", "")]),
    operation!("FindFolder", FIND_FOLDER, Some("ParentFolderIds"), &[]),
    operation!("SyncFolderHierarchy", SYNC_FOLDER_HIERARCHY, None, FOLDERS_FAILED),
    operation!("FindItem", FIND_ITEM, Some("ParentFolderIds"), &[]),
    operation!("GetItem", GET_ITEM, Some("ItemIds"), &[("m:Items", "")]),
    operation!("SyncFolderItems", SYNC_FOLDER_ITEMS, None, SYNC_FAILED),
    operation!("CreateItem", CREATE_ITEM, Some("Items"), &[("m:Items", "")]),
    operation!("ResolveNames", RESOLVE_NAMES, None, &[]),
    operation!("ConvertId", CONVERT_ID, Some("SourceIds"), &[]),
    Operation { message: None, ..operation!("FindPeople", FIND_PEOPLE, None, &[]) },
    Operation {
        message: None,
        response: "m:GetPersonaResponseMessage",
        ..operation!("GetPersona", GET_PERSONA, None, &[])
    },
];

const FOLDER_TRAVERSAL: Values = Values::OneOf(&["Shallow", "Deep", "SoftDeleted"]);
const ITEM_TRAVERSAL: Values = Values::OneOf(&["Shallow", "SoftDeleted", "Associated"]);

static GET_FOLDER: Type =
    sequence(&[], &[one(&[m("FolderShape", &FOLDER_SHAPE)]), one(&[m("FolderIds", &FOLDER_IDS)])]);

static FIND_FOLDER: Type = sequence(
    &[required("Traversal", FOLDER_TRAVERSAL)],
    &[
        one(&[m("FolderShape", &FOLDER_SHAPE)]),
        maybe(&[m("IndexedPageFolderView", &INDEXED_PAGE)]),
        maybe(&[m("Restriction", &ANYTHING)]),
        one(&[m("ParentFolderIds", &FOLDER_IDS)]),
    ],
);

static SYNC_FOLDER_HIERARCHY: Type = sequence(
    &[],
    &[
        one(&[m("FolderShape", &FOLDER_SHAPE)]),
        maybe(&[m("SyncFolderId", &TARGET_FOLDER)]),
        maybe(&[m("SyncState", &STRING)]),
    ],
);

static CALENDAR_VIEW: Type = bare(&[
    optional("MaxEntriesReturned", Values::Between(1, i32::MAX as i64)),
    required("StartDate", Values::DateTime),
    required("EndDate", Values::DateTime),
]);
static CONTACTS_VIEW: Type = bare(&[
    optional("MaxEntriesReturned", Values::Between(1, i32::MAX as i64)),
    optional("InitialName", Values::Any),
    optional("FinalName", Values::Any),
]);

static FIND_ITEM: Type = sequence(
    &[required("Traversal", ITEM_TRAVERSAL)],
    &[
        one(&[m("ItemShape", &ITEM_SHAPE)]),
        maybe(&[
            m("IndexedPageItemView", &INDEXED_PAGE),
            m("CalendarView", &CALENDAR_VIEW),
            m("ContactsView", &CONTACTS_VIEW),
        ]),
        maybe(&[m("GroupBy", &ANYTHING), m("DistinguishedGroupBy", &ANYTHING)]),
        maybe(&[m("Restriction", &ANYTHING)]),
        maybe(&[m("SortOrder", &ANYTHING)]),
        one(&[m("ParentFolderIds", &FOLDER_IDS)]),
        maybe(&[m("QueryString", &STRING)]),
    ],
);

static GET_ITEM: Type =
    sequence(&[], &[one(&[m("ItemShape", &ITEM_SHAPE)]), one(&[m("ItemIds", &ITEM_IDS)])]);

static MAX_CHANGES: Type = text(Values::Between(1, 512));
static SYNC_SCOPE: Type = text(Values::OneOf(&["NormalItems", "NormalAndAssociatedItems"]));
static SYNC_FOLDER_ITEMS: Type = sequence(
    &[],
    &[
        one(&[m("ItemShape", &ITEM_SHAPE)]),
        one(&[m("SyncFolderId", &TARGET_FOLDER)]),
        maybe(&[m("SyncState", &STRING)]),
        maybe(&[m("Ignore", &ITEM_IDS)]),
        one(&[m("MaxChangesReturned", &MAX_CHANGES)]),
        maybe(&[m("SyncScope", &SYNC_SCOPE)]),
    ],
);

static RESPONSE_OBJECT: Type = sequence(
    &[],
    &[
        maybe(&[t("ItemClass", &STRING)]),
        maybe(&[t("Sensitivity", &STRING)]),
        maybe(&[t("Body", &BODY)]),
        maybe(&[t("Attachments", &ANYTHING)]),
        maybe(&[t("InternetMessageHeaders", &ANYTHING)]),
        maybe(&[t("Sender", &ANYTHING)]),
        maybe(&[t("ToRecipients", &ANYTHING)]),
        maybe(&[t("CcRecipients", &ANYTHING)]),
        maybe(&[t("BccRecipients", &ANYTHING)]),
        maybe(&[t("IsReadReceiptRequested", &STRING)]),
        maybe(&[t("IsDeliveryReceiptRequested", &STRING)]),
        maybe(&[t("ReferenceItemId", &ITEM_ID)]),
        maybe(&[t("ReceivedBy", &ANYTHING)]),
        maybe(&[t("ReceivedRepresenting", &ANYTHING)]),
        maybe(&[t("ProposedStart", &DATE_TIME)]),
        maybe(&[t("ProposedEnd", &DATE_TIME)]),
    ],
);
static NEW_ITEMS: Type = sequence(
    &[],
    &[some(&[
        t("AcceptItem", &RESPONSE_OBJECT),
        t("TentativelyAcceptItem", &RESPONSE_OBJECT),
        t("DeclineItem", &RESPONSE_OBJECT),
        t("CalendarItem", &ANYTHING),
        t("Contact", &ANYTHING),
        t("Message", &ANYTHING),
        t("Task", &ANYTHING),
    ])],
);
static CREATE_ITEM: Type = sequence(
    &[
        optional("MessageDisposition", Values::OneOf(&["SaveOnly", "SendOnly", "SendAndSaveCopy"])),
        optional(
            "SendMeetingInvitations",
            Values::OneOf(&["SendToNone", "SendOnlyToAll", "SendToAllAndSaveCopy"]),
        ),
    ],
    &[maybe(&[m("SavedItemFolderId", &TARGET_FOLDER)]), one(&[m("Items", &NEW_ITEMS)])],
);

static RESOLVE_NAMES: Type = sequence(
    &[
        required("ReturnFullContactData", Values::Bool),
        optional(
            "SearchScope",
            Values::OneOf(&[
                "ActiveDirectory",
                "ActiveDirectoryContacts",
                "Contacts",
                "ContactsActiveDirectory",
            ]),
        ),
        optional("ContactDataShape", Values::OneOf(&["IdOnly", "Default", "AllProperties"])),
    ],
    &[maybe(&[m("ParentFolderIds", &FOLDER_IDS)]), one(&[m("UnresolvedEntry", &ENTRY)])],
);
static ENTRY: Type = text(Values::NotEmpty);

static ALTERNATE_ID: Type = bare(&[
    required("Format", Values::OneOf(&ID_FORMATS)),
    required("Id", Values::Any),
    required("Mailbox", Values::NotEmpty),
    optional("IsArchive", Values::Bool),
]);
const ID_FORMATS: [&str; 6] = ["EwsLegacyId", "EwsId", "EntryId", "HexEntryId", "StoreId", "OwaId"];
static SOURCE_IDS: Type = sequence(&[], &[some(&[t("AlternateId", &ALTERNATE_ID)])]);
static CONVERT_ID: Type = sequence(
    &[required("DestinationFormat", Values::OneOf(&ID_FORMATS))],
    &[one(&[m("SourceIds", &SOURCE_IDS)])],
);

/// exchangelib sends `Traversal`, which no documentation has, and real servers take it.
static FIND_PEOPLE: Type = sequence(
    &[optional("Traversal", Values::Any)],
    &[
        maybe(&[m("PersonaShape", &FOLDER_SHAPE)]),
        one(&[m("IndexedPageItemView", &INDEXED_PAGE)]),
        maybe(&[m("Restriction", &ANYTHING)]),
        maybe(&[m("AggregationRestriction", &ANYTHING)]),
        maybe(&[m("SortOrder", &ANYTHING)]),
        maybe(&[m("ParentFolderId", &TARGET_FOLDER)]),
        maybe(&[m("QueryString", &STRING)]),
    ],
);

static PERSONA_ID: Type = Type {
    attributes: &[required("Id", Values::Any), optional("ChangeKey", Values::Any)],
    content: Content::Sequence(&[]),
};
static GET_PERSONA: Type = sequence(&[], &[one(&[m("PersonaId", &PERSONA_ID), t("PersonaId", &PERSONA_ID)])]);
