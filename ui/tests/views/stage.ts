import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { CHROMIUM, serve } from './serve.js';

export const WIDE = { width: 1280, height: 800 };
export const NARROW = { width: 900, height: 600 };

/** What a scene is shown in. */
export interface Setting extends BrowserContextOptions {
  scene: string;
}

/** A page with what it complained about: errors, and what the content policy stopped. */
export interface Shown {
  page: Page;
  complaints: string[];
  /** The calls that reached the backend. */
  calls: () => Promise<string[]>;
  close: () => Promise<void>;
}

/** The server and the browser of one test file. */
export class Stage {
  private constructor(
    private readonly browser: Browser,
    private readonly server: Awaited<ReturnType<typeof serve>>,
  ) {}

  static async open(): Promise<Stage> {
    const server = await serve(fileURLToPath(new URL('../../dist-scripted', import.meta.url)));
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
    return new Stage(browser, server);
  }

  async show({ scene, ...options }: Setting): Promise<Shown> {
    const context = await this.browser.newContext({
      viewport: WIDE,
      locale: 'en-GB',
      reducedMotion: 'reduce',
      permissions: ['clipboard-read', 'clipboard-write'],
      ...options,
    });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    await page.goto(`${this.server.url}/scripted.html?scene=${scene}`);
    await page.locator('main, .empty').first().waitFor();
    return {
      page,
      complaints,
      calls: () => page.evaluate(() => (window as unknown as { script: { calls: string[] } }).script.calls),
      close: () => context.close(),
    };
  }

  /** A journey that touches no pointer, and ends without a complaint. */
  async journey(setting: Setting, walk: (page: Page, shown: Shown) => Promise<void>): Promise<void> {
    const shown = await this.show(setting);
    await walk(shown.page, shown);
    expect(shown.complaints).toEqual([]);
    await shown.close();
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.close();
  }
}

/** Changes the scripted core's state, as an event of the core would. */
export function change(page: Page, what: Record<string, unknown>): Promise<void> {
  return page.evaluate(
    (values) => (window as unknown as { script: { change: (values: unknown) => void } }).script.change(values),
    what,
  );
}

/** Presses keys, one after the other. */
export async function keys(page: Page, ...names: string[]): Promise<void> {
  for (const name of names) await page.keyboard.press(name);
}

/** Tabs until an element with this name has the focus. */
export async function tabTo(page: Page, name: string): Promise<void> {
  for (let i = 0; i < 80; i += 1) {
    await page.keyboard.press('Tab');
    const here = await page.evaluate(
      () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '',
    );
    if (here.trim().includes(name)) return;
  }
  throw new Error(`Tab never reaches ${name}`);
}
