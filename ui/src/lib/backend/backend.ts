import type {
  AdminRequest,
  AdminRequestQuery,
  Agenda,
  AppEvent,
  Contact,
  ContactPage,
  ContactRow,
  ExchangeQuery,
  LetterOffset,
  Meeting,
  MeetingRow,
  PolicyPage,
  ServiceName,
  Snapshot,
  Start,
} from './generated/types';

export type * from './generated/types';

/** A text of at most `limit` hits. */
export interface SearchQuery {
  text: string;
  limit: number;
}

/**
 * Everything the window asks of the core. Each call may reject with a `Failure`.
 * Dates are local days (`YYYY-MM-DD`), both ends inclusive; all other times are instants.
 */
export interface Backend {
  start(): Promise<Start>;
  snapshot(): Promise<Snapshot>;

  agenda(q: { from: string; to: string }): Promise<Agenda>;
  meeting(q: { id: string }): Promise<Meeting>;
  busyDays(q: { from: string; to: string }): Promise<string[]>;
  searchMeetings(q: SearchQuery): Promise<MeetingRow[]>;
  join(q: { id: string }): Promise<void>;
  openInOutlook(q: { id: string }): Promise<void>;

  contacts(q: { text: string; offset: number; limit: number }): Promise<ContactPage>;
  letters(): Promise<LetterOffset[]>;
  contact(q: { id: string }): Promise<Contact>;
  meetingsWith(q: { address: string }): Promise<{ past: MeetingRow[]; next: MeetingRow[] }>;
  searchDirectory(q: { text: string }): Promise<ContactRow[]>;
  directoryPerson(q: { id: string }): Promise<Contact>;
  mail(q: { address: string }): Promise<void>;
  call(q: { number: string }): Promise<void>;

  signIn(q: { email: string | null }): Promise<void>;
  cancelSignIn(): Promise<void>;
  reopenBrowser(): Promise<void>;
  signInLink(): Promise<string>;
  connect(q: { services: ServiceName[]; asAdministrator: boolean }): Promise<void>;
  dismissConnect(): Promise<void>;
  /** Asks, without a browser, whether an administrator has consented meanwhile; answers whether something changed. */
  checkAgain(): Promise<boolean>;
  connectExchange(q: ExchangeQuery): Promise<void>;
  leaveExchange(): Promise<void>;
  /** The user says that the open page demands an administrator: the rest goes on, these services wait. */
  needsApproval(): Promise<void>;
  /** The text that asks an administrator, in the user's language; `email` says who asks while nobody is signed in. */
  adminRequest(q: AdminRequestQuery): Promise<AdminRequest>;
  /** Opens a mail with that text. */
  mailAdminRequest(q: AdminRequestQuery): Promise<void>;
  /** Looks up where the account's domain signs in; the answer comes with the next snapshot. */
  lookUpFederation(): Promise<void>;

  policyPage(): Promise<PolicyPage>;
  /** Reads the policy files again. */
  reloadPolicy(): Promise<PolicyPage>;

  sync(): Promise<void>;
  disconnect(): Promise<void>;
  signOut(q: { purge: boolean }): Promise<void>;
  setSetting(q: { key: 'language' | 'theme'; value: string }): Promise<void>;

  /** Says once that the first meeting row is on the screen. */
  painted(): void;
  /** Hears of changes until the returned function is called. */
  on(listener: (event: AppEvent) => void): () => void;
}
