// The shapes that cross between the Rust core and the window. Rust owns them; written by the type generator.

export type ServiceName = 'calendar' | 'contacts' | 'directory';

export type ServiceState =
  | 'connected'
  | 'notConnected'
  | 'waitingForAdmin'
  | 'declined'
  | 'offByPolicy'
  | 'signInRequired'
  | 'blocked'
  | 'unavailable'
  | 'error';

export interface ServiceStatus {
  state: ServiceState;
  code?: string;
  message?: string;
  help?: string;
}

export type Code =
  | 'offline'
  | 'serverUnreachable'
  | 'throttled'
  | 'captivePortal'
  | 'tlsUntrusted'
  | 'proxyAuthentication'
  | 'signInRequired'
  | 'signInCancelled'
  | 'signInTimedOut'
  | 'signInRefused'
  | 'idTokenRefused'
  | 'browserNotOpened'
  | 'loopbackUnavailable'
  | 'unexpectedAnswer'
  | 'accountMismatch'
  | 'accountNotAllowed'
  | 'consentDeclined'
  | 'adminApprovalRequired'
  | 'blockedByOrganization'
  | 'mailboxUnavailable'
  | 'permissionMissing'
  | 'keychainUnavailable'
  | 'keychainLocked'
  | 'cacheUnusable'
  | 'cacheNewer'
  | 'diskFull'
  | 'policyInvalid'
  | 'policyRefused'
  | 'notConfigured'
  | 'misconfigured'
  | 'linkNotAllowed'
  | 'notFound'
  | 'internal';

export type Who = 'user' | 'administrator' | 'helpDesk' | 'nobody';

export interface Failure {
  code: Code;
  message: string;
  help: string;
  who: Who;
  detail: string | null;
}

export interface Account {
  name: string;
  username: string;
  tenantId: string | null;
  objectId: string | null;
}

export interface Calendar {
  id: string;
  name: string;
  colour: string | null;
  owner: string | null;
  isDefault: boolean;
}

export interface Snapshot {
  version: string;
  demo: boolean;
  now: string;
  timeZone: string;
  organization: { name: string | null; helpUrl: string | null; helpEmail: string | null };
  policy: { status: 'none' | 'ok' | 'problems' | 'refused'; asksEmail: boolean; maskPrivateMeetings: boolean };
  account: Account | null;
  signIn: {
    phase: 'idle' | 'browser' | 'finishing' | 'failed';
    purpose: 'signIn' | 'connect';
    failure: Failure | null;
  };
  showConnect: boolean;
  services: Record<ServiceName, ServiceStatus>;
  sync: {
    phase: 'idle' | 'running' | 'offline' | 'failed';
    asOf: string | null;
    stale: boolean;
    failure: Failure | null;
  };
  calendars: Calendar[];
  counts: { meetings: number; contacts: number };
  settings: { language: 'system' | 'en' | 'es'; theme: 'system' | 'light' | 'dark'; locked: string[] };
  cacheFailure: Failure | null;
}

export type ShowAs = 'free' | 'tentative' | 'busy' | 'oof' | 'workingElsewhere' | 'unknown';
export type Sensitivity = 'normal' | 'personal' | 'private' | 'confidential';
export type Response =
  | 'none'
  | 'organizer'
  | 'tentativelyAccepted'
  | 'accepted'
  | 'declined'
  | 'notResponded';

export interface MeetingRow {
  id: string;
  start: string;
  end: string;
  startDate: string | null;
  endDate: string | null;
  allDay: boolean;
  subject: string;
  location: string | null;
  joinProvider: string | null;
  canJoin: boolean;
  response: Response;
  showAs: ShowAs;
  sensitivity: Sensitivity;
  masked: boolean;
  cancelled: boolean;
  isOrganizer: boolean;
  attendees: number;
  organizer: string | null;
  calendarId: string;
  colour: string | null;
}

export interface Person {
  name: string;
  address: string;
}

export interface Attendee extends Person {
  kind: 'required' | 'optional' | 'resource';
  response: Response;
}

export interface CalendarRef {
  id: string;
  name: string;
  colour: string | null;
}

export interface Meeting {
  id: string;
  seriesId: string | null;
  subject: string;
  start: string;
  end: string;
  startDate: string | null;
  endDate: string | null;
  allDay: boolean;
  timeZone: string | null;
  showAs: ShowAs;
  sensitivity: Sensitivity;
  isOrganizer: boolean;
  organizer: Person | null;
  response: Response;
  cancelled: boolean;
  location: string | null;
  rooms: string[];
  attendees: Attendee[];
  joinUrl: string | null;
  joinProvider: string | null;
  onlineMeetingId: string | null;
  passcode: string | null;
  dialIn: string[];
  calendar: CalendarRef;
  webLink: string | null;
  preview: string | null;
  source: 'graph' | 'ews';
}

export interface Email {
  kind: string;
  address: string;
}

export interface Phone {
  kind: string;
  number: string;
}

export interface PostalAddress {
  kind: string;
  street: string | null;
  city: string | null;
  state: string | null;
  postalCode: string | null;
  country: string | null;
}

export interface Contact {
  id: string;
  name: string;
  givenName: string | null;
  surname: string | null;
  company: string | null;
  title: string | null;
  department: string | null;
  office: string | null;
  emails: Email[];
  phones: Phone[];
  addresses: PostalAddress[];
  birthday: string | null;
  categories: string[];
  folder: string | null;
  source: 'contacts' | 'directory' | 'ews';
  photo: boolean;
}

export interface ContactRow {
  id: string;
  name: string;
  company: string | null;
  title: string | null;
  letter: string;
  /** UTF-16 ranges in `name`, half-open. */
  matches: [number, number][];
  approximate: boolean;
}

export interface Agenda {
  rows: MeetingRow[];
}

export interface ContactPage {
  total: number;
  rows: ContactRow[];
}

export interface LetterOffset {
  letter: string;
  offset: number;
}

export type AppEvent =
  | { kind: 'snapshot'; snapshot: Snapshot }
  | { kind: 'cacheChanged'; what: 'meetings' | 'contacts' | 'calendars' };
