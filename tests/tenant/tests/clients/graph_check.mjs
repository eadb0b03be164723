// Microsoft's own Graph client for JavaScript reads the tenant: pages, delta rounds, search, photo, batch.
//
// TENANT_GRAPH: base URL with version, https because this client knows no other; NODE_EXTRA_CA_CERTS: the tenant's CA;
// TENANT_TOKEN: an access token with User.Read, User.ReadBasic.All, Calendars.Read, Contacts.Read.
// Prints one line for each check and exits 1 if any failed.

import { BatchRequestContent, Client, PageIterator } from "@microsoft/microsoft-graph-client";

const graph = new URL(required("TENANT_GRAPH"));
const token = required("TENANT_TOKEN");
const DAY = 86_400_000;
const now = new Date(process.env.TENANT_NOW ?? Date.now());
const iso = (days) => new Date(now.getTime() + days * DAY).toISOString();
const window = { startDateTime: iso(-30), endDateTime: iso(180) };
const IDS = 'IdType="ImmutableId"';

function required(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

const api = Client.initWithMiddleware({
  baseUrl: `${graph.origin}/`,
  defaultVersion: "v1.0",
  customHosts: new Set([graph.hostname]),
  authProvider: { getAccessToken: async () => token },
});

/** All entries that the client's own iterator finds, and the delta link at the end. */
async function all(first, headers = {}) {
  const items = [];
  const iterator = new PageIterator(api, first, (item) => items.push(item) > 0, { headers });
  await iterator.iterate();
  return { items, deltaLink: iterator.getDeltaLink() };
}

function check(condition, text) {
  if (!condition) throw new Error(text);
}

const checks = {
  async "me is somebody"() {
    const me = await api.api("/me").get();
    check(me.userPrincipalName.includes("@") && me.id, JSON.stringify(me));
  },
  async "calendarView is paged to its end"() {
    const first = await api.api("/me/calendarView").query(window).header("Prefer", IDS).get();
    check(first.value.length === 10 && first["@odata.nextLink"], "the first page holds ten entries");
    const { items } = await all(first, { Prefer: IDS });
    const ids = new Set(items.map((item) => item.id));
    check(items.length > 10 && ids.size === items.length, `${items.length} entries, ${ids.size} ids`);
    check(items.every((item) => item.type !== "seriesMaster" && item.subject !== undefined), "each entry is whole");
  },
  async "a delta round ends, has masters for its dates, and then is quiet"() {
    const headers = { Prefer: `${IDS}, odata.maxpagesize=50` };
    const first = await api.api("/me/calendarView/delta").query(window).headers(headers).get();
    const { items, deltaLink } = await all(first, headers);
    check(deltaLink, "there is a delta link");
    const masters = new Set(items.filter((item) => item.type === "seriesMaster").map((item) => item.id));
    const dates = items.filter((item) => item.type === "occurrence");
    check(dates.length > 0 && dates.every((item) => masters.has(item.seriesMasterId)), "dates without master");
    check(dates.every((item) => item.subject === undefined), "dates are slim");
    const quiet = await api.api(deltaLink).headers(headers).get();
    check(quiet.value.length === 0 && quiet["@odata.deltaLink"], "the second round is empty");
  },
  async "the round and the view hold the same meetings"() {
    const headers = { Prefer: `${IDS}, odata.maxpagesize=200` };
    const view = await all(await api.api("/me/calendarView").query(window).headers(headers).top(200).get(), headers);
    const round = await all(await api.api("/me/calendarView/delta").query(window).headers(headers).get(), headers);
    const meetings = round.items.filter((item) => !item["@removed"] && item.type !== "seriesMaster");
    const left = [...new Set(view.items.map((item) => item.id))].sort();
    const right = [...new Set(meetings.map((item) => item.id))].sort();
    check(JSON.stringify(left) === JSON.stringify(right), `${left.length} and ${right.length} ids differ`);
  },
  async "contacts of a folder come by delta"() {
    const first = await api.api("/me/contactFolders/contacts/contacts/delta").select("displayName").get();
    const { items, deltaLink } = await all(first);
    check(items.length > 10 && deltaLink, `${items.length} contacts`);
  },
  async "search in the directory needs its header"() {
    const search = api.api("/users").search('"displayName:gro"');
    const refused = await search.get().catch((error) => error);
    check(refused.statusCode === 400 && refused.code === "Request_UnsupportedQuery", `got ${refused.code}`);
    const found = await api.api("/users").header("ConsistencyLevel", "eventual").search('"displayName:gro"').get();
    check(found.value.some((user) => user.displayName === "Jürgen Groß"), "Jürgen is not found");
  },
  async "a photo is a picture"() {
    const photo = await api.api("/me/photos/48x48/$value").responseType("arraybuffer").get();
    check(new Uint8Array(photo)[1] === 0x50, "no PNG");
  },
  async "a batch is answered in parts"() {
    const step = (id, path) => ({ id, request: new Request(new URL(path, graph.origin), { method: "GET" }) });
    const content = new BatchRequestContent([step("1", "/me"), step("2", "/me/calendars"), step("3", "/me/events/abc")]);
    const body = await content.getContent();
    const answer = await api.api("/$batch").post(body);
    const statuses = Object.fromEntries(answer.responses.map((part) => [part.id, part.status]));
    check(statuses[1] === 200 && statuses[2] === 200 && statuses[3] === 400, JSON.stringify(statuses));
  },
};

let failed = 0;
for (const [name, run] of Object.entries(checks)) {
  try {
    await run();
    console.log(`ok   ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL ${name}: ${error.message ?? error}`);
  }
}
console.log(`graph_check: ${Object.keys(checks).length - failed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
