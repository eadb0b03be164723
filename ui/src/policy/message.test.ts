import { afterEach, describe, expect, it } from 'vitest';
import type { PolicyMessage } from '$lib/backend/backend';
import { locale } from '$lib/i18n/locale.svelte';
import { policyPage } from '$lib/backend/fixtures/policy';
import { messageText, pageAsJson } from './message';

const value = (text: string): PolicyMessage => ({ sentence: null, text, values: {} });
const WRONG: PolicyMessage = {
  sentence: 'wrong_type',
  text: 'From the core.',
  values: {
    key: value('defaults.sync.pastDays'),
    expected: { sentence: 'whole_number', text: 'a whole number', values: {} },
    found: { sentence: 'list', text: 'a list', values: {} },
  },
};

describe('messageText', () => {
  afterEach(() => locale.choose('en', 'en-GB'));

  it('says the sentence and its parts in the user’s language', () => {
    expect(messageText(WRONG)).toBe('defaults.sync.pastDays must be a whole number, not a list.');
    locale.choose('es', 'es-ES');
    expect(messageText(WRONG)).toBe('defaults.sync.pastDays debe ser un número entero, no una lista.');
  });
  it('leaves names and values as they are, whatever they look like', () => {
    const key = value('{found}<b>');
    expect(messageText({ ...WRONG, values: { ...WRONG.values, key } })).toContain('{found}<b> must be');
  });
  it('takes the core’s words for a newer sentence', () =>
    expect(messageText({ ...WRONG, sentence: 'quantum_flux' as never })).toBe('From the core.'));
});

it('copies what the page shows', () => {
  const { problems } = JSON.parse(pageAsJson(policyPage('problems'))) as { problems: Record<string, unknown>[] };
  expect(problems[0]).toMatchObject({
    key: 'defaults.sync.pastDay',
    message: 'defaults.sync.pastDay is unknown.',
    suggestion: 'defaults.sync.pastDays',
  });
});
