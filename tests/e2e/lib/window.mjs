// Convoke's window as a person uses it: what is on screen, and what is pressed. Elements are found by the
// test ids that the UI keeps stable.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { invoke } from "./fence.mjs";

const TEXTS = `
  const [row, part] = arguments;
  return [...document.querySelectorAll('[data-testid="' + row + '"]')].map((element) =>
    (element.querySelector('[data-testid="' + part + '"]') ?? element).textContent.trim());`;

const LINES = `
  const text = (row, id) => row.querySelector('[data-testid="' + id + '"]')?.textContent.trim() ?? null;
  return [...document.querySelectorAll('[data-testid="meeting-row"]')].map((row) => {
    const at = row.dataset.key.lastIndexOf("@");
    const [id, date] = [row.dataset.key.slice(0, at), row.dataset.key.slice(at + 1)];
    return { id, date, subject: text(row, "meeting-subject"), start: text(row, "meeting-start") };
  });`;

/** Rows of services, wherever they stand: name and state, as they are painted. */
const SERVICES = `
  return [...document.querySelectorAll("li [data-state]")].map((state) =>
    [state.closest("li").querySelector("h2, h3").innerText.trim(), state.innerText.trim()]);`;

const PASTE = `
  const area = document.createElement("textarea");
  area.dataset.testid = "paste-here";
  document.querySelector("main").append(area);`;

export class Window {
  constructor(driver, out) {
    this.driver = driver;
    this.out = out;
  }

  async press(testId, seconds) {
    const button = await this.driver.find(testId, seconds);
    await this.driver.until(`way to press "${testId}"`, 10, () => button.click().then(() => true));
  }

  /** Presses the button whose name begins with a text. */
  async pressButton(name, seconds) {
    const button = await this.driver.findButton(name, seconds);
    await this.driver.until(`way to press "${name}"`, 10, () => button.click().then(() => true));
  }

  /** Everything that stands in the window. */
  text() {
    return this.driver.run("return document.body.innerText");
  }

  /** Waits until each service, from the top, stands there with one of these states. */
  async waitForServices(states, seconds = 60) {
    const expected = JSON.stringify(["Calendar", "Contacts", "Organization directory"].map((name, at) => [name, states[at]]));
    await this.driver.until(`services ${expected}`, seconds, async () => {
      const seen = JSON.stringify(await this.driver.run(SERVICES));
      if (seen === expected) return true;
      throw new Error(`instead ${seen}`);
    });
  }

  /** Opens what is folded, such as the administrator's request. */
  async unfold(selector) {
    await (await this.driver.select(`${selector} > summary`)).click();
  }

  /** Copies the text of an element as people do: marks it, and presses the keys. */
  async copy(selector) {
    await (await this.driver.select(selector)).click();
    await this.driver.run("getSelection().selectAllChildren(document.querySelector(arguments[0]));", selector);
    await this.driver.chord("c");
  }

  /** What a person gets who pastes into a text field now. */
  async paste() {
    await this.driver.run(PASTE);
    await (await this.driver.find("paste-here")).click();
    await this.driver.chord("v");
    const pasted = `const area = document.querySelector('[data-testid="paste-here"]');`;
    const text = await this.driver.until("text that was pasted", 10, () => this.driver.run(`${pasted} return area.value;`));
    await this.driver.run(`${pasted} area.remove();`);
    return text;
  }

  /** Lines of the agenda, from the top: meeting, day it stands under, subject, and for those with a time its start. */
  lines() {
    return this.driver.run(LINES);
  }

  /** Names on screen, from the top. */
  names() {
    return this.driver.run(TEXTS, "contact-row", "contact-name");
  }

  /** All of its text: the driver's own reading leaves out what may be cut by an ellipsis. */
  async statusLine() {
    await this.driver.find("status-line");
    return this.driver.run(`return document.querySelector('[data-testid="status-line"]').textContent.trim();`);
  }

  async showMeetings(seconds) {
    if (await this.driver.has("nav-meetings")) await this.press("nav-meetings");
    await this.driver.find("meeting-row", seconds);
  }

  /** Types into the contact search and waits until `name` stands first. */
  async searchContact(text, name) {
    await this.press("nav-contacts");
    const search = await this.driver.find("contact-search");
    await search.clear();
    await search.type(text);
    await this.driver.until(`contact "${name}" on top for "${text}"`, 90, async () => (await this.names())[0] === name);
  }

  /** What the core answers to the page. */
  async ask(command, q) {
    const answer = await invoke(this.driver, command, q === undefined ? {} : { q });
    if ("refused" in answer) throw new Error(`${command}: ${answer.refused}`);
    return answer.value;
  }

  async keepPicture(name) {
    // What changed a moment ago is painted with the next frame.
    await this.driver.runAsync("const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(done));");
    writeFileSync(join(this.out, `${name}.png`), await this.driver.screenshot());
  }

  /** A picture, and what the core tells the page. */
  async keepState(name) {
    await this.keepPicture(name);
    writeFileSync(join(this.out, `${name}.json`), JSON.stringify(await this.ask("snapshot"), null, 2));
  }

  close() {
    return this.driver.close();
  }
}
