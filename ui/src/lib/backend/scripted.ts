import type { AppEvent, Backend, MeetingRow, ServiceName, Services, ServiceState, Snapshot } from './backend';
import { toRow } from './fixtures/build';
import { adminRequest } from './fixtures/admin';
import { ContactBook } from './fixtures/contacts';
import { ExchangeServer } from './fixtures/exchangeServer';
import { policyPage } from './fixtures/policy';
import { scene as sceneOf } from './fixtures/scenes';
import { localDate } from '../time/dates';

/** What a test reads and does beside the window. */
export interface Script {
  /** The calls that reached the backend, as `name` or `name:argument`. */
  calls: string[];
  /** Changes the core's state and tells the window. */
  change(change: Partial<Snapshot>): void;
  /** An administrator consents: the next look finds it. */
  approve(): void;
  emit(event: AppEvent): void;
}

declare global {
  interface Window {
    script?: Script;
  }
}

const done = Promise.resolve();

/** A core of fixtures, for tests and screenshots. Never part of the product's bundle. */
export function scriptedBackend(name: string): Backend {
  const scene = sceneOf(name);
  const book = new ContactBook(scene.contacts);
  const listeners = new Set<(event: AppEvent) => void>();
  const rows = scene.meetings.map((meeting) => toRow(meeting, scene.snapshot.policy.maskPrivateMeetings));
  const zone = scene.snapshot.timeZone;
  let approved = false;
  const script: Script = {
    calls: [],
    approve: () => void (approved = true),
    emit: (event) => listeners.forEach((listener) => listener(event)),
    change(change) {
      scene.snapshot = { ...scene.snapshot, ...change };
      script.emit({ kind: 'snapshot', snapshot: scene.snapshot });
    },
  };
  window.script = script;
  const core = {
    change: script.change,
    get snapshot() {
      return scene.snapshot;
    },
  };
  const exchange = new ExchangeServer(core, scene.exchange);

  const call = (what: string, argument?: string): Promise<void> => {
    script.calls.push(argument === undefined ? what : `${what}:${argument}`);
    return done;
  };
  const signIn = (
    phase: Snapshot['signIn']['phase'],
    purpose: Snapshot['signIn']['purpose'],
    services: ServiceName[] = [],
  ) => script.change({ signIn: { phase, purpose, services, failure: null } });
  const move = (from: ServiceState[], to: ServiceState): Services => {
    const entries = Object.entries(scene.snapshot.services) as [ServiceName, Services[ServiceName]][];
    return Object.fromEntries(
      entries.map(([service, status]) => [service, from.includes(status.state) ? { state: to } : status]),
    ) as unknown as Services;
  };
  const firstDay = (row: MeetingRow) => row.startDate ?? localDate(row.start, zone);
  const lastDay = (row: MeetingRow) => (row.allDay ? (row.endDate ?? firstDay(row)) : localDate(row.end, zone));
  const within = (from: string, to: string) => rows.filter((row) => firstDay(row) <= to && lastDay(row) >= from);

  return {
    start() {
      if (scene.start === 'never') return new Promise(() => undefined);
      if (scene.start) return Promise.reject(scene.start);
      const to = '2026-03-26';
      return Promise.resolve({ snapshot: scene.snapshot, agenda: { rows: within('2026-03-11', to) }, to });
    },
    snapshot: () => Promise.resolve(scene.snapshot),
    agenda: ({ from, to }) => Promise.resolve({ rows: within(from, to) }),
    meeting({ id }) {
      const meeting = scene.meetings.find((one) => one.id === id);
      return meeting ? Promise.resolve(meeting) : Promise.reject(new Error('notFound'));
    },
    busyDays: ({ from, to }) =>
      Promise.resolve(
        within(from, to)
          .filter((row) => !row.allDay)
          .map(firstDay),
      ),
    searchMeetings({ text }) {
      const wanted = text.toLowerCase();
      return Promise.resolve(rows.filter((row) => `${row.subject} ${row.organizer}`.toLowerCase().includes(wanted)));
    },
    join: ({ id }) => call('join', scene.meetings.find((one) => one.id === id)?.subject),
    openInOutlook: ({ id }) => call('openInOutlook', id),
    contacts: (q) => Promise.resolve(book.page(q)),
    letters: () => Promise.resolve(book.letters()),
    contact: ({ id }) => Promise.resolve(book.contact(id)),
    meetingsWith: () =>
      Promise.resolve({ past: rows.slice(0, 1), next: rows.filter((row) => row.canJoin).slice(2, 5) }),
    searchDirectory: ({ text }) => Promise.resolve(book.directory(text)),
    directoryPerson: ({ id }) => Promise.resolve(book.directoryPerson(id)),
    mail: ({ address }) => call('mail', address),
    call: ({ number }) => call('call', number),
    signIn({ email }) {
      signIn('browser', 'signIn');
      return call('signIn', email ?? '');
    },
    cancelSignIn() {
      signIn('idle', scene.snapshot.signIn.purpose);
      return call('cancelSignIn');
    },
    reopenBrowser: () => call('reopenBrowser'),
    signInLink: () => Promise.resolve('https://login.example/authorize?state=x'),
    connect({ services, asAdministrator }) {
      signIn('browser', 'connect', asAdministrator ? [] : services);
      return call('connect', `${services.join('+')}${asAdministrator ? ':admin' : ''}`);
    },
    dismissConnect() {
      script.change({ showConnect: false });
      return call('dismissConnect');
    },
    checkAgain() {
      void call('checkAgain');
      if (approved) script.change({ services: move(['waitingForAdmin'], 'connected') });
      return Promise.resolve(approved);
    },
    connectExchange(q) {
      const said = Object.entries(q).filter((pair): pair is [string, string] => pair[1] !== null);
      void call('connectExchange', said.map(([name, value]) => `${name}=${value}`).join(' '));
      return exchange.connect(q);
    },
    leaveExchange() {
      exchange.leave();
      return call('leaveExchange');
    },
    needsApproval() {
      if (!scene.snapshot.account) {
        const failure = { code: 'adminApprovalRequired', who: 'administrator', detail: null } as const;
        const told = { ...failure, message: failure.code, help: failure.code };
        script.change({ signIn: { phase: 'failed', purpose: 'signIn', services: [], failure: told } });
        return call('needsApproval');
      }
      script.change({
        services: move(['notConnected', 'declined', 'error'], 'waitingForAdmin'),
        signIn: { phase: 'idle', purpose: 'connect', services: [], failure: null },
      });
      return call('needsApproval');
    },
    adminRequest: ({ language }) => Promise.resolve(adminRequest(language)),
    mailAdminRequest: ({ language, email }) => call('mailAdminRequest', email ? `${language} ${email}` : language),
    lookUpFederation() {
      script.change({ federation: { kind: 'federated', domain: 'contoso.example' } });
      return call('lookUpFederation');
    },
    policyPage: () => Promise.resolve(policyPage(scene.policy)),
    reloadPolicy() {
      void call('reloadPolicy');
      return Promise.resolve({ ...policyPage(scene.policy), readAt: '2026-03-12T08:42:30Z' });
    },
    sync: () => call('sync'),
    disconnect: () => call('disconnect'),
    signOut({ purge }) {
      script.change({ account: null });
      return call('signOut', String(purge));
    },
    setSetting({ key, value }) {
      script.change({ settings: { ...scene.snapshot.settings, [key]: value } as Snapshot['settings'] });
      return call('setSetting', `${key}=${value}`);
    },
    painted: () => void call('painted'),
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
