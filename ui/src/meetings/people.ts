import type { Meeting, Response } from '$lib/backend/backend';
import { m } from '$lib/paraglide/messages.js';

/** Somebody to list under a meeting. */
export interface Invited {
  name: string;
  address: string;
  response: Response;
  optional: boolean;
  me: boolean;
}

const ORDER: Response[] = ['organizer', 'accepted', 'tentativelyAccepted', 'notResponded', 'none', 'declined'];

/** Organizer, then the user, then by answer; rooms are places, not people. */
export function invited(meeting: Meeting, me: string): Invited[] {
  const organizer = meeting.organizer;
  const people: Invited[] = meeting.attendees
    .filter((attendee) => attendee.kind !== 'resource' && !same(attendee.address, organizer?.address))
    .map((attendee) => ({
      name: attendee.name || attendee.address,
      address: attendee.address,
      response: attendee.response,
      optional: attendee.kind === 'optional',
      me: same(attendee.address, me),
    }));
  const rank = (person: Invited) => (person.me ? 0 : ORDER.indexOf(person.response) + 1);
  people.sort((a, b) => rank(a) - rank(b));
  if (!organizer || (people.length === 0 && same(organizer.address, me))) return people;
  const first = { name: organizer.name || organizer.address, address: organizer.address };
  return [{ ...first, response: 'organizer', optional: false, me: same(organizer.address, me) }, ...people];
}

/** How many answered what; the organizer's own presence counts as accepted. */
export function summary(people: readonly Invited[]): string[] {
  const count = (...responses: Response[]) => people.filter((one) => responses.includes(one.response)).length;
  const parts: [number, (inputs: { n: number }) => string][] = [
    [count('accepted', 'organizer'), m.sum_accepted],
    [count('tentativelyAccepted'), m.sum_tentative],
    [count('declined'), m.sum_declined],
    [count('notResponded', 'none'), m.sum_none],
  ];
  return parts.filter(([n]) => n > 0).map(([n, text]) => text({ n }));
}

function same(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && a !== '' && a.toLowerCase() === b.toLowerCase();
}
