import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SCENES } from '../../src/lib/backend/fixtures/scenes';
import { NARROW, Stage, WIDE } from './stage';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());

interface Look {
  name: string;
  scene: string;
  viewport?: typeof WIDE;
  act?: (page: Page) => Promise<unknown>;
}

const press = (key: string) => (page: Page) => page.keyboard.press(key);
const button = (name: string) => (page: Page) => page.getByRole('button', { name, exact: true }).click();

/** Every scene as it comes, and what opens on top of it. */
const LOOKS: Look[] = [
  ...SCENES.map((scene) => ({ name: scene, scene, act: startOf(scene) })),
  { name: 'meetings, narrow', scene: 'meetings-awkward', viewport: NARROW },
  { name: 'meeting detail, narrow', scene: 'meetings-awkward', viewport: NARROW, act: press('Enter') },
  { name: 'filters', scene: 'meetings', act: button('Filters') },
  { name: 'choose a date, narrow', scene: 'meetings', viewport: NARROW, act: button('Choose a date') },
  { name: 'keys help', scene: 'meetings', act: press('?') },
  { name: 'contact', scene: 'contacts', act: contact },
  { name: 'contact search', scene: 'contacts', act: contactSearch },
  { name: 'sign-out dialog', scene: 'settings', act: (page) => press('3')(page).then(() => button('Sign out')(page)) },
  {
    name: 'disconnect dialog',
    scene: 'settings',
    act: (page) => press('3')(page).then(() => button('Disconnect')(page)),
  },
  {
    name: 'request to the administrator',
    scene: 'connect-waiting',
    act: (page) => page.getByText('Read the request').click(),
  },
  { name: 'policy before signing in', scene: 'sign-in-blocked', act: button('Show the policy') },
  { name: 'policy, narrow', scene: 'policy-problems', viewport: NARROW, act: policy },
  ...['in-use', 'decided-in-use', 'online', 'retired', 'password', 'trust'].map((state) => ({
    name: `settings, exchange-${state}`,
    scene: `exchange-${state}`,
    act: settings,
  })),
  ...['password', 'refused', 'trust', 'server', 'browser'].map((state) => ({
    name: `dialog, exchange-${state}`,
    scene: `exchange-${state}`,
    viewport: state === 'refused' ? NARROW : WIDE,
    act: exchangeDialog,
  })),
  {
    name: 'dialog, exchange-decided',
    scene: 'exchange-decided',
    act: (page) =>
      page
        .getByTestId('connect-button')
        .click()
        .then(() => page.getByRole('dialog').waitFor()),
  },
  {
    name: 'dialog, password missing',
    scene: 'exchange-password',
    act: (page) => exchangeDialog(page).then(() => press('Enter')(page)),
  },
  {
    name: 'dialog, password refused',
    scene: 'exchange-password',
    act: (page) => exchangeDialog(page).then(() => wrongPassword(page)),
  },
  { name: 'wrong e-mail', scene: 'sign-in', act: (page) => page.getByTestId('signin-button').click() },
];

function startOf(scene: string): (page: Page) => Promise<unknown> {
  if (scene.startsWith('contacts')) return press('2');
  if (scene.startsWith('policy')) return policy;
  return scene.startsWith('settings') ? settings : async () => undefined;
}

/** The view, which is read from the program when it is opened first. */
async function settings(page: Page) {
  await page.keyboard.press('3');
  await page.getByRole('heading', { level: 1, name: /^(Settings|Ajustes)$/ }).waitFor();
}

/** The table, and not the shell that was there before. */
async function policy(page: Page) {
  await page.keyboard.press('4');
  await page.locator('tbody tr').first().waitFor();
}

async function exchangeDialog(page: Page) {
  await page.getByTestId('status-line').getByRole('button').click();
  await page.getByRole('dialog').waitFor();
}

async function wrongPassword(page: Page) {
  await page.getByLabel('Password').fill('made-up');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
}

async function contact(page: Page) {
  await page.keyboard.press('2');
  await page.getByTestId('contact-row').nth(3).click();
  await page.getByRole('heading', { level: 2 }).first().waitFor();
}

async function contactSearch(page: Page) {
  await page.keyboard.press('2');
  await page.getByTestId('contact-search').fill('muel');
  await page.getByText('Thandeka').waitFor();
}

const run = (page: Page, rules?: string[]) =>
  page.evaluate(
    (only) =>
      (window as unknown as { axe: { run: (options: object) => Promise<AxeResults> } }).axe.run(
        only ? { runOnly: only } : {},
      ),
    rules,
  );

const findings = ({ violations }: AxeResults) =>
  violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .map((node) => node.html)
        .slice(0, 3)
        .join(' ')}`,
  );

describe('axe finds nothing, in both themes', () => {
  it.each(LOOKS)('$name', async ({ scene, act, viewport = WIDE }) => {
    const { page, complaints, close } = await stage.show({ scene, colorScheme: 'light', viewport });
    await act?.(page);
    await page.evaluate(AXE);
    const light = await run(page);
    // The theme changes colours and nothing else.
    await page.emulateMedia({ colorScheme: 'dark' });
    const dark = await run(page, ['color-contrast']);
    expect({ light: findings(light), dark: findings(dark) }).toEqual({ light: [], dark: [] });
    expect(light.passes.length).toBeGreaterThan(5);
    expect(dark.passes.map(({ id }) => id)).toEqual(['color-contrast']);
    expect(complaints).toEqual([]);
    await close();
  });
});

/** Where sentences are longest: what an organization, an administrator or a person is asked for. */
const ASKING = [
  'sign-in-needs-admin',
  'sign-in-blocked',
  'connect',
  'connect-waiting',
  'connect-failed',
  'connect-no-consent',
  'connect-trouble',
  'settings-connected',
  'settings-no-consent',
  'policy-problems',
  'policy-broken',
  'exchange-password',
  'exchange-trust',
  'exchange-person',
  'exchange-retired',
];

describe('axe finds nothing in Spanish', () => {
  it.each(ASKING)('%s', async (scene) => {
    expect(SCENES).toContain(scene);
    const { page, complaints, close } = await stage.show({ scene, colorScheme: 'dark', locale: 'es-ES' });
    await startOf(scene)(page);
    await page.evaluate(AXE);
    const results = await run(page);
    expect(findings(results)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('es');
    expect(complaints).toEqual([]);
    await close();
  });
});
