import { expect, it } from 'vitest';
import { allDay, timed, toRow } from '$lib/backend/fixtures/build';
import type { Meeting } from '$lib/backend/backend';
import { Format } from '$lib/time/format';
import { whenText } from './when';

const format = new Format('en-GB', 'Europe/Madrid');
const check = (meeting: Meeting, expected: string) =>
  expect(whenText(toRow(meeting, true), Date.parse('2026-03-12T08:42:00Z'), '2026-03-12', format)).toBe(expected);

it('says how long until', () => check(timed('2026-03-12', '10:00', '10:30', 'a'), 'Today, 10:00 – 10:30 · in 18 min'));
it('says how much is left', () =>
  check(timed('2026-03-12', '09:00', '10:00', 'a'), 'Today, 09:00 – 10:00 · 18 min left'));
it('says nothing of the past', () => check(timed('2026-03-11', '09:00', '10:00', 'a'), 'Yesterday, 09:00 – 10:00'));
it('names both days of a night', () =>
  check(
    timed('2026-03-13', '22:00', '23:00', 'a', { end: '2026-03-14T05:00:00Z' }),
    'Tomorrow, 22:00 – Sat 14 Mar, 06:00',
  ));
it('counts down to nothing that is declined', () =>
  check(timed('2026-03-12', '10:00', '10:30', 'a', { response: 'declined' }), 'Today, 10:00 – 10:30'));
it('names the last day of an all-day span, not the day after', () =>
  check(allDay('2026-03-12', '2026-03-14', 'a'), 'Today – Tomorrow · All day'));
it('names one day once', () => check(allDay('2026-03-12', '2026-03-13', 'a'), 'Today · All day'));
it('names the year where it is another', () =>
  check(timed('2027-01-04', '10:00', '11:00', 'a'), 'Mon, 4 Jan 2027, 10:00 – 11:00'));
