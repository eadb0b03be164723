import { describe, expect, it } from 'vitest';
import { Format } from './format';

const british = new Format('en-GB', 'Europe/Madrid');
const american = new Format('en-US', 'America/New_York');
const spanish = new Format('es-ES', 'Europe/Madrid');

describe('Format', () => {
  it('writes 24 hours with two digits', () => expect(british.time('2026-03-12T08:05:00Z')).toBe('09:05'));
  it('writes 12 hours where people do', () =>
    expect(american.time('2026-03-12T13:05:00Z').replace('\u202f', ' ')).toBe('9:05 AM'));
  it('knows which', () => expect([british.hours12, american.hours12]).toEqual([false, true]));
  it('begins weeks as the region does', () => expect([british.firstWeekday, american.firstWeekday]).toEqual([1, 7]));
  it('leaves out this year', () => expect(british.day('2026-03-12', '2026-01-01')).toBe('Thursday 12 March'));
  it('names another', () => expect(british.day('2027-03-12', '2026-01-01')).toContain('2027'));
  it('speaks Spanish', () => expect(spanish.day('2026-03-12', '2026-01-01')).toBe('jueves, 12 de marzo'));
  it('writes a date with its year', () =>
    expect([british.date('2026-10-01'), spanish.date('2027-04-01')]).toEqual(['1 October 2026', '1 de abril de 2027']));
  it('begins a month with a capital', () => expect(spanish.month('2026-03-01')).toBe('Marzo de 2026'));
  it('groups numbers', () => expect([british.number(12_408), spanish.number(12_408)]).toEqual(['12,408', '12.408']));
  it('leaves out the year that Exchange writes for none', () => expect(british.birthday('1604-05-17')).toBe('17 May'));
});
