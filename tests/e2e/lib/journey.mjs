// The main job: sign in, connect, see meetings and contacts; then the same without a network.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { checkLines, checkToday } from "./agenda.mjs";
import { span } from "./days.mjs";

/** Signs in and connects, through the window and the browser. */
export async function signInAndConnect(window, report, desk) {
  const signedIn = await report.check("signs in with SSO in a real browser", async () => {
    await window.driver.find("signin-button");
    await window.keepPicture("1-sign-in");
    await window.press("signin-button");
    await window.driver.find("connect-button", 60);
    await window.keepPicture("2-connect");
    const visit = await window.driver.until("end of the visit to the browser", 20, () => desk.visits().at(-1));
    assert.match(visit.last?.text ?? visit.error, /close this tab/i);
  });
  if (!signedIn) return false;
  return report.check("connects Microsoft 365, and the first meetings appear", async () => {
    await window.press("connect-button");
    await window.driver.find("meeting-row", 90);
    const { sync } = await window.driver.until("end of the first sync", 120, async () => {
      const snapshot = await window.ask("snapshot");
      return snapshot.sync.phase === "idle" && snapshot.sync.asOf && snapshot;
    });
    assert.equal(sync.failure, null);
    await window.keepPicture("3-meetings");
  });
}

/** Compares what the window shows with what is true at the tenant. Returns what was seen. */
export async function readWindow(window, truth, report, when) {
  const seen = {};
  await report.check(`${when}: the agenda equals the tenant's truth`, async () => {
    const { rows } = await window.ask("agenda", span());
    const told = rows.map((row) => `${row.start} ${row.id} ${row.masked ? "(masked)" : row.subject}`);
    const masked = new Set(rows.filter((row) => row.masked).map((row) => row.id));
    const expected = truth.agenda.map((m) => `${m.start} ${m.id} ${masked.has(m.id) ? "(masked)" : m.subject}`);
    assert.ok(expected.length > 5, `only ${expected.length} meetings`);
    assert.deepEqual(told.sort(), expected.sort());
    const secret = truth.agenda.filter((m) => m.sensitivity === "private" || m.sensitivity === "confidential");
    assert.ok([...masked].every((id) => secret.some((m) => m.id === id)), "only private meetings are masked");
  });
  await report.check(`${when}: today stands in the window, from its first meeting on`, async () => {
    await window.showMeetings(120);
    await window.driver.until("agenda that equals the truth", 60, async () => {
      seen.lines = await window.lines();
      checkToday(seen.lines, truth.agenda);
      checkLines(seen.lines, truth.shown);
      return true;
    });
  });
  await report.check(`${when}: a searched contact stands in the window`, async () => {
    const contact = searchable(truth.contacts);
    await window.searchContact(contact.name.toLowerCase(), contact.name);
    seen.name = (await window.names())[0];
    await window.keepPicture(`${when}-contacts`);
  });
  return seen;
}

/** A contact whose name nobody shares and that a keyboard can type. */
function searchable(contacts) {
  const count = (name) => contacts.filter((contact) => contact.name === name).length;
  const found = contacts.find(({ name }) => /^[A-Za-z]+ [A-Za-z]+$/.test(name) && count(name) === 1);
  assert.ok(found, "the tenant has a contact with a plain name");
  return found;
}

/** A second start of the same profile brings the window to the front and ends. */
export async function checkSecondStart(program, env, report) {
  await report.check("b46 a second start ends at once and passes nothing on", () => {
    const second = spawnSync(program, [], { env, timeout: 20_000, encoding: "utf8" });
    assert.equal(second.status, 0, second.stderr);
    assert.equal(spawnSync(program, ["--x; rm"], { env, timeout: 20_000 }).status, 2);
  });
}
