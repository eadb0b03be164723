import type { AppState } from '$lib/app/app.svelte';
import type { Meeting, MeetingRow, Start } from '$lib/backend/backend';
import { asFailure } from '$lib/i18n/failures';
import { locale } from '$lib/i18n/locale.svelte';
import { addDays, daysBetween, monthStart, type LocalDate } from '$lib/time/dates';
import { activeFilters, attends, buildDays, joinTarget, nextMeeting, NO_FILTERS, passes } from './agenda';
import type { Filters, Range } from './agenda';

/** How far the list reaches around a day, and how much more it loads at its ends. */
const BEFORE = 1;
const AFTER = 14;
const SEARCH_LIMIT = 100;
/** The list goes no further into the future, in days. */
const FURTHEST = 400;
const NOWHERE: Range = { from: '1970-01-01', to: '1970-01-01' };
const EVERYTHING: Range = { from: '0001-01-01', to: '9999-12-31' };

/** The meeting list: the rows around a day, the selected one, search and filters. */
export class MeetingsState {
  rows = $state.raw<readonly MeetingRow[]>([]);
  /** The rows around today: what Join and the countdown mean, even while the list shows another month. */
  near = $state.raw<readonly MeetingRow[]>([]);
  range = $state.raw<Range>(NOWHERE);
  filters = $state.raw<Filters>(NO_FILTERS);
  /** Key of the selected line. */
  selected = $state<string | null>(null);
  detail = $state.raw<Meeting | null>(null);
  /** Where the window is too narrow for a pane: whether the detail covers the list. */
  open = $state(false);
  text = $state('');
  results = $state.raw<readonly MeetingRow[] | null>(null);
  /** The day to bring into view; a new object each time. */
  jump = $state.raw<{ date: LocalDate } | null>(null);
  month = $state<LocalDate>('1970-01-01');
  busy = $state.raw<ReadonlySet<LocalDate>>(new Set());

  readonly #app: AppState;
  #asked = 0;
  /** The last range asked for, and how many were: an answer that a later question overtook is not shown. */
  #wanted: Range = NOWHERE;
  #loads = 0;
  #nears = 0;
  /** Days to add at the end; more after a step that brought nothing. */
  #step = AFTER;

  constructor(app: AppState) {
    this.#app = app;
  }

  readonly visible = $derived.by(() => (this.results ?? this.rows).filter((row) => passes(row, this.filters)));
  /** The next meeting, wherever the list has been moved to. */
  readonly next = $derived.by(() => nextMeeting(this.near, this.#app.clock.now));
  readonly days = $derived.by(() => {
    const view = { now: this.#app.clock.now, zone: locale.zone, next: this.next?.id ?? null };
    if (!this.results) return buildDays(this.visible, this.range, view);
    return buildDays(this.visible, EVERYTHING, view)
      .filter((day) => day.entries.length + day.allDay.length > 0)
      .map((day) => ({ ...day, nowBefore: null }));
  });
  /** Every line that can be selected, in order. */
  readonly lines = $derived(
    this.days.flatMap((day) => [
      ...day.allDay.map((row) => ({ key: `${row.id}@${day.date}`, row })),
      ...day.entries.map(({ key, row }) => ({ key, row })),
    ]),
  );
  readonly selectedRow = $derived(this.lines.find((line) => line.key === this.selected)?.row ?? null);
  readonly filterCount = $derived(activeFilters(this.filters));

  /** Takes the rows that came with the start, and selects the running or next meeting. What is not there yet follows
   * by `complete`, after the first frame. */
  begin({ agenda, to }: Start): void {
    // What was read after a change is newer than what came with the start.
    if (this.range !== NOWHERE) return;
    this.range = { from: around(this.#app.today).from, to };
    if (this.#wanted === NOWHERE) this.#wanted = this.range;
    this.rows = agenda.rows;
    this.near = agenda.rows;
    this.month = monthStart(this.#app.today);
    this.selected = this.#current();
  }

  /** Reads what the start left out: the selected meeting whole, and the rest of the days. */
  async complete(): Promise<void> {
    if (!this.detail) void this.#loadDetail();
    if (this.range === NOWHERE) return;
    const wanted = around(this.#app.today);
    // Where the user has gone elsewhere meanwhile, the list stays there.
    if (this.range.from === wanted.from && this.range.to < wanted.to) await this.#load(wanted);
    await this.#loadNear();
  }

  clear(): void {
    this.#loads += 1;
    this.#nears += 1;
    this.#wanted = NOWHERE;
    this.rows = [];
    this.near = [];
    this.range = NOWHERE;
    this.selected = null;
    this.detail = null;
    this.open = false;
    this.results = null;
    this.text = '';
    this.busy = new Set();
  }

  /** Reads again what is on the screen, after the cache has changed. */
  async refresh(): Promise<void> {
    const unread = this.#wanted === NOWHERE;
    if (unread) this.month = monthStart(this.#app.today);
    // Who asked later goes on from here.
    if (!(await this.#load(unread ? around(this.#app.today) : this.#wanted))) return;
    await this.#loadNear();
    if (!this.selectedRow) this.selected = this.#current();
    void this.#loadDetail();
    if (this.text) void this.search(this.text);
    void this.loadBusy();
  }

  /** Moves the list to a day. */
  async goTo(date: LocalDate): Promise<void> {
    this.text = '';
    this.results = null;
    this.month = monthStart(date);
    if (date < this.range.from || date > this.range.to) await this.#load(around(date));
    this.#step = AFTER;
    this.jump = { date };
  }

  /** Shows earlier or later days too. */
  async extend(direction: 'earlier' | 'later'): Promise<void> {
    const { from, to } = this.range;
    if (direction === 'earlier') {
      await this.#load({ from: addDays(from, -AFTER), to });
      return;
    }
    if (!this.extendable) return;
    const before = this.rows.length;
    await this.#load({ from, to: addDays(to, this.#step) });
    this.#step = this.rows.length > before ? AFTER : this.#step * 2;
  }

  /** Whether there may be later days to show. */
  get extendable(): boolean {
    return daysBetween(this.#app.today, this.range.to) < FURTHEST;
  }

  /** Midnight has passed: the list that stood at yesterday moves on. */
  async newDay(): Promise<void> {
    if (this.range === NOWHERE) return;
    await this.#loadNear();
    await this.goTo(this.#app.today);
  }

  async showMonth(month: LocalDate): Promise<void> {
    this.month = month;
    await this.loadBusy();
  }

  /** Which days of the shown month (and the weeks around it) have meetings. */
  async loadBusy(): Promise<void> {
    const q = { from: addDays(this.month, -7), to: addDays(monthStart(this.month, 1), 7) };
    const month = this.month;
    const days = await this.#app.backend.busyDays(q).catch(() => []);
    if (month === this.month) this.busy = new Set(days);
  }

  async search(text: string): Promise<void> {
    this.text = text;
    const asked = ++this.#asked;
    if (!text.trim()) {
      this.results = null;
      return;
    }
    const results = await this.#app.backend.searchMeetings({ text, limit: SEARCH_LIMIT }).catch(() => []);
    if (asked === this.#asked) this.results = results;
  }

  select(key: string): void {
    this.selected = key;
    void this.#loadDetail();
  }

  /** Selects the line `steps` further; answers its key. */
  move(steps: number): string | null {
    const at = this.lines.findIndex((line) => line.key === this.selected);
    const line = this.lines[Math.max(0, Math.min(this.lines.length - 1, at < 0 ? 0 : at + steps))];
    if (line) this.select(line.key);
    return line?.key ?? null;
  }

  /** What Ctrl/Cmd+J joins. */
  get joinTarget(): MeetingRow | null {
    return joinTarget(this.near, this.#app.clock.now);
  }

  join(id: string): Promise<boolean> {
    return this.#app.act(this.#app.backend.join({ id }));
  }

  /** Reads a range. Answers false where another was asked for meanwhile, and this one is not shown. */
  async #load(range: Range): Promise<boolean> {
    const asked = ++this.#loads;
    this.#wanted = range;
    try {
      const agenda = await this.#app.backend.agenda(range);
      if (asked !== this.#loads) return false;
      this.range = range;
      this.rows = agenda.rows;
    } catch (reason) {
      if (asked !== this.#loads) return false;
      this.#wanted = this.range;
      this.#app.failure = asFailure(reason);
    }
    return true;
  }

  async #loadNear(): Promise<void> {
    const asked = ++this.#nears;
    const { from, to } = around(this.#app.today);
    const agenda = this.range.from === from && this.range.to >= to ? { rows: this.rows } : null;
    const { rows } = agenda ?? (await this.#app.backend.agenda({ from, to }).catch(() => ({ rows: this.near })));
    if (asked === this.#nears) this.near = rows;
  }

  /** Key of the running or next meeting's line. */
  #current(): string | null {
    const now = this.#app.clock.now;
    const running = this.rows.filter((r) => attends(r) && Date.parse(r.start) <= now && Date.parse(r.end) > now).at(-1);
    const row = running ?? this.next;
    return row ? (this.lines.find((line) => line.row.id === row.id)?.key ?? null) : null;
  }

  async #loadDetail(): Promise<void> {
    const row = this.selectedRow;
    if (!row) {
      this.detail = null;
      return;
    }
    const detail = await this.#app.backend.meeting({ id: row.id }).catch(() => null);
    if (this.selectedRow?.id === row.id) this.detail = detail;
  }
}

function around(date: LocalDate): Range {
  return { from: addDays(date, -BEFORE), to: addDays(date, AFTER) };
}
