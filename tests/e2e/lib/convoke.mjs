// The program under test, in a real webview behind tauri-driver.

import { spawnSync } from "node:child_process";
import { createServer } from "node:net";
import { homedir } from "node:os";
import { join } from "node:path";
import { start, stop } from "./process.mjs";
import { WebDriver } from "./webdriver.mjs";

/** tauri-driver, started once for all sessions. */
export class Driver {
  /** `env` is what the program under test sees. */
  static async start({ env, log }) {
    const [port, native] = [await freePort(), await freePort()];
    const args = ["--port", port, "--native-port", native].map(String);
    const child = start(findDriver(), args, { env, log });
    const driver = new Driver(child, `http://127.0.0.1:${port}`);
    await Promise.race([driver.#ready(), child.failed]);
    return driver;
  }

  constructor(child, address) {
    this.child = child;
    this.address = address;
  }

  async #ready() {
    for (;;) {
      try {
        await fetch(`${this.address}/status`);
        return;
      } catch {
        await new Promise((done) => setTimeout(done, 100));
      }
    }
  }

  /** Starts the program and returns its window. */
  open(application, args) {
    return WebDriver.open(this.address, application, args);
  }

  stop() {
    return stop(this.child);
  }
}

/** The installed tauri-driver; cargo puts it where the real home is, not the test's. */
function findDriver() {
  const cargo = process.env.CARGO_HOME ?? join(process.env.CONVOKE_E2E_HOME ?? homedir(), ".cargo");
  const installed = join(cargo, "bin", "tauri-driver");
  return spawnSync(installed, ["--help"]).status === 0 ? installed : "tauri-driver";
}

/** A port that was free just now. */
function freePort() {
  return new Promise((done, refuse) => {
    const server = createServer().once("error", refuse);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}
