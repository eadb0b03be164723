import { expect, it } from 'vitest';
import { command, type Key } from './keys';

const press = (key: string, rest: Partial<Key> = {}): Key => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  ...rest,
});
const check = (key: Key, typing: boolean, expected: string | null) => expect(command(key, typing)).toBe(expected);

it('moves by letters', () => check(press('j'), false, 'down'));
it('moves by arrows', () => check(press('ArrowUp'), false, 'up'));
it('joins with Control', () => check(press('j', { ctrlKey: true }), false, 'join'));
it('joins with Command and capitals', () => check(press('J', { metaKey: true }), false, 'join'));
it('joins while typing', () => check(press('j', { ctrlKey: true }), true, 'join'));
it('lets letters be text while typing', () => check(press('j'), true, null));
it('lets a slash be text while typing', () => check(press('/'), true, null));
it('leaves by Escape while typing', () => check(press('Escape'), true, 'back'));
it('leaves other shortcuts alone', () => check(press('1', { ctrlKey: true }), false, null));
it('leaves Alt alone', () => check(press('1', { altKey: true }), false, null));
it('waits for an input method', () => check(press('Enter', { isComposing: true }), true, null));
it('switches views', () =>
  expect(['1', '2', '3', '4'].map((key) => command(press(key), false))).toEqual([
    'meetings',
    'contacts',
    'settings',
    'policy',
  ]));
