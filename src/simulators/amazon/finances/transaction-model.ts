import type { JsonDecimal } from '../json.ts';

/** A transaction as Finances 2024-06-19 shows it; members by Amazon's model of that version. */
export interface Transaction {
  sellingPartnerMetadata: { sellingPartnerId: string; accountType: string; marketplaceId: string };
  relatedIdentifiers: { relatedIdentifierName: string; relatedIdentifierValue: string }[];
  transactionType: string;
  transactionId: string;
  transactionStatus: 'DEFERRED' | 'RELEASED' | 'DEFERRED_RELEASED';
  description: string;
  postedDate: string;
  totalAmount: Currency;
  marketplaceDetails: { marketplaceId: string; marketplaceName: string };
  items: TransactionItem[];
  contexts: Context[];
  breakdowns: Breakdown[];
}
export interface Currency {
  currencyAmount: JsonDecimal;
  currencyCode: string;
}
export interface Breakdown {
  breakdownType: string;
  breakdownAmount: Currency;
  breakdowns: Breakdown[];
}
type Context =
  | { contextType: 'ProductContext'; asin: string; sku: string; quantityShipped?: number; fulfillmentNetwork?: string }
  | { contextType: 'DeferredContext'; deferralReason: string; maturityDate: string };
export interface TransactionItem {
  description: string;
  relatedIdentifiers: { itemRelatedIdentifierName: string; itemRelatedIdentifierValue: string }[];
  totalAmount: Currency;
  breakdowns: Breakdown[];
  contexts: Context[];
}
