import { tick } from 'svelte';
import type { AppState } from '$lib/app/app.svelte';

/** Closes the policy page; the keyboard goes on from the button that opens it. */
export async function leavePolicy(app: AppState): Promise<void> {
  app.closePolicy();
  await tick();
  document.querySelector<HTMLElement>('[data-testid=policy-open]')?.focus();
}
