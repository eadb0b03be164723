// The rows: the tenant's consent policy and what an administrator granted there before, the policy file's keys, what
// is done from the first sign-in on, and what must come of it: the state of each service as the window says it,
// sentences beside them, and the titles of the pages that the person met, one list per visit to the browser.

import assert from "node:assert/strict";

/** What signs people in. Where users may grant nothing, an administrator has granted this, or nobody signs in at all. */
const SIGN_IN = "openid profile email offline_access";
/** What the policy file permits. */
const ALL = "openid profile email offline_access User.Read Calendars.Read Contacts.Read User.ReadBasic.All";
const NAMED = ["Calendars.Read", "Contacts.Read", "User.ReadBasic.All"];

const CONNECTED = ["Connected", "Connected", "Connected"];
const WAITING = "Waiting for an administrator";
const ONLY_ADMINISTRATORS = "An administrator of Contoso must allow this once: Calendar, Contacts, and Organization directory.";
const SSO = "Contoso sign-in";
const CONSENT = "Permissions requested";

export const ROWS = [
  {
    name: "open tenant, firstSignIn: one trip, all three connected",
    tenant: { consent: "open" },
    policy: { prompt: "firstSignIn", userConsent: true },
    async act({ window }) {
      await window.press("connect-button", 60);
      await window.driver.find("meeting-row", 90);
      await window.press("nav-settings");
    },
    shows: CONNECTED,
    pages: [[SSO, CONSENT], [CONSENT, CONSENT]],
  },
  {
    name: "tenant without user consent, userConsent true: waits for the administrator; the request can be copied",
    tenant: { consent: "off", granted: SIGN_IN },
    policy: { prompt: "firstSignIn", userConsent: true },
    async act({ window }) {
      await window.press("connect-button", 60);
      await window.waitForServices([WAITING, WAITING, WAITING]);
      await window.pressButton("Copy the request");
      await window.driver.until("the button says Copied", 20, () => window.driver.run("return document.body.innerText.includes(\"Copied\")"));
      const request = await window.paste();
      for (const part of [...NAMED, "/adminconsent?"]) assert.ok(request.includes(part), `"${part}" is not in:\n${request}`);
    },
    shows: [WAITING, WAITING, WAITING],
    says: [ONLY_ADMINISTRATORS, "Check again once somebody has approved; your browser opens for a moment."],
    pages: [[SSO], ["Need admin approval"]],
  },
  {
    name: "userConsent false: no consent page, the administrator's view at once",
    tenant: { consent: "off", granted: SIGN_IN },
    policy: { prompt: "firstSignIn", userConsent: false },
    async act({ window, tenant, began }) {
      await window.waitForServices(["Needs an administrator", "Needs an administrator", "Needs an administrator"]);
      assert.deepEqual((await authorizations(tenant, began)).map(({ scope }) => scope), ["openid profile email"]);
      assert.equal(await (await window.driver.find("connect-button")).text(), "Continue");
      // By hand Convoke asks Microsoft whether somebody has approved, and that shows no page.
      await window.pressButton("Check again");
      await window.waitForServices([WAITING, WAITING, WAITING]);
      const asked = (await authorizations(tenant, began)).slice(1);
      assert.ok(asked.length > 0 && asked.every(({ prompt }) => prompt === "none"), JSON.stringify(asked));
    },
    shows: [WAITING, WAITING, WAITING],
    says: [ONLY_ADMINISTRATORS, "I am an administrator and consent on behalf of the organization"],
    pages: [[SSO], []],
  },
  {
    name: "cancels the consent page: nothing connected, nothing asked at the next start, Connect by hand works",
    tenant: { consent: "open" },
    policy: { prompt: "firstSignIn", userConsent: true },
    async act(at) {
      await at.window.driver.find("connect-button", 60);
      at.desk.decide("cancels");
      await at.window.press("connect-button");
      await at.window.waitForServices(["You said no", "You said no", "You said no"]);
      await at.window.keepPicture("cancelled");
      await at.desk.close(at.window);
      at.window = await at.desk.open();
      await at.window.driver.find("nav-settings", 60);
      assert.equal(await at.window.driver.has("connect-button"), false);
      assert.equal(at.desk.visits().length, 2);
      at.desk.decide("grants");
      await at.window.press("nav-settings");
      await at.window.pressButton("Connect Calendar");
    },
    shows: ["Connected", "You said no", "You said no"],
    says: ["You can still connect it, whenever you like."],
    pages: [[SSO, CONSENT], [CONSENT], [CONSENT]],
  },
  {
    name: "prompt never: no tab opens by itself, Connect from the profile works",
    tenant: { consent: "open" },
    policy: { prompt: "never", userConsent: true },
    async act({ window, desk }) {
      await window.press("nav-settings", 60);
      await window.waitForServices(["Not connected", "Not connected", "Not connected"]);
      assert.equal(desk.visits().length, 1);
      await window.pressButton("Connect Contacts");
      await window.waitForServices(["Not connected", "Connected", "Not connected"]);
      await window.keepPicture("contacts");
      await window.pressButton("Connect Organization directory");
      await window.waitForServices(["Not connected", "Connected", "Connected"]);
      await window.pressButton("Connect Calendar");
    },
    shows: CONNECTED,
    pages: [[SSO, CONSENT], [CONSENT], [CONSENT], [CONSENT]],
  },
  {
    name: "everySignIn: the second sign-in asks only for what is missing",
    tenant: { consent: "open" },
    policy: { prompt: "everySignIn", userConsent: true },
    async act({ window, desk }) {
      await window.driver.find("connect-button", 60);
      await window.pressButton("Not now");
      await window.press("nav-settings");
      await window.pressButton("Connect Contacts");
      await window.waitForServices(["Not connected", "Connected", "Not connected"]);
      await window.pressButton("Sign out");
      await window.pressButton("Sign out");
      await window.press("signin-button");
      await window.press("connect-button", 60);
      await window.press("nav-contacts", 60);
      await window.driver.find("contact-row", 60);
      await window.press("nav-settings");
      const { seen } = await window.driver.until("end of the last visit", 30, () => desk.visits()[3]);
      assert.deepEqual(seen.map(({ permissions }) => permissions), [["User.ReadBasic.All"], ["Calendars.Read"]]);
    },
    shows: CONNECTED,
    pages: [[SSO, CONSENT], [CONSENT], [], [CONSENT, CONSENT]],
  },
  {
    name: "an administrator consents on behalf of the organization: connected after the sign-in that proves it",
    tenant: { consent: "off", granted: SIGN_IN, role: "admin" },
    policy: { prompt: "firstSignIn", userConsent: true },
    async act({ window, tenant, began }) {
      await window.press("admin-consent", 60);
      await window.driver.find("meeting-row", 90);
      const asked = await authorizations(tenant, began);
      assert.deepEqual(asked.map(({ path }) => path), ["authorize", "adminconsent", "authorize", "authorize"]);
      await window.press("nav-settings");
    },
    shows: CONNECTED,
    pages: [[SSO], ["Permissions requested: review for your organization"]],
  },
  {
    name: "request workflow: the page never redirects; the person says so, the administrator grants, Check again connects",
    tenant: { consent: "workflow", granted: SIGN_IN },
    policy: { prompt: "firstSignIn", userConsent: true },
    async act({ window, desk, tenant }) {
      desk.decide("asks");
      await window.press("connect-button", 60);
      await window.driver.until("page that was closed", 60, () => desk.visits()[1]);
      await window.keepPicture("closed");
      await window.press("needs-approval");
      await window.waitForServices([WAITING, "Connected", "Connected"]);
      await window.keepPicture("waiting");
      await tenant.control("grants", { action: "approveRequests" });
      await window.pressButton("Check again");
      // Nothing is left to connect: the window goes on by itself.
      await window.press("nav-settings", 60);
    },
    shows: CONNECTED,
    pages: [[SSO], [CONSENT, "Approval required", "Request sent"]],
  },
  {
    name: "granted for the whole tenant: no consent page",
    tenant: { consent: "off", granted: ALL },
    policy: { prompt: "firstSignIn", userConsent: true },
    async act({ window }) {
      await window.press("connect-button", 60);
      await window.driver.find("meeting-row", 90);
      await window.press("nav-settings");
    },
    shows: CONNECTED,
    pages: [[SSO], []],
  },
];

/** What Convoke asked Microsoft for in the browser: which endpoint, which scopes, whether a page might be shown. */
async function authorizations(tenant, began) {
  const asked = (await tenant.requests(began)).filter(({ path }) => /\/(authorize|adminconsent)$/.test(path));
  return asked.map(({ path, query }) => {
    const parameters = new URLSearchParams(query);
    const [scope, prompt] = ["scope", "prompt"].map((name) => parameters.get(name));
    return { path: path.split("/").at(-1), scope, prompt };
  });
}
