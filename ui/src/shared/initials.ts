/** Number of avatar colours in Avatar.svelte. */
export const COLOURS = 7;

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** One or two letters for a name; scripts without word gaps give one. */
export function initials(name: string): string {
  const words = name
    .replace(/[([{].*?[)\]}]/gu, ' ')
    .split(/[\s,]+/u)
    .filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const first = letter(words[0]);
  return words.length > 1 ? first + letter(words.at(-1)) : first;
}

function letter(word: string | undefined): string {
  if (!word) return '';
  const [segment] = segmenter.segment(word);
  return segment?.segment.toLocaleUpperCase() ?? '';
}

/** The same colour for the same name, always. */
export function colourOf(name: string): number {
  let hash = 0;
  for (const char of name) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) >>> 0;
  return hash % COLOURS;
}
