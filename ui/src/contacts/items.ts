import type { LetterOffset } from '$lib/backend/backend';

/** One line of the virtual list. `key` is stable while the list's question stays the same. */
export type Item =
  | { kind: 'letter'; key: string; letter: string }
  | { kind: 'contact'; key: string; index: number }
  | { kind: 'all'; key: string }
  | { kind: 'directoryHeading'; key: string }
  | { kind: 'directory'; key: string; index: number };

interface Contents {
  /** Contacts that the list shows, of `total`. */
  shown: number;
  total: number;
  letters: readonly LetterOffset[];
  /** Hits of the organization's directory; `null` outside a search. */
  directory: number | null;
  asksDirectory: boolean;
}

/** The lines in order: contacts under their letters, or the best hits and then the directory's. */
export function listItems(contents: Contents): Item[] {
  const items: Item[] = [];
  const headings = new Map(contents.letters.map(({ letter, offset }) => [offset, letter]));
  for (let index = 0; index < contents.shown; index += 1) {
    const letter = headings.get(index);
    if (letter !== undefined) items.push({ kind: 'letter', key: `l${letter}${index}`, letter });
    items.push({ kind: 'contact', key: `c${index}`, index });
  }
  if (contents.shown < contents.total) items.push({ kind: 'all', key: 'all' });
  if (!contents.asksDirectory) return items;
  items.push({ kind: 'directoryHeading', key: 'directory' });
  for (let index = 0; index < (contents.directory ?? 0); index += 1) {
    items.push({ kind: 'directory', key: `d${index}`, index });
  }
  return items;
}
