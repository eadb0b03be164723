#!/usr/bin/env node
// The system browser of the test: what BROWSER names. Opens the address in a real Chromium and does what a
// person does there: types name and password, decides, and looks at the page that remains.

import { chromium } from "playwright-core";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const { E2E_OUT, E2E_BROWSER_PROFILE, E2E_CHROMIUM, E2E_AUTHORITY } = process.env;
const { E2E_USERNAME, E2E_PASSWORD, E2E_DECISION } = process.env;
const address = process.argv[2];
const visit = join(E2E_OUT, `browser-${Date.now()}`);
mkdirSync(visit, { recursive: true });

/** What each decision presses: the first of these that the page has. A page without any of them is closed. */
const PRESSES = {
  /** Accepts, and goes back to the app where an administrator is demanded. */
  grants: ["#return", "#signin", "#accept"],
  /** Signs in, and refuses all permissions. */
  cancels: ["#signin", "#cancel"],
  /** Accepts, asks for approval on the form where an administrator is demanded, and closes the page. */
  asks: ["#request", "#signin", "#accept"],
};
const decision = existsSync(E2E_DECISION) ? readFileSync(E2E_DECISION, "utf8") : "grants";
const seen = [];
/** The visit is over; whoever waits for that finds the whole account. */
function report(result) {
  writeFileSync(join(visit, "visit.part"), JSON.stringify({ seen, ...result }, null, 2));
  renameSync(join(visit, "visit.part"), join(visit, "visit.json"));
}

// One browser stays open between visits, as a person's does: the second visit finds them signed in.
const cookies = `${E2E_BROWSER_PROFILE}.cookies`;
const browser = await chromium.launchPersistentContext(E2E_BROWSER_PROFILE, {
  executablePath: E2E_CHROMIUM,
  headless: true,
  args: ["--no-sandbox"],
  locale: "en-US",
});
try {
  if (existsSync(cookies)) await browser.addCookies(JSON.parse(readFileSync(cookies, "utf8")));
  const page = browser.pages()[0] ?? (await browser.newPage());
  page.setDefaultTimeout(15_000);
  await page.goto(address);
  let open = true;
  while (open && isTenants(page.url())) {
    const permissions = await page.locator("#scopes li").evaluateAll((items) => items.map((item) => item.dataset.scope));
    seen.push({ title: await page.title(), path: new URL(page.url()).pathname, permissions });
    await page.screenshot({ path: join(visit, `${seen.length}.png`) });
    if (seen.length > 10) throw new Error("the sign-in goes in circles");
    open = await answer(page);
  }
  await page.screenshot({ path: join(visit, "last.png") });
  const last = { title: await page.title(), text: await page.innerText("body"), host: new URL(page.url()).hostname };
  report({ last });
} catch (error) {
  report({ error: String(error) });
  process.exitCode = 1;
} finally {
  writeFileSync(cookies, JSON.stringify(await browser.cookies()));
  await browser.close();
}

function isTenants(url) {
  return new URL(url).origin === new URL(E2E_AUTHORITY).origin;
}

/** Answers the page and waits for the next one. Says false where nothing is left to do but to close it. */
async function answer(page) {
  const fields = { "#username": E2E_USERNAME, "#password": E2E_PASSWORD, "#justification": "For my meetings" };
  for (const [field, text] of Object.entries(fields)) {
    if (await page.locator(field).isVisible()) await page.fill(field, text);
  }
  for (const press of PRESSES[decision]) {
    if (!(await page.locator(press).isVisible())) continue;
    await Promise.all([page.waitForNavigation(), page.click(press)]);
    return true;
  }
  if (decision !== "asks") throw new Error(`nothing to do on "${await page.title()}"`);
  return false;
}
