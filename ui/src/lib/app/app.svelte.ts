import type {
  AppEvent,
  Backend,
  Failure,
  ServiceName,
  ServiceState,
  ServiceStatus,
  Snapshot,
} from '$lib/backend/backend';
import { asFailure } from '$lib/i18n/failures';
import { locale } from '$lib/i18n/locale.svelte';
import { localDate } from '$lib/time/dates';
import { ContactsState } from '../../contacts/contacts.svelte';
import { ExchangeState } from '../../exchange/exchange.svelte';
import { MeetingsState } from '../../meetings/meetings.svelte';
import { PolicyState } from '../../policy/policy.svelte';
import { needsAdmin, SERVICES } from '../i18n/services';
import { Clock } from './clock.svelte';

export type View = 'meetings' | 'contacts' | 'settings' | 'policy';
/**
 * The whole screen: before an account there is only signing in, and connecting asks for full attention. From both,
 * the policy page covers the screen; in the shell it is a view.
 */
export type Screen = 'starting' | 'signIn' | 'connect' | 'policy' | 'shell';
/** The troubleshooting screen: after a timeout by itself, until the user closes it; else where the user opens it. */
export type Trouble = 'auto' | 'open' | 'closed';

/**
 * What the window knows. The core owns the data: this holds its last snapshot, the pages that are on the screen,
 * and where the user is.
 */
export class AppState {
  snapshot = $state.raw<Snapshot | null>(null);
  view = $state<View>('meetings');
  /** The failure of the user's last action, until dismissed. */
  failure = $state.raw<Failure | null>(null);
  /** Why not even the start worked. */
  startFailure = $state.raw<Failure | null>(null);
  helpOpen = $state(false);
  /** The connect screen, opened by the user. */
  connectOpen = $state(false);
  /** The policy page, opened from a screen without the shell. */
  policyOpen = $state(false);
  trouble = $state<Trouble>('auto');
  /** Whether the browser page under way is the administrator's. */
  consenting = $state(false);
  /** A short sentence for screen readers and the eye, such as "Copied". */
  notice = $state('');

  /** Whether the visit began beside the connect screen, such as in the settings: it leads back there. */
  #aside = false;

  readonly clock = new Clock();
  readonly meetings: MeetingsState;
  readonly contacts: ContactsState;
  readonly policy: PolicyState;
  readonly exchange: ExchangeState;
  readonly today = $derived(localDate(this.clock.now, locale.zone));
  readonly screen = $derived(this.#screen());
  readonly troubled = $derived(
    this.trouble === 'open' || (this.trouble === 'auto' && failureOf(this.snapshot) === 'signInTimedOut'),
  );
  /** The services that only an administrator brings on. */
  readonly waiting = $derived(SERVICES.filter((name) => this.needsAdmin(name)));

  /**
   * Whether people may connect by themselves. An Exchange server that takes passwords asks nobody for consent; where it
   * takes the organization's sign-in, the core shows no page about permissions.
   */
  readonly userConsent = $derived.by(() => {
    const policy = this.snapshot?.policy;
    return !policy || policy.userConsent || policy.authorizeWith === 'ews';
  });

  constructor(
    readonly backend: Backend,
    private readonly systemLocale: string,
  ) {
    this.meetings = new MeetingsState(this);
    this.contacts = new ContactsState(this);
    this.policy = new PolicyState(this);
    this.exchange = new ExchangeState(this);
  }

  /** Loads what the first paint needs; listens before it asks, so that no change is missed. */
  async start(): Promise<() => void> {
    const stop = this.backend.on((event) => this.#hear(event));
    try {
      const start = await this.backend.start();
      // What was told meanwhile is newer.
      if (!this.snapshot) this.#take(start.snapshot);
      this.meetings.begin(start);
    } catch (reason) {
      this.startFailure = asFailure(reason);
    }
    return stop;
  }

  /** Runs an action of the user; its failure becomes the shown one. Answers whether it worked. */
  async act(action: Promise<unknown>): Promise<boolean> {
    this.failure = null;
    try {
      await action;
      return true;
    } catch (reason) {
      this.failure = asFailure(reason);
      return false;
    }
  }

  show(view: View): void {
    this.view = view;
    this.failure = null;
  }

  /** Opens the directory at a person that somebody invited. */
  showPerson(address: string): void {
    this.show('contacts');
    void this.contacts.search(address, { open: true });
  }

  connect(services: ServiceName[], asAdministrator = false): Promise<boolean> {
    if (!asAdministrator && this.exchange.serves(services)) return this.exchange.connect();
    this.consenting = asAdministrator;
    return this.act(this.backend.connect({ services, asAdministrator }));
  }

  async leaveConnect(): Promise<void> {
    this.connectOpen = false;
    if (this.trouble === 'open') this.trouble = 'auto';
    if (this.snapshot?.showConnect) await this.act(this.backend.dismissConnect());
  }

  /** Asks again for what waits. Answers whether something changed, as far as it can be told at once. */
  async checkAgain(): Promise<boolean> {
    // What was never asked for is unknown to the core's check. Where users may not consent, connecting shows no page.
    if (this.waiting.some((name) => this.service(name) !== 'waitingForAdmin')) return this.connect(this.waiting);
    let changed = false;
    await this.act(this.backend.checkAgain().then((answer) => (changed = answer)));
    return changed;
  }

  /** The user says what the page demands: what can go on does, the rest waits. */
  async needsApproval(): Promise<void> {
    if (await this.act(this.backend.needsApproval())) this.trouble = 'closed';
  }

  /** The user says that the page ends in something else: it is left, and the causes are shown. */
  async giveUpPage(): Promise<void> {
    if (await this.act(this.backend.cancelSignIn())) this.openTrouble();
  }

  openTrouble(): void {
    if (this.snapshot?.account) this.connectOpen = true;
    this.trouble = 'open';
  }

  openPolicy(): void {
    if (this.screen === 'shell') this.show('policy');
    else this.policyOpen = true;
  }

  closePolicy(): void {
    if (this.policyOpen) this.policyOpen = false;
    else this.show('settings');
  }

  status(name: ServiceName): ServiceStatus {
    return this.snapshot?.services[name] ?? { state: 'notConnected' };
  }

  service(name: ServiceName): ServiceState {
    return this.status(name).state;
  }

  needsAdmin(name: ServiceName): boolean {
    return needsAdmin(this.service(name), this.userConsent);
  }

  #screen(): Screen {
    if (!this.snapshot) return 'starting';
    if (this.policyOpen) return 'policy';
    if (!this.snapshot.account) return 'signIn';
    return this.connectOpen || this.snapshot.showConnect ? 'connect' : 'shell';
  }

  #take(snapshot: Snapshot): void {
    const before = this.snapshot?.account?.objectId;
    this.clock.align(snapshot.now);
    locale.zone = snapshot.timeZone;
    locale.choose(snapshot.settings.language, this.systemLocale);
    this.#followConnect(snapshot);
    this.snapshot = snapshot;
    void this.policy.refresh();
    if (before && snapshot.account?.objectId !== before) this.#forget();
  }

  /**
   * Connecting holds the screen from the browser's opening until nothing is left to do or the user leaves. A visit
   * that began elsewhere leads back there, unless it failed.
   */
  #followConnect(snapshot: Snapshot): void {
    const [was, is] = [busy(this.snapshot), busy(snapshot)];
    if (is && !was) this.#aside = !this.connectOpen && !snapshot.showConnect;
    if (is) {
      this.connectOpen = true;
      this.exchange.stepAside();
    }
    if (snapshot.signIn.phase === 'browser' && this.snapshot?.signIn.phase !== 'browser') this.trouble = 'auto';
    if (is) return;
    // It may be settled by the visit, or later by an administrator.
    const settled =
      isSettled(snapshot) &&
      snapshot.signIn.phase !== 'failed' &&
      this.snapshot !== null &&
      (was || !isSettled(this.snapshot));
    const back = was && this.#aside && snapshot.signIn.phase === 'idle' && this.trouble !== 'open';
    if (settled || back) this.connectOpen = false;
  }

  /** Another account, or none: nothing of the last one stays in the window. */
  #forget(): void {
    this.meetings.clear();
    this.contacts.clear();
    this.exchange.close();
    this.connectOpen = false;
    this.policyOpen = false;
    this.view = 'meetings';
  }

  #hear(event: AppEvent): void {
    if (event.kind === 'snapshot') return this.#take(event.snapshot);
    if (event.what !== 'contacts') void this.meetings.refresh();
    if (event.what === 'contacts' && this.contacts.loaded) void this.contacts.refresh();
  }
}

/** Whether a visit to the browser that connects is under way. */
function busy(snapshot: Snapshot | null): boolean {
  const signIn = snapshot?.signIn;
  return signIn?.purpose === 'connect' && (signIn.phase === 'browser' || signIn.phase === 'finishing');
}

/** Whether nothing is left to connect. */
function isSettled(snapshot: Snapshot): boolean {
  return Object.values(snapshot.services).every(({ state }) => state === 'connected' || state === 'offByPolicy');
}

function failureOf(snapshot: Snapshot | null) {
  return snapshot?.signIn.phase === 'failed' ? snapshot.signIn.failure?.code : undefined;
}
