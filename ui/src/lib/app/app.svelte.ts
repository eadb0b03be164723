import type { AppEvent, Backend, Failure, ServiceName, Snapshot } from '$lib/backend/backend';
import { asFailure } from '$lib/i18n/failures';
import { locale } from '$lib/i18n/locale.svelte';
import { localDate } from '$lib/time/dates';
import { ContactsState } from '../../contacts/contacts.svelte';
import { MeetingsState } from '../../meetings/meetings.svelte';
import { Clock } from './clock.svelte';

export type View = 'meetings' | 'contacts' | 'settings';
/** The whole screen: before an account there is only signing in, and connecting asks for full attention. */
export type Screen = 'starting' | 'signIn' | 'connect' | 'shell';

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
  /** A short sentence for screen readers and the eye, such as "Copied". */
  notice = $state('');

  readonly clock = new Clock();
  readonly meetings: MeetingsState;
  readonly contacts: ContactsState;
  readonly today = $derived(localDate(this.clock.now, locale.zone));
  readonly screen = $derived(this.#screen());

  constructor(
    readonly backend: Backend,
    private readonly systemLocale: string,
  ) {
    this.meetings = new MeetingsState(this);
    this.contacts = new ContactsState(this);
  }

  /** Loads what the first paint needs; listens before it asks, so that no change is missed. */
  async start(): Promise<() => void> {
    const stop = this.backend.on((event) => this.#hear(event));
    try {
      const { snapshot, agenda } = await this.backend.start();
      this.#take(snapshot);
      this.meetings.begin(agenda);
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
    return this.act(this.backend.connect({ services, asAdministrator }));
  }

  async leaveConnect(): Promise<void> {
    this.connectOpen = false;
    if (this.snapshot?.showConnect) await this.act(this.backend.dismissConnect());
  }

  service(name: ServiceName) {
    return this.snapshot?.services[name].state ?? 'notConnected';
  }

  #screen(): Screen {
    if (!this.snapshot) return 'starting';
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
    if (before && snapshot.account?.objectId !== before) this.#forget();
  }

  /** Connecting holds the screen from the browser's opening until nothing is left to do or the user leaves. */
  #followConnect(snapshot: Snapshot): void {
    const busy = (one: Snapshot | null) =>
      one?.signIn.purpose === 'connect' && (one.signIn.phase === 'browser' || one.signIn.phase === 'finishing');
    if (busy(snapshot)) this.connectOpen = true;
    const settled = Object.values(snapshot.services).every(
      ({ state }) => state === 'connected' || state === 'offByPolicy',
    );
    if (busy(this.snapshot) && !busy(snapshot) && settled) this.connectOpen = false;
  }

  /** Another account, or none: nothing of the last one stays in the window. */
  #forget(): void {
    this.meetings.clear();
    this.contacts.clear();
    this.connectOpen = false;
    this.view = 'meetings';
  }

  #hear(event: AppEvent): void {
    if (event.kind === 'snapshot') return this.#take(event.snapshot);
    if (event.what !== 'contacts') void this.meetings.refresh();
    if (event.what === 'contacts' && this.contacts.loaded) void this.contacts.refresh();
  }
}
