/** What people decide about tax, as it is sent. */

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

/** Every decision about tax, by the name of its update. */
export interface TaxDecisions {
  correctTax: CorrectTax;
  confirmPrices: ConfirmPrices;
}
