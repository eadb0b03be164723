import type { Backend, PolicyPage, PolicyRow } from '$lib/backend/backend';
import { locale } from '$lib/i18n/locale.svelte';
import { matching } from './rows';

/** What the policy state needs of the window. */
interface Window {
  backend: Backend;
  act(action: Promise<unknown>): Promise<boolean>;
}

/** The policy page: read when somebody wants to see it, and again when the core tells of a change. */
export class PolicyState {
  page = $state.raw<PolicyPage | null>(null);
  text = $state('');
  readonly rows = $derived(matching(this.page?.rows ?? [], this.text, locale.language));
  #asked = false;
  #number = 0;

  constructor(private readonly window: Window) {}

  /** Reads the page for the first time. */
  async begin(): Promise<void> {
    if (this.#asked) return;
    this.#asked = true;
    await this.#read();
  }

  /** The core told of a change. Without news nothing is replaced, so that nothing is drawn anew. */
  async refresh(): Promise<void> {
    if (this.#asked) await this.#read();
  }

  /** The core reads its files again. Answers whether that worked. */
  async reload(): Promise<boolean> {
    const number = ++this.#number;
    return this.window.act(this.window.backend.reloadPolicy().then((page) => this.#take(page, number)));
  }

  /** `Esc` and the shell's other views; the same form as those of the lists. */
  search(text: string): void {
    this.text = text;
  }

  row(key: string): PolicyRow | null {
    return this.page?.rows.find((row) => row.key === key) ?? null;
  }

  async #read(): Promise<void> {
    const number = ++this.#number;
    try {
      this.#take(await this.window.backend.policyPage(), number);
    } catch {
      // The page stays as it is; a locked row then has the sentence alone. The next change asks again.
      if (!this.page) this.#asked = false;
    }
  }

  /** The latest question wins, whichever answer comes last. */
  #take(page: PolicyPage, number: number): void {
    if (number === this.#number && JSON.stringify(page) !== JSON.stringify(this.page)) this.page = page;
  }
}
