// Nine rows of the consent matrix in a real window: who may consent at the tenant, what the policy says, what the
// person does in the browser, and what Convoke must then show. All other rows: tests/it/consent_matrix.
//
// Why these, of all rows: each shows something that convokectl can't.
//   1 the way that most trials take: Connect pressed once, one visit, the meetings on screen
//   2 an administrator is needed for everything: the way on is a text, and only a window can copy it
//   3 the policy says that users may not consent: that no page appears can only be seen in a browser
//   4 "once" must hold over a restart of the program, and the way by hand must be found afterwards
//   5 no tab by itself, and services connected one by one from Settings
//   6 what the second sign-in asks, as the page lists it
//   7 an administrator's consent and the sign-in that proves it, in one tab
//   8 a page from which nothing comes back: the way on is a button in the window
//   9 an administrator approved before: nobody meets a page
// The tenth, Microsoft's own default policy, is consent.mjs: what new tenants have (calendar waits, the rest works).
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
