import type { MeetingRow } from '$lib/backend/backend';
import { m } from '$lib/paraglide/messages.js';
import { addDays, daysBetween, localDate, type LocalDate } from '$lib/time/dates';
import type { Format } from '$lib/time/format';
import { attends } from './agenda';
import { duration } from './words';

/** `Today`, `Tomorrow`, `Yesterday` or the date. */
export function dayName(date: LocalDate, today: LocalDate, format: Format): string {
  const distance = daysBetween(today, date);
  if (distance === 0) return m.today();
  if (distance === 1) return m.tomorrow();
  return distance === -1 ? m.yesterday() : format.shortDay(date, today);
}

/** `Today, 10:00 – 10:30 · in 18 min`. */
export function whenText(row: MeetingRow, now: number, today: LocalDate, format: Format): string {
  if (row.allDay) return allDayText(row, today, format);
  const first = localDate(row.start, format.zone);
  const last = localDate(row.end, format.zone);
  const day = dayName(first, today, format);
  const span =
    first === last
      ? `${day}, ${format.timeRange(row.start, row.end)}`
      : `${day}, ${format.time(row.start)} – ${dayName(last, today, format)}, ${format.time(row.end)}`;
  return [span, countdown(row, now)].filter(Boolean).join(' · ');
}

function allDayText(row: MeetingRow, today: LocalDate, format: Format): string {
  const first = row.startDate ?? row.start.slice(0, 10);
  const last = row.endDate ? addDays(row.endDate, -1) : first;
  const span =
    last > first ? `${dayName(first, today, format)} – ${dayName(last, today, format)}` : dayName(first, today, format);
  return `${span} · ${m.all_day()}`;
}

function countdown(row: MeetingRow, now: number): string {
  if (!attends(row)) return '';
  const until = Date.parse(row.start) - now;
  const left = Date.parse(row.end) - now;
  if (until > 0) return until < 12 * 3_600_000 ? m.starts_in({ time: duration(until) }) : '';
  return left > 0 ? m.running_left({ time: duration(left) }) : '';
}
