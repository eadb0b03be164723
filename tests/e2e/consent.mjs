// The consent journey: under Microsoft's managed policy the contacts work at once and the calendar waits; the
// administrator approves, and the meetings come without a restart.
//
//   node tests/e2e/consent.mjs
//
// Needs what run.mjs needs. Pictures and logs stay in tests/e2e/out/consent.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Desk } from "./lib/desk.mjs";
import { display } from "./lib/desktop.mjs";
import { windowTest } from "./lib/opening.mjs";
import { Tenant } from "./lib/tenant.mjs";

await windowTest("consent", fileURLToPath(import.meta.url), async (report, out) => {
  const tenant = await Tenant.start(["--seed", "5", "--scenario", "consent:microsoftManaged"], join(out, "tenant.log"));
  const desk = Desk.of({ tenant, screen: await display(join(out, "display.log")), out });
  const policyFile = desk.env.CONVOKE_POLICY_FILE;
  const window = await desk.open();
  const states = async () => {
    const { services } = await window.ask("snapshot");
    return [services.calendar.state, services.contacts.state, services.directory.state];
  };

  await report.check("signs in, and is asked to connect", async () => {
    await window.press("signin-button");
    await window.driver.find("connect-button", 60);
    assert.equal((await window.ask("snapshot")).showConnect, true);
  });
  await report.check("one visit to the browser connects what a user may grant; the calendar waits", async () => {
    await window.press("connect-button");
    await window.driver.until("calendar that waits", 60, async () => (await states())[0] === "waitingForAdmin");
    assert.deepEqual(await states(), ["waitingForAdmin", "connected", "connected"]);
    await window.keepPicture("1-waiting");
  });
  await report.check("the contacts are there meanwhile", async () => {
    await window.driver.until("contacts", 60, async () => (await window.ask("snapshot")).counts.contacts > 0);
  });
  await report.check("the text for the administrator names the link and every permission", async () => {
    for (const language of ["en", "es"]) {
      const { text, link } = await window.ask("admin_request", { language });
      for (const part of [link, "Calendars.Read", "Contacts.Read", "User.ReadBasic.All"]) assert.ok(text.includes(part));
    }
  });
  await report.check("nothing changes while nobody approves", async () => {
    assert.equal(await window.ask("check_again"), false);
    assert.equal((await states())[0], "waitingForAdmin");
  });
  await report.check("the administrator approves: the meetings come without a restart", async () => {
    const scope = "Calendars.Read Contacts.Read User.Read User.ReadBasic.All openid profile offline_access";
    await tenant.control("grants", { action: "grantForOrganization", scope });
    assert.equal(await window.ask("check_again"), true);
    await window.driver.until("meetings", 60, async () => (await window.ask("snapshot")).counts.meetings > 0);
    if (await window.driver.has("connect-button")) await window.press("connect-button");
    await window.driver.find("meeting-row", 60);
    assert.deepEqual(await states(), ["connected", "connected", "connected"]);
    await window.keepPicture("2-meetings");
  });
  await report.check("a policy file cut off in the middle changes nothing, and is told", async () => {
    const text = readFileSync(policyFile, "utf8");
    writeFileSync(policyFile, text.slice(0, text.length / 2));
    await window.driver.until("policy that is told to be broken", 30, async () => (await window.ask("policy_page")).keptLastGood);
    assert.deepEqual(await states(), ["connected", "connected", "connected"]);
    assert.equal((await window.ask("snapshot")).policy.status, "refused");
    writeFileSync(policyFile, text);
    await window.driver.until("policy that is good again", 30, async () => !(await window.ask("policy_page")).keptLastGood);
  });
  await report.check("a permission taken away while the program runs hides its feature and asks again", async () => {
    desk.changePolicy((policy) => (policy.enforced.integration.permissions.contacts = "none"));
    await window.driver.until("contacts that are off and gone", 30, async () => {
      const { counts, showConnect } = await window.ask("snapshot");
      return (await states())[1] === "offByPolicy" && counts.contacts === 0 && showConnect;
    });
    await window.driver.find("connect-button", 30);
    await window.keepPicture("3-asks-again");
  });
  await desk.close(window);
  await tenant.stop();
  await desk.stop();
});
