// The simulated tenant, and what is true there.

import { program } from "./computer.mjs";
import { firstLine, start, stop } from "./process.mjs";

export class Tenant {
  /** Starts the tenant and waits until it is ready. */
  static async start(args, log) {
    const child = start(program("convoke-tenant"), args, { env: process.env, log, wantsOutput: true });
    return new Tenant(child, JSON.parse(await firstLine(child)));
  }

  constructor(child, ready) {
    this.child = child;
    this.ready = ready;
  }

  /** The first person with a mailbox in the cloud. */
  get person() {
    return this.ready.users.find((user) => user.mailbox === "cloud" && user.role === "user");
  }

  /** The first person with a mailbox on the organization's own Exchange server. */
  get hybrid() {
    return this.ready.users.find((user) => user.mailbox === "onPremises" && user.role === "user");
  }

  /** Meetings of a span of days, as the world has them. */
  agenda({ from, to }, { username } = this.person) {
    return this.#get(`truth/agenda?user=${encodeURIComponent(username)}&from=${from}&to=${to}`);
  }

  /** Contacts, as the world has them. */
  contacts({ username } = this.person) {
    return this.#get(`truth/contacts?user=${encodeURIComponent(username)}`);
  }

  /** Tells it something (`POST /_control/…`). */
  async control(path, body) {
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`${this.ready.control}/${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  }

  /** The number of the latest request, for `requests`. */
  async latest() {
    return (await this.#get("state")).requests;
  }

  /** Requests after a number, oldest first. */
  requests(after) {
    return this.#get(`log?after=${after}`);
  }

  /** Every token that it gave out. */
  tokens() {
    return this.#get("tokens");
  }

  async #get(path) {
    const answer = await fetch(`${this.ready.control}/${path}`);
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return answer.json();
  }

  /** Takes the tenant off the network. */
  stop() {
    return stop(this.child);
  }
}
