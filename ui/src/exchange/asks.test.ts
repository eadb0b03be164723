import { describe, expect, it } from 'vitest';
import { scene } from '$lib/backend/fixtures/scenes';
import { askedBy, waitingFor, waitsThere } from './asks';

const of = (name: string) => scene(name).snapshot;

describe('askedBy', () => {
  it.each([
    ['passwordRequired', 'password'],
    ['passwordRefused', 'password'],
    ['hostNotTrusted', 'trust'],
    ['exchangeNotFound', 'server'],
    ['offline', null],
    // The browser has its own way back.
    ['signInCancelled', null],
  ] as const)('%s asks for %s', (code, ask) => expect(askedBy(code)).toBe(ask));
});

describe('waitingFor', () => {
  it.each([
    ['exchange-password', { ask: 'password', code: 'passwordRequired' }],
    ['exchange-refused', { ask: 'password', code: 'passwordRefused' }],
    ['exchange-trust', { ask: 'trust', code: 'hostNotTrusted' }],
    ['exchange-server', { ask: 'server', code: 'exchangeNotFound' }],
    ['exchange-browser', { ask: 'browser', code: 'signInRequired' }],
    ['exchange-expired', { ask: 'browser', code: 'signInRequired' }],
    ['exchange-in-use', null],
    ['exchange-retired', null],
    ['meetings-sign-in-again', null],
  ])('in %s is %o', (name, expected) => expect(waitingFor(of(name))).toEqual(expected));

  it('is told by a sync alone too', () => {
    const { sync } = of('exchange-refused');
    const { exchange } = of('exchange-password');
    const failure = sync.failure && { ...sync.failure, code: 'passwordRequired' as const };
    expect(waitingFor({ ...of('meetings'), exchange, sync: { ...sync, failure } })?.ask).toBe('password');
  });

  it('stays while a round runs, and after a start, when no failure is known yet', () => {
    const waits = waitingFor({ ...of('exchange-trust'), sync: of('meetings-first-sync').sync });
    expect(waits).toEqual({ ask: 'trust', code: 'hostNotTrusted' });
  });

  it('is nothing where an attempt was given up and Microsoft 365 serves', () => {
    const { exchange } = of('exchange-password');
    expect(waitingFor({ ...of('meetings'), exchange })).toBe(null);
    expect(waitingFor({ ...of('meetings-sign-in-again'), exchange })).toBe(null);
  });
});

describe('waitsThere', () => {
  it.each([
    [{ state: 'signInRequired' }, true],
    [{ state: 'unavailable', code: 'mailboxUnavailable' }, true],
    [{ state: 'unavailable', code: 'passwordRequired' }, true],
    [{ state: 'unavailable', code: 'hostNotTrusted' }, true],
    [{ state: 'unavailable', code: 'serverUnreachable' }, false],
    [{ state: 'unavailable', code: 'ewsRetired' }, false],
    [{ state: 'connected' }, false],
  ] as const)('%o: %s', (status, expected) => expect(waitsThere(status)).toBe(expected));
});
