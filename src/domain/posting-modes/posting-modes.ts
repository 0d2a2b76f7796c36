/**
 * The posting modes, and the one place where a connection's is chosen. A mode is a file of this folder and its line here.
 * Of one that is not built only what its journals would clear is known; the configuration refuses it.
 */
import { INVOICE } from './invoice.ts';
import type { ClearingRule, PostingMode } from './posting-mode.ts';

export const POSTING_MODES = {
  invoice: INVOICE,
  'cash-sale': { owned: 'sales-and-refunds' },
  summary: { owned: 'refunds' },
} as const satisfies Record<string, PostingMode | ClearingRule>;

export type PostingModeName = keyof typeof POSTING_MODES;
export const POSTING_MODE_NAMES = Object.keys(POSTING_MODES) as PostingModeName[];

export function isBuilt(name: PostingModeName): boolean {
  return 'sale' in POSTING_MODES[name];
}

/** The mode of a connection's setting. @throws Error `bug:` for one that is not built, which the configuration refuses */
export function postingModeOf(name: PostingModeName): PostingMode {
  const mode: PostingMode | ClearingRule = POSTING_MODES[name];
  if (!('sale' in mode)) throw new Error(`bug: the posting mode ${name} is not built`);
  return mode;
}
