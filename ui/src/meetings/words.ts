import type { MeetingRow, Response } from '$lib/backend/backend';
import { m } from '$lib/paraglide/messages.js';

const PROVIDERS: Record<string, string> = {
  teams: 'Teams',
  zoom: 'Zoom',
  meet: 'Google Meet',
  webex: 'Webex',
  skype: 'Skype',
  gotomeeting: 'GoTo Meeting',
  goto: 'GoTo Meeting',
  bluejeans: 'BlueJeans',
  chime: 'Amazon Chime',
  jitsi: 'Jitsi',
  whereby: 'Whereby',
  ringcentral: 'RingCentral',
  around: 'Around',
};

/** The provider's own spelling; an unknown one is named by its id with a capital. */
export function providerName(id: string | null): string | null {
  if (!id) return null;
  return PROVIDERS[id] ?? id.charAt(0).toUpperCase() + id.slice(1);
}

/** The title of a row: what the policy masks never shows its subject. */
export function title(row: Pick<MeetingRow, 'subject' | 'masked'>): string {
  if (row.masked) return m.private_meeting();
  return row.subject.trim() || m.no_subject();
}

/** The states of a row, in words, the weightiest first. */
export function states(row: MeetingRow): string[] {
  const words: string[] = [];
  if (row.cancelled) words.push(m.state_cancelled());
  else if (row.response === 'declined') words.push(m.state_declined_meeting());
  else if (row.response === 'tentativelyAccepted') words.push(m.state_tentative());
  else if (row.response === 'notResponded' && !row.isOrganizer) words.push(m.state_not_answered());
  if (row.sensitivity === 'private' && !row.masked) words.push(m.state_private());
  if (row.sensitivity === 'confidential') words.push(m.state_confidential());
  if (row.sensitivity === 'personal') words.push(m.state_personal());
  return words;
}

/** Where and with whom, in one line. */
export function meta(row: MeetingRow, people: (count: number) => string): string {
  if (row.masked) return '';
  const link = row.canJoin ? (providerName(row.joinProvider) ?? m.online_meeting()) : m.no_online();
  const location = row.location && !/^https?:/iu.test(row.location) ? row.location : null;
  const organizer = row.isOrganizer ? null : row.organizer;
  const parts = [link, organizer, location, row.people > 2 ? people(row.people) : null];
  return parts
    .filter((part) => part !== null)
    .map(isolate)
    .join(' · ');
}

/** A span as people say it: `18 min`, `2 h`, `1 h 5 min`. Rounded up to whole minutes. */
export function duration(milliseconds: number): string {
  const minutes = Math.max(1, Math.ceil(milliseconds / 60_000));
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return m.minutes({ n: minutes });
  return rest === 0 ? m.hours({ h: hours }) : m.hours_minutes({ h: hours, m: rest });
}

export function answer(response: Response): string {
  switch (response) {
    case 'organizer':
      return m.organizer();
    case 'accepted':
      return m.answer_accepted();
    case 'declined':
      return m.answer_declined();
    case 'tentativelyAccepted':
      return m.answer_tentative();
    default:
      return m.answer_none();
  }
}

/** The shape of a row's bar: what is uncertain is not drawn as a full line. */
export function shape(row: MeetingRow): 'solid' | 'dashed' | 'hollow' | 'dotted' {
  if (row.cancelled || row.response === 'declined') return 'dotted';
  if (row.response === 'tentativelyAccepted') return 'dashed';
  return row.response === 'notResponded' && !row.isOrganizer ? 'hollow' : 'solid';
}

/** A calendar's colour if it is one; anything else a server sends never reaches the style. */
export function safeColour(colour: string | null): string | null {
  return colour && /^#[0-9a-f]{6}$/iu.test(colour) ? colour : null;
}

/** Keeps a name's writing direction to itself (Unicode FIRST STRONG ISOLATE), so that neighbours stay in place. */
export function isolate(text: string): string {
  return `\u2068${text}\u2069`;
}
