export interface Piece {
  text: string;
  marked: boolean;
}

/** Cuts a text at the ranges to mark. Ranges outside the text or inside an earlier one are cut to fit. */
export function pieces(text: string, ranges: readonly (readonly [number, number])[]): Piece[] {
  const result: Piece[] = [];
  let at = 0;
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const start = Math.max(at, Math.min(from, text.length));
    const end = Math.min(to, text.length);
    if (end <= start) continue;
    if (start > at) result.push({ text: text.slice(at, start), marked: false });
    result.push({ text: text.slice(start, end), marked: true });
    at = end;
  }
  if (at < text.length) result.push({ text: text.slice(at), marked: false });
  return result;
}
