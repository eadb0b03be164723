import type { LocalDate } from '$lib/time/dates';

/** How much of the list's height may lie above the now line before ended meetings are scrolled away. */
export const ABOVE_NOW = 0.45;

/** Height of a meeting's line with the gap below it, in pixels. */
export const LINE = 58;

/** Brings today to the top; where its ended meetings fill the list, the running one or the now line instead. */
export function scrollToNow(list: HTMLElement): void {
  const now = list.querySelector<HTMLElement>('[data-now]');
  const day = now?.closest<HTMLElement>('.day');
  if (!now || !day) return;
  const top = offset(list, day);
  const line = offset(list, list.querySelector<HTMLElement>('.row.running') ?? now);
  list.scrollTop = line - top > list.clientHeight * ABOVE_NOW ? line - list.clientHeight * ABOVE_NOW : top;
}

/** Brings a day to the top, or the first after it. */
export function scrollToDay(list: HTMLElement, date: LocalDate): void {
  const days = [...list.querySelectorAll<HTMLElement>('.day')];
  const day = days.find((one) => (one.dataset['date'] ?? '') >= date) ?? days.at(-1);
  if (day) list.scrollTop = offset(list, day);
}

/** Moves focus to a line and shows it whole, below the heading that sticks at the top. */
export function focusLine(list: ParentNode, key: string): void {
  const line = list.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
  line?.querySelector<HTMLElement>('.open')?.focus({ preventScroll: true });
  line?.scrollIntoView({ block: 'nearest' });
}

function offset(list: HTMLElement, node: HTMLElement): number {
  return node.getBoundingClientRect().top - list.getBoundingClientRect().top + list.scrollTop;
}
