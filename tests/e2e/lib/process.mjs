// Child processes of the test: started with their output kept, ended by their own id.

import { spawn } from "node:child_process";
import { createWriteStream, readdirSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const running = new Set();

/** Starts a program; its output goes to `log`. */
export function start(program, args, { env, log, wantsOutput = false }) {
  const child = spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  const file = createWriteStream(log, { flags: "a" });
  child.stderr.pipe(file, { end: false });
  if (!wantsOutput) child.stdout.pipe(file, { end: false });
  running.add(child);
  child.failed = new Promise((_, refuse) => {
    child.once("error", (error) => refuse(new Error(`${program}: ${error.message}`)));
    child.once("exit", (code, signal) => refuse(new Error(`${program} ended (${code ?? signal}); see ${log}`)));
  });
  child.failed.catch(() => {});
  child.ended = new Promise((done) => child.once("exit", done));
  child.ended.then(() => running.delete(child));
  return child;
}

/** The first line that a child prints. */
export async function firstLine(child) {
  const lines = createInterface({ input: child.stdout });
  const line = new Promise((done) => lines.once("line", done));
  const first = await Promise.race([line, child.failed]);
  lines.on("line", () => {});
  return first;
}

/** Ends a child and waits until it is gone. */
export async function stop(child, signal = "SIGTERM") {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal);
  const late = setTimeout(() => child.kill("SIGKILL"), 5000);
  await child.ended;
  clearTimeout(late);
}

/** Whether a program runs in whose environment something stands. */
export function isRunning(program, variable) {
  const processes = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const read = (id, what) => {
    try {
      return readFileSync(`/proc/${id}/${what}`, "utf8").split("\0");
    } catch {
      return [];
    }
  };
  return processes.some((id) => read(id, "cmdline")[0] === program && read(id, "environ").includes(variable));
}

/** Ends every child that still runs. */
export async function stopAll() {
  await Promise.all([...running].map((child) => stop(child)));
}
