//! Types that several operations share.

use super::{Attribute, Child, Content, MESSAGES, Place, TYPES, Type, Values};

/// An attribute that must be there.
pub const fn required(name: &'static str, values: Values) -> Attribute {
    Attribute { name, required: true, values }
}

/// An attribute that may be there.
pub const fn optional(name: &'static str, values: Values) -> Attribute {
    Attribute { name, required: false, values }
}

/// An element of the namespace of messages.
pub const fn m(name: &'static str, kind: &'static Type) -> Child {
    Child { namespace: MESSAGES, name, kind }
}

/// An element of the namespace of types.
pub const fn t(name: &'static str, kind: &'static Type) -> Child {
    Child { namespace: TYPES, name, kind }
}

/// A place where one of these must stand.
pub const fn one(any_of: &'static [Child]) -> Place {
    Place { any_of, least: 1, most: 1 }
}

/// A place where one of these may stand.
pub const fn maybe(any_of: &'static [Child]) -> Place {
    Place { any_of, least: 0, most: 1 }
}

/// A place where any number of these stand, at least one.
pub const fn some(any_of: &'static [Child]) -> Place {
    Place { any_of, least: 1, most: usize::MAX }
}

/// A text.
pub const fn text(values: Values) -> Type {
    Type { attributes: &[], content: Content::Text(values) }
}

/// Elements in order.
pub const fn sequence(attributes: &'static [Attribute], places: &'static [Place]) -> Type {
    Type { attributes, content: Content::Sequence(places) }
}

/// Attributes alone.
pub const fn bare(attributes: &'static [Attribute]) -> Type {
    Type { attributes, content: Content::Sequence(&[]) }
}

/// Anything, without attributes.
pub static ANYTHING: Type = Type { attributes: &[], content: Content::Anything };
/// Anything in a body.
pub static BODY: Type =
    Type { attributes: &[optional("BodyType", Values::Any)], content: Content::Text(Values::Any) };
/// A text of any length.
pub static STRING: Type = text(Values::Any);
/// Yes or no.
pub static BOOL: Type = text(Values::Bool);
/// An instant.
pub static DATE_TIME: Type = text(Values::DateTime);

/// `t:FolderId`.
static FOLDER_ID: Type = bare(&[required("Id", Values::Any), optional("ChangeKey", Values::Any)]);
static DISTINGUISHED: Type = sequence(
    &[required("Id", Values::WordOf(DISTINGUISHED_NAMES)), optional("ChangeKey", Values::Any)],
    &[maybe(&[t("Mailbox", &ANYTHING)])],
);
/// The folders that have a name of their own (source: `DistinguishedFolderIdNameType`).
const DISTINGUISHED_NAMES: &str = "calendar contacts deleteditems drafts inbox journal notes outbox sentitems tasks msgfolderroot \
    publicfoldersroot root junkemail searchfolders voicemail recoverableitemsroot \
    recoverableitemsdeletions recoverableitemsversions recoverableitemspurges archiveroot \
    archivemsgfolderroot archivedeleteditems archiveinbox archiverecoverableitemsroot \
    archiverecoverableitemsdeletions archiverecoverableitemsversions archiverecoverableitemspurges \
    syncissues conflicts localfailures serverfailures recipientcache quickcontacts conversationhistory \
    adminauditlogs todosearch mycontacts directory imcontactlist peopleconnect favorites mecontact \
    personmetadata teamspaceactivity teamspacemessaging teamspaceworkitems scheduled orionnotes tagitems \
    alltaggeditems allcategorizeditems externalcontacts teamchat teamchathistory yammerdata yammerroot \
    yammerinbound yammeroutbound yammerfeeds kaizaladata messageingestion companycontacts";
/// A folder by its id or its name.
pub static FOLDER_REFERENCE: [Child; 2] =
    [t("FolderId", &FOLDER_ID), t("DistinguishedFolderId", &DISTINGUISHED)];
/// Folders.
pub static FOLDER_IDS: Type = sequence(&[], &[some(&FOLDER_REFERENCE)]);
/// One folder.
pub static TARGET_FOLDER: Type = sequence(&[], &[one(&FOLDER_REFERENCE)]);

/// `t:ItemId`.
pub static ITEM_ID: Type = bare(&[required("Id", Values::Any), optional("ChangeKey", Values::Any)]);
static OCCURRENCE_ITEM_ID: Type = bare(&[
    required("RecurringMasterId", Values::Any),
    optional("ChangeKey", Values::Any),
    required("InstanceIndex", Values::Between(i32::MIN as i64, i32::MAX as i64)),
]);
static RECURRING_MASTER_ITEM_ID: Type =
    bare(&[required("OccurrenceId", Values::Any), optional("ChangeKey", Values::Any)]);
/// Items by their ids.
pub static ITEM_IDS: Type = sequence(
    &[],
    &[some(&[
        t("ItemId", &ITEM_ID),
        t("OccurrenceItemId", &OCCURRENCE_ITEM_ID),
        t("RecurringMasterItemId", &RECURRING_MASTER_ITEM_ID),
    ])],
);

static BASE_SHAPE: Type = text(Values::OneOf(&["IdOnly", "Default", "AllProperties", "PcxPeopleSearch"]));
static BODY_TYPE: Type = text(Values::OneOf(&["Best", "HTML", "Text"]));
static FIELD_URI: Type = bare(&[required("FieldURI", Values::FieldUri)]);
static INDEXED_FIELD_URI: Type =
    bare(&[required("FieldURI", Values::IndexedFieldUri), required("FieldIndex", Values::Any)]);
static EXTENDED_FIELD_URI: Type = bare(&[
    optional("DistinguishedPropertySetId", Values::Any),
    optional("PropertySetId", Values::Any),
    optional("PropertyTag", Values::Any),
    optional("PropertyName", Values::Any),
    optional("PropertyId", Values::Any),
    required("PropertyType", Values::NotEmpty),
]);
/// Properties by name.
static PATHS: Type = sequence(
    &[],
    &[some(&[
        t("FieldURI", &FIELD_URI),
        t("IndexedFieldURI", &INDEXED_FIELD_URI),
        t("ExtendedFieldURI", &EXTENDED_FIELD_URI),
    ])],
);
/// Which properties of items to send.
pub static ITEM_SHAPE: Type = sequence(
    &[],
    &[
        one(&[t("BaseShape", &BASE_SHAPE)]),
        maybe(&[t("IncludeMimeContent", &BOOL)]),
        maybe(&[t("BodyType", &BODY_TYPE)]),
        maybe(&[t("UniqueBodyType", &BODY_TYPE)]),
        maybe(&[t("NormalizedBodyType", &BODY_TYPE)]),
        maybe(&[t("FilterHtmlContent", &BOOL)]),
        maybe(&[t("ConvertHtmlCodePageToUTF8", &BOOL)]),
        maybe(&[t("InlineImageUrlTemplate", &STRING)]),
        maybe(&[t("BlockExternalImages", &BOOL)]),
        maybe(&[t("AddBlankTargetToLinks", &BOOL)]),
        maybe(&[t("MaximumBodySize", &STRING)]),
        maybe(&[t("AdditionalProperties", &PATHS)]),
    ],
);
/// Which properties of folders, or of personas, to send.
pub static FOLDER_SHAPE: Type =
    sequence(&[], &[one(&[t("BaseShape", &BASE_SHAPE)]), maybe(&[t("AdditionalProperties", &PATHS)])]);

/// A page by its number.
pub static INDEXED_PAGE: Type = bare(&[
    optional("MaxEntriesReturned", Values::Between(1, i32::MAX as i64)),
    required("Offset", Values::Between(0, i32::MAX as i64)),
    required("BasePoint", Values::OneOf(&["Beginning", "End"])),
]);
