/** What people decide about tax, as it is sent. */
import type { Treatment } from '../../domain/tax/fee-invoices.ts';

/** Who owes the tax of a document is as its rows say: `document` is the external id of an invoice or credit memo that was settled for its total less or more just the tax. */
export interface CorrectTax {
  document: string;
  by: string;
  why: string;
}

/** The prices of a marketplace are as its settings say, where settled sales do not prove it; `marketplace` by its id or its domain. */
export interface ConfirmPrices {
  marketplace: string;
  by: string;
  why: string;
}

/**
 * Tax of an order is owed in another jurisdiction than its documents say. Amounts are decimal texts in the order's currency,
 * signed as on the return: negative of a refund.
 */
export interface MoveTax {
  orderId: string;
  from: string;
  to: string;
  net: string;
  tax: string;
  by: string;
  why: string;
}

/**
 * One of Amazon's invoices for fees, or a credit note with negative amounts: decimal texts in the currency of `marketplace`, the
 * id of the one whose fees it is for; left out it is the one of the jurisdiction.
 */
export interface BookFeeInvoice {
  number: string;
  date: string;
  jurisdiction: string;
  role: string;
  net: string;
  tax: string;
  treatment: Treatment;
  marketplace?: string;
  by: string;
  why: string;
}

/** Country by two letters to which an order went whose sale is not in these books; a refund of it is taxed by that. */
export interface PlaceSale {
  orderId: string;
  country: string;
  by: string;
  why: string;
}

/** Every decision about tax, by the name of its update. */
export interface TaxDecisions {
  correctTax: CorrectTax;
  confirmPrices: ConfirmPrices;
  moveTax: MoveTax;
  placeSale: PlaceSale;
  bookFeeInvoice: BookFeeInvoice;
}
