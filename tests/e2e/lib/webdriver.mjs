// A WebDriver client, as much of it as the window test needs (W3C WebDriver 2).
// tauri-driver passes these requests to the WebDriver of the system's webview.

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

/** W3C WebDriver, "Keyboard actions". */
const CONTROL = "\uE009";

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

  /** Presses a key while Control is held down, wherever the focus is. */
  chord(key) {
    const press = [CONTROL, key].map((value) => ({ type: "keyDown", value }));
    const release = [key, CONTROL].map((value) => ({ type: "keyUp", value }));
    const actions = [{ type: "key", id: "keyboard", actions: [...press, ...release] }];
    return send(this.session, "POST", "/actions", { actions });
  }

  url() {
    return send(this.session, "GET", "/url");
  }

  async screenshot() {
    return Buffer.from(await send(this.session, "GET", "/screenshot"), "base64");
  }

  /** The first element with a test id; waits for it. */
  async find(testId, seconds = 20) {
    return this.select(byTestId(testId), seconds);
  }

  /** The button whose name begins with a text; waits for it. While a dialog is open, only its own are within reach. */
  async findButton(name, seconds = 20) {
    const button = `//button[starts-with(normalize-space(.), "${name}")]`;
    const value = `//dialog[@open]${button} | /html[not(.//dialog[@open])]${button}`;
    const found = await this.until(`a button "${name}"`, seconds, () => this.#query("xpath", value));
    return new PageElement(this, found[ELEMENT]);
  }

  /** Whether an element with a test id is there now. */
  async has(testId) {
    return Boolean(await this.#query("css selector", byTestId(testId)));
  }

  /** The first element that a CSS selector finds; waits for it. */
  async select(selector, seconds = 20) {
    const found = await this.until(`an element ${selector}`, seconds, () => this.#query("css selector", selector));
    return new PageElement(this, found[ELEMENT]);
  }

  async #query(using, value) {
    return (await send(this.session, "POST", "/elements", { using, value }))[0];
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
    const said = text.replace(/\s*\n\s*/g, " | ");
    throw new Error(`no ${what} after ${seconds} s${trouble}; the page says: ${said}`);
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

function byTestId(testId) {
  return `[data-testid="${testId}"]`;
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
