/**
 * Days without a time of day, as `YYYY-MM-DD`, and the way from an instant to the day it falls on.
 * Arithmetic is done in UTC, where every day has 24 hours; zones matter only in `localDate`.
 */
export type LocalDate = string;

const DAY = 86_400_000;
const formatters = new Map<string, Intl.DateTimeFormat>();

/** The day on which an instant falls in a zone (IANA name). */
export function localDate(instant: string | number, zone: string): LocalDate {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
      timeZone: knownZone(zone),
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    formatters.set(zone, formatter);
  }
  const parts = formatter.formatToParts(typeof instant === 'string' ? Date.parse(instant) : instant);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? '';
  // Put together by hand: no locale is written the same by every engine (WebKit's `en-CA` begins with the month).
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
}

/** The zone, or UTC where the engine doesn't know it. */
export function knownZone(zone: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone;
  } catch {
    return 'UTC';
  }
}

/** Midnight UTC of a day, in milliseconds. */
export function utcMidnight(date: LocalDate): number {
  return Date.parse(`${date}T00:00:00Z`);
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return new Date(utcMidnight(date) + days * DAY).toISOString().slice(0, 10);
}

/** Days from `a` to `b`; negative where `b` is earlier. */
export function daysBetween(a: LocalDate, b: LocalDate): number {
  return Math.round((utcMidnight(b) - utcMidnight(a)) / DAY);
}

/** The first day of a day's month, moved by whole months. */
export function monthStart(date: LocalDate, months = 0): LocalDate {
  const [year, month] = date.split('-').map(Number);
  return new Date(Date.UTC(year ?? 1970, (month ?? 1) - 1 + months, 1)).toISOString().slice(0, 10);
}

/** The whole weeks that cover a month. `firstWeekday`: 1 is Monday, 7 Sunday. */
export function monthWeeks(month: LocalDate, firstWeekday: number): LocalDate[][] {
  const first = monthStart(month);
  const weekday = new Date(utcMidnight(first)).getUTCDay() || 7;
  let day = addDays(first, -((weekday - firstWeekday + 7) % 7));
  const weeks: LocalDate[][] = [];
  do {
    weeks.push(Array.from({ length: 7 }, (_, i) => addDays(day, i)));
    day = addDays(day, 7);
  } while (day.slice(0, 7) === first.slice(0, 7));
  return weeks;
}
