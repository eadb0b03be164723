import { expect, it } from 'vitest';
import { listItems } from './items';

const NONE = { shown: 0, total: 0, letters: [], directory: null, asksDirectory: false };
const check = (contents: Partial<Parameters<typeof listItems>[0]>, expected: string) =>
  expect(
    listItems({ ...NONE, ...contents })
      .map((item) => item.key)
      .join(' '),
  ).toBe(expected);

it('is empty for nobody', () => check({}, ''));
it('puts letters above their people', () =>
  check(
    {
      shown: 3,
      total: 3,
      letters: [
        { letter: 'A', offset: 0 },
        { letter: 'B', offset: 2 },
      ],
    },
    'lA0 c0 c1 lB2 c2',
  ));
it('offers the rest of a search', () => check({ shown: 2, total: 9 }, 'c0 c1 all'));
it('puts the directory under its own heading', () =>
  check({ shown: 1, total: 1, directory: 2, asksDirectory: true }, 'c0 directory d0 d1'));
it('keeps the heading while looking', () => check({ shown: 1, total: 1, asksDirectory: true }, 'c0 directory'));
it('builds 100,000 lines', () => expect(listItems({ ...NONE, shown: 100_000, total: 100_000 })).toHaveLength(100_000));
