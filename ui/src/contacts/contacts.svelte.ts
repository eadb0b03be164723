import type { AppState } from '$lib/app/app.svelte';
import type { Contact, ContactRow, LetterOffset, MeetingRow } from '$lib/backend/backend';
import { asFailure } from '$lib/i18n/failures';
import { listItems, type Item } from './items';

/** Rows asked for at once. */
export const PAGE = 100;
/** Hits shown of a search before the directory's, until the user asks for all. */
const BEST = 30;
const DIRECTORY_DELAY_MS = 250;

type Meetings = { past: MeetingRow[]; next: MeetingRow[] };

/** The directory: a window onto up to 100,000 rows, of which only the visited pages are held. */
export class ContactsState {
  text = $state('');
  total = $state(0);
  loaded = $state(false);
  letters = $state.raw<readonly LetterOffset[]>([]);
  /** All hits of a search, not only the best. */
  all = $state(false);
  directory = $state.raw<readonly ContactRow[] | null>(null);
  looking = $state(false);
  /** Key of the selected person's item. */
  selected = $state<string | null>(null);
  detail = $state.raw<Contact | null>(null);
  meetings = $state.raw<Meetings | null>(null);
  open = $state(false);
  pages = $state.raw<ReadonlyMap<number, readonly ContactRow[]>>(new Map());

  readonly #app: AppState;
  readonly #requested = new Set<number>();
  #asked = 0;
  #refreshed = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(app: AppState) {
    this.#app = app;
  }

  readonly searching = $derived(this.text.trim() !== '');
  readonly shown = $derived(this.searching && !this.all ? Math.min(this.total, BEST) : this.total);
  readonly items = $derived(
    listItems({
      shown: this.shown,
      total: this.total,
      letters: this.searching ? [] : this.letters,
      directory: this.searching ? (this.directory?.length ?? 0) : null,
      asksDirectory: this.searching && this.asksDirectory,
    }),
  );
  get asksDirectory(): boolean {
    return this.#app.service('directory') === 'connected';
  }

  row(item: Item): ContactRow | null {
    if (item.kind === 'contact') return this.pages.get(Math.floor(item.index / PAGE))?.[item.index % PAGE] ?? null;
    if (item.kind === 'directory') return this.directory?.[item.index] ?? null;
    return null;
  }

  /** Reads the first page, once. */
  async begin(): Promise<void> {
    if (!this.loaded) await this.refresh();
  }

  async refresh(): Promise<void> {
    const asked = ++this.#refreshed;
    const letters = await this.#app.backend.letters().catch(() => []);
    // A later question was asked meanwhile, or another account took over.
    if (asked !== this.#refreshed) return;
    this.letters = letters;
    await this.#reload();
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#asked += 1;
    this.#refreshed += 1;
    Object.assign(this, { text: '', total: 0, loaded: false, letters: [], directory: null, looking: false });
    Object.assign(this, { selected: null, detail: null, meetings: null, open: false, pages: new Map(), all: false });
    this.#requested.clear();
  }

  /** Searches at once in the cache, and a moment later in the organization's directory. */
  async search(text: string, then: { open?: boolean } = {}): Promise<void> {
    this.text = text;
    this.all = false;
    this.directory = null;
    this.#lookUp(text.trim());
    await this.#reload();
    const first = this.items.find((item) => item.kind === 'contact');
    if (this.searching && first) await this.select(first);
    if (then.open) this.open = first !== undefined;
  }

  /** Makes sure that the page of a row is there, or on its way. */
  need(index: number): void {
    const page = Math.floor(index / PAGE);
    if (this.#requested.has(page)) return;
    this.#requested.add(page);
    void this.#loadPage(page, this.#asked);
  }

  /** Selects a person and reads the card. */
  async select(item: Item): Promise<void> {
    this.selected = item.key;
    const row = this.row(item);
    if (!row) return;
    const current = () => this.selected === item.key && this.row(item)?.id === row.id;
    const { backend } = this.#app;
    const read = item.kind === 'directory' ? backend.directoryPerson({ id: row.id }) : backend.contact({ id: row.id });
    const detail = await read.catch(() => null);
    if (!current()) return;
    this.detail = detail;
    this.meetings = null;
    const address = detail?.emails[0]?.address;
    const meetings = address ? await backend.meetingsWith({ address }).catch(() => null) : null;
    if (current()) this.meetings = meetings;
  }

  /** Selects the person `steps` further; answers the item's index in the list. */
  move(steps: number): number {
    const at = this.items.findIndex((item) => item.key === this.selected);
    const direction = steps < 0 ? -1 : 1;
    let index = at < 0 ? 0 : at + steps;
    while (this.items[index] && !isPerson(this.items[index])) index += direction;
    const item = this.items[index];
    if (item) void this.select(item);
    return item ? index : at;
  }

  async #reload(): Promise<void> {
    const asked = ++this.#asked;
    this.#requested.clear();
    this.#requested.add(0);
    await this.#loadPage(0, asked, true);
  }

  async #loadPage(page: number, asked: number, fresh = false): Promise<void> {
    try {
      const answer = await this.#app.backend.contacts({ text: this.text, offset: page * PAGE, limit: PAGE });
      if (asked !== this.#asked) return;
      this.pages = fresh ? new Map([[page, answer.rows]]) : new Map(this.pages).set(page, answer.rows);
      this.total = answer.total;
      this.loaded = true;
    } catch (reason) {
      this.#requested.delete(page);
      this.#app.failure = asFailure(reason);
    }
  }

  #lookUp(text: string): void {
    clearTimeout(this.#timer);
    this.looking = this.asksDirectory && text.length >= 2;
    if (!this.looking) return;
    this.#timer = setTimeout(() => void this.#askDirectory(text), DIRECTORY_DELAY_MS);
  }

  async #askDirectory(text: string): Promise<void> {
    const rows = await this.#app.backend.searchDirectory({ text }).catch(() => []);
    if (this.text.trim() !== text) return;
    this.directory = rows;
    this.looking = false;
  }
}

function isPerson(item: Item | undefined): boolean {
  return item?.kind === 'contact' || item?.kind === 'directory';
}
