import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'svelte/compiler';
import { describe, expect, it } from 'vitest';
import { m } from '$lib/paraglide/messages.js';
import { languageOf, LANGUAGES, withRegion } from './locale.svelte';

type Message = string | { match: Record<string, string> }[];
type Messages = Record<string, Message>;

const texts = (language: string): Messages => {
  const all = JSON.parse(readFileSync(`messages/${language}.json`, 'utf8')) as Messages;
  delete all['$schema'];
  return all;
};
const forms = (message: Message): string[] =>
  typeof message === 'string' ? [message] : message.flatMap((one) => Object.values(one.match));
const places = (message: Message) =>
  [...new Set(forms(message).flatMap((form) => form.match(/\{\w+\}/gu) ?? []))].sort();
const english = texts('en');

/** Source files of the window, without what is generated. */
function sources(folder = 'src'): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'paraglide' || entry.name === 'fixtures' ? [] : sources(path);
    return /\.(svelte|ts)$/u.test(entry.name) && !entry.name.includes('.test.') ? [path] : [];
  });
}

describe.each(LANGUAGES.filter((language) => language !== 'en'))('messages in %s', (language) => {
  const other = texts(language);

  it('has the same keys as English', () => expect(Object.keys(other).sort()).toEqual(Object.keys(english).sort()));
  it('fills the same places', () => {
    for (const [key, message] of Object.entries(english))
      expect([key, places(other[key] ?? '')]).toEqual([key, places(message)]);
  });
  it('leaves no text empty', () =>
    expect(Object.entries(other).filter(([, text]) => forms(text).some((form) => form.trim() === ''))).toEqual([]));
});

describe('messages', () => {
  it('are compiled: the compiler stays silent when its plugin is missing', () =>
    expect(m.join({}, { locale: 'es' })).toBe('Unirse'));
  it('know plurals', () =>
    expect([1, 2].map((count) => m.people_count({ count, n: String(count) }, { locale: 'es' }))).toEqual([
      '1 persona',
      '2 personas',
    ]));
  it('are all in use', () => {
    const code = sources()
      .map((path) => readFileSync(path, 'utf8'))
      .join('\n');
    expect(Object.keys(english).filter((key) => !new RegExp(`\\bm\\.${key}\\b`, 'u').test(code))).toEqual([]);
  });
});

describe('components', () => {
  const components = sources().filter((path) => path.endsWith('.svelte'));
  const READ_ALOUD = new Set(['aria-label', 'title', 'placeholder', 'alt', 'label', 'body']);

  it.each(components)('%s has no text of its own', (path) => {
    expect(ownTexts(parse(readFileSync(path, 'utf8'), { modern: true }).fragment, READ_ALOUD)).toEqual([]);
  });
});

/** Words in the markup or in an attribute that people read or hear. Key names are no words. */
function ownTexts(node: unknown, attributes: Set<string>): string[] {
  if (Array.isArray(node)) return node.flatMap((one) => ownTexts(one, attributes));
  if (typeof node !== 'object' || node === null) return [];
  const { type, name, value, data } = node as Record<string, unknown>;
  if (type === 'Text') return /\p{L}{2}/u.test(String(data)) ? [String(data).trim()] : [];
  if (type === 'Attribute' && !attributes.has(String(name))) return [];
  if (type === 'Attribute') return ownTexts(value, attributes);
  if (type === 'Script' || type === 'StyleSheet' || type === 'Comment') return [];
  return Object.values(node).flatMap((one) => ownTexts(one, attributes));
}

describe('locale', () => {
  it('takes the system’s language', () => expect(languageOf('es-MX')).toBe('es'));
  it('takes English for one it lacks', () => expect(languageOf('fi-FI')).toBe('en'));
  it('keeps the region’s habits', () => expect(withRegion('en', 'es-ES')).toBe('en-ES'));
  it('guesses a region', () => expect(withRegion('en', 'de')).toBe('en-DE'));
  it('survives nonsense', () => expect(withRegion('en', '%%')).toBe('en'));
});
