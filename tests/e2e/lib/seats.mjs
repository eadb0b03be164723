// Who sits where: each row of a table gets a person who has never used Convoke, at a tenant that is set as the row
// says. One tenant process serves as many rows as it has people with a mailbox.

import { join } from "node:path";
import { Tenant } from "./tenant.mjs";

const SIZE = ["--events", "24", "--contacts", "12", "--directory", "12"];

export class Seats {
  #taken = [];
  #tenants = [];

  /** Logs stay in `out`. */
  constructor(out) {
    this.out = out;
  }

  /** A tenant with a consent policy and nothing granted but `granted`, and a person there with a role. */
  async next({ consent, granted = "", role = "user" }) {
    const { tenant, person } = this.#free(role) ?? this.#of(await this.#start(), role);
    this.#taken.push(person);
    await tenant.control("consent", { policy: consent });
    await tenant.control("grants", { action: "withdraw" });
    if (granted) await tenant.control("grants", { action: "grantForOrganization", scope: granted });
    return { tenant, person };
  }

  /** Ends the tenants. */
  stop() {
    return Promise.all(this.#tenants.map((tenant) => tenant.stop()));
  }

  #free(role) {
    return this.#tenants.map((tenant) => this.#of(tenant, role)).find(({ person }) => person);
  }

  #of(tenant, role) {
    const people = tenant.ready.users.filter((user) => user.mailbox === "cloud" && user.role === role);
    return { tenant, person: people.find((user) => !this.#taken.includes(user)) };
  }

  async #start() {
    const number = this.#tenants.length + 1;
    const tenant = await Tenant.start(["--seed", `${20 + number}`, ...SIZE], join(this.out, `tenant-${number}.log`));
    this.#tenants.push(tenant);
    return tenant;
  }
}
