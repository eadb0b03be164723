import { describe, expect, it } from 'vitest';
import type { MeetingRow } from '$lib/backend/backend';
import { allDay, timed, toRow, ZONE } from '$lib/backend/fixtures/build';
import {
  buildDays,
  currentLine,
  cutDays,
  joinTarget,
  lineOfDay,
  nextMeeting,
  NO_FILTERS,
  passes,
  type Range,
} from './agenda';

const NOW = Date.parse('2026-03-12T08:42:00Z');
const WEEK: Range = { from: '2026-03-11', to: '2026-03-17' };
const url = { joinUrl: 'https://teams.microsoft.com/x', joinProvider: 'teams' };

function row(
  date: string,
  from: string,
  to: string,
  subject: string,
  rest: Parameters<typeof timed>[4] = {},
): MeetingRow {
  return toRow(timed(date, from, to, subject, rest), true);
}

/** The list as text: a heading per day, `|` is the now line. */
function drawn(rows: MeetingRow[], range = WEEK): string[] {
  const next = nextMeeting(rows, NOW)?.id ?? null;
  return buildDays(rows, range, { now: NOW, zone: ZONE, next }).map((day) => {
    const lines = day.entries.map((entry) => `${entry.row.subject}:${entry.phase}`);
    if (day.nowBefore !== null) lines.splice(day.nowBefore, 0, '|');
    return [day.date, ...day.allDay.map((one) => `(${one.subject})`), ...lines].join(' ');
  });
}

describe('buildDays', () => {
  const check = (rows: MeetingRow[], expected: string[]) => expect(drawn(rows)).toEqual(expected);

  it('puts the now line between what runs and what comes', () =>
    check(
      [
        row('2026-03-12', '08:00', '08:30', 'a'),
        row('2026-03-12', '09:00', '10:00', 'b'),
        row('2026-03-12', '10:00', '11:00', 'c'),
      ],
      ['2026-03-12 a:ended b:running | c:next'],
    ));

  it('shows today even when it is empty, and no other empty day', () =>
    check([row('2026-03-14', '10:00', '11:00', 'a')], ['2026-03-12 |', '2026-03-14 a:next']));

  it('ends a meeting at its end instant', () =>
    check([row('2026-03-12', '09:00', '09:42', 'a')], ['2026-03-12 a:ended |']));

  it('lists a meeting that runs since yesterday under today', () =>
    check(
      [row('2026-03-11', '22:00', '23:00', 'night', { end: '2026-03-12T10:00:00Z' })],
      ['2026-03-12 night:running |'],
    ));

  it('lists one that ended this morning under yesterday', () =>
    check(
      [row('2026-03-11', '22:00', '23:00', 'night', { end: '2026-03-12T05:00:00Z' })],
      ['2026-03-11 night:ended', '2026-03-12 |'],
    ));

  it('passes over declined and cancelled meetings for the next one', () =>
    check(
      [
        row('2026-03-12', '10:00', '11:00', 'no', { response: 'declined' }),
        row('2026-03-12', '10:00', '11:00', 'off', { cancelled: true }),
        row('2026-03-12', '12:00', '13:00', 'yes'),
      ],
      ['2026-03-12 | no:later off:later yes:next'],
    ));

  it('repeats all-day meetings on each day of the range, end exclusive', () =>
    check(
      [toRow(allDay('2026-03-09', '2026-03-14', 'leave'), true)],
      ['2026-03-11 (leave)', '2026-03-12 (leave) |', '2026-03-13 (leave)'],
    ));

  it('does not move all-day dates between zones', () => {
    const rows = [toRow(allDay('2026-03-13', '2026-03-14', 'day'), true)];
    const days = buildDays(rows, WEEK, { now: NOW, zone: 'America/Los_Angeles', next: null });
    expect(days.filter((day) => day.allDay.length > 0).map((day) => day.date)).toEqual(['2026-03-13']);
  });

  it('counts days in the user’s zone on both sides of the change to summer time', () => {
    const at = (start: string, end: string) => ({ ...row('2026-03-12', '10:00', '11:00', start), start, end });
    const rows = [
      at('2026-03-28T22:59:00Z', '2026-03-28T23:30:00Z'),
      at('2026-03-29T21:59:00Z', '2026-03-29T22:30:00Z'),
      at('2026-03-29T22:00:00Z', '2026-03-29T22:30:00Z'),
    ];
    const days = buildDays(rows, { from: '2026-03-28', to: '2026-03-31' }, { now: NOW, zone: ZONE, next: null });
    expect(days.map((day) => `${day.date} ${day.entries.length}`)).toEqual([
      '2026-03-28 1',
      '2026-03-29 1',
      '2026-03-30 1',
    ]);
  });

  it('gives every line its own key', () => {
    const days = buildDays(
      [toRow(allDay('2026-03-11', '2026-03-14', 'x'), true), row('2026-03-12', '10:00', '11:00', 'y')],
      WEEK,
      { now: NOW, zone: ZONE, next: null },
    );
    const keys = days.flatMap((day) => [
      ...day.allDay.map((one) => `${one.id}@${day.date}`),
      ...day.entries.map((one) => one.key),
    ]);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('joinTarget', () => {
  const check = (rows: MeetingRow[], expected: string | null) =>
    expect(joinTarget(rows, NOW)?.subject ?? null).toBe(expected);

  it('is the running meeting that began last', () =>
    check(
      [
        row('2026-03-12', '09:00', '10:00', 'a', url),
        row('2026-03-12', '09:30', '10:00', 'b', url),
        row('2026-03-12', '10:00', '11:00', 'c', url),
      ],
      'b',
    ));
  it('is the next one when none runs', () =>
    check([row('2026-03-12', '08:00', '09:00', 'a', url), row('2026-03-12', '10:00', '11:00', 'c', url)], 'c'));
  it('passes over a running one without a link', () =>
    check([row('2026-03-12', '09:00', '10:00', 'a'), row('2026-03-12', '10:00', '11:00', 'c', url)], 'c'));
  it('passes over declined and cancelled ones', () =>
    check(
      [
        row('2026-03-12', '09:00', '10:00', 'a', { ...url, response: 'declined' }),
        row('2026-03-12', '09:00', '10:00', 'b', { ...url, cancelled: true }),
      ],
      null,
    ));
  it('is nothing where there is nothing', () => check([], null));
});

describe('passes', () => {
  const meeting = row('2026-03-12', '09:00', '10:00', 'a', { response: 'declined' });
  const check = (change: Partial<typeof NO_FILTERS>, expected: boolean) =>
    expect(passes(meeting, { ...NO_FILTERS, ...change })).toBe(expected);

  it('shows everything without filters', () => check({}, true));
  it('hides declined ones', () => check({ hideDeclined: true }, false));
  it('hides those without a link', () => check({ onlyWithLink: true }, false));
  it('hides a calendar', () => check({ hiddenCalendars: new Set(['cal-1']) }, false));
  it('keeps other calendars', () => check({ hiddenCalendars: new Set(['cal-2']) }, true));
  it('keeps timed ones when all-day are hidden', () => check({ hideAllDay: true }, true));
});

describe('what is drawn of a long list', () => {
  const rows = [
    row('2026-03-11', '09:00', '10:00', 'a'),
    row('2026-03-12', '08:00', '08:30', 'b'),
    row('2026-03-12', '09:00', '10:00', 'c'),
    row('2026-03-12', '10:00', '11:00', 'd'),
    row('2026-03-14', '10:00', '11:00', 'e'),
  ];
  const days = buildDays(rows, WEEK, { now: NOW, zone: ZONE, next: null });
  const cut = (from: number, to: number) =>
    cutDays(days, { from, to }).map((day) => {
      const lines = day.entries.map((entry) => entry.row.subject);
      if (day.nowBefore !== null) lines.splice(day.nowBefore, 0, '|');
      return [day.date.slice(8), ...lines, ...(day.more ? ['…'] : [])].join(' ');
    });

  it('is all of it where the span holds all', () => expect(cut(0, 9)).toEqual(['11 a', '12 b c | d', '14 e']));
  it('is a part of a day', () => expect(cut(2, 3)).toEqual(['12 c | …']));
  it('keeps the now line only where it stands', () => expect(cut(1, 2)).toEqual(['12 b …']));
  it('ends between days', () => expect(cut(0, 1)).toEqual(['11 a']));
  it('begins at what runs', () => expect(currentLine(days)).toBe(2));
  it('begins at the first line without a today', () => expect(currentLine([])).toBe(0));
  it('finds a day, or the one after it', () =>
    expect(['2026-03-11', '2026-03-12', '2026-03-13', '2026-03-20'].map((date) => lineOfDay(days, date))).toEqual([
      0, 1, 4, 5,
    ]));
  it('keeps an empty today in its place', () => {
    const empty = buildDays(
      [rows[0], rows[4]].filter((one) => one !== undefined),
      WEEK,
      { now: NOW, zone: ZONE, next: null },
    );
    expect(cutDays(empty, { from: 0, to: 2 }).map((day) => day.date)).toEqual([
      '2026-03-11',
      '2026-03-12',
      '2026-03-14',
    ]);
    expect(cutDays(empty, { from: 0, to: 1 }).map((day) => day.date)).toEqual(['2026-03-11', '2026-03-12']);
  });
});
