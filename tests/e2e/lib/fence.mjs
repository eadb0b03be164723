// What the page must not be able to do: the fence around the webview, tried from inside it.
// The numbers are those of the list of bad inputs that the tests refer to.

import assert from "node:assert/strict";

const INVOKE = `
  const [command, argument, done] = arguments;
  window.__TAURI_INTERNALS__.invoke(command, argument).then(
    (value) => done({ value }),
    (reason) => done({ refused: typeof reason === "string" ? reason : JSON.stringify(reason) }),
  );`;

/** Calls a command as the page would. */
export function invoke(driver, command, argument = {}) {
  return driver.runAsync(INVOKE, command, argument);
}

/** Adds something to the page and returns the content security policy's directive that refused it. */
const VIOLATION = `
  const [make, done] = arguments;
  const late = setTimeout(() => done("nothing was refused"), 3000);
  document.addEventListener("securitypolicyviolation", (event) => {
    clearTimeout(late);
    done(event.effectiveDirective);
  }, { once: true });
  const element = Object.assign(document.createElement(make.tag), make.properties);
  document.body.append(element);
  element.remove();`;

const REFUSED = [
  ["script-src-elem", { tag: "script", properties: { src: "https://evil.example/x.js" } }],
  ["script-src-elem", { tag: "script", properties: { textContent: "window.injected = true" } }],
  ["frame-src", { tag: "iframe", properties: { src: "https://evil.example/" } }],
  ["img-src", { tag: "img", properties: { src: "https://evil.example/x.png" } }],
  ["style-src-elem", { tag: "style", properties: { textContent: "body { display: none }" } }],
];

/** Commands that Tauri itself brings and that this window has no use for. */
const FOREIGN = [
  ["plugin:window|close", { label: "main" }],
  ["plugin:window|set_title", { label: "main", value: "x" }],
  ["plugin:webview|create_webview_window", { options: { label: "x", url: "https://evil.example/" } }],
  ["plugin:webview|internal_toggle_devtools", {}],
  ["plugin:path|resolve_directory", { directory: 1 }],
  ["plugin:event|emit", { event: "app", payload: {} }],
  ["plugin:menu|new", {}],
  ["plugin:tray|new", {}],
  ["plugin:app|app_hide", {}],
  ["plugin:resources|close", { rid: 1 }],
  ["plugin:opener|open_url", { url: "https://evil.example/" }],
  ["plugin:shell|execute", { program: "sh" }],
  ["plugin:fs|read_file", { path: "/etc/passwd" }],
  ["no_such_command", {}],
];

const AWAY = [
  ["a link", "location.href = 'https://evil.example/'"],
  ["a file", "location.href = 'file:///etc/passwd'"],
  ["data", "location.href = 'data:text/html,<h1>x</h1>'"],
  ["a new window", "window.open('https://evil.example/')"],
  ["the top", "const a = document.createElement('a'); a.href = 'https://evil.example/'; a.target = '_top'; document.body.append(a); a.click(); a.remove()"],
  ["a form", "const f = document.createElement('form'); f.action = 'https://evil.example/'; document.body.append(f); f.submit(); f.remove()"],
];

/** Runs every check of the fence. */
export async function checkFence(driver, report) {
  await report.check("b39 foreign scripts, frames, pictures and styles are refused", async () => {
    for (const [directive, make] of REFUSED) {
      assert.equal(await driver.runAsync(VIOLATION, make), directive, JSON.stringify(make));
    }
    assert.equal(await driver.run("return window.injected === undefined"), true);
  });
  await report.check("b39 text is not run as code", async () => {
    const tried = "try { return (0, eval)('1 + 1') } catch (error) { return error.name }";
    assert.equal(await driver.run(`${tried}`), "EvalError");
  });
  await report.check("b40 no global Tauri, and prototypes are frozen", async () => {
    assert.equal(await driver.run("return typeof window.__TAURI__"), "undefined");
    const polluted = "try { Object.prototype.x = 1 } catch {} return ({}).x === undefined";
    assert.equal(await driver.run(polluted), true);
  });
  await report.check("b41 only the listed commands answer", async () => {
    for (const [command, argument] of FOREIGN) {
      const answer = await invoke(driver, command, argument);
      assert.match(answer.refused ?? `answered ${JSON.stringify(answer)}`, /not allowed|not found/, command);
    }
  });
  await report.check("b42 unknown fields and huge payloads are refused, and the window lives", async () => {
    const strange = await invoke(driver, "meeting", { q: { id: "x", path: "/etc/passwd" } });
    assert.match(strange.refused, /unknown field/);
    const huge = await driver.runAsync(INVOKE.replace("argument)", "{ q: { text: 'a'.repeat(10_000_000), limit: 5 } })"), "search_meetings", null);
    assert.ok("refused" in huge || Array.isArray(huge.value), JSON.stringify(huge).slice(0, 200));
    assert.ok((await invoke(driver, "snapshot")).value);
  });
  await report.check("b43 the page stays at home", async () => {
    const home = await driver.url();
    for (const [way, script] of AWAY) {
      await driver.run(script).catch(() => {});
      assert.equal(await driver.run("return document.querySelector('[data-testid], h1') !== null"), true, way);
      assert.equal(await driver.url(), home, way);
    }
  });
  await report.check("b45 no file can be read through a protocol", async () => {
    const read = `
      const [address, done] = arguments;
      fetch(address).then((answer) => answer.text()).then((text) => done("read: " + text.slice(0, 80)), () => done("refused"));`;
    for (const address of ["asset://localhost/etc/passwd", "file:///etc/passwd", "http://asset.localhost/..%2f..%2fetc/passwd"]) {
      assert.equal(await driver.runAsync(read, address), "refused", address);
    }
    const own = await driver.runAsync(read, "tauri://localhost/..%2f..%2f..%2fetc/passwd");
    assert.doesNotMatch(own, /root:/);
  });
}
