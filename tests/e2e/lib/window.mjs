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

export class Window {
  constructor(driver, out) {
    this.driver = driver;
    this.out = out;
  }

  async press(testId, seconds) {
    const button = await this.driver.find(testId, seconds);
    await this.driver.until(`way to press "${testId}"`, 10, () => button.click().then(() => true));
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
    writeFileSync(join(this.out, `${name}.png`), await this.driver.screenshot());
  }

  close() {
    return this.driver.close();
  }
}
