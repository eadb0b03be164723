import { describe, expect, it } from 'vitest';
import type { Backend, Code, ExchangeQuery, Failure } from '$lib/backend/backend';
import { later, fakeBackend } from '$lib/backend/fixtures/fake';
import { failure } from '$lib/backend/fixtures/day';
import { scene } from '$lib/backend/fixtures/scenes';
import { ExchangeState } from './exchange.svelte';

const HOST = 'mail.hosting.example';
const LEFT_OUT = { url: null, user: null, password: null, trust: null };

/** The state in a scene, before a server that answers in turn, and what it was asked. */
function before(name: string, ...answers: (Code | 'yes')[]) {
  const asked: ExchangeQuery[] = [];
  const connectExchange: Backend['connectExchange'] = (q) => {
    asked.push(q);
    const answer = answers.shift() ?? 'yes';
    return answer === 'yes' ? Promise.resolve() : Promise.reject(failure(answer, 'user', HOST) as unknown as Error);
  };
  const window = {
    backend: fakeBackend({ connectExchange }),
    snapshot: scene(name).snapshot,
    failure: null as Failure | null,
    notice: '',
  };
  return { state: new ExchangeState(window), window, asked };
}

describe('connect', () => {
  it('asks the person where it is known what for', async () => {
    const { state, asked } = before('exchange-password');
    expect([await state.connect(), state.open, state.step, asked]).toEqual([false, true, 'password', []]);
  });

  it('goes on by itself where the policy names the server', async () => {
    const { state, window, asked } = before('exchange-decided');
    expect([await state.connect(), state.open, asked]).toEqual([true, false, [LEFT_OUT]]);
    expect(window.notice).not.toBe('');
  });

  it('renews a sign-in in the browser without a dialog', async () => {
    const { state, asked } = before('exchange-expired');
    await state.connect();
    expect([state.open, asked]).toEqual([false, [LEFT_OUT]]);
  });

  it('opens for what it turns out to need', async () => {
    const { state } = before('exchange-decided', 'passwordRequired');
    await state.connect();
    expect([state.open, state.step, state.failure]).toEqual([true, 'password', null]);
  });

  it('tells beside the dialog what the dialog can’t mend', async () => {
    const { state, window } = before('exchange-retired', 'ewsRetired');
    await state.connect();
    expect([state.open, window.failure?.code]).toEqual([false, 'ewsRetired']);
  });

  it('leaves to the browser’s screen what that tells', async () => {
    const { state, window } = before('exchange-expired', 'signInCancelled');
    await state.connect();
    expect([state.open, window.failure]).toEqual([false, null]);
  });
});

describe('show', () => {
  it.each([
    ['meetings', 'server'],
    ['exchange-in-use', 'password'],
    ['exchange-person', 'browser'],
    ['exchange-trust', 'trust'],
    ['exchange-server', 'server'],
  ])('begins in %s at %s', (name, step) => {
    const { state } = before(name);
    state.show();
    expect(state.step).toBe(step);
  });
});

describe('an attempt', () => {
  it('says a refusal, and asks again', async () => {
    const { state } = before('exchange-password', 'passwordRefused');
    state.show();
    await state.ask({ user: 'ana', password: 'secret' });
    expect([state.open, state.step, state.failure?.code]).toEqual([true, 'password', 'passwordRefused']);
  });

  it('sends a trusted host on with what follows, until it is closed', async () => {
    const { state, asked } = before('exchange-trust', 'passwordRequired', 'passwordRefused', 'passwordRefused');
    state.show();
    await state.ask({ trust: HOST });
    await state.ask({ user: 'ana', password: 'secret' });
    state.close();
    state.show();
    await state.ask({ user: 'ana', password: 'secret' });
    expect(asked.map(({ trust }) => trust)).toEqual([HOST, HOST, null]);
  });

  it('does not extend trust to an address that is named instead', async () => {
    const { state, asked } = before('exchange-trust', 'exchangeNotFound');
    state.show();
    await state.ask({ trust: HOST });
    await state.ask({ url: 'https://mail.contoso.example/EWS/Exchange.asmx' });
    expect(asked.map(({ trust }) => trust)).toEqual([HOST, null]);
  });

  it('asks whether to trust the host that is found next', async () => {
    const { state } = before('exchange-server', 'hostNotTrusted');
    state.show();
    await state.ask({});
    expect([state.step, state.host, state.failure]).toEqual(['trust', HOST, null]);
    state.distrust();
    expect(state.step).toBe('server');
  });

  it('is made once at a time', async () => {
    const { state, asked } = before('exchange-in-use');
    await Promise.all([state.ask({}), state.ask({})]);
    expect(asked.length).toBe(1);
  });

  it('counts no more once it is given up', async () => {
    const answer = later<undefined>();
    const { state, window } = before('exchange-password');
    window.backend.connectExchange = () =>
      answer.promise.then(() => Promise.reject(failure('passwordRefused', 'user') as unknown as Error));
    state.show();
    const attempt = state.ask({ user: 'ana', password: 'secret' });
    state.close();
    answer.resolve(undefined);
    expect([await attempt, state.open, state.failure, state.busy]).toEqual([false, false, null, false]);
  });
});

describe('takesConsent', () => {
  it.each([
    ['meetings', true],
    ['exchange-in-use', true],
    ['exchange-decided', true],
    ['exchange-decided-in-use', false],
    ['exchange-retired', true],
  ])('%s: %s', (name, expected) => expect(before(name).state.takesConsent).toBe(expected));
});

describe('serves', () => {
  it.each([
    ['exchange-password', true, false],
    ['exchange-refused', true, true],
    ['exchange-decided', true, true],
    ['meetings-sign-in-again', false, false],
    ['meetings-not-connected', false, false],
  ])('%s: meetings %s, directory %s', (name, calendar, directory) => {
    const { state } = before(name);
    expect([state.serves(['calendar']), state.serves(['directory'])]).toEqual([calendar, directory]);
  });
});
