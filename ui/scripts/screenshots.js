// Pictures of every view: `npm run screenshots -- FOLDER [PART-OF-A-NAME] [SIZES, such as 720x1600]`.
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { CHROMIUM, serve } from '../tests/views/serve.js';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{ name: string, scene: string, act?: (page: Page) => Promise<unknown> }} Picture */

const row = '[data-testid=contact-row]';

/** @type {Picture[]} */
const PICTURES = [
  ...[
    'meetings',
    'meetings-awkward',
    'meetings-free-day',
    'meetings-none',
    'meetings-first-sync',
    'meetings-never-synced',
    'meetings-offline',
    'meetings-sync-failed',
    'meetings-sign-in-again',
    'meetings-waiting',
    'meetings-not-connected',
    'contacts-none',
    'contacts-off',
    'sign-in',
    'sign-in-organization',
    'sign-in-browser',
    'sign-in-finishing',
    'sign-in-failed',
    'sign-in-needs-admin',
    'sign-in-not-allowed',
    'connect',
    'connect-waiting',
    'connect-failed',
    'connect-browser',
    'connect-browser-second',
    'connect-browser-not-opened',
    'connect-waiting-silent',
    'connect-no-consent',
    'connect-mismatch',
    'connect-trouble',
    'sign-in-trouble',
    'sign-in-policy-problems',
    'sign-in-blocked',
    'sign-in-blocked-conflict',
    'sign-in-blocked-damaged',
    'sign-in-blocked-unreadable',
    'sign-in-blocked-untrusted',
    'sign-in-blocked-overruled',
    'settings',
    'settings-connected',
    'settings-no-consent',
    'exchange-password',
    'exchange-refused',
    'exchange-trust',
    'exchange-server',
    'exchange-unreachable',
    'exchange-decided',
    'policy',
    'policy-problems',
    'policy-broken',
    'policy-none',
    'settings-locked',
    'starting',
    'start-failed',
  ].map((name) => ({ name, scene: name })),
  ...['exchange-unreachable', 'meetings-never-synced'].map((scene) => ({
    name: `contacts-${scene}`,
    scene,
    act: (page) => page.keyboard.press('2'),
  })),
  { name: 'meetings-detail', scene: 'meetings', act: (page) => page.getByText('1:1 with Amara').first().click() },
  {
    name: 'meetings-awkward-detail',
    scene: 'meetings-awkward',
    act: (page) => page.getByText('Quarterly planning').first().click(),
  },
  { name: 'meetings-search', scene: 'meetings', act: (page) => page.locator('[data-search]').fill('review') },
  {
    name: 'meetings-filters',
    scene: 'meetings',
    act: (page) => page.getByRole('button', { name: /^(Filters|Filtros)$/u }).click(),
  },
  { name: 'keys', scene: 'meetings', act: (page) => page.keyboard.press('?') },
  {
    name: 'contacts',
    scene: 'contacts-many',
    act: (page) => page.keyboard.press('2').then(() => page.locator(row).nth(2).click()),
  },
  { name: 'contacts-search', scene: 'contacts', act: search },
  ...['in-use', 'person', 'decided-in-use', 'online', 'retired', 'password', 'trust', 'no-sign-in', 'unreachable'].map(
    (state) => ({
      name: `exchange-settings-${state}`,
      scene: `exchange-${state}`,
      act: settings,
    }),
  ),
  ...['password', 'trust', 'server', 'browser', 'refused'].map((state) => ({
    name: `exchange-dialog-${state}`,
    scene: `exchange-${state}`,
    act: exchangeDialog,
  })),
  {
    name: 'exchange-dialog-new',
    scene: 'exchange-no-sign-in',
    act: (page) => settings(page).then(() => page.getByRole('button', { name: /^(EWS URL|URL de EWS)$/u }).click()),
  },
  {
    name: 'exchange-dialog-no-sign-in',
    scene: 'exchange-no-sign-in',
    act: (page) =>
      settings(page)
        .then(() => page.getByRole('button', { name: /^(EWS URL|URL de EWS)$/u }).click())
        .then(() => page.keyboard.press('Enter')),
  },
  {
    name: 'exchange-dialog-decided',
    scene: 'exchange-decided',
    act: (page) => page.getByTestId('connect-button').click(),
  },
  {
    name: 'exchange-dialog-wrong-password',
    scene: 'exchange-password',
    act: (page) => exchangeDialog(page).then(() => password(page)),
  },
  {
    name: 'exchange-dialog-missing',
    scene: 'exchange-password',
    act: (page) => exchangeDialog(page).then(() => page.keyboard.press('Enter')),
  },
  {
    name: 'exchange-dialog-busy',
    scene: 'exchange-refused',
    act: (page) =>
      exchangeDialog(page)
        .then(() => password(page))
        .then(() => page.getByRole('alert').waitFor())
        .then(() => password(page)),
  },
  {
    name: 'disconnect',
    scene: 'settings-connected',
    act: (page) => settings(page).then(() => page.getByRole('button', { name: /^(Disconnect|Desconectar)$/u }).click()),
  },
  {
    name: 'sign-out',
    scene: 'settings',
    act: (page) => settings(page).then(() => page.getByRole('button', { name: /^(Sign out|Cerrar sesión)$/u }).click()),
  },
];

/** @param {Page} page */
async function search(page) {
  await page.keyboard.press('2');
  await page.locator('[data-search]').fill('muel');
  await page.getByText('Thandeka Muelwe').waitFor();
}

/** @param {Page} page */
async function settings(page) {
  await page.keyboard.press('3');
  await page.getByRole('heading', { level: 1 }).waitFor();
}

/** @param {Page} page */
async function exchangeDialog(page) {
  await page.getByTestId('status-line').getByRole('button').click();
  await page.getByRole('dialog').waitFor();
}

/** @param {Page} page */
async function password(page) {
  await page.locator('input[type=password]').fill('made-up');
  await page.keyboard.press('Enter');
}

/** Scenes that begin in another view than the meetings. */
const FIRST_KEY = [
  { part: /^contacts-(none|off)/u, key: '2' },
  { part: /^settings/u, key: '3' },
  { part: /^policy/u, key: '4' },
];

/** As it opens, narrower, and as small as it gets. */
const SIZES = '1280x800,900x600,720x480';
const LOCALES = { en: 'en-GB', es: 'es-ES' };

const [folder = 'screenshots', part = '', sizes = SIZES] = process.argv.slice(2);
await mkdir(folder, { recursive: true });
const server = await serve(resolve(fileURLToPath(new URL('../dist-scripted', import.meta.url))));
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
for (const picture of PICTURES.filter((one) => one.name.includes(part))) {
  for (const theme of /** @type {const} */ (['light', 'dark'])) {
    for (const [language, locale] of Object.entries(LOCALES)) {
      for (const size of sizes.split(',')) {
        const [width = 0, height = 0] = size.split('x').map(Number);
        const viewport = { width, height };
        const page = await browser.newPage({ viewport, colorScheme: theme, locale, reducedMotion: 'reduce' });
        await page.goto(`${server.url}/scripted.html?scene=${picture.scene}`);
        await page.locator('main, .empty').first().waitFor();
        const first = FIRST_KEY.find((one) => one.part.test(picture.name));
        if (first) await page.keyboard.press(first.key);
        await page.getByRole('heading', { level: 1 }).or(page.locator('.empty')).first().waitFor();
        await picture.act?.(page);
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
        const name = `${picture.name}.${theme}.${language}.${size}.png`;
        await page.screenshot({ path: join(folder, name) });
        await page.close();
      }
    }
  }
}
await browser.close();
await server.close();
