import { getContext, setContext } from 'svelte';
import type { AppState } from './app.svelte';

const KEY = Symbol('app');

export function provideApp(app: AppState): void {
  setContext(KEY, app);
}

/** The window's state, for the components below `App`. */
export function useApp(): AppState {
  return getContext<AppState>(KEY);
}
