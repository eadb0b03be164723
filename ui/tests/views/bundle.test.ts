import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

const files = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
const all = (folder: string) =>
  files(folder)
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');

/** A script with all that it imports before it runs. */
function withImports(path: string, seen: string[] = []): string[] {
  if (seen.includes(path)) return seen;
  seen.push(path);
  const imports = readFileSync(path, 'utf8').matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/gu);
  for (const [, name] of imports) withImports(join(path, '..', name ?? ''), seen);
  return seen;
}

describe('the product’s bundle', () => {
  const html = readFileSync('dist/index.html', 'utf8');

  it('holds nothing of the scripted backend', () => expect(all('dist')).not.toContain('Supplier review'));
  it('would be told by that name', () => expect(all('dist-scripted')).toContain('Supplier review'));
  it('talks to Tauri', () => expect(all('dist')).toContain('search_directory'));
  it('has no script or style inside its page', () =>
    expect(html).not.toMatch(/<style|style=|<script(?![^>]*src=)|\son\w+=/u));
  it('refers to its parts relative to itself', () => {
    const references = [...html.matchAll(/(?:src|href)="([^"]+)"/gu)].map((match) => match[1] ?? '');
    expect(references.length).toBeGreaterThan(1);
    expect(references.filter((one) => !one.startsWith('./') && one !== 'data:,')).toEqual([]);
  });
  it('names no other host', () => {
    const hosts = [...all('dist').matchAll(/https?:\/\/[\w.-]+/gu)].map((match) => match[0]);
    // Name spaces, pages that error texts point to, and bases for parsing a path.
    const known =
      /w3\.org|svelte\.dev|localhost|inlang\.com|github\.com|developer\.mozilla\.org|paraglidejs\.com|\/(fallback|example)\.com/u;
    expect(hosts.filter((host) => !known.test(host))).toEqual([]);
  });
  const compressed = (paths: string[]) => paths.reduce((sum, path) => sum + gzipSync(readFileSync(path)).length, 0);
  const script = files('dist').filter((path) => path.endsWith('.js'));

  it('stays small: 75 kB of script for the first frame, compressed', () => {
    const [entry] = /src="\.\/(assets\/[^"]+\.js)"/u.exec(html)?.slice(1) ?? [];
    expect(compressed(withImports(join('dist', entry ?? '')))).toBeLessThan(75_000);
  });
  it('stays small: 110 kB of script in all, compressed', () => expect(compressed(script)).toBeLessThan(110_000));
});
