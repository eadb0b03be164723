//! Names of properties (source: `UnindexedFieldURIType` and `DictionaryURIType` of types.xsd, as far as folders,
//! items, calendar items, contacts, groups and personas go).

const FOLDER: &str = "FolderId ParentFolderId DisplayName UnreadCount TotalCount ChildFolderCount FolderClass \
    SearchParameters ManagedFolderInformation PermissionSet EffectiveRights DistinguishedFolderId \
    SharingEffectiveRights PolicyTag ArchiveTag ReplicaList";
const ITEM: &str = "ItemId ParentFolderId ItemClass MimeContent Attachments Subject DateTimeReceived Size Categories \
    HasAttachments Importance InReplyTo InternetMessageHeaders IsAssociated IsDraft IsFromMe IsResend \
    IsSubmitted IsUnmodified DateTimeSent DateTimeCreated Body ResponseObjects Sensitivity ReminderDueBy \
    ReminderIsSet ReminderNextTime ReminderMinutesBeforeStart DisplayTo DisplayCc DisplayBcc Culture \
    EffectiveRights LastModifiedName LastModifiedTime ConversationId UniqueBody Flag StoreEntryId \
    InstanceKey NormalizedBody EntityExtractionResult PolicyTag ArchiveTag RetentionDate Preview \
    NextPredictedAction GroupingAction PredictedActionReasons IsClutter RightsManagementLicenseData \
    BlockStatus HasBlockedImages WebClientReadFormQueryString WebClientEditFormQueryString TextBody \
    IconIndex MimeContentUTF8";
const CALENDAR: &str = "Start End OriginalStart StartWallClock EndWallClock StartTimeZoneId EndTimeZoneId IsAllDayEvent \
    LegacyFreeBusyStatus Location EnhancedLocation When IsMeeting IsCancelled IsRecurring \
    MeetingRequestWasSent IsResponseRequested CalendarItemType MyResponseType Organizer \
    RequiredAttendees OptionalAttendees Resources ConflictingMeetingCount AdjacentMeetingCount \
    ConflictingMeetings AdjacentMeetings InboxReminders Duration TimeZone AppointmentReplyTime \
    AppointmentSequenceNumber AppointmentState Recurrence FirstOccurrence LastOccurrence \
    ModifiedOccurrences DeletedOccurrences MeetingTimeZone ConferenceType AllowNewTimeProposal \
    IsOnlineMeeting MeetingWorkspaceUrl NetShowUrl UID RecurrenceId DateTimeStamp StartTimeZone \
    EndTimeZone JoinOnlineMeetingUrl OnlineMeetingSettings IsOrganizer AppointmentReplyName \
    IsSeriesCancelled CharmId TravelTimeCalendarEventId EventEmailId MeetingBody";
const CONTACTS: &str = "Alias AssistantName Birthday BusinessHomePage Children Companies CompanyName CompleteName \
    ContactSource Culture Department DisplayName DirectoryId DirectReports EmailAddresses \
    AbchEmailAddresses FileAs FileAsMapping Generation GivenName ImAddresses Initials JobTitle Manager \
    ManagerMailbox MiddleName Mileage MSExchangeCertificate Nickname Notes OfficeLocation PhoneNumbers \
    PhoneticFullName PhoneticFirstName PhoneticLastName Photo PhysicalAddresses PostalAddressIndex \
    Profession SpouseName Surname WeddingAnniversary UserSMIMECertificate HasPicture AccountName \
    IsAutoUpdateDisabled Comment ContactLinkId ContactTag IsMessengerEnabled HasMessengerPicture \
    IsFavorite YomiFirstName YomiLastName YomiCompanyName BirthdayLocal";
const OTHERS: &str = "distributionlist:Members message:IsRead message:From message:Sender message:ToRecipients \
    message:CcRecipients message:BccRecipients message:InternetMessageId message:ReplyTo \
    postitem:PostedTime";
/// Properties that are made of entries with a key each.
const INDEXED: &str = "item:InternetMessageHeader contacts:ImAddress contacts:PhysicalAddress:Street \
    contacts:PhysicalAddress:City contacts:PhysicalAddress:State \
    contacts:PhysicalAddress:CountryOrRegion contacts:PhysicalAddress:PostalCode contacts:PhoneNumber \
    contacts:EmailAddress distributionlist:Members:Member contacts:PhysicalAddress \
    contacts:AbchEmailAddress";

/// Whether there is a property of that name. Of personas, tasks and meeting messages any name passes.
#[must_use]
pub fn is_field(uri: &str) -> bool {
    let Some((group, name)) = uri.split_once(':') else { return false };
    match group {
        "folder" => lists(FOLDER, name),
        "item" => lists(ITEM, name),
        "calendar" => lists(CALENDAR, name),
        "contacts" => lists(CONTACTS, name),
        "persona" | "task" | "meeting" | "meetingRequest" | "conversation" => !name.is_empty(),
        _ => lists(OTHERS, uri),
    }
}

/// Whether there is a property of that name that has entries.
#[must_use]
pub fn is_indexed(uri: &str) -> bool {
    lists(INDEXED, uri)
}

fn lists(names: &str, name: &str) -> bool {
    names.split_ascii_whitespace().any(|known| known == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_whole_and_in_their_group() {
        let check = |uri: &str, expected: bool| assert_eq!(is_field(uri), expected, "{uri}");
        check("calendar:Start", true);
        check("calendar:start", false);
        check("calendar:Subject", false);
        check("item:TextBody", true);
        check("folder:DistinguishedFolderId", true);
        check("Start", false);
        assert!(is_indexed("contacts:PhysicalAddress:City"));
        assert!(!is_indexed("contacts:EmailAddresses"));
    }
}
