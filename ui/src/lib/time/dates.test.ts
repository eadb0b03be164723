import { describe, expect, it } from 'vitest';
import { addDays, daysBetween, knownZone, localDate, monthStart, monthWeeks } from './dates';

describe('localDate', () => {
  const check = (instant: string, zone: string, expected: string) => expect(localDate(instant, zone)).toBe(expected);

  it('is the day over there', () => check('2026-03-12T23:30:00Z', 'Europe/Madrid', '2026-03-13'));
  it('goes back too', () => check('2026-03-12T03:00:00Z', 'America/New_York', '2026-03-11'));
  it('knows the far side', () => check('2026-03-12T11:00:00Z', 'Pacific/Kiritimati', '2026-03-13'));
  it('takes UTC for a zone it does not know', () =>
    check('2026-03-12T23:30:00Z', 'Customized Time Zone', '2026-03-12'));
});

describe('days', () => {
  it('adds over a month', () => expect(addDays('2026-02-28', 1)).toBe('2026-03-01'));
  it('adds over the change to summer time', () => expect(addDays('2026-03-28', 2)).toBe('2026-03-30'));
  it('subtracts over a leap day', () => expect(addDays('2028-03-01', -1)).toBe('2028-02-29'));
  it('counts', () => expect(daysBetween('2026-12-31', '2027-01-02')).toBe(2));
  it('counts back', () => expect(daysBetween('2026-03-02', '2026-03-01')).toBe(-1));
  it('keeps known zones', () => expect(knownZone('Asia/Kolkata')).toBe('Asia/Kolkata'));
});

describe('months', () => {
  it('starts at the first', () => expect(monthStart('2026-03-31')).toBe('2026-03-01'));
  it('moves over a year', () => expect(monthStart('2026-12-15', 1)).toBe('2027-01-01'));
  it('covers March 2026 from Monday', () => {
    const weeks = monthWeeks('2026-03-01', 1);
    expect([weeks[0]?.[0], weeks.at(-1)?.[6], weeks.length]).toEqual(['2026-02-23', '2026-04-05', 6]);
  });
  it('covers March 2026 from Sunday', () => {
    const weeks = monthWeeks('2026-03-01', 7);
    expect([weeks[0]?.[0], weeks.at(-1)?.[6], weeks.length]).toEqual(['2026-03-01', '2026-04-04', 5]);
  });
  it('covers February 2027, four weeks exactly', () => expect(monthWeeks('2027-02-01', 1)).toHaveLength(4));
});
