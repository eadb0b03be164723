// The hybrid journey: a mailbox on the organization's own Exchange server. Microsoft 365 says that it is not there,
// Convoke looks for the server, asks before it trusts the host that was named, asks for the password, and shows the
// meetings; then they are there without a network.
//
//   node tests/e2e/exchange.mjs
//
// Needs what run.mjs needs. Pictures and logs stay in tests/e2e/out/exchange.

import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkCanaries, planted } from "./lib/canaries.mjs";
import { program } from "./lib/computer.mjs";
import { span } from "./lib/days.mjs";
import { Desk } from "./lib/desk.mjs";
import { display, ownFolders } from "./lib/desktop.mjs";
import { windowTest } from "./lib/opening.mjs";
import { Tenant } from "./lib/tenant.mjs";

/** What stands in the field for the password. */
const PASSWORD = `return document.querySelector("dialog[open] input[type=password]")?.value;`;

await windowTest("exchange", fileURLToPath(import.meta.url), async (report, out) => {
  const tenant = await Tenant.start(["--seed", "11"], join(out, "tenant.log"));
  const person = tenant.hybrid;
  const truth = { agenda: await tenant.agenda(span(), person), contacts: await tenant.contacts(person) };
  const desk = Desk.of({ tenant, screen: await display(join(out, "display.log")), out, person });
  desk.changePolicy((policy) => (policy.enforced.integration.ews = { auth: ["oauth", "ntlm"] }));
  const online = await desk.open(["--trace-start"]);
  const { driver } = online;
  const exchange = async () => (await online.ask("snapshot")).exchange;
  /** Requests to the server that carried credentials. */
  const credentials = async () => (await tenant.requests(0)).filter(({ authScheme }) => ["ntlm", "basic"].includes(authScheme?.toLowerCase()));

  const found = await report.check("Microsoft 365 has no such mailbox: the server is found, and its host asked about", async () => {
    await online.press("signin-button");
    await online.press("connect-button", 60);
    await driver.until("question whether to trust the host", 60, async () => (await exchange()).asks === "trust");
    assert.deepEqual(await credentials(), []);
    await online.pressButton("Decide about the server", 30);
    const host = (await exchange()).host;
    assert.ok(host && (await online.text()).includes(host), `${host} is named`);
    await online.keepPicture("1-trust");
  });
  if (!found) return;
  await report.check("a host that is trusted is asked how it lets people in, before anybody types a password", async () => {
    await online.pressButton("Trust it");
    await driver.select("dialog[open] input[type=password]", 30);
    assert.deepEqual(await credentials(), []);
  });
  await report.check("a wrong password is said to be wrong, and is asked for again", async () => {
    await signIn(online, "not the password");
    await driver.select("dialog[open] [role=alert]", 30);
    assert.equal(await driver.run(PASSWORD), "", "what was typed is gone");
    assert.equal((await exchange()).inUse, false);
    await online.keepPicture("2-refused");
  });
  await report.check("with the right one the meetings come", async () => {
    await signIn(online, person.password);
    await driver.find("meeting-row", 90);
    await driver.until("end of the first sync", 120, async () => (await online.ask("snapshot")).sync.asOf);
    await checkAgenda(online, truth.agenda);
    await online.keepPicture("3-meetings");
  });
  await report.check("the settings say where they come from, and that permissions have no effect there", async () => {
    await online.press("nav-settings");
    const { url } = await exchange();
    await driver.until("route", 20, async () => (await online.text()).includes("found by Autodiscover"));
    const text = await online.text();
    for (const part of [new URL(url).hostname, "NTLM", "have no effect"]) assert.ok(text.includes(part), `${part} in:\n${text}`);
    await online.keepPicture("4-settings");
  });
  const canaries = [...(await planted(tenant, truth)), person.password];
  const programs = [program("convoke"), "WebKitWebProcess"];
  await checkCanaries(canaries, { profile: ownFolders(), log: join(out, "convoke.log"), programs }, report, "online");
  await desk.close(online);
  await tenant.stop();

  const offline = await desk.open();
  await report.check("without a network the meetings are there all the same", async () => {
    await offline.showMeetings(60);
    await checkAgenda(offline, truth.agenda);
  });
  await desk.close(offline);
  await desk.stop();
});

/** Types a password into the dialog, and goes on. */
async function signIn(window, password) {
  const field = await window.driver.select("dialog[open] input[type=password]", 30);
  await field.clear();
  await field.type(password);
  await window.pressButton("Sign in");
}

/** Meetings by time and subject: over EWS they have other ids than over Graph. */
async function checkAgenda(window, truth) {
  const { rows } = await window.ask("agenda", span());
  const told = rows.map((row) => `${row.start} ${row.masked ? "(masked)" : row.subject}`).sort();
  assert.ok(truth.length > 5, `only ${truth.length} meetings`);
  const masked = rows.filter((row) => row.masked).length;
  const expected = truth.map((m) => `${m.start} ${secret(m) && masked ? "(masked)" : m.subject}`).sort();
  assert.deepEqual(told, expected);
}

function secret({ sensitivity }) {
  return sensitivity === "private" || sensitivity === "confidential";
}
