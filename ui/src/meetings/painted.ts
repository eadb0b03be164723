import type { Backend } from '$lib/backend/backend';

let done = false;

/**
 * Tells the core, once, that the first meeting row is on the screen: the first frame draws it, in the second it
 * has been shown.
 */
export function paintedOnce(backend: Backend): void {
  if (done) return;
  done = true;
  requestAnimationFrame(() => requestAnimationFrame(() => backend.painted()));
}

/** Answers when what is drawn now is on the screen: the time for work that would only hold it up. */
export function afterPaint(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve))));
}
