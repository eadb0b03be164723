// Generated from Rust by `cargo xtask types`. Do not edit.

export type Code = "offline" | "serverUnreachable" | "serverFailing" | "throttled" | "captivePortal" | "tlsUntrusted" | "proxyAuthentication" | "signInRequired" | "notConnected" | "offByPolicy" | "signInCancelled" | "signInTimedOut" | "signInRefused" | "idTokenRefused" | "browserNotOpened" | "loopbackUnavailable" | "unexpectedAnswer" | "accountMismatch" | "accountNotAllowed" | "consentDeclined" | "adminApprovalRequired" | "blockedByOrganization" | "mailboxUnavailable" | "permissionMissing" | "passwordRequired" | "passwordRefused" | "noCommonSignIn" | "extendedProtection" | "hostNotTrusted" | "exchangeNotFound" | "exchangeDenied" | "tokenRefused" | "ewsRetired" | "keychainUnavailable" | "keychainLocked" | "cacheUnusable" | "cacheNewer" | "diskFull" | "policyInvalid" | "policyRefused" | "policyOverruled" | "notConfigured" | "misconfigured" | "linkNotAllowed" | "notFound" | "internal";

export type Who = "user" | "administrator" | "helpDesk" | "nobody";

export type Reason = "notConsented" | "notGranted" | "needsApproval" | "approvalRequested" | "notAssigned" | "conditionalAccess" | "deviceRules" | "risk" | "moreProof" | "expired" | "wrongPlatform" | "revoked" | "passwordExpired" | "wrongPassword" | "askedWhichApp" | "accountDisabled" | "accountLocked" | "unknownAccount" | "foreignAccount" | "tenantRestricted" | "tenantNotFound" | "otherCloud" | "appNotFound" | "appDisabled" | "singleTenantApp" | "redirectNotRegistered" | "notPublicClient" | "serviceMissing" | "attemptOver" | "busy" | "loop" | "programFault" | "noSession";

export type Failure = { 
/**
 * The cause.
 */
code: Code, 
/**
 * One true sentence, in English.
 */
message: string, 
/**
 * What to do, in English.
 */
help: string, 
/**
 * Who can do it.
 */
who: Who, 
/**
 * A line to copy for support: codes, correlation id, time. Never a secret.
 */
detail: string | null, 
/**
 * Why Microsoft refused, where its number says more than the code.
 */
reason?: Reason, };

export type ServiceName = "calendar" | "contacts" | "directory";

export type ServiceState = "connected" | "notConnected" | "waitingForAdmin" | "declined" | "offByPolicy" | "signInRequired" | "blocked" | "unavailable" | "error";

export type ServiceStatus = { 
/**
 * The state.
 */
state: ServiceState, 
/**
 * Stable code of the cause, where there is one.
 */
code?: string, 
/**
 * One true sentence.
 */
message?: string, 
/**
 * What to do, and who can do it.
 */
help?: string, 
/**
 * The server's own reason by name, where it says more than the code: windows have texts for it in every language.
 */
reason?: string, 
/**
 * A line for support: codes and correlation id. Never a secret.
 */
detail?: string, };

export type ShowAs = "free" | "tentative" | "busy" | "oof" | "workingElsewhere" | "unknown";

export type Sensitivity = "normal" | "personal" | "private" | "confidential";

export type Response = "none" | "organizer" | "tentativelyAccepted" | "accepted" | "declined" | "notResponded";

export type AttendeeKind = "required" | "optional" | "resource";

export type MeetingSource = "graph" | "ews";

export type Person = { 
/**
 * The display name; the address where there is none.
 */
name: string, 
/**
 * The SMTP address.
 */
address: string, };

export type Attendee = { 
/**
 * The display name; the address where there is none.
 */
name: string, 
/**
 * The SMTP address.
 */
address: string, 
/**
 * How they are invited.
 */
kind: AttendeeKind, 
/**
 * What they answered.
 */
response: Response, };

export type CalendarRef = { 
/**
 * The server's id.
 */
id: string, 
/**
 * The display name.
 */
name: string, 
/**
 * `#rrggbb`, absent where the server names none.
 */
colour: string | null, };

export type Meeting = { 
/**
 * The immutable id of the server.
 */
id: string, 
/**
 * The id of the series master, for occurrences and exceptions.
 */
seriesId: string | null, 
/**
 * The subject as sent; empty where there is none.
 */
subject: string, 
/**
 * Start as an instant. All-day: midnight UTC of `start_date`.
 */
start: string, 
/**
 * End as an instant, exclusive. All-day: midnight UTC of `end_date`.
 */
end: string, 
/**
 * First day, for all-day meetings only. A floating date, never converted between zones.
 */
startDate: string | null, 
/**
 * Day after the last day, for all-day meetings only.
 */
endDate: string | null, 
/**
 * Whether it lasts whole days.
 */
allDay: boolean, 
/**
 * The zone it was made in: an IANA name, or the server's own text where that is unknown.
 */
timeZone: string | null, 
/**
 * What it does to the calendar's owner's availability.
 */
showAs: ShowAs, 
/**
 * Who may see its content.
 */
sensitivity: Sensitivity, 
/**
 * Whether the mailbox's owner organizes it.
 */
isOrganizer: boolean, 
/**
 * Who organizes it.
 */
organizer: Person | null, 
/**
 * The owner's answer.
 */
response: Response, 
/**
 * Cancelled by its organizer, yet still in the calendar.
 */
cancelled: boolean, 
/**
 * Where, as text; absent when empty.
 */
location: string | null, 
/**
 * Names of the attendees that are rooms or other resources, in the server's order.
 */
rooms: Array<string>, 
/**
 * Everybody invited, resources included, in the server's order.
 */
attendees: Array<Attendee>, 
/**
 * The link to join, unwrapped from mail scanners; https only.
 */
joinUrl: string | null, 
/**
 * Whose link it is: `teams`, `zoom`, `meet`, `webex`, …; absent for a host that is not known.
 */
joinProvider: string | null, 
/**
 * The provider's number of the meeting: the path's id of Zoom and Meet, the conference id of Teams.
 */
onlineMeetingId: string | null, 
/**
 * The passcode that the invitation's text names.
 */
passcode: string | null, 
/**
 * Telephone numbers to dial in: the toll number first, then the free ones.
 */
dialIn: Array<string>, 
/**
 * The calendar it lies in.
 */
calendar: CalendarRef, 
/**
 * The page of the meeting in Outlook on the web.
 */
webLink: string | null, 
/**
 * The first characters of the text, plain; absent when empty.
 */
preview: string | null, 
/**
 * Which protocol it came by.
 */
source: MeetingSource, };

export type ContactSource = "contacts" | "directory" | "ews";

export type Email = { 
/**
 * `email` for the addresses of a contact, `work` for those of the directory.
 */
kind: string, 
/**
 * The SMTP address.
 */
address: string, };

export type Phone = { 
/**
 * `mobile`, `business` or `home`.
 */
kind: string, 
/**
 * The number as written.
 */
number: string, };

export type PostalAddress = { 
/**
 * `business`, `home` or `other`.
 */
kind: string, 
/**
 * Street and number.
 */
street: string | null, 
/**
 * City.
 */
city: string | null, 
/**
 * State or province.
 */
state: string | null, 
/**
 * Postal code.
 */
postalCode: string | null, 
/**
 * Country or region.
 */
country: string | null, };

export type Contact = { 
/**
 * The immutable id of the server.
 */
id: string, 
/**
 * The display name; where empty: given name and surname, else company, else the first address.
 */
name: string, 
/**
 * Given name.
 */
givenName: string | null, 
/**
 * Surname.
 */
surname: string | null, 
/**
 * Company.
 */
company: string | null, 
/**
 * Job title.
 */
title: string | null, 
/**
 * Department.
 */
department: string | null, 
/**
 * Office location.
 */
office: string | null, 
/**
 * Mail addresses in the server's order.
 */
emails: Array<Email>, 
/**
 * Telephone numbers: mobile, then business, then home.
 */
phones: Array<Phone>, 
/**
 * Postal addresses: business, then home, then other; empty ones left out.
 */
addresses: Array<PostalAddress>, 
/**
 * Birthday, as a date.
 */
birthday: string | null, 
/**
 * Categories in the server's order.
 */
categories: Array<string>, 
/**
 * Name of the folder; absent for the default folder.
 */
folder: string | null, 
/**
 * Where it came from.
 */
source: ContactSource, 
/**
 * Whether a photo is known to exist.
 */
photo: boolean, };

export type ExchangeFound = "policy" | "person" | "autodiscover";

export type ExchangeMethod = "oauth" | "ntlm" | "basic";

export type ExchangeAsk = "server" | "trust" | "password" | "browser";

export type EwsEnd = { 
/**
 * The first day on which it is off where the organization did not choose otherwise.
 */
offByDefault: string, 
/**
 * The first day on which nobody has it.
 */
switchedOff: string, };

export type ExchangeView = { 
/**
 * Whether meetings and contacts come from it; otherwise they come from Microsoft 365.
 */
inUse: boolean, 
/**
 * Its EWS address, where one is known.
 */
url: string | null, 
/**
 * Who named it.
 */
found: ExchangeFound | null, 
/**
 * How it is signed in at.
 */
method: ExchangeMethod | null, 
/**
 * The user name there.
 */
user: string | null, 
/**
 * What it waits for from the person.
 */
asks: ExchangeAsk | null, 
/**
 * The host that the person is asked to trust.
 */
host: string | null, 
/**
 * Whether it is asked because Microsoft 365 said that the mailbox is not there; otherwise the policy or the person
 * chose it.
 */
notInCloud: boolean, 
/**
 * When EWS ends there, if the address is Exchange Online's.
 */
ends: EwsEnd | null, };

export type ExchangeQuery = { 
/**
 * Its EWS address; the policy's goes before.
 */
url: string | null, 
/**
 * User name there.
 */
user: string | null, 
/**
 * Password there. Kept in the keychain once the server took it.
 */
password: string | null, 
/**
 * The foreign host that the person trusts.
 */
trust: string | null, };

export type Organization = { 
/**
 * Its name.
 */
name: string | null, 
/**
 * Its help page.
 */
helpUrl: string | null, 
/**
 * Its help address.
 */
helpEmail: string | null, };

export type PolicyStatus = "none" | "ok" | "problems" | "refused";

export type Permissions = { 
/**
 * Calendars.
 */
calendar: 'none' | 'read' | 'readWrite', 
/**
 * Contacts.
 */
contacts: 'none' | 'read', 
/**
 * Directory.
 */
directory: 'none' | 'basic', };

export type AuthorizeWith = "auto" | "oauth" | "ews";

export type PolicyView = { 
/**
 * Overall status.
 */
status: PolicyStatus, 
/**
 * Whether the sign-in view asks for an e-mail address.
 */
asksEmail: boolean, 
/**
 * Whether private meetings are masked in lists.
 */
maskPrivateMeetings: boolean, 
/**
 * Whether people may consent for themselves.
 */
userConsent: boolean, 
/**
 * What the policy permits the app to ask for.
 */
permissions: Permissions, 
/**
 * How the mailbox is authorized, and whether the user may choose.
 */
authorizeWith: AuthorizeWith, 
/**
 * Whether the policy leaves that choice to the user.
 */
mayChooseEws: boolean, 
/**
 * The EWS address that the policy names.
 */
ewsUrl: string | null, 
/**
 * Which Microsoft cloud the organization lives in.
 */
cloud: 'global' | 'usGov' | 'usGovDod' | 'china' | 'custom', 
/**
 * The keys that nobody but the administrator can change.
 */
enforced: string[], };

export type FederationKind = "federated" | "managed" | "unknown";

export type Federation = { 
/**
 * Where.
 */
kind: FederationKind, 
/**
 * The domain.
 */
domain: string, };

export type Account = { 
/**
 * Display name.
 */
name: string, 
/**
 * User name, most often the mail address.
 */
username: string, 
/**
 * Entra tenant id, where known.
 */
tenantId: string | null, 
/**
 * Entra object id, where known.
 */
objectId: string | null, };

export type SignInPhase = "idle" | "browser" | "finishing" | "failed";

export type Purpose = "signIn" | "connect";

export type SignIn = { 
/**
 * How far it is.
 */
phase: SignInPhase, 
/**
 * What it is for.
 */
purpose: Purpose, 
/**
 * The services that the open page asks for; none for SSO.
 */
services: Array<ServiceName>, 
/**
 * Why it failed.
 */
failure: Failure | null, };

export type Services = { 
/**
 * Calendars.
 */
calendar: ServiceStatus, 
/**
 * Contacts.
 */
contacts: ServiceStatus, 
/**
 * Directory.
 */
directory: ServiceStatus, };

export type SyncPhase = "idle" | "running" | "offline" | "failed";

export type SyncView = { 
/**
 * What it does now.
 */
phase: SyncPhase, 
/**
 * When the cache last equalled the server.
 */
asOf: string | null, 
/**
 * Whether that is longer ago than it should be.
 */
stale: boolean, 
/**
 * Why the last round failed.
 */
failure: Failure | null, };

export type Calendar = { 
/**
 * The server's id.
 */
id: string, 
/**
 * Name.
 */
name: string, 
/**
 * `#rrggbb`.
 */
colour: string | null, 
/**
 * Owner's address.
 */
owner: string | null, 
/**
 * Whether it is the default one.
 */
isDefault: boolean, };

export type Counts = { 
/**
 * Meetings.
 */
meetings: number, 
/**
 * Contacts.
 */
contacts: number, };

export type SettingsView = { 
/**
 * `system`, `en` or `es`.
 */
language: 'system' | 'en' | 'es', 
/**
 * `system`, `light` or `dark`.
 */
theme: 'system' | 'light' | 'dark', 
/**
 * Keys that policy enforces.
 */
locked: Array<string>, };

export type Snapshot = { 
/**
 * The program's version.
 */
version: string, 
/**
 * Whether it runs against the embedded simulated tenant.
 */
demo: boolean, 
/**
 * The current instant.
 */
now: string, 
/**
 * The local zone's IANA name.
 */
timeZone: string, 
/**
 * Who manages this installation.
 */
organization: Organization, 
/**
 * How the policy stands.
 */
policy: PolicyView, 
/**
 * Who is signed in.
 */
account: Account | null, 
/**
 * The browser leg under way, if any.
 */
signIn: SignIn, 
/**
 * Whether the prompt rule says to show the connect view now.
 */
showConnect: boolean, 
/**
 * State of each service.
 */
services: Services, 
/**
 * The Exchange server of an on-premises mailbox.
 */
exchange: ExchangeView, 
/**
 * State of the synchronization.
 */
sync: SyncView, 
/**
 * Calendars of the mailbox.
 */
calendars: Array<Calendar>, 
/**
 * How much is cached.
 */
counts: Counts, 
/**
 * The user's settings.
 */
settings: SettingsView, 
/**
 * Why the cache can't be read, if it can't.
 */
cacheFailure: Failure | null, 
/**
 * Where the account's domain signs in, as asked for in the profile.
 */
federation: Federation | null, };

export type MeetingRow = { 
/**
 * Id.
 */
id: string, 
/**
 * Start as an instant.
 */
start: string, 
/**
 * End as an instant.
 */
end: string, 
/**
 * First day, all-day only.
 */
startDate: string | null, 
/**
 * Day after the last, all-day only.
 */
endDate: string | null, 
/**
 * Whether it lasts whole days.
 */
allDay: boolean, 
/**
 * Subject; empty where masked.
 */
subject: string, 
/**
 * Place.
 */
location: string | null, 
/**
 * Provider of the link.
 */
joinProvider: string | null, 
/**
 * Whether there is a link to join.
 */
canJoin: boolean, 
/**
 * The owner's answer.
 */
response: Response, 
/**
 * Availability.
 */
showAs: ShowAs, 
/**
 * Sensitivity.
 */
sensitivity: Sensitivity, 
/**
 * Whether policy hides subject and place in lists.
 */
masked: boolean, 
/**
 * Cancelled.
 */
cancelled: boolean, 
/**
 * Whether the owner organizes it.
 */
isOrganizer: boolean, 
/**
 * How many people take part, the organizer included; rooms are no people.
 */
people: number, 
/**
 * Organizer's name.
 */
organizer: string | null, 
/**
 * Calendar.
 */
calendarId: string, 
/**
 * Calendar's colour.
 */
colour: string | null, };

export type Agenda = { 
/**
 * The rows.
 */
rows: Array<MeetingRow>, };

export type Start = { 
/**
 * The state.
 */
snapshot: Snapshot, 
/**
 * Meetings from yesterday on: as many as fill a window.
 */
agenda: Agenda, 
/**
 * The last day that they are of, at most two weeks ahead.
 */
to: string, };

export type ContactRow = { 
/**
 * Id.
 */
id: string, 
/**
 * Name.
 */
name: string, 
/**
 * Company.
 */
company: string | null, 
/**
 * Title.
 */
title: string | null, 
/**
 * Heading it stands under.
 */
letter: string, 
/**
 * Spans of the name that matched, in UTF-16 units.
 */
matches: Array<[number, number]>, 
/**
 * Found in spite of a slip.
 */
approximate: boolean, };

export type ContactPage = { 
/**
 * How many match in all.
 */
total: number, 
/**
 * The page.
 */
rows: Array<ContactRow>, };

export type LetterOffset = { 
/**
 * The heading.
 */
letter: string, 
/**
 * Row number of its first contact.
 */
offset: number, };

export type MeetingsWith = { 
/**
 * The latest past ones, newest first.
 */
past: Array<MeetingRow>, 
/**
 * The next ones.
 */
next: Array<MeetingRow>, };

export type AdminRequest = { 
/**
 * Subject of a mail.
 */
subject: string, 
/**
 * Plain text.
 */
text: string, 
/**
 * The page on which an administrator consents; opens on any computer.
 */
link: string, };

export type Changed = "meetings" | "contacts" | "calendars";

export type AppEvent = { "kind": "snapshot", 
/**
 * The new state.
 */
snapshot: Snapshot, } | { "kind": "cacheChanged", 
/**
 * Which.
 */
what: Changed, };

export type PolicyLevel = "enforced" | "default" | "product";

export type PolicyDoc = { 
/**
 * English.
 */
en: string, 
/**
 * Spanish.
 */
es: string, };

export type PolicyMessage = { 
/**
 * Which sentence. `None`: a name or a value, which reads the same in every language.
 */
sentence: PolicySentence | null, 
/**
 * The name or value; of a sentence its English text.
 */
text: string, 
/**
 * What the sentence tells of.
 */
values: Record<string, PolicyMessage>, };

export type PolicyProblemKind = "refused" | "untrusted" | "overruled" | "encoding" | "syntax" | "unknownKey" | "misplaced" | "duplicateKey" | "wrongType" | "invalidValue" | "conflict" | "doubtful";

export type PolicyRow = { 
/**
 * The key, such as `sync.pastDays`.
 */
key: string, 
/**
 * Its value as JSON.
 */
value: string, 
/**
 * Which level decided it.
 */
level: PolicyLevel, 
/**
 * The file that decided it; absent for the product's default.
 */
file: string | null, 
/**
 * Line of the key in that file, from 1.
 */
line: number | null, 
/**
 * One sentence on the key.
 */
doc: PolicyDoc, 
/**
 * Whether a problem concerns it.
 */
hasProblem: boolean, };

export type PolicyProblem = { 
/**
 * The file.
 */
file: string, 
/**
 * Line, from 1; absent where it is no file.
 */
line: number | null, 
/**
 * Column in characters, from 1.
 */
column: number | null, 
/**
 * What sort of problem it is.
 */
kind: PolicyProblemKind, 
/**
 * The key with its level, where it is about one.
 */
key: string | null, 
/**
 * One sentence.
 */
message: PolicyMessage, 
/**
 * What was probably meant.
 */
suggestion: PolicyMessage | null, 
/**
 * Whether nobody may sign in until it is mended.
 */
blocksSignIn: boolean, 
/**
 * Whether it is only worth a look, and as it should be.
 */
isNote: boolean, };

export type PolicyPage = { 
/**
 * Overall status.
 */
status: PolicyStatus, 
/**
 * The files in force, in the order of the merge.
 */
files: Array<string>, 
/**
 * When the files were read.
 */
readAt: string, 
/**
 * Whether the files on disk differ from what is in force, because they can't be used as they are.
 */
keptLastGood: boolean, 
/**
 * Every key, in the order of the documentation.
 */
rows: Array<PolicyRow>, 
/**
 * Everything that is wrong, file by file.
 */
problems: Array<PolicyProblem>, };

export type Days = { 
/**
 * First day.
 */
from: string, 
/**
 * Last day.
 */
to: string, };

export type AdminRequestQuery = { 
/**
 * `en` or `es`.
 */
language: 'en' | 'es', 
/**
 * Who asks, where nobody is signed in: the address that was typed. What can be none is left out.
 */
email?: string, };

export type ById = { 
/**
 * The id.
 */
id: string, };

export type Search = { 
/**
 * What was typed.
 */
text: string, 
/**
 * Rows wanted at most.
 */
limit: number, };

export type DirectorySearch = { 
/**
 * What was typed.
 */
text: string, };

export type ContactsPage = { 
/**
 * What was typed; empty for all.
 */
text: string, 
/**
 * First row.
 */
offset: number, 
/**
 * Rows wanted at most.
 */
limit: number, };

export type ByAddress = { 
/**
 * The address.
 */
address: string, };

export type ByNumber = { 
/**
 * The number.
 */
number: string, };

export type SignInQuery = { 
/**
 * The work address, where it was asked for.
 */
email: string | null, };

export type ConnectQuery = { 
/**
 * The services; none means every permitted one.
 */
services: Array<ServiceName>, 
/**
 * Consent for the organization.
 */
asAdministrator: boolean, };

export type SignOutQuery = { 
/**
 * Destroy the cache too.
 */
purge: boolean, };

export type SetSetting = { 
/**
 * `language` or `theme`.
 */
key: string, 
/**
 * The new value.
 */
value: string, };

export type PolicySentence = "wrong_type" | "out_of_range" | "not_one_of" | "not_a" | "not_a_tenant" | "too_many_items" | "empty_list" | "control_character" | "blank" | "too_long" | "url_space" | "url_none" | "url_plain_http" | "url_not_https" | "url_no_host" | "url_password" | "url_fragment" | "url_query" | "true_or_false" | "whole_number" | "number" | "text" | "list" | "list_of_texts" | "object" | "one_of" | "whole_number_between" | "line_of_text" | "domain" | "tenant" | "guid" | "url" | "mail_address" | "or_null" | "list_of_each" | "list_of_some" | "dictionary" | "fraction" | "unknown" | "misplaced" | "again" | "more_than_once" | "must_hold_settings" | "nested" | "at_the_top" | "below_enforced" | "among_enforced" | "needs" | "custom_needs" | "only_custom" | "ews_ended" | "ews_passwords" | "nobody" | "not_an_object" | "empty_file" | "unlisted" | "no_such_file" | "too_large" | "utf16" | "nul_byte" | "not_utf8" | "a_folder" | "a_device" | "cannot_open" | "cannot_read" | "cannot_read_folder" | "foreign_owner" | "others_write" | "too_many_files" | "overruled" | "managed_unreadable" | "permission_denied" | "system_error" | "dangling_link" | "json_number" | "json_no_digit" | "json_no_colon" | "json_no_value" | "json_no_name" | "json_no_comma" | "json_many_values" | "json_single_quotes" | "json_brace" | "json_bracket" | "json_colon" | "json_comma" | "json_token" | "json_word" | "json_open_list" | "json_open_comment" | "json_open_object" | "json_open_text" | "json_escape" | "json_depth" | "huge_number" | "mixed_list" | "date" | "data" | "not_ordinary" | "plist_too_large" | "plist_no_dictionary" | "plist_broken" | "expand_text" | "binary" | "other_type" | "unreadable_value";
