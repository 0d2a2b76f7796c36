/** Documents as an order's activities write them down, with the least that their plans must say. */
import { memoStart, type DocumentKey } from '../../../src/domain/identifiers/external-id.ts';
import type { DispatchPlan, InvoicePlan } from '../../../src/domain/orders/dispatch.ts';
import type { DocumentIntent } from '../../../src/store/documents/documents.ts';

interface Facts {
  orderId: string;
  date: string;
  total: bigint;
}

export function invoiceOf(key: DocumentKey<'INV'>, facts: Facts): DocumentIntent<'bill'> {
  const plan: InvoicePlan = { ...dispatch(key, facts), cut: [], shares: 0 };
  return { key, recordType: 'invoice', plan, ...head(facts) };
}

export function memoOf(key: DocumentKey<'CM'>, facts: Facts): DocumentIntent<'credit'> {
  return { key, recordType: 'creditMemo', plan: dispatch(key, facts), ...head(facts) };
}

export function fulfilmentOf(key: DocumentKey<'IF'>, facts: Facts): DocumentIntent<'fulfilment'> {
  return { key, recordType: 'itemFulfillment', plan: dispatch(key, facts), ...head(facts) };
}

export function salesOrderOf(key: DocumentKey<'SO'>, facts: Facts): DocumentIntent<'order'> {
  const plan = { key, memo: memoStart(key), marketplaceId: 'ATVPDKIKX0DER', currency: 'USD', lines: [], ...facts };
  return { key, recordType: 'salesOrder', plan, ...head(facts) };
}

function dispatch<P extends 'IF' | 'INV' | 'CM'>(key: DocumentKey<P>, facts: Facts): DispatchPlan<P> {
  return { key, memo: memoStart(key), currency: 'USD', lines: [], ...facts };
}

function head({ orderId, date, total }: Facts) {
  return { date, currency: 'USD', total, orderId, settlementId: null };
}
