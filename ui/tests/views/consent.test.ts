import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keys, Stage, tabTo } from './stage';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());

const journey: Stage['journey'] = (setting, walk) => stage.journey(setting, walk);

const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.textContent?.trim().replaceAll(/\s+/gu, ' ') ?? '');

describe('what only an administrator can give', () => {
  it('goes on from a page that answers nothing, asks, and sees the approval', () =>
    journey({ scene: 'connect-browser-second' }, async (page, { calls }) => {
      await page.getByText('Asked in the browser now').waitFor();
      expect(await page.getByText('Connected', { exact: true }).count()).toBe(2);
      await tabTo(page, 'The page says that an administrator must approve');
      await keys(page, 'Enter');
      await page.getByTestId('waiting-for-admin').waitFor();
      await tabTo(page, 'Send by mail');
      await keys(page, 'Enter');
      await tabTo(page, 'Check again');
      await keys(page, 'Enter');
      await page.getByText('nothing has changed yet').waitFor();
      expect(await focused(page)).toBe('Check again');
      await page.evaluate(() => (window as unknown as { script: { approve: () => void } }).script.approve());
      await keys(page, 'Enter');
      await page.getByTestId('waiting-for-admin').waitFor({ state: 'detached' });
      expect(await calls()).toEqual(['needsApproval', 'mailAdminRequest:en', 'checkAgain', 'checkAgain']);
    }));

  it('leads nobody into a prompt where users may not consent', () =>
    journey({ scene: 'connect-no-consent' }, async (page) => {
      await page.getByTestId('waiting-for-admin').waitFor();
      expect(await page.getByRole('button', { name: 'Connect', exact: true }).count()).toBe(0);
      expect(await page.getByText('Needs an administrator').count()).toBe(3);
      await tabTo(page, 'Read the request');
      await keys(page, 'Enter');
      await page.getByText('Cloud Application Administrator suffices').waitFor();
    }));

  it('explains a silence, and lets the user say what the page said', () =>
    journey({ scene: 'connect-trouble' }, async (page, { calls }) => {
      expect(await focused(page)).toBe('Nothing came back from the browser');
      await tabTo(page, 'Copy details');
      await tabTo(page, 'The page says that an administrator must approve');
      await keys(page, 'Enter');
      await page.getByTestId('waiting-for-admin').waitFor();
      expect(await calls()).toEqual(['needsApproval']);
    }));

  it('can be asked for in the browser again, since silence and rules may change', () =>
    journey({ scene: 'connect-waiting-silent' }, async (page, { calls }) => {
      await page.getByText('Most likely an administrator must allow this once: Calendar.').waitFor();
      await tabTo(page, 'Connect again in the browser');
      await keys(page, 'Enter');
      expect(await calls()).toEqual(['connect:calendar']);
    }));

  it('is asked for from the sign-in, where nobody gets in before', () =>
    journey({ scene: 'sign-in-browser' }, async (page, { calls }) => {
      await tabTo(page, 'The page says that an administrator must approve');
      await keys(page, 'Enter');
      await page.getByTestId('signin-button').waitFor();
      await tabTo(page, 'Send by mail');
      await keys(page, 'Enter');
      expect(await calls()).toEqual(['needsApproval', 'mailAdminRequest:en']);
    }));

  it('names who typed an address there, once it is one', () =>
    journey({ scene: 'sign-in-needs-admin' }, async (page, { calls }) => {
      for (const typed of ['lucia', 'lucia@contoso.example']) {
        await page.getByRole('textbox').fill(typed);
        await page.getByRole('button', { name: 'Send by mail' }).click();
      }
      expect(await calls()).toEqual(['mailAdminRequest:en', 'mailAdminRequest:en lucia@contoso.example']);
    }));

  it('shows at once what a page that does not go on may mean', () =>
    journey({ scene: 'sign-in-browser' }, async (page, { calls }) => {
      await tabTo(page, 'It says something else');
      await keys(page, 'Enter');
      await page.getByText('AADSTS50105').waitFor();
      expect(await focused(page)).toBe('Nothing came back from the browser');
      await tabTo(page, 'Back');
      await keys(page, 'Enter');
      await page.getByTestId('signin-button').waitFor();
      expect(await calls()).toEqual(['cancelSignIn']);
    }));

  it('leads back to the settings, from where it began', () =>
    journey({ scene: 'settings' }, async (page) => {
      await keys(page, '3');
      await tabTo(page, 'Connect again in the browser');
      await keys(page, 'Enter');
      await page.getByRole('heading', { level: 1, name: 'Allow access in your browser' }).waitFor();
      await page.evaluate(() => {
        const idle = { phase: 'idle', purpose: 'connect', services: [], failure: null };
        (window as unknown as { script: { change: (to: object) => void } }).script.change({ signIn: idle });
      });
      await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
    }));

  it('lets go of the screen when the approval settles everything', () =>
    journey({ scene: 'connect-browser-second' }, async (page) => {
      await tabTo(page, 'The page says that an administrator must approve');
      await keys(page, 'Enter');
      await page.getByTestId('waiting-for-admin').waitFor();
      await page.evaluate(() => {
        const on = { state: 'connected' };
        const change = { showConnect: false, services: { calendar: on, contacts: on, directory: on } };
        (window as unknown as { script: { change: (to: object) => void } }).script.change(change);
      });
      await page
        .getByRole('heading', { level: 1, name: 'Settings' })
        .or(page.getByText('1:1 with Amara').first())
        .first()
        .waitFor();
    }));

  it('comes back from the explanation to the sign-in', () =>
    journey({ scene: 'sign-in-trouble' }, async (page) => {
      await tabTo(page, 'Back');
      await keys(page, 'Enter');
      await page.getByTestId('signin-button').waitFor();
    }));
});

describe('a policy that lets nobody in', () => {
  it.each([
    ['sign-in-blocked', 'A setting in the policy is wrong', 'The administrators of Contoso can do that.'],
    ['sign-in-blocked-untrusted', 'The policy file can’t be trusted', 'The administrators of Contoso can do that.'],
    ['sign-in-blocked-overruled', 'This computer has a policy of its own', 'You can do that yourself.'],
  ])('%s says what it is and who mends it', (scene, title, who) =>
    journey({ scene }, async (page) => {
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      await page.getByText(who).waitFor();
    }),
  );

  it('says so in Spanish, down to the place in the file', () =>
    journey({ scene: 'sign-in-blocked-damaged', locale: 'es-ES' }, async (page) => {
      await page.getByRole('heading', { level: 1, name: 'El archivo de directivas está dañado' }).waitFor();
      await page.getByText('policy.json:14:3').waitFor();
      await page.getByText('Falta una coma.').waitFor();
      expect(await page.locator('[lang=en]').count()).toBe(0);
    }));
});

describe('policy', () => {
  it('tells its problems in Spanish', () =>
    journey({ scene: 'policy-problems', locale: 'es-ES' }, async (page) => {
      await keys(page, '4');
      await page.getByText('defaults.sync.pastDay no existe.').waitFor();
      await page.getByText('¿Querías decir "dark"?').waitFor();
      await page.getByText('que no es ninguno de').waitFor();
      await page.getByText('nota', { exact: true }).waitFor();
    }));

  it('is read without signing in, where it stops that', () =>
    journey({ scene: 'sign-in-blocked' }, async (page, { calls }) => {
      expect(await page.getByTestId('signin-button').count()).toBe(0);
      await page.getByText('policy.json:9:21').waitFor();
      await tabTo(page, 'Show the policy');
      await keys(page, 'Enter');
      await page.getByRole('heading', { level: 1, name: 'Policy' }).waitFor();
      await tabTo(page, 'Reload');
      await keys(page, 'Enter');
      expect(await calls()).toEqual(['reloadPolicy']);
    }));

  it('is filtered, and left again', () =>
    journey({ scene: 'policy' }, async (page) => {
      await keys(page, '4');
      await page.getByRole('heading', { level: 1, name: 'Policy' }).waitFor();
      await keys(page, '/');
      await page.keyboard.type('permissions calendar');
      await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 1);
      expect(await page.locator('tbody tr').textContent()).toContain('policy.json');
      await keys(page, 'Escape', 'Escape');
      await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
    }));
});
