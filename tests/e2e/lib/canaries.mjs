// No subject, address or token in any file, log or command line of the program (the numbers are those of the list
// of bad inputs that the tests refer to). The browser's own profile is not ours, and left out.

import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** How many subjects and addresses are looked for; every token is. */
const SAMPLE = 60;

/** What must stand nowhere: content of the mailbox and every token that the tenant gave out. */
export async function planted(tenant, truth) {
  const subjects = truth.agenda.map((meeting) => meeting.subject).filter((subject) => subject.length > 12);
  const addresses = truth.contacts.flatMap((contact) => contact.emails.map((email) => email.address));
  const tokens = await tenant.tokens();
  assert.ok(tokens.length >= 2, "the tenant gave out tokens");
  return [...new Set([...subjects.slice(0, SAMPLE), ...addresses.slice(0, SAMPLE), ...tokens])];
}

/** Searches the profile, the program's log, and what it was started with. */
export async function checkCanaries(canaries, { profile, log, programs }, report, when) {
  await report.check(`b38 ${when}: no canary in ${profile.length} folders, the log and the command lines`, () => {
    const looked = [...profile.flatMap(files), log].map((file) => search(file, canaries));
    assert.ok(looked.length > 5, `only ${looked.length} files`);
    const lines = commandLines();
    for (const program of programs) {
      assert.ok(lines.some((line) => line.includes(program)), `${program} runs while command lines are read`);
    }
    for (const line of lines) assert.deepEqual(canaries.filter((canary) => line.includes(canary)), [], line);
    assertSearchWorks(profile[0], canaries[0]);
  });
}

function search(file, canaries) {
  const bytes = readFileSync(file);
  const found = canaries.filter((canary) => bytes.includes(canary) || bytes.includes(Buffer.from(canary, "utf16le")));
  assert.deepEqual(found, [], `stands in ${file}`);
  return file;
}

/** A search that finds nothing must be able to find something. */
function assertSearchWorks(folder, canary) {
  const file = join(folder, "planted");
  writeFileSync(file, `x${canary}x`);
  assert.throws(() => search(file, [canary]), /stands in/);
  writeFileSync(file, "");
}

function files(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

/** Of every process of this computer. */
function commandLines() {
  const processes = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const lines = processes.map((id) => {
    try {
      return readFileSync(`/proc/${id}/cmdline`, "utf8");
    } catch {
      return "";
    }
  });
  return lines.filter((line) => line !== "");
}
