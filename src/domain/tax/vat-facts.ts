/** What the VAT report counts: the tax in each item of a document, or of a claim that has none. */
import type { Day } from '../money/instant.ts';
import type { CurrencyCode } from '../money/money.ts';
import type { ItemTax, TaxCollector } from './tax-policy.ts';
import type { Rate } from './tax-rate.ts';

/**
 * Kind of a line of the report: a claim (A-to-z, chargeback) without a memo stands in the journal of its settlement, and so does tax
 * of a sale that no document of it carries; a move to another jurisdiction in one of its own.
 */
export type VatDocumentType = 'invoice' | 'credit memo' | 'claim' | 'settlement' | 'move';

/** What happened at Amazon: a refund that Amazon takes back is an invoice, and still of the refund. */
export type VatEvent = 'sale' | 'refund';

/** One item of one document. `net` and `tax` count as on the return: positive where sold, negative where given back. */
export interface VatFact extends ItemTax {
  /** External id; of a claim that of its journal. */
  document: string;
  type: VatDocumentType;
  event: VatEvent;
  orderId: string;
  currency: CurrencyCode;
  /** On which it is booked: its tax point, or the first open day after it. */
  day: Day;
  /** False while NetSuite does not hold it. */
  posted: boolean;
}

/** A row of Amazon's VAT Transactions Report, as far as it is read: no name, address or number of a buyer is. */
export interface AmazonVatRow {
  orderId: string;
  event: VatEvent;
  sku: string;
  /** Amazon's tax month is that of completion. */
  completed: Day;
  collector: Exclude<TaxCollector, 'nobody'>;
  /** Country by two letters; null where Amazon names none. */
  jurisdiction: string | null;
  /** Null where Amazon calculated none. */
  rate: Rate | null;
  /** Negative in a refund. */
  net: bigint;
  tax: bigint;
  currency: CurrencyCode;
  /** Country from which the goods left; null where Amazon names none. */
  departure: string | null;
  /** Out of the union or the kingdom, as Amazon flags it. */
  exported: boolean;
  /** Whether the buyer gave a VAT number. */
  business: boolean;
}
