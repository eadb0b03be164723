import { describe, expect, it } from 'vitest';
import { timed, toRow } from '$lib/backend/fixtures/build';
import { locale } from '$lib/i18n/locale.svelte';
import { duration, isolate, meta, providerName, safeColour, shape, states, title } from './words';

const row = (rest: Parameters<typeof timed>[4] = {}, mask = true) =>
  toRow(timed('2026-03-12', '09:00', '10:00', 'Talk', rest), mask);
const people = (count: number) => `${count} people`;
const plain = (text: string) => text.replaceAll(/[\u2068\u2069]/gu, '');

describe('title', () => {
  it('is the subject', () => expect(title(row())).toBe('Talk'));
  it('says that there is no subject', () => expect(title(row({ subject: '  ' }))).toBe('No subject'));
  it('never shows what policy masks', () => expect(title(row({ sensitivity: 'private' }))).toBe('Private meeting'));
  it('shows a private subject where policy does not mask', () =>
    expect(title(row({ sensitivity: 'private' }, false))).toBe('Talk'));
});

describe('states', () => {
  const check = (rest: Parameters<typeof row>[0], expected: string[], mask = true) =>
    expect(states(row(rest, mask))).toEqual(expected);

  it('has no words for the usual', () => check({}, []));
  it('says declined', () => check({ response: 'declined' }, ['declined']));
  it('says cancelled before any answer', () =>
    check({ cancelled: true, response: 'tentativelyAccepted' }, ['cancelled']));
  it('says tentative', () => check({ response: 'tentativelyAccepted' }, ['tentative']));
  it('says not answered', () => check({ response: 'notResponded' }, ['not answered']));
  it('does not ask an organizer to answer', () => check({ response: 'notResponded', isOrganizer: true }, []));
  it('says private, once', () => check({ sensitivity: 'private' }, ['private'], false));
  it('says confidential', () => check({ sensitivity: 'confidential' }, ['confidential']));
});

describe('meta', () => {
  const check = (rest: Parameters<typeof row>[0], expected: string) =>
    expect(plain(meta(row(rest), people))).toBe(expected);

  it('says that there is no link', () => check({}, 'No online meeting'));
  it('names the provider', () => check({ joinUrl: 'https://a', joinProvider: 'zoom' }, 'Zoom'));
  it('takes a link of an unknown host', () => check({ joinUrl: 'https://a' }, 'Online meeting'));
  it('leaves out a location that is a link', () => check({ location: 'https://zoom.us/j/1' }, 'No online meeting'));
  it('leaves out the user as organizer', () =>
    check({ isOrganizer: true, organizer: { name: 'Me', address: 'me@x' } }, 'No online meeting'));
  it('gives nothing away of a masked one', () => check({ sensitivity: 'private', location: 'Clinic' }, ''));
  it('keeps directions apart', () => expect(isolate('ليلى')).toBe('\u2068ليلى\u2069'));
});

describe('duration', () => {
  const check = (minutes: number, expected: string) => expect(duration(minutes * 60_000)).toBe(expected);

  it('rounds up to a minute', () => check(0.2, '1 min'));
  it('counts minutes', () => check(18, '18 min'));
  it('says whole hours', () => check(120, '2 h'));
  it('says hours and minutes', () => check(125, '2 h 5 min'));
});

describe('shape', () => {
  const check = (rest: Parameters<typeof row>[0], expected: string) => expect(shape(row(rest))).toBe(expected);

  it('is full where all is certain', () => check({}, 'solid'));
  it('is dashed for tentative', () => check({ response: 'tentativelyAccepted' }, 'dashed'));
  it('is hollow for unanswered', () => check({ response: 'notResponded' }, 'hollow'));
  it('is dotted for what will not happen', () => check({ cancelled: true }, 'dotted'));
});

describe('safeColour', () => {
  const check = (colour: string | null, expected: string | null) => expect(safeColour(colour)).toBe(expected);

  it('takes a colour', () => check('#2456C7', '#2456C7'));
  it('refuses anything else', () => check('red;background:url(https://x)', null));
  it('takes none', () => check(null, null));
});

describe('providerName', () => {
  it('spells known ones their way', () => expect(providerName('meet')).toBe('Google Meet'));
  it('capitalizes unknown ones', () => expect(providerName('vonage')).toBe('Vonage'));
  it('has no name for none', () => expect(providerName(null)).toBeNull());
});

describe('language', () => {
  it('changes every word at once', () => {
    locale.choose('es', 'es-ES');
    expect(states(row({ response: 'declined' }))).toEqual(['rechazada']);
    locale.choose('en', 'en-GB');
  });
});
