/** Stock in words, for terminal and page alike. */
import { counted, renderCount } from '../money/render-amount.ts';
import { isRedefinition } from './answer-table.ts';
import type { Term } from './drift.ts';
import type { OwedKind } from './owed.ts';
import type { WaitingReason } from './waiting.ts';

/** A term of the equation: what is more or less at Amazon. */
export const TERM_WORDS: Readonly<Record<Term, string>> = {
  opening: 'opening not booked',
  waiting: 'rows without a document',
  ahead: 'documents without a row',
  foreign: 'movements of others',
  gap: "gap of Amazon's",
};

const WAITING_WORDS: Readonly<Record<WaitingReason, string>> = {
  'day-open': 'waits until its day is complete',
  pair: 'waits for its other half',
  counterpart: 'waits for its fulfilment, its order or its removal shipment',
  'transfer-order': 'waits until the transfer order is fulfilled to the end',
  'sku-unknown': 'its SKU has no item',
  'item-not-countable': 'its item cannot be counted',
  'mapped-from': 'the item that its SKU was before cannot be counted',
  'pool-unknown': 'its country is in no pool',
  'shipment-unbooked': 'NetSuite has no fulfilment of it',
  'receipt-unknown': 'no shipment of that reference is known',
  'inbound-over': 'more came than was shipped',
  'ledger-unknown': 'nobody knows what it is',
  'receipt-not-restocked': 'NetSuite takes receipts and no units rise',
  'cost-unknown': 'NetSuite knows no cost of its item',
};

/** Why a row of Amazon's has no answer yet. */
export function waitingWords(reason: WaitingReason, row: { eventType: string; reason: string }): string {
  return reason === 'ledger-unknown' && isRedefinition(row) ? 'its other half has not come' : WAITING_WORDS[reason];
}

export const OWED_WORDS: Readonly<Record<OwedKind, string>> = {
  'lost-or-damaged': 'lost or damaged',
  'damaged-by-others': 'damaged by others',
  'not-returned': 'not returned',
  'inbound-short': 'inbound short',
  'paid-below-cost': 'paid below cost',
  'paid-in-other-currency': 'paid in another currency: compare with the cost',
  'payment-reversed': 'payment taken back',
};

/** `+5`, `−5`, `0`. */
export function signedUnits(units: number): string {
  return units === 0 ? '0' : `${units < 0 ? '−' : '+'}${renderCount(Math.abs(units))}`;
}

/** `1,842`, `−5`. */
export function renderUnits(units: number): string {
  return `${units < 0 ? '−' : ''}${renderCount(Math.abs(units))}`;
}

/** What comes first where SKUs have no item, since an opening without them books too little or takes out too much. */
export const MAP_FIRST =
  'Map them first (npx tieout map-sku SKU ITEM --why "…"): what is booked of an item without them, the next part takes back once they are mapped.';

/** So many SKUs are named in a sentence. */
const NAMED = 10;

/** `SKUs without an item are not in it: NEW-SKU (7 units). Map them first …`; null where there is none. */
export function renderSkusOutside(outside: readonly { sku: string; units: number }[]): string | null {
  if (outside.length === 0) return null;
  const named = outside.slice(0, NAMED).map(({ sku, units }) => `${sku} (${counted(units, 'unit')})`);
  const more = outside.length - named.length;
  const skus = `${named.join(', ')}${more === 0 ? '' : ` and ${counted(more, 'more SKU')}`}`;
  return `SKUs without an item are not in it: ${skus}. ${MAP_FIRST}`;
}
