import { describe, expect, it } from 'vitest';
import type { AppEvent, Backend, Failure, Snapshot, Start } from '$lib/backend/backend';
import { timed, toRow } from '$lib/backend/fixtures/build';
import { fakeBackend, later } from '$lib/backend/fixtures/fake';
import { scene } from '$lib/backend/fixtures/scenes';
import { locale } from '$lib/i18n/locale.svelte';
import { AppState } from './app.svelte';

const failure: Failure = { code: 'offline', message: '', help: '', who: 'nobody', detail: null };

async function started(name: string, answers: Partial<Backend> = {}) {
  const { snapshot } = scene(name);
  let tell: (event: AppEvent) => void = () => undefined;
  const backend = fakeBackend({
    start: () => Promise.resolve({ snapshot, agenda: { rows: [] }, to: '2026-03-26' }),
    on: (listener) => {
      tell = listener;
      return () => undefined;
    },
    ...answers,
  });
  const app = new AppState(backend, 'es-ES');
  await app.start();
  const hear = (change: Partial<Snapshot>) => tell({ kind: 'snapshot', snapshot: { ...snapshot, ...change } });
  return { app, hear };
}

describe('the screen', () => {
  const check = async (name: string, expected: string) => expect((await started(name)).app.screen).toBe(expected);

  it('asks to sign in without an account', () => check('sign-in', 'signIn'));
  it('asks to connect when the rule says so', () => check('connect', 'connect'));
  it('is the shell otherwise', () => check('meetings', 'shell'));

  it('stays with connecting after a failure, until the user leaves', async () => {
    const { app, hear } = await started('meetings-not-connected');
    hear({ signIn: { phase: 'browser', purpose: 'connect', services: [], failure: null } });
    expect(app.screen).toBe('connect');
    hear({ signIn: { phase: 'failed', purpose: 'connect', services: [], failure } });
    expect(app.screen).toBe('connect');
    await app.leaveConnect();
    expect(app.screen).toBe('shell');
  });

  it('leaves connecting by itself when nothing is left to do', async () => {
    const { app, hear } = await started('meetings-not-connected');
    hear({ signIn: { phase: 'finishing', purpose: 'connect', services: [], failure: null } });
    hear({ services: scene('meetings').snapshot.services });
    expect(app.screen).toBe('shell');
  });
});

describe('AppState', () => {
  it('reports why not even the start worked', async () => {
    const { app } = await started('meetings', { start: () => Promise.reject(failure) });
    expect([app.startFailure?.code, app.screen]).toEqual(['offline', 'starting']);
  });

  it('keeps what was told while the start was read', async () => {
    const { snapshot } = scene('meetings');
    const rows = [toRow(timed('2026-03-12', '10:00', '11:00', 'Just synced'), true)];
    const begins = later<Start>();
    let tell: (event: AppEvent) => void = () => undefined;
    const backend = fakeBackend({
      start: () => begins.promise,
      agenda: () => Promise.resolve({ rows }),
      on: (listener) => {
        tell = listener;
        return () => undefined;
      },
    });
    const app = new AppState(backend, 'en');
    const starting = app.start();
    const newer = { ...snapshot, sync: { ...snapshot.sync, phase: 'running' as const } };
    tell({ kind: 'snapshot', snapshot: newer });
    await app.meetings.refresh();
    begins.resolve({ snapshot, agenda: { rows: [] }, to: '2026-03-26' });
    await starting;
    expect([app.snapshot?.sync.phase, app.meetings.rows]).toEqual(['running', rows]);
  });

  it('shows the failure of an action, and forgets it with the next one', async () => {
    const { app } = await started('meetings');
    expect(await app.act(Promise.reject(failure))).toBe(false);
    expect(app.failure).toEqual(failure);
    expect(await app.act(Promise.resolve())).toBe(true);
    expect(app.failure).toBeNull();
  });

  it('follows the system’s language until the user chooses', async () => {
    const { hear } = await started('meetings');
    expect(locale.language).toBe('es');
    hear({ settings: { language: 'en', theme: 'system', locked: [] } });
    expect([locale.language, locale.format.locale]).toEqual(['en', 'en-ES']);
  });

  it('counts time and days as the core does', async () => {
    const { app, hear } = await started('meetings');
    expect(app.today).toBe('2026-03-12');
    hear({ timeZone: 'Pacific/Kiritimati', now: '2026-03-12T11:00:00Z' });
    expect(app.today).toBe('2026-03-13');
  });

  it('clears the window when another account takes over', async () => {
    const { app, hear } = await started('meetings');
    app.show('contacts');
    app.contacts.text = 'muel';
    hear({ account: { name: 'B', username: 'b@x.example', tenantId: null, objectId: 'o2' } });
    expect([app.view, app.contacts.text]).toEqual(['meetings', '']);
  });
});
