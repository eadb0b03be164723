// The window test: the real program in a real webview signs in through a real browser, keeps its tokens in a
// real keychain, and shows what the simulated tenant holds; then it does so again without a network.
//
//   node tests/e2e/run.mjs
//
// Needs, besides the built programs (`cargo build`), Xvfb, dbus-run-session, gnome-keyring, chromium,
// WebKitWebDriver and tauri-driver. Pictures and logs stay in tests/e2e/out/main.

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkCanaries, planted } from "./lib/canaries.mjs";
import { outFolder, prepare, program, programEnvironment } from "./lib/computer.mjs";
import { Driver } from "./lib/convoke.mjs";
import { span } from "./lib/days.mjs";
import { display, ownFolders, requireKeychain, profileFolder, runInside } from "./lib/desktop.mjs";
import { checkFence } from "./lib/fence.mjs";
import { checkSecondStart, readWindow, signInAndConnect } from "./lib/journey.mjs";
import { stopAll } from "./lib/process.mjs";
import { Report } from "./lib/report.mjs";
import { Tenant } from "./lib/tenant.mjs";
import { Window } from "./lib/window.mjs";

const out = outFolder("main");

if (profileFolder() === undefined) {
  prepare(out);
  process.exit(runInside(fileURLToPath(import.meta.url)));
}

const report = new Report();
try {
  await journey();
} catch (error) {
  await report.check("the test itself runs", () => Promise.reject(error));
} finally {
  await stopAll();
}
process.exit(report.finish());

async function journey() {
  await report.check("the keychain is there", requireKeychain);
  const log = (name) => join(out, `${name}.log`);
  const tenant = await Tenant.start(program("convoke-tenant"), ["--seed", "7"], { env: process.env, log: log("tenant") });
  const truth = {
    agenda: await tenant.agenda(span()),
    shown: await tenant.agenda(span(-40, 200)),
    contacts: await tenant.contacts(),
  };
  const env = programEnvironment(tenant, await display(log("display")), out);
  const driver = await Driver.start({ env, log: log("convoke") });

  const online = new Window(await driver.open(program("convoke"), ["--trace-start"]), out);
  const connected = await signInAndConnect(online, report, out);
  if (connected) await readWindow(online, truth, report, "online");
  await checkFence(online.driver, report);
  await checkSecondStart(program("convoke"), env, report);
  const canaries = await planted(tenant, truth);
  const places = { profile: ownFolders(), log: log("convoke"), programs: [program("convoke"), "WebKitWebProcess"] };
  await checkCanaries(canaries, places, report, "online");
  await online.close();
  await tenant.stop();
  if (!connected) return;

  const offline = new Window(await driver.open(program("convoke"), ["--trace-start"]), out);
  await readWindow(offline, truth, report, "offline");
  await report.check("offline: the window says how old it is", async () => {
    const status = await offline.statusLine();
    if (!/\d/.test(status)) throw new Error(`"${status}" names no time`);
    await offline.showMeetings();
    await offline.keepPicture("offline-meetings");
  });
  await checkCanaries(canaries, places, report, "offline");
  await offline.close();
  await driver.stop();
}
