import type { KeptRow } from '../../domain/stock/kept-stock.ts';
import { signedUnits } from '../../domain/stock/render-stock.ts';

/** A row of the ledger in a few words: `Adjustments M −2 of BLU-MUG (9003, PDX9)`. */
export function wordsOfRow({ eventType, reason, quantity, sku, reference, centre, origin }: KeptRow): string {
  const event = `${eventType} ${reason}`.trim();
  const behind = [reference, centre].filter((text) => text !== '').join(', ');
  const taken = origin === 'taken-back' ? ', taken back by Amazon' : '';
  return `${event} ${signedUnits(quantity)} of ${sku}${behind === '' ? '' : ` (${behind})`}${taken}`;
}
