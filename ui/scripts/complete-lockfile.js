// Names in package-lock.json the packages of other platforms that a registry mirror doesn't serve: npm leaves them
// out when it can't look them up, and `npm ci` then refuses the whole file. Run it after `npm install` changed the lock:
// `node scripts/complete-lockfile.js`. Entries made here have no integrity; npm adds it where the registry has them.
import { readFileSync, writeFileSync } from 'node:fs';

/** @typedef {{ version: string, os?: string[], cpu?: string[], libc?: string[], dev?: boolean, optional?: boolean, optionalDependencies?: Record<string, string> }} Entry */

const FILE = new URL('../package-lock.json', import.meta.url);
const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const PROCESSORS = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64'];

/** @type {{ packages: Record<string, Entry> }} */
const lock = JSON.parse(readFileSync(FILE, 'utf8'));
const { packages } = lock;
for (const [path, entry] of Object.entries(packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const key = `node_modules/${name}`;
    if (key in packages || `${path}/${key}` in packages) continue;
    packages[key] = { version, ...platform(name), dev: true, optional: true };
    console.log(`added ${name} ${version}`);
  }
}
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);

/**
 * Such packages carry their platform in their names: `rollup-linux-x64-musl`.
 * @param {string} name
 */
function platform(name) {
  const parts = name.split(/[/-]/u);
  const os = parts.filter((part) => SYSTEMS.includes(part));
  const cpu = parts.filter((part) => PROCESSORS.includes(part));
  if (os.length !== 1 || cpu.length !== 1) throw new Error(`no platform in the name ${name}`);
  const last = parts.at(-1) ?? '';
  const libc = last.startsWith('musl') ? ['musl'] : last.startsWith('gnu') && os[0] === 'linux' ? ['glibc'] : null;
  return { cpu, os, ...(libc ? { libc } : {}) };
}
