import { describe, expect, it } from 'vitest';
import { policyPage } from '$lib/backend/fixtures/policy';
import { matching, place, problemPlace } from './rows';

const { rows, files } = policyPage('problems');

describe('matching', () => {
  const keys = (text: string, language: 'en' | 'es' = 'en') => matching(rows, text, language).map((row) => row.key);

  it('keeps everything without a word', () => expect(keys('  ')).toHaveLength(rows.length));
  it('wants every word, wherever it stands', () => expect(keys('back PASTDAYS 60')).toEqual(['sync.pastDays']));
  it('looks at the file', () => expect(keys('20-sales ui.')).toEqual(['ui.language', 'ui.theme']));
  it('looks at the level as it is shown', () => expect(keys('enforced ui.theme')).toEqual(['ui.theme']));
  it('reads the descriptions of the language that is shown, and no other', () => {
    expect(keys('hacia atrás', 'es')).toEqual(['sync.pastDays']);
    expect(keys('hacia atrás', 'en')).toEqual([]);
  });
});

describe('places', () => {
  it('leaves out the folder that all files share', () =>
    expect(files.map((file) => place(file, files, 3))).toEqual(['policy.json:3', 'policy.d/20-sales.json:3']));
  it('keeps a name of its own for a file in no folder', () => expect(place('HKLM', [], null)).toBe('HKLM'));
  it('understands Windows', () =>
    expect(place('C:\\ProgramData\\Convoke\\policy.json', ['C:\\ProgramData\\Convoke\\policy.json'], 7)).toBe(
      'policy.json:7',
    ));
  it('names the column where there is one', () => {
    const [problem] = policyPage('problems').problems;
    if (!problem) throw new Error('the scene has no problem');
    expect(problemPlace(problem, files)).toBe('policy.json:21:5');
    expect(problemPlace({ ...problem, line: null, column: null }, files)).toBe('policy.json');
    expect(problemPlace({ ...problem, kind: 'untrusted' }, files)).toBe('policy.json');
  });
});
