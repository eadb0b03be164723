import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { change, keys, NARROW, Stage, tabTo } from './stage';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());

const journey: Stage['journey'] = (setting, walk) => stage.journey(setting, walk);

const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.textContent?.trim().replaceAll(/\s+/gu, ' ') ?? '');
const selected = (page: Page) => page.locator('[aria-current=true]').first().textContent();

describe('signing in', () => {
  it('takes an address, opens the browser and can be cancelled', () =>
    journey({ scene: 'sign-in' }, async (page, { calls }) => {
      await tabTo(page, '');
      await page.keyboard.type('lucia@contoso');
      await keys(page, 'Enter');
      await page.getByText('doesn’t look like an e-mail').waitFor();
      await page.keyboard.type('.example');
      await keys(page, 'Enter');
      await page.getByRole('heading', { name: 'Continue in your browser' }).waitFor();
      expect(await focused(page)).toBe('Continue in your browser');
      await tabTo(page, 'Copy link');
      await keys(page, 'Enter');
      await page.getByText('Copied').last().waitFor();
      await tabTo(page, 'Cancel');
      await keys(page, 'Enter');
      await page.getByTestId('signin-button').waitFor();
      expect(await calls()).toEqual(['signIn:lucia@contoso.example', 'cancelSignIn']);
    }));

  it('asks for nothing where the organization is known', () =>
    journey({ scene: 'sign-in-organization' }, async (page, { calls }) => {
      await tabTo(page, 'Sign in with Contoso');
      await keys(page, 'Enter');
      await page.getByRole('heading', { name: 'Continue in your browser' }).waitFor();
      expect(await calls()).toEqual(['signIn:']);
    }));
});

describe('connecting', () => {
  it('connects what can be connected', () =>
    journey({ scene: 'connect' }, async (page, { calls }) => {
      await tabTo(page, 'Connect');
      await keys(page, 'Enter');
      await page.getByRole('heading', { name: 'Allow access in your browser' }).waitFor();
      expect(await calls()).toEqual(['connect:calendar+contacts+directory']);
      const connected = { state: 'connected' };
      await change(page, {
        showConnect: false,
        services: { calendar: connected, contacts: connected, directory: connected },
        signIn: { phase: 'idle', purpose: 'connect', services: [], failure: null },
      });
      await page.getByTestId('meeting-row').first().waitFor();
    }));

  it('lets an administrator consent', () =>
    journey({ scene: 'connect-waiting' }, async (page, { calls }) => {
      await tabTo(page, 'I am an administrator');
      await keys(page, 'Enter');
      expect(await calls()).toEqual(['connect:calendar:admin']);
    }));

  it('goes on without', () =>
    journey({ scene: 'connect' }, async (page, { calls }) => {
      await tabTo(page, 'Not now');
      await keys(page, 'Enter');
      await page.getByTestId('status-line').waitFor();
      expect(await calls()).toContain('dismissConnect');
    }));

  it('shows a failure and does not trap who leaves', () =>
    journey({ scene: 'meetings-not-connected' }, async (page) => {
      await tabTo(page, 'Connect the calendar');
      await keys(page, 'Enter');
      const failure = { code: 'consentDeclined', message: '', help: '', who: 'user', detail: null };
      await change(page, { signIn: { phase: 'failed', purpose: 'connect', services: [], failure } });
      await page.getByText('You didn’t allow the access.').waitFor();
      await tabTo(page, 'Not now');
      await keys(page, 'Enter');
      await page.getByTestId('status-line').waitFor();
    }));
});

describe('meetings', () => {
  it('begins at the running meeting and moves', () =>
    journey({ scene: 'meetings' }, async (page) => {
      expect(await selected(page)).toContain('Supplier review');
      await keys(page, 'j');
      expect(await focused(page)).toBe('1:1 with Amara Okafor');
      await keys(page, 'ArrowDown', 'k', 'k', 'k');
      expect(await focused(page)).toContain('Stand-up');
      await page.getByRole('heading', { level: 2, name: 'Stand-up' }).waitFor();
    }));

  it('joins with one key from everywhere', () =>
    journey({ scene: 'meetings' }, async (page, { calls }) => {
      await keys(page, 'Control+j', '2');
      await page.getByTestId('contact-search').focus();
      await keys(page, 'Control+j');
      expect((await calls()).filter((call) => call.startsWith('join'))).toEqual(
        Array(2).fill('join:Supplier review: Nordwind'),
      );
    }));

  it('still joins today’s meeting when the list shows another month', () =>
    journey({ scene: 'meetings' }, async (page, { calls }) => {
      await page.getByRole('button', { name: 'Next month' }).focus();
      await keys(page, 'Enter', 'Enter', 'Tab', 'Enter', 'Control+j');
      expect(await calls()).toContain('join:Supplier review: Nordwind');
    }));

  it('searches and comes back', () =>
    journey({ scene: 'meetings' }, async (page) => {
      await keys(page, '/');
      await page.keyboard.type('critique');
      await page.waitForFunction(() => document.querySelectorAll('[data-testid=meeting-row]').length === 1);
      await keys(page, 'ArrowDown');
      expect(await focused(page)).toBe('Design critique');
      await keys(page, 'Escape');
      await page.waitForFunction(() => document.querySelectorAll('[data-testid=meeting-row]').length > 1);
    }));

  it('covers the list with the detail where the window is narrow', () =>
    journey({ scene: 'meetings', viewport: NARROW }, async (page) => {
      const detail = page.locator('[data-detail]');
      expect(await detail.count()).toBe(0);
      await keys(page, 'j', 'Enter');
      await detail.getByRole('heading', { name: '1:1 with Amara Okafor' }).waitFor();
      await keys(page, 'Escape');
      await detail.waitFor({ state: 'detached' });
      expect(await focused(page)).toBe('1:1 with Amara Okafor');
    }));

  it('filters', () =>
    journey({ scene: 'meetings' }, async (page) => {
      await tabTo(page, 'Filters');
      await keys(page, 'Enter', 'Tab', 'Space');
      await page.getByText('Vendor demo').waitFor({ state: 'detached' });
      await keys(page, 'Escape');
      expect(
        await page
          .getByRole('button', { name: 'Filters, 1 active' })
          .evaluate((node) => node === document.activeElement),
      ).toBe(true);
    }));

  it('walks the month by arrows', () =>
    journey({ scene: 'meetings' }, async (page) => {
      await tabTo(page, 'Thursday 12 March');
      await keys(page, 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowRight');
      expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Friday 3 April');
    }));

  it('shows the keys', () =>
    journey({ scene: 'meetings' }, async (page) => {
      await keys(page, '?');
      await page.getByRole('dialog', { name: 'Keys' }).waitFor();
      await keys(page, 'Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }));
});

describe('contacts', () => {
  it('finds a person and writes to them', () =>
    journey({ scene: 'contacts' }, async (page, { calls }) => {
      await keys(page, '2', '/');
      await page.keyboard.type('sebas');
      await page.getByRole('heading', { name: 'Sébastien Muller' }).waitFor();
      await keys(page, 'ArrowDown');
      await tabTo(page, 'Mail');
      await keys(page, 'Enter');
      expect(await calls()).toContain('mail:sebastien.muller@contoso.example');
    }));

  it('reaches the directory’s people below one’s own', () =>
    journey({ scene: 'contacts' }, async (page) => {
      await keys(page, '2', '/');
      await page.keyboard.type('thandeka');
      await page.getByText('Thandeka Muelwe').waitFor();
      await keys(page, 'ArrowDown', 'ArrowDown');
      await page.getByText('From the organization directory').waitFor();
    }));

  it('names the active line to screen readers, among all', () =>
    journey({ scene: 'contacts-many' }, async (page) => {
      await keys(page, '2');
      await page.getByTestId('contact-row').first().waitFor();
      await keys(page, 'ArrowDown', ...Array<string>(40).fill('j'));
      const active = await page.getByRole('listbox').getAttribute('aria-activedescendant');
      const line = page.locator(`#${active ?? 'none'}`);
      expect([await line.getAttribute('aria-posinset'), await line.getAttribute('aria-setsize')]).toEqual([
        '41',
        '100000',
      ]);
    }));

  it('jumps to a letter', () =>
    journey({ scene: 'contacts-many' }, async (page) => {
      await keys(page, '2');
      await page
        .getByRole('navigation', { name: 'Jump to letter' })
        .getByRole('button', { name: 'M', exact: true })
        .focus();
      await keys(page, 'Enter');
      await page.getByText('Mateo Abel').first().waitFor();
    }));
});

describe('settings', () => {
  it('changes language at once', () =>
    journey({ scene: 'settings' }, async (page) => {
      await keys(page, '3');
      await page.getByRole('radio', { name: 'English' }).focus();
      await keys(page, 'ArrowRight');
      await page.getByRole('heading', { level: 1, name: 'Ajustes' }).waitFor();
      expect(await page.evaluate(() => document.documentElement.lang)).toBe('es');
    }));

  it('signs out after asking', () =>
    journey({ scene: 'settings' }, async (page, { calls }) => {
      await keys(page, '3');
      await tabTo(page, 'Sign out');
      await keys(page, 'Enter');
      const dialog = page.getByRole('dialog', { name: 'Sign out of Convoke?' });
      await dialog.waitFor();
      await dialog.getByRole('checkbox').focus();
      await keys(page, 'Space', 'Tab', 'Tab', 'Enter');
      await page.getByTestId('signin-button').waitFor();
      expect(await calls()).toContain('signOut:true');
    }));

  it('lets locked rows be reached, with the reason', () =>
    journey({ scene: 'settings-locked' }, async (page) => {
      await keys(page, '3');
      await tabTo(page, 'Authorize with: Microsoft 365 (OAuth 2.0). Set by your organization');
      await tabTo(page, 'Theme: As the system. Set by your organization');
    }));

  it('locks nothing that policy leaves open, and shows what holds', () =>
    journey({ scene: 'settings' }, async (page) => {
      await keys(page, '3');
      const choice = page.getByRole('group', { name: 'Authorize with' });
      expect(await choice.locator('[aria-pressed=true]').textContent()).toBe('Microsoft 365 (OAuth 2.0)');
      expect(await choice.getByRole('button').count()).toBe(2);
    }));
});
