/** What a key asks for, wherever it is pressed. */
export type Command =
  'down' | 'up' | 'open' | 'join' | 'search' | 'meetings' | 'contacts' | 'settings' | 'policy' | 'help' | 'back';

/** The part of a `KeyboardEvent` that decides. */
export interface Key {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  isComposing: boolean;
}

const LETTERS: Record<string, Command> = {
  j: 'down',
  k: 'up',
  '/': 'search',
  '1': 'meetings',
  '2': 'contacts',
  '3': 'settings',
  '4': 'policy',
  '?': 'help',
};

const NAMED: Record<string, Command> = { ArrowDown: 'down', ArrowUp: 'up', Enter: 'open', Escape: 'back' };

/**
 * The command of a key press; `null` where the key isn't ours. While somebody types, letters are text:
 * only Escape, the arrows and Ctrl/Cmd+J count.
 */
export function command(event: Key, typing: boolean): Command | null {
  if (event.isComposing || event.altKey) return null;
  if (event.ctrlKey || event.metaKey) return event.key.toLowerCase() === 'j' ? 'join' : null;
  const named = NAMED[event.key];
  if (named) return named;
  return typing ? null : (LETTERS[event.key] ?? null);
}

/** Whether key presses at this element are text. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target.isContentEditable;
}
