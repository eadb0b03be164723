import type { Backend, ExchangeAsk, ExchangeQuery, Failure, ServiceName, Snapshot } from '$lib/backend/backend';
import { asFailure } from '$lib/i18n/failures';
import { m } from '$lib/paraglide/messages.js';
import { askedBy, waitingFor, waitsThere } from './asks';

/** What the dialog needs of the window. */
interface Window {
  readonly backend: Backend;
  readonly snapshot: Snapshot | null;
  failure: Failure | null;
  notice: string;
}

/** The organization's own Exchange server: what it waits for, and the dialog that gives it. */
export class ExchangeState {
  open = $state(false);
  busy = $state(false);
  /** What the dialog asks for now. */
  step = $state<ExchangeAsk>('server');
  /** The host that the dialog asks to trust. */
  host = $state('');
  /** Why the last attempt failed, as far as it is more than the next question. */
  failure = $state.raw<Failure | null>(null);
  /** What is waited for, beside the dialog. */
  readonly waits = $derived.by(() => {
    const snapshot = this.window.snapshot;
    return snapshot && waitingFor(snapshot);
  });
  /** Whether the policy says that mailboxes are there. */
  readonly decided = $derived.by(() => this.window.snapshot?.policy.authorizeWith === 'ews');

  /** Whether an administrator's consent leads anywhere: not where the server is signed in at with a password. */
  readonly takesConsent = $derived.by(() => {
    const method = this.window.snapshot?.exchange.method;
    return !this.decided || (method !== 'ntlm' && method !== 'basic');
  });

  /** Attempts that are given up count no more. */
  #attempt = 0;
  #trusted: string | null = null;

  constructor(private readonly window: Window) {}

  /** Whether these services are connected here rather than in Microsoft 365. */
  serves(services: readonly ServiceName[]): boolean {
    const known = this.window.snapshot?.services;
    // In use, it serves the directory too; before, that is asked of Microsoft 365.
    const inUse = this.window.snapshot?.exchange.inUse ?? false;
    const here = (name: ServiceName) =>
      (inUse || name !== 'directory') && known !== undefined && waitsThere(known[name]);
    return this.decided || (this.waits !== null && services.some(here));
  }

  /** Goes on as far as nobody is needed; opens the dialog for what a person must say. */
  async connect(): Promise<boolean> {
    const asks = this.window.snapshot?.exchange.asks;
    if (!asks || (this.decided && asks === 'browser')) return this.ask({});
    this.show();
    return false;
  }

  /** Opens the dialog at what is asked for, else at what is known least. */
  show(): void {
    const exchange = this.window.snapshot?.exchange;
    const usual = exchange?.method === 'oauth' ? 'browser' : exchange?.method ? 'password' : 'server';
    this.host = exchange?.host ?? '';
    this.#turn(exchange?.asks ?? usual);
    this.#trusted = null;
    this.failure = null;
    this.open = true;
  }

  /** Closes the dialog; an attempt under way is the core's own affair from here on. */
  close(): void {
    this.#attempt += 1;
    this.#trusted = null;
    this.busy = false;
    this.open = false;
    this.failure = null;
  }

  /** The browser takes over: its answer still counts. */
  stepAside(): void {
    this.open = false;
  }

  /** The host is not trusted: the person may name another. */
  distrust(): void {
    this.failure = null;
    this.step = 'server';
  }

  /** Asks the core to connect with what the person says. Answers whether it did. */
  async ask(said: Partial<ExchangeQuery>): Promise<boolean> {
    if (this.busy) return false;
    const attempt = ++this.#attempt;
    this.#trusted = said.trust ?? this.#trusted;
    this.busy = true;
    this.failure = null;
    this.window.failure = null;
    try {
      await this.window.backend.connectExchange({
        url: null,
        user: null,
        password: null,
        ...said,
        // A host that is found is remembered only once it led somewhere.
        trust: said.url ? null : this.#trusted,
      });
    } catch (reason) {
      if (attempt === this.#attempt) this.#refused(asFailure(reason), Boolean(said.password));
      return false;
    }
    if (attempt === this.#attempt) this.close();
    this.window.notice = m.state_connected();
    return true;
  }

  #refused(failure: Failure, hadPassword: boolean): void {
    this.busy = false;
    const next = askedBy(failure.code);
    if (!this.open && !next) return this.#tellOutside(failure);
    this.open = true;
    // The next question is no failure.
    const asksOnly = next === 'trust' || (failure.code === 'passwordRequired' && !hadPassword);
    this.failure = asksOnly ? null : failure;
    if (next === 'trust') this.host = failure.detail ?? '';
    if (next) this.#turn(next);
  }

  /** Of what the browser ended in, its own screen tells already. */
  #tellOutside(failure: Failure): void {
    const told = failure.code === 'signInCancelled' || this.window.snapshot?.signIn.phase === 'failed';
    if (!told) this.window.failure = failure;
  }

  #turn(step: ExchangeAsk): void {
    this.step = step === 'trust' && !this.host ? 'server' : step;
  }
}
