import { MediaQuery } from 'svelte/reactivity';

/** Too narrow for the detail beside the list: it becomes a page of its own above the list. */
export const narrow = new MediaQuery('max-width: 1079px');
