// What the window tests need of the computer: built programs, folders for pictures, and the environment of the program.

import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const e2e = dirname(dirname(fileURLToPath(import.meta.url)));
const root = join(e2e, "..", "..");
const built = join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), process.env.E2E_BUILD ?? "debug");

/** A built program. */
export function program(name) {
  return join(built, name);
}

/** Where pictures and logs of a journey stay. */
export function outFolder(journey) {
  return join(e2e, "out", journey);
}

/** What the program under test sees of the computer. The policy is a copy, which outlives the tenant's own. */
export function programEnvironment({ tenant, screen, out, person, folder }) {
  const policy = join(folder, "policy.json");
  copyFileSync(tenant.ready.policy, policy);
  return {
    ...process.env,
    DISPLAY: screen,
    GDK_BACKEND: "x11",
    LIBGL_ALWAYS_SOFTWARE: "1",
    NO_AT_BRIDGE: "1",
    LANG: "C.UTF-8",
    LANGUAGE: "en",
    TZ: "UTC",
    NO_PROXY: "localhost,127.0.0.1,::1",
    CONVOKE_POLICY_FILE: policy,
    BROWSER: join(e2e, "browser.mjs"),
    E2E_OUT: out,
    E2E_BROWSER_PROFILE: join(folder, "chromium"),
    E2E_CHROMIUM: process.env.CHROMIUM ?? "/usr/bin/chromium",
    E2E_AUTHORITY: tenant.ready.authority,
    E2E_USERNAME: person.username,
    E2E_PASSWORD: person.password,
    E2E_DECISION: join(folder, "decision"),
  };
}

/** Installs what package.json names, and looks whether the programs are built. */
export function prepare(out) {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  if (!existsSync(join(e2e, "node_modules", "playwright-core"))) {
    const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: e2e, stdio: "inherit" });
    if (status !== 0) process.exit(1);
  }
  const missing = ["convoke", "convoke-tenant"].filter((name) => !existsSync(program(name)));
  if (missing.length > 0) {
    console.error(`not built: ${missing.join(", ")}; run \`cargo build\` after building the UI`);
    process.exit(1);
  }
}
