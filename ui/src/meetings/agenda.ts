import type { MeetingRow } from '$lib/backend/backend';
import { addDays, localDate, type LocalDate } from '$lib/time/dates';

/** Where a meeting stands in time. */
export type Phase = 'ended' | 'running' | 'next' | 'later';

/** One line of a day. */
export interface Entry {
  /** Unique in the whole agenda. */
  key: string;
  row: MeetingRow;
  phase: Phase;
}

export interface Day {
  date: LocalDate;
  allDay: MeetingRow[];
  entries: Entry[];
  /** The now line stands before this entry; `null` on other days than today. */
  nowBefore: number | null;
  /** Whether entries of the day follow that are not drawn yet. */
  more?: boolean;
}

/** The lines that are drawn, counted over all days: from the first to before the last. */
export interface Span {
  from: number;
  to: number;
}

export interface Filters {
  hideAllDay: boolean;
  hideDeclined: boolean;
  onlyWithLink: boolean;
  hiddenCalendars: ReadonlySet<string>;
}

export interface Range {
  from: LocalDate;
  to: LocalDate;
}

/** The moment a list is drawn for. */
export interface Now {
  now: number;
  /** IANA name of the zone that days are counted in. */
  zone: string;
  /** Id of the next meeting, which may lie outside the list. */
  next: string | null;
}

export const NO_FILTERS: Filters = {
  hideAllDay: false,
  hideDeclined: false,
  onlyWithLink: false,
  hiddenCalendars: new Set(),
};

/** How many filters hide something. */
export function activeFilters(filters: Filters): number {
  const flags = [filters.hideAllDay, filters.hideDeclined, filters.onlyWithLink, filters.hiddenCalendars.size > 0];
  return flags.filter(Boolean).length;
}

export function passes(row: MeetingRow, filters: Filters): boolean {
  if (filters.hideAllDay && row.allDay) return false;
  if (filters.hideDeclined && row.response === 'declined') return false;
  if (filters.onlyWithLink && !row.canJoin) return false;
  return !filters.hiddenCalendars.has(row.calendarId);
}

/** Whether the user is expected there. */
export function attends(row: MeetingRow): boolean {
  return !row.allDay && !row.cancelled && row.response !== 'declined';
}

/** The meeting that `Join` means: the running one that began last and has a link, else the next. */
export function joinTarget(rows: readonly MeetingRow[], now: number): MeetingRow | null {
  const candidates = rows.filter((row) => attends(row) && row.canJoin && Date.parse(row.end) > now);
  const running = candidates.filter((row) => Date.parse(row.start) <= now);
  return running.at(-1) ?? candidates[0] ?? null;
}

/** The first meeting that has yet to begin. */
export function nextMeeting(rows: readonly MeetingRow[], now: number): MeetingRow | null {
  return rows.find((row) => attends(row) && Date.parse(row.start) > now) ?? null;
}

/** The days of a range that have something, and today in any case. `rows` come in the core's order. */
export function buildDays(rows: readonly MeetingRow[], range: Range, view: Now): Day[] {
  const { now, zone, next } = view;
  const today = localDate(now, zone);
  const days = new Map<LocalDate, Day>();
  const day = (date: LocalDate): Day => {
    const known = days.get(date) ?? { date, allDay: [], entries: [], nowBefore: null };
    days.set(date, known);
    return known;
  };
  if (today >= range.from && today <= range.to) day(today);
  for (const row of rows) {
    if (row.allDay) {
      for (const date of datesOf(row, range)) day(date).allDay.push(row);
      continue;
    }
    const date = shownOn(row, range, now, today, zone);
    if (date > range.to) continue;
    day(date).entries.push({ key: `${row.id}@${date}`, row, phase: phaseOf(row, now, next) });
  }
  for (const one of days.values()) one.nowBefore = one.date === today ? nowIndex(one.entries, now) : null;
  return [...days.values()].sort((a, b) => (a.date < b.date ? -1 : 1));
}

/** The lines of a day: whole days first, as they are shown. */
function linesOf(day: Day): number {
  return day.allDay.length + day.entries.length;
}

/** The days with only the lines of a span. A day without lines, which can only be today, stays where it stands. */
export function cutDays(days: readonly Day[], span: Span): Day[] {
  const drawn: Day[] = [];
  let first = 0;
  for (const day of days) {
    const [start, end] = [Math.max(0, span.from - first), span.to - first];
    const lines = linesOf(day);
    first += lines;
    if (lines === 0 ? start > 0 || end < 0 : start >= lines || end <= 0) continue;
    drawn.push(start === 0 && end >= lines ? day : cutDay(day, start, end));
  }
  return drawn;
}

function cutDay(day: Day, start: number, end: number): Day {
  const above = Math.max(0, start - day.allDay.length);
  const entries = day.entries.slice(above, Math.max(0, end - day.allDay.length));
  const now = day.nowBefore === null ? null : day.nowBefore - above;
  return {
    date: day.date,
    allDay: day.allDay.slice(start, end),
    entries,
    nowBefore: now !== null && now >= 0 && now <= entries.length ? now : null,
    more: end < linesOf(day),
  };
}

/** The line at which the list stands when it is opened: what runs now, else the first that has yet to begin. */
export function currentLine(days: readonly Day[]): number {
  let first = 0;
  for (const day of days) {
    if (day.nowBefore !== null) {
      const running = day.entries.findIndex((entry) => entry.phase === 'running');
      return first + day.allDay.length + (running >= 0 ? running : day.nowBefore);
    }
    first += linesOf(day);
  }
  return 0;
}

/** The first line of a day, or of the first after it. */
export function lineOfDay(days: readonly Day[], date: LocalDate): number {
  const before = days.filter((day) => day.date < date);
  return before.reduce((lines, day) => lines + linesOf(day), 0);
}

function phaseOf(row: MeetingRow, now: number, next: string | null): Phase {
  if (Date.parse(row.end) <= now) return 'ended';
  if (Date.parse(row.start) <= now) return 'running';
  return row.id === next ? 'next' : 'later';
}

/** A timed meeting is listed on its first day; one that still runs from an earlier day, today. */
function shownOn(row: MeetingRow, range: Range, now: number, today: LocalDate, zone: string): LocalDate {
  const first = localDate(row.start, zone);
  if (first < today && Date.parse(row.end) > now && today <= range.to) return today;
  return first < range.from ? range.from : first;
}

function datesOf(row: MeetingRow, range: Range): LocalDate[] {
  const first = row.startDate ?? row.start.slice(0, 10);
  const end = row.endDate ?? addDays(first, 1);
  const dates: LocalDate[] = [];
  for (let date = first < range.from ? range.from : first; date <= range.to; date = addDays(date, 1)) {
    if (date >= end && date !== first) break;
    dates.push(date);
  }
  return dates;
}

function nowIndex(entries: readonly Entry[], now: number): number {
  const index = entries.findIndex((entry) => Date.parse(entry.row.start) > now);
  return index < 0 ? entries.length : index;
}
