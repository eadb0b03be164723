import { describe, expect, it } from 'vitest';
import { scene } from '$lib/backend/fixtures/scenes';
import { locale } from '$lib/i18n/locale.svelte';
import { waitingFor } from './asks';
import { endText, routeText, waitText } from './route';

const of = (name: string) => scene(name).snapshot;

describe('routeText', () => {
  it.each([
    ['meetings', 'Meetings and contacts come from Microsoft 365.'],
    ['exchange-unreachable', 'Microsoft 365 answered that your mailbox isn’t there. The server doesn’t answer.'],
    [
      'exchange-in-use',
      'Meetings and contacts come from mail.contoso.example, found by Autodiscover. Microsoft 365 answered that your mailbox isn’t there. Signed in with NTLM as CONTOSO\\lmoreno.',
    ],
    [
      'exchange-person',
      'Meetings and contacts come from mail.contoso.example, entered by you. Signed in with OAuth 2.0.',
    ],
    [
      'exchange-decided-in-use',
      'Meetings and contacts come from mail.contoso.example, set by your organization. Signed in with Basic authentication as CONTOSO\\lmoreno.',
    ],
    [
      'exchange-online',
      'Meetings and contacts come from outlook.office365.com, set by your organization. You chose it. Signed in with OAuth 2.0.',
    ],
  ])('%s', (name, text) => {
    locale.choose('en', 'en-GB');
    expect(routeText(of(name))).toBe(text);
  });
});

describe('waitText', () => {
  const text = (name: string) => {
    const snapshot = of(name);
    const waits = waitingFor(snapshot);
    return waits && waitText(waits.ask, waits.code, snapshot);
  };

  it('says what Microsoft 365 answered', () =>
    expect(text('exchange-server')).toBe(
      'Microsoft 365 answered that your mailbox isn’t there. No Exchange server was found for your account.',
    ));
  it('does not where it was in use already', () =>
    expect(text('exchange-refused')).toBe('The Exchange server refused the user name or the password.'));
});

describe('endText', () => {
  it('names both days in the language', () => {
    const end = { offByDefault: '2026-10-01', switchedOff: '2027-04-01' };
    locale.choose('es', 'es-ES');
    expect(endText(end)).toMatch(/1 de octubre de 2026.*1 de abril de 2027/u);
    locale.choose('en', 'en-GB');
    expect(endText(end)).toMatch(/1 October 2026.*1 April 2027/u);
  });
});
