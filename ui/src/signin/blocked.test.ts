import { describe, expect, it } from 'vitest';
import { locale } from '$lib/i18n/locale.svelte';
import { BLOCK_TEXTS, blockOf, type Block } from './blocked';

describe('blockOf', () => {
  const check = (kinds: string[], expected: Block) => expect(blockOf(kinds as never)).toBe(expected);

  it('names what must be mended first, wherever it stands in the list', () => {
    check(['invalidValue', 'untrusted'], 'untrusted');
    check(['conflict', 'unknownKey', 'syntax'], 'damaged');
    check(['untrusted', 'overruled'], 'overruled');
  });
  it('tells a contradiction from a mistake, which may be its cause', () => {
    check(['conflict'], 'conflict');
    check(['conflict', 'wrongType'], 'setting');
  });
  it('says nothing false of a kind that is newer than the window', () => {
    check(['quantumFlux'], 'unusable');
    check(['quantumFlux', 'refused'], 'unreadable');
  });
  it('goes by the failure’s code while the problems are not there', () => {
    expect(blockOf([], 'policyOverruled')).toBe('overruled');
    expect(blockOf([], 'policyInvalid')).toBe('unusable');
    expect(blockOf(['syntax'], 'policyOverruled')).toBe('damaged');
  });
});

describe('every block', () => {
  const blocks = Object.values(BLOCK_TEXTS);

  it.each(['en', 'es'])('has a heading, a sentence and a next step of its own (%s)', (language) => {
    locale.choose(language as 'en' | 'es', 'en-GB');
    for (const part of ['title', 'body', 'todo'] as const)
      expect(new Set(blocks.map((block) => block[part]())).size).toBe(blocks.length);
    locale.choose('en', 'en-GB');
  });
  it('sends nobody to an administrator over what they started themselves', () =>
    expect(Object.entries(BLOCK_TEXTS).flatMap(([block, { who }]) => (who === 'user' ? [block] : []))).toEqual([
      'overruled',
    ]));
});
