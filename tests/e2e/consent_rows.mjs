// Nine rows of the consent matrix in a real window: who may consent at the tenant, what the policy says, what the
// person does in the browser, and what Convoke must then show. All other rows: tests/it/consent_matrix.rs.
//
//   node tests/e2e/consent_rows.mjs [NUMBER…]
//
// Needs what run.mjs needs. A picture per row, logs and visits to the browser stay in tests/e2e/out/consent_rows.

import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ROWS } from "./lib/consent_table.mjs";
import { Desk } from "./lib/desk.mjs";
import { display, profileFolder, userFolders } from "./lib/desktop.mjs";
import { windowTest } from "./lib/opening.mjs";
import { Seats } from "./lib/seats.mjs";

await windowTest("consent_rows", fileURLToPath(import.meta.url), async (report, out) => {
  const screen = await display(join(out, "display.log"));
  const seats = new Seats(out);
  const wanted = process.argv.slice(2);
  for (const [at, row] of ROWS.entries()) {
    const number = `${at + 1}`;
    if (wanted.length > 0 && !wanted.includes(number)) continue;
    await report.check(`row ${number}: ${row.name}`, () => play(row, { number, screen, seats, out }));
  }
  await seats.stop();
});

/** Plays a row with a new person at a new desk. */
async function play(row, { number, screen, seats, out }) {
  const seat = await seats.next(row.tenant);
  const folder = join(profileFolder(), "rows", number);
  const own = userFolders(folder);
  const desk = Desk.of({ ...seat, screen, out: join(out, number), folder, own });
  desk.changePolicy((policy) => Object.assign(policy.enforced.integration, row.policy));
  const began = await seat.tenant.latest();
  const at = { desk, tenant: seat.tenant, began, window: await desk.open() };
  try {
    await at.window.press("signin-button");
    await row.act(at);
    await at.window.waitForServices(row.shows);
    const text = await at.window.text();
    for (const sentence of row.says ?? []) assert.ok(text.includes(sentence), `"${sentence}" is not in:\n${text}`);
    assert.deepEqual(await pagesOf(at), row.pages);
    await at.window.keepPicture("shown");
    await desk.close(at.window);
  } catch (error) {
    await at.window.keepState("failed").catch(() => {});
    await at.window.close().catch(() => {});
    throw error;
  } finally {
    await desk.stop();
  }
}

/** Titles of the pages that the person met, visit by visit. */
async function pagesOf({ desk, window }) {
  await window.driver.until("end of all visits to the browser", 30, () => desk.visits().every((visit) => visit));
  return desk.visits().map(({ seen, error }) => error ?? seen.map(({ title }) => title));
}
