import './shared/base.css';
import { mount } from 'svelte';
import { AppState } from '$lib/app/app.svelte';
import type { Backend } from '$lib/backend/backend';
import App from './views/App.svelte';

/** How long the window may stay empty before it says that it is loading, in milliseconds. */
const PATIENCE_MS = 400;

/** Draws the window when the first data is there: one paint, complete. */
export async function run(backend: Backend): Promise<void> {
  const app = new AppState(backend, navigator.language);
  await Promise.race([app.start(), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
  const target = document.getElementById('app');
  if (target) mount(App, { target, props: { app } });
}
