// A WebDriver client, as much of it as the window test needs (W3C WebDriver 2).
// tauri-driver passes these requests to the WebDriver of the system's webview.

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

export class WebDriver {
  /** Starts `application` behind the driver at `server` and returns its session. */
  static async open(server, application, args = []) {
    const capabilities = { alwaysMatch: { "tauri:options": { application, args } } };
    const { sessionId } = await send(server, "POST", "/session", { capabilities });
    return new WebDriver(`${server}/session/${sessionId}`);
  }

  constructor(session) {
    this.session = session;
  }

  close() {
    return send(this.session, "DELETE", "");
  }

  /** Runs the body of a function in the page and returns its result. */
  run(script, ...args) {
    return send(this.session, "POST", "/execute/sync", { script, args });
  }

  /** The same for a body that calls its last argument with the result. */
  runAsync(script, ...args) {
    return send(this.session, "POST", "/execute/async", { script, args });
  }

  url() {
    return send(this.session, "GET", "/url");
  }

  async screenshot() {
    return Buffer.from(await send(this.session, "GET", "/screenshot"), "base64");
  }

  /** The first element with a test id; waits for it. */
  async find(testId, seconds = 20) {
    const found = await this.until(`an element "${testId}"`, seconds, () => this.#query(testId));
    return new PageElement(this, found[ELEMENT]);
  }

  /** Whether an element with a test id is there now. */
  async has(testId) {
    return Boolean(await this.#query(testId));
  }

  async #query(testId) {
    const all = await send(this.session, "POST", "/elements", {
      using: "css selector",
      value: `[data-testid="${testId}"]`,
    });
    return all[0];
  }

  /** Asks until `look` gives something that is not false; what stands in the page goes into the error. */
  async until(what, seconds, look) {
    const end = Date.now() + seconds * 1000;
    let trouble = "";
    while (Date.now() < end) {
      try {
        const found = await look();
        if (found) return found;
      } catch (error) {
        trouble = ` (${error.message})`;
      }
      await new Promise((done) => setTimeout(done, 100));
    }
    const text = await this.run("return document.body ? document.body.innerText : ''").catch(() => "");
    throw new Error(`no ${what} after ${seconds} s${trouble}; the page says:\n${text}`);
  }
}

class PageElement {
  constructor(driver, id) {
    this.base = `${driver.session}/element/${id}`;
  }

  click() {
    return send(this.base, "POST", "/click", {});
  }

  text() {
    return send(this.base, "GET", "/text");
  }

  type(text) {
    return send(this.base, "POST", "/value", { text });
  }

  clear() {
    return send(this.base, "POST", "/clear", {});
  }
}

async function send(base, method, path, body) {
  const answer = await fetch(base + path, {
    method,
    headers: { "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(120_000),
  });
  const { value } = await answer.json();
  if (!answer.ok) throw new Error(`${method} ${path}: ${value?.error}: ${value?.message}`);
  return value;
}
