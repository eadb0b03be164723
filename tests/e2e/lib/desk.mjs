// A person's computer: folders, policy file, browser of their own, and the driver behind which Convoke runs.

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { program, programEnvironment } from "./computer.mjs";
import { Driver } from "./convoke.mjs";
import { profileFolder } from "./desktop.mjs";
import { isRunning } from "./process.mjs";
import { Window } from "./window.mjs";

export class Desk {
  /**
   * Logs, pictures and visits to the browser stay in `out`. `own` are folders that go before those of the whole test.
   */
  static of({ tenant, screen, out, person = tenant.person, folder = profileFolder(), own = {} }) {
    mkdirSync(folder, { recursive: true });
    mkdirSync(out, { recursive: true });
    return new Desk({ ...programEnvironment({ tenant, screen, out, person, folder }), ...own }, out);
  }

  constructor(env, out) {
    this.env = env;
    this.out = out;
  }

  /**
   * Starts Convoke, behind a driver of its own: WebKit's sometimes never answers to a second session. Nor, under load, to
   * a first one: then once more.
   */
  async open(args = []) {
    try {
      return await this.#start(args);
    } catch (error) {
      if (error.name !== "TimeoutError") throw error;
      console.log("the driver did not answer; once more");
      return this.#start(args);
    }
  }

  async #start(args) {
    await this.stop();
    this.driver = await Driver.start({ env: this.env, log: join(this.out, "convoke.log") });
    return new Window(await this.driver.open(program("convoke"), args), this.out);
  }

  /** Closes the window, and waits for its program: until that has ended, a new start would only call it to the front. */
  async close(window) {
    await window.close();
    const variable = `CONVOKE_POLICY_FILE=${this.env.CONVOKE_POLICY_FILE}`;
    await window.driver.until("end of the program", 20, () => !isRunning(program("convoke"), variable));
  }

  /** Changes the policy file in place. */
  changePolicy(change) {
    const policy = JSON.parse(readFileSync(this.env.CONVOKE_POLICY_FILE, "utf8"));
    change(policy);
    writeFileSync(this.env.CONVOKE_POLICY_FILE, JSON.stringify(policy));
  }

  /** What the person does in the browser from now on (see browser.mjs). */
  decide(decision) {
    writeFileSync(this.env.E2E_DECISION, decision);
  }

  /** Visits to the browser, in order; one that still goes on is `null`. */
  visits() {
    const names = readdirSync(this.out).filter((name) => name.startsWith("browser-")).sort();
    const files = names.map((name) => join(this.out, name, "visit.json"));
    return files.map((file) => (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null));
  }

  /** Ends the driver. */
  async stop() {
    await this.driver?.stop();
  }
}
