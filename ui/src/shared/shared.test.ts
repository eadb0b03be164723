import { describe, expect, it } from 'vitest';
import { colourOf, COLOURS, initials } from './initials';
import { pieces } from './marks';

describe('initials', () => {
  const check = (name: string, expected: string) => expect(initials(name)).toBe(expected);

  it('takes first and last', () => check('Wolfeschlegel Hubert Blaine', 'WB'));
  it('takes one of one', () => check('Ana', 'A'));
  it('takes other scripts', () => check('юлия соколова', 'ЮС'));
  it('keeps a letter with its mark', () => check('e\u0301lodie x', 'E\u0301X'));
  it('leaves out what is in brackets', () => check('Ada Lovelace (she/her)', 'AL'));
  it('is empty for signs', () => check('*** !!!', ''));
  it('is empty for nothing', () => check('', ''));
  it('gives the same colour to the same name', () => {
    expect(colourOf('Ana')).toBe(colourOf('Ana'));
    expect(colourOf('Ана 宮本')).toBeLessThan(COLOURS);
  });
});

describe('pieces', () => {
  const check = (text: string, ranges: [number, number][], expected: string) =>
    expect(
      pieces(text, ranges)
        .map((one) => (one.marked ? `[${one.text}]` : one.text))
        .join(''),
    ).toBe(expected);

  it('marks in the middle', () => check('Jürgen Müller', [[7, 10]], 'Jürgen [Mül]ler'));
  it('marks the whole', () => check('Ana', [[0, 3]], '[Ana]'));
  it('sorts', () =>
    check(
      'Ana Bo',
      [
        [4, 6],
        [0, 1],
      ],
      '[A]na [Bo]',
    ));
  it('merges what overlaps', () =>
    check(
      'Anna',
      [
        [0, 3],
        [1, 4],
      ],
      '[Ann][a]',
    ));
  it('cuts what goes beyond', () => check('Ana', [[2, 99]], 'An[a]'));
  it('ignores what lies outside', () => check('Ana', [[7, 9]], 'Ana'));
  it('ignores empty ranges', () => check('Ana', [[1, 1]], 'Ana'));
});
