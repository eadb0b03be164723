import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { change, keys, NARROW, Stage, type Shown } from './stage';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());

const journey: Stage['journey'] = (setting, walk) => stage.journey(setting, walk);

/** What a screen reader calls the focused element. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const here = document.activeElement;
    const label = here instanceof HTMLInputElement ? here.labels?.[0]?.textContent : here?.textContent;
    return (here?.getAttribute('aria-label') ?? label ?? '').trim().replaceAll(/\s+/gu, ' ');
  });

async function tabTo(page: Page, name: string) {
  for (let i = 0; i < 80; i += 1) {
    await page.keyboard.press('Tab');
    if ((await focused(page)).includes(name)) return;
  }
  throw new Error(`Tab never reaches ${name}`);
}

/** Waits until the focus is there: answers take a moment. */
async function untilFocused(page: Page, name: string) {
  await expect.poll(() => focused(page)).toBe(name);
}

/** The calls that connect, without their name. */
const attempts = async (calls: Shown['calls']) =>
  (await calls()).filter((call) => call.startsWith('connectExchange:')).map((call) => call.slice(16));

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Your organization’s Exchange server' });
const passwordOf = (page: Page) => page.getByLabel('Password').inputValue();

describe('a mailbox that was found elsewhere', () => {
  it('takes a password from the empty list, after one that was wrong', () =>
    journey({ scene: 'exchange-password' }, async (page, { calls }) => {
      await page.getByText('Your organization’s Exchange server wants your user name and password.').waitFor();
      await tabTo(page, 'Sign in to Exchange');
      await keys(page, 'Enter');
      await dialog(page).waitFor();
      await untilFocused(page, 'Password');
      await page.keyboard.type('wrong');
      await keys(page, 'Enter');
      await dialog(page).getByRole('alert').getByText('refused the user name or the password').waitFor();
      await untilFocused(page, 'Password');
      expect(await passwordOf(page)).toBe('');
      await page.keyboard.type('right');
      await keys(page, 'Enter');
      await dialog(page).waitFor({ state: 'detached' });
      await page.getByTestId('status-line').getByText('Up to date').waitFor();
      const user = 'user=lucia.moreno@contoso.example';
      expect(await attempts(calls)).toEqual([`${user} password=wrong`, `${user} password=right`]);
    }));

  it('keeps the field that is asked for in sight, in the smallest window too', () =>
    journey({ scene: 'exchange-password', viewport: { width: 720, height: 480 } }, async (page) => {
      await tabTo(page, 'Sign in to Exchange');
      await keys(page, 'Enter');
      await untilFocused(page, 'Password');
      await page.keyboard.type('wrong');
      await keys(page, 'Enter');
      await dialog(page).getByRole('alert').waitFor();
      const field = page.getByLabel('Password');
      await expect
        .poll(() =>
          field.evaluate((node) => {
            const { left, top, right, bottom } = node.getBoundingClientRect();
            const seen = (y: number) => document.elementFromPoint((left + right) / 2, y) === node;
            return [seen(top + 2), seen(bottom - 2)];
          }),
        )
        .toEqual([true, true]);
    }));

  it('says what is missing, and goes there', () =>
    journey({ scene: 'exchange-password' }, async (page, { calls }) => {
      await tabTo(page, 'Sign in to Exchange');
      await keys(page, 'Enter');
      await untilFocused(page, 'Password');
      await keys(page, 'Enter');
      await dialog(page).getByText('Enter this, please.').waitFor();
      const password = page.getByLabel('Password');
      expect(await password.getAttribute('aria-invalid')).toBe('true');
      const note = await password.getAttribute('aria-describedby');
      expect(await page.locator(`[id="${note ?? ''}"]`).textContent()).toBe('Enter this, please.');
      await keys(page, 'Shift+Tab', 'Control+a', 'Delete', 'Enter');
      expect([await focused(page), await attempts(calls)]).toEqual(['User name', []]);
    }));

  it('is left with Escape, which forgets what was typed and gives the focus back', () =>
    journey({ scene: 'exchange-password' }, async (page, { calls }) => {
      await tabTo(page, 'Sign in to Exchange');
      await keys(page, 'Enter');
      await untilFocused(page, 'Password');
      await page.keyboard.type('half a pass');
      await keys(page, 'Escape');
      await dialog(page).waitFor({ state: 'detached' });
      await untilFocused(page, 'Sign in to Exchange');
      await keys(page, 'Enter');
      await untilFocused(page, 'Password');
      expect([await passwordOf(page), await attempts(calls)]).toEqual(['', []]);
    }));

  it('asks before a foreign host is trusted, and takes another server instead', () =>
    journey({ scene: 'exchange-trust' }, async (page, { calls }) => {
      await keys(page, '2');
      await page.getByText('A server outside your organization’s domain').waitFor();
      await tabTo(page, 'Decide about the server');
      await keys(page, 'Enter');
      await dialog(page).getByText('autodiscover.mail-hosting.example').waitFor();
      await untilFocused(page, 'Don’t trust it');
      await keys(page, 'Enter');
      await untilFocused(page, 'Address of the server (EWS URL)');
      await page.keyboard.type('mail contoso');
      await keys(page, 'Enter');
      await dialog(page).getByText('Enter the server’s name').waitFor();
      expect(await attempts(calls)).toEqual([]);
      await keys(page, 'Control+a');
      await page.keyboard.type('mail.contoso.example');
      await keys(page, 'Enter');
      await untilFocused(page, 'Password');
      expect(await attempts(calls)).toEqual(['url=https://mail.contoso.example/EWS/Exchange.asmx']);
    }));

  it('trusts the host only with what the person sends there', () =>
    journey({ scene: 'exchange-trust' }, async (page, { calls }) => {
      await tabTo(page, 'Decide about the server');
      await keys(page, 'Enter');
      await untilFocused(page, 'Don’t trust it');
      await keys(page, 'Tab', 'Enter');
      await untilFocused(page, 'Password');
      await page.keyboard.type('secret');
      await keys(page, 'Enter');
      await dialog(page).waitFor({ state: 'detached' });
      const host = 'trust=autodiscover.mail-hosting.example';
      expect(await attempts(calls)).toEqual([host, `user=lucia.moreno@contoso.example password=secret ${host}`]);
    }));

  it('wants an address where none was found, and says that this one is not it either', () =>
    journey({ scene: 'exchange-server', viewport: NARROW }, async (page, { calls }) => {
      await tabTo(page, 'Enter the server’s address');
      await keys(page, 'Enter');
      await untilFocused(page, 'Address of the server (EWS URL)');
      await keys(page, 'Enter');
      await dialog(page).getByText('Enter the server’s name').waitFor();
      await page.keyboard.type('mail.contoso.example');
      await keys(page, 'Enter');
      await dialog(page).getByRole('alert').getByText('No Exchange server was found').waitFor();
      expect(await attempts(calls)).toEqual(['url=https://mail.contoso.example/EWS/Exchange.asmx']);
    }));

  it('signs in in the browser, and comes back from there', () =>
    journey({ scene: 'exchange-browser' }, async (page) => {
      await page.getByTestId('status-line').getByRole('button', { name: 'Sign in to Exchange' }).focus();
      await keys(page, 'Enter');
      await untilFocused(page, 'Continue in the browser');
      await keys(page, 'Enter');
      await page.getByRole('heading', { level: 1, name: 'Allow access in your browser' }).waitFor();
      await dialog(page).waitFor({ state: 'detached' });
      await change(page, { signIn: { phase: 'idle', purpose: 'connect', services: [], failure: null } });
      await page.getByTestId('status-line').waitFor();
    }));
});

describe('a server that was in use', () => {
  it('asks again above the rows that are kept, and can be left while it is asked', () =>
    journey({ scene: 'exchange-refused' }, async (page, { calls }) => {
      await page.getByTestId('meeting-row').first().waitFor();
      await tabTo(page, 'Sign in to Exchange');
      await keys(page, 'Enter');
      await untilFocused(page, 'Password');
      await page.keyboard.type('one');
      await keys(page, 'Enter');
      await dialog(page).getByRole('alert').waitFor();
      await page.keyboard.type('two');
      await keys(page, 'Enter');
      await dialog(page).getByRole('button', { name: 'Asking the server…' }).waitFor();
      // A second Enter is no second attempt: servers lock accounts.
      await keys(page, 'Enter', 'Escape');
      await dialog(page).waitFor({ state: 'detached' });
      const user = 'user=CONTOSO\\lmoreno';
      expect(await attempts(calls)).toEqual([`${user} password=one`, `${user} password=two`]);
    }));

  it('goes straight to the browser where only that is missing', () =>
    journey({ scene: 'exchange-expired' }, async (page, { calls }) => {
      await tabTo(page, 'Sign in to Exchange');
      await keys(page, 'Enter');
      await page.getByRole('heading', { level: 1, name: 'Allow access in your browser' }).waitFor();
      expect(await attempts(calls)).toEqual(['']);
    }));
});

describe('a policy that names the server', () => {
  it('connects there from the prompt, and shows an address that nobody changes', () =>
    journey({ scene: 'exchange-decided' }, async (page, { calls }) => {
      await page.getByRole('heading', { level: 1, name: 'Connect your organization’s Exchange' }).waitFor();
      await tabTo(page, 'Connect');
      await keys(page, 'Enter');
      await untilFocused(page, 'Password');
      await dialog(page).getByText('Set by your organization').waitFor();
      expect(await page.getByLabel('Address of the server (EWS URL)').count()).toBe(0);
      await page.keyboard.type('wrong');
      await keys(page, 'Enter');
      await dialog(page).getByRole('alert').waitFor();
      await page.keyboard.type('right');
      await keys(page, 'Enter');
      await page.getByTestId('status-line').getByText('Up to date').waitFor();
      const user = 'user=lucia.moreno@contoso.example';
      expect(await attempts(calls)).toEqual(['', `${user} password=wrong`, `${user} password=right`]);
    }));

  it('locks the choice, with the reason, and says what has no effect', () =>
    journey({ scene: 'exchange-decided-in-use' }, async (page) => {
      await keys(page, '3');
      await tabTo(page, 'Authorize with: Your own Exchange servers (EWS). Set by your organization');
      await page.getByText('These have no effect now').waitFor();
      expect(await page.getByTestId('exchange-route').textContent()).toContain('mail.contoso.example');
      expect(await page.getByTestId('consent-button').count()).toBe(0);
    }));

  it('says what Exchange Online no longer does', () =>
    journey({ scene: 'exchange-retired' }, async (page) => {
      await keys(page, '3');
      await page.getByText('from 1 October 2026').waitFor();
      await page.getByRole('button', { name: 'Connect Calendar' }).focus();
      await keys(page, 'Enter');
      await page.getByRole('alert').getByText('Exchange Online does not answer EWS any more.').waitFor();
    }));
});

describe('the choice in the settings', () => {
  const choice = (page: Page) => page.getByRole('group', { name: 'Authorize with' });
  const pressed = (page: Page) => choice(page).locator('[aria-pressed=true]').textContent();

  it('opens the dialog, and says inline why a server doesn’t do', () =>
    journey({ scene: 'exchange-no-sign-in' }, async (page) => {
      await keys(page, '3');
      await tabTo(page, 'EWS URL');
      await keys(page, 'Enter');
      await untilFocused(page, 'Address of the server (EWS URL)');
      await keys(page, 'Enter');
      const alert = dialog(page).getByRole('alert');
      await alert.getByText('offers no way to sign in that your organization’s policy allows').waitFor();
      await page.keyboard.type('mail.contoso.example');
      await keys(page, 'Enter');
      await alert.getByText('bound to its own certificate').waitFor();
      await keys(page, 'Escape');
      await untilFocused(page, 'EWS URL');
      expect(await pressed(page)).toBe('Microsoft 365 (OAuth 2.0)');
    }));

  it('says which route and why, and leaves it', () =>
    journey({ scene: 'exchange-in-use' }, async (page, { calls }) => {
      await keys(page, '3');
      await page.getByText('found by Autodiscover').waitFor();
      expect(await pressed(page)).toBe('EWS URL');
      await tabTo(page, 'Microsoft 365 (OAuth 2.0)');
      await keys(page, 'Enter');
      await page.getByText('Meetings and contacts come from Microsoft 365.').waitFor();
      expect([await pressed(page), await calls()]).toEqual(['Microsoft 365 (OAuth 2.0)', ['painted', 'leaveExchange']]);
    }));

  // An Exchange server asks nobody for consent.
  it.each(['connect', 'connect-no-consent'])('is offered before anything is connected, too: %s', (scene) =>
    journey({ scene }, async (page) => {
      await tabTo(page, 'My mailbox is on our own Exchange server');
      await keys(page, 'Enter');
      await untilFocused(page, 'Address of the server (EWS URL)');
      await keys(page, 'Escape');
      await untilFocused(page, 'My mailbox is on our own Exchange server (EWS URL)');
    }),
  );

  it('speaks Spanish', () =>
    journey({ scene: 'exchange-online', locale: 'es-ES' }, async (page) => {
      await keys(page, '3');
      await page.getByRole('button', { name: 'URL de EWS' }).focus();
      await page.getByText('a partir del 1 de octubre de 2026').waitFor();
      await page.getByText('1 de abril de 2027').waitFor();
    }));

  it('a server that never answered is no empty calendar', () =>
    journey({ scene: 'exchange-unreachable' }, async (page) => {
      await page.getByTestId('status-line').getByText('The server doesn’t answer.').waitFor();
      for (const view of ['1', '2']) {
        await keys(page, view);
        await page.locator('main .empty', { hasText: 'doesn’t answer.' }).getByRole('button').waitFor();
        expect(await page.getByText(/No meetings here|No contacts/).count()).toBe(0);
      }
    }));
});
