import type { Code, PolicyProblemKind } from '$lib/backend/backend';
import { m } from '$lib/paraglide/messages.js';

/** Why nobody may sign in, as far as somebody acts differently on it. */
export type Block = 'overruled' | 'untrusted' | 'unreadable' | 'damaged' | 'setting' | 'conflict' | 'unusable';

/** What a person reads of it: a heading, a sentence, what to do, and who can. */
export interface BlockText {
  title: () => string;
  body: () => string;
  todo: () => string;
  who: 'user' | 'admin';
}

const BLOCKS: Record<PolicyProblemKind, Block> = {
  overruled: 'overruled',
  untrusted: 'untrusted',
  refused: 'unreadable',
  encoding: 'damaged',
  syntax: 'damaged',
  unknownKey: 'setting',
  misplaced: 'setting',
  duplicateKey: 'setting',
  wrongType: 'setting',
  invalidValue: 'setting',
  doubtful: 'setting',
  conflict: 'conflict',
};

/** While one of the first stands, the others can't be mended or mean nothing. */
const ORDER: readonly Block[] = ['overruled', 'untrusted', 'unreadable', 'damaged', 'setting', 'conflict'];

/** What to name: the first that must be mended. Without a problem at hand, what the failure's code says. */
export function blockOf(kinds: readonly PolicyProblemKind[], code?: Code): Block {
  // A kind that is newer than this window is a block without a name.
  const found = kinds.map((kind) => (BLOCKS as Partial<typeof BLOCKS>)[kind]);
  const first = ORDER.find((block) => found.includes(block));
  return first ?? (code === 'policyOverruled' ? 'overruled' : 'unusable');
}

export const BLOCK_TEXTS: Record<Block, BlockText> = {
  overruled: text(m.blocked_overruled, m.blocked_overruled_body, m.blocked_overruled_do, 'user'),
  untrusted: text(m.blocked_untrusted, m.blocked_untrusted_body, m.blocked_untrusted_do),
  unreadable: text(m.blocked_unreadable, m.blocked_unreadable_body, m.blocked_unreadable_do),
  damaged: text(m.blocked_damaged, m.blocked_damaged_body, m.blocked_damaged_do),
  setting: text(m.blocked_setting, m.blocked_setting_body, m.blocked_setting_do),
  conflict: text(m.blocked_conflict, m.blocked_conflict_body, m.blocked_conflict_do),
  unusable: text(m.blocked_unusable, m.blocked_unusable_body, m.blocked_unusable_do),
};

function text(title: () => string, body: () => string, todo: () => string, who: BlockText['who'] = 'admin'): BlockText {
  return { title, body, todo, who };
}
