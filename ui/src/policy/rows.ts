import type { PolicyLevel, PolicyProblem, PolicyProblemKind, PolicyRow } from '$lib/backend/backend';
import { m } from '$lib/paraglide/messages.js';

type Language = keyof PolicyRow['doc'];

/** The rows that have every word in their key, value, source or description. */
export function matching(rows: readonly PolicyRow[], text: string, language: Language): readonly PolicyRow[] {
  const words = text.toLowerCase().split(/\s+/u).filter(Boolean);
  if (words.length === 0) return rows;
  return rows.filter((row) => {
    const all = `${row.key} ${row.value} ${levelName(row.level)} ${row.file ?? ''} ${row.doc[language]}`.toLowerCase();
    return words.every((word) => all.includes(word));
  });
}

export function levelName(level: PolicyLevel): string {
  return { enforced: m.level_enforced, default: m.level_default, product: m.level_product }[level]();
}

/** `policy.d/20-sales.json:14`: the file as seen from the folder that all files share. */
export function place(file: string, files: readonly string[], line: number | null): string {
  const name = shortName(file, files);
  return line === null ? name : `${name}:${line}`;
}

/** Problems of a file that was not even read: they stand in no line. */
const OF_FILE: readonly PolicyProblemKind[] = ['refused', 'untrusted', 'overruled'];

/** `policy.json:9:21`. */
export function problemPlace(problem: PolicyProblem, files: readonly string[]): string {
  if (OF_FILE.includes(problem.kind)) return place(problem.file, files, null);
  const where = place(problem.file, files, problem.line);
  return problem.column === null ? where : `${where}:${problem.column}`;
}

function shortName(file: string, files: readonly string[]): string {
  const parts = file.split(/[\\/]/u);
  const folders = [file, ...files].map((one) => one.split(/[\\/]/u).slice(0, -1));
  let shared = 0;
  while (shared < parts.length - 1 && folders.every((folder) => folder[shared] === parts[shared])) shared += 1;
  return parts.slice(shared).join('/');
}
