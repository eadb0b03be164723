// How every window test begins and ends: outside it prepares the computer and starts itself again within a desktop;
// inside it checks the keychain, runs its journey, counts, and leaves no process behind.

import { outFolder, prepare } from "./computer.mjs";
import { profileFolder, requireKeychain, runInside } from "./desktop.mjs";
import { stopAll } from "./process.mjs";
import { Report } from "./report.mjs";

/** Runs the test in file `script`; pictures and logs stay in `out/name`. Ends the process. */
export async function windowTest(name, script, journey) {
  const out = outFolder(name);
  if (profileFolder() === undefined) {
    prepare(out);
    process.exit(runInside(script));
  }
  const report = new Report();
  try {
    await report.check("the keychain is there", requireKeychain);
    await journey(report, out);
  } catch (error) {
    await report.check("the test itself runs", () => Promise.reject(error));
  } finally {
    await stopAll();
  }
  process.exit(report.finish());
}
