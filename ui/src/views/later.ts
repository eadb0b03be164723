/** The views that the first frame does without, each in a script of its own. */
export const signIn = () => import('../signin/SignIn.svelte');
export const connect = () => import('../connect/Connect.svelte');
export const exchange = () => import('../exchange/ExchangeDialog.svelte');
export const policy = () => import('../policy/Policy.svelte');
export const settings = () => import('../settings/Settings.svelte');

/** Reads them ahead, so that a key pressed right after the one that opens a view finds it there. */
export function readAhead(): void {
  for (const view of [settings, policy, connect, exchange]) view().catch(() => undefined);
}
