// A desktop to run on: a display, a session bus, an unlocked keychain, folders of its own.

import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { firstLine, start } from "./process.mjs";

const INSIDE = "CONVOKE_E2E_PROFILE";

/** Runs `script` again within a session bus and unlocked keychain; returns its exit status. */
export function runInside(script) {
  const profile = mkdtempSync(join(tmpdir(), "convoke-e2e-"));
  try {
    // An empty line is the password of the login keychain that this creates.
    const unlock = "printf '\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null";
    const shell = ["sh", "-c", `${unlock} && exec "$0" "$@"`, process.execPath, script, ...process.argv.slice(2)];
    const env = { ...process.env, CONVOKE_E2E_HOME: homedir(), ...folders(profile), [INSIDE]: profile };
    for (const name of ["DBUS_SESSION_BUS_ADDRESS", "GNOME_KEYRING_CONTROL", "WEBKIT_DISABLE_COMPOSITING_MODE"]) {
      delete env[name];
    }
    return spawnSync("dbus-run-session", ["--", ...shell], { env, stdio: "inherit" }).status ?? 1;
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** The profile's folder, where this runs inside the session; otherwise undefined. */
export function profileFolder() {
  return process.env[INSIDE];
}

/** The folders in which the program may leave something. */
export function ownFolders() {
  return ["data", "config", "state", "cache", "home"].map((name) => join(profileFolder(), name));
}

/** Where everything below the home folder goes. */
function folders(profile) {
  return { ...userFolders(profile), XDG_RUNTIME_DIR: made(join(profile, "run")) };
}

/** What one user's programs keep things in, made below `folder`. */
export function userFolders(folder) {
  const names = {
    HOME: "home",
    XDG_DATA_HOME: "data",
    XDG_CONFIG_HOME: "config",
    XDG_STATE_HOME: "state",
    XDG_CACHE_HOME: "cache",
  };
  return Object.fromEntries(Object.entries(names).map(([name, below]) => [name, made(join(folder, below))]));
}

function made(folder) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** The display to use: the one that is there, or a new virtual one. */
export async function display(log) {
  if (process.env.DISPLAY) return process.env.DISPLAY;
  const args = ["-displayfd", "1", "-screen", "0", "1400x1000x24", "-nolisten", "tcp"];
  const server = start("Xvfb", args, { env: process.env, log, wantsOutput: true });
  return `:${await firstLine(server)}`;
}

/** Fails where no keychain answers or it has no collection to keep things in. */
export function requireKeychain() {
  const service = ["--dest", "org.freedesktop.secrets", "--object-path", "/org/freedesktop/secrets"];
  const method = ["--method", "org.freedesktop.Secret.Service.ReadAlias", "default"];
  const answer = execFileSync("gdbus", ["call", "--session", ...service, ...method], { encoding: "utf8" });
  if (answer.includes("'/'")) throw new Error(`no default collection: ${answer}`);
}
