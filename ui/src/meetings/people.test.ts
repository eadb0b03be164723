import { describe, expect, it } from 'vitest';
import type { Meeting } from '$lib/backend/backend';
import { guest, ME, person, timed } from '$lib/backend/fixtures/build';
import { invited, summary } from './people';

const meeting = (rest: Partial<Meeting>) => timed('2026-03-12', '09:00', '10:00', 'a', rest);
const me = { ...ME, kind: 'required' as const, response: 'accepted' as const };
const names = (rest: Partial<Meeting>) => invited(meeting(rest), ME.address.toUpperCase()).map((one) => one.name);

describe('invited', () => {
  it('lists organizer, user, then by answer', () =>
    expect(
      names({
        organizer: person('Org'),
        attendees: [guest('No', 'declined'), guest('Yes'), guest('Quiet', 'notResponded'), me],
      }),
    ).toEqual(['Org', ME.name, 'Yes', 'Quiet', 'No']));
  it('lists the organizer once', () =>
    expect(names({ organizer: person('Org'), attendees: [guest('Org'), guest('Yes')] })).toEqual(['Org', 'Yes']));
  it('leaves out rooms', () => expect(names({ attendees: [guest('Room', 'accepted', 'resource')] })).toEqual([]));
  it('shows nobody where the user is alone', () => expect(names({ organizer: ME, attendees: [] })).toEqual([]));
  it('shows an address where there is no name', () =>
    expect(names({ attendees: [{ ...guest('x'), name: '', address: 'a@b.example' }] })).toEqual(['a@b.example']));
});

describe('summary', () => {
  it('counts answers and leaves out zeros', () =>
    expect(
      summary(
        invited(
          meeting({
            organizer: person('Org'),
            attendees: [guest('A'), guest('B', 'none'), guest('C', 'notResponded')],
          }),
          '',
        ),
      ),
    ).toEqual(['2 accepted', '2 not answered']));
});
