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
import { program } from "./lib/computer.mjs";
import { span } from "./lib/days.mjs";
import { Desk } from "./lib/desk.mjs";
import { display, ownFolders } from "./lib/desktop.mjs";
import { checkFence } from "./lib/fence.mjs";
import { checkSecondStart, readWindow, signInAndConnect } from "./lib/journey.mjs";
import { windowTest } from "./lib/opening.mjs";
import { Tenant } from "./lib/tenant.mjs";

await windowTest("main", fileURLToPath(import.meta.url), async (report, out) => {
  const tenant = await Tenant.start(["--seed", "7"], join(out, "tenant.log"));
  const truth = {
    agenda: await tenant.agenda(span()),
    shown: await tenant.agenda(span(-40, 200)),
    contacts: await tenant.contacts(),
  };
  const desk = Desk.of({ tenant, screen: await display(join(out, "display.log")), out });

  const online = await desk.open(["--trace-start"]);
  const connected = await signInAndConnect(online, report, desk);
  if (connected) await readWindow(online, truth, report, "online");
  await checkFence(online.driver, report);
  await checkSecondStart(program("convoke"), desk.env, report);
  const canaries = await planted(tenant, truth);
  const programs = [program("convoke"), "WebKitWebProcess"];
  const places = { profile: ownFolders(), log: join(out, "convoke.log"), programs };
  await checkCanaries(canaries, places, report, "online");
  await desk.close(online);
  await tenant.stop();
  if (!connected) return;

  const offline = await desk.open(["--trace-start"]);
  await readWindow(offline, truth, report, "offline");
  await report.check("offline: the window says how old it is", async () => {
    const status = await offline.statusLine();
    if (!/\d/.test(status)) throw new Error(`"${status}" names no time`);
    await offline.showMeetings();
    await offline.keepPicture("offline-meetings");
  });
  await checkCanaries(canaries, places, report, "offline");
  await desk.close(offline);
  await desk.stop();
});
