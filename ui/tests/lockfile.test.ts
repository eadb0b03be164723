import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

interface Entry {
  resolved?: string;
  integrity?: string;
  optional?: boolean;
  optionalDependencies?: Record<string, string>;
}

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Entry> };

it('the lock names the packages of every platform, else `npm ci` refuses it (scripts/complete-lockfile.js)', () => {
  const missing = Object.entries(packages).flatMap(([path, entry]) =>
    Object.keys(entry.optionalDependencies ?? {}).filter(
      (name) => !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages),
    ),
  );
  expect(missing).toEqual([]);
});

it('the lock names no download host', () => {
  expect(Object.values(packages).filter((entry) => entry.resolved !== undefined)).toEqual([]);
});

it('everything that is not for another platform has an integrity', () => {
  const open = Object.entries(packages).filter(([path, entry]) => path !== '' && !entry.optional && !entry.integrity);
  expect(open.map(([path]) => path)).toEqual([]);
});
