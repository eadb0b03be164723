#!/usr/bin/env node
// The system browser of the test: what BROWSER names. Opens the address in a real Chromium and does what a
// person does there: types name and password, accepts, and looks at the page that remains.

import { chromium } from "playwright-core";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const { E2E_OUT, E2E_BROWSER_PROFILE, E2E_CHROMIUM, E2E_USERNAME, E2E_PASSWORD, E2E_AUTHORITY } = process.env;
const address = process.argv[2];
const visit = join(E2E_OUT, `browser-${Date.now()}`);
mkdirSync(visit, { recursive: true });

const seen = [];
const report = (result) => writeFileSync(join(visit, "visit.json"), JSON.stringify({ seen, ...result }, null, 2));

// The profile is kept between visits, so that the second one finds the person signed in.
const browser = await chromium.launchPersistentContext(E2E_BROWSER_PROFILE, {
  executablePath: E2E_CHROMIUM,
  headless: true,
  args: ["--no-sandbox"],
  locale: "en-US",
});
try {
  const page = browser.pages()[0] ?? (await browser.newPage());
  page.setDefaultTimeout(15_000);
  await page.goto(address);
  while (isTenants(page.url())) {
    seen.push({ title: await page.title(), path: new URL(page.url()).pathname });
    await page.screenshot({ path: join(visit, `${seen.length}.png`) });
    if (seen.length > 10) throw new Error("the sign-in goes in circles");
    await answer(page);
  }
  await page.screenshot({ path: join(visit, "last.png") });
  const last = { title: await page.title(), text: await page.innerText("body"), host: new URL(page.url()).hostname };
  report({ last });
} catch (error) {
  report({ error: String(error) });
  process.exitCode = 1;
} finally {
  await browser.close();
}

function isTenants(url) {
  return new URL(url).origin === new URL(E2E_AUTHORITY).origin;
}

/** Answers the page and waits for the next one. */
async function answer(page) {
  const fields = { "#username": E2E_USERNAME, "#password": E2E_PASSWORD };
  for (const [field, text] of Object.entries(fields)) {
    if (await page.locator(field).isVisible()) await page.fill(field, text);
  }
  const back = page.locator("#return");
  // A page that demands an administrator: its link is the only way back to the app.
  if (await back.isVisible()) {
    await Promise.all([page.waitForNavigation(), back.click()]);
    return;
  }
  const buttons = page.locator("#signin, #accept");
  if ((await buttons.count()) === 0) throw new Error(`nothing to do on "${await page.title()}"`);
  await Promise.all([page.waitForNavigation(), buttons.first().click()]);
}
