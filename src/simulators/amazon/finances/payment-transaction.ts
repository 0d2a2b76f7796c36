import { DAY, shifted } from '../instants.ts';
import { seededNumber } from '../seeded.ts';
import type { AmazonWorld } from '../world.ts';
import type { Sale } from './sales.ts';
import { commonParts, transactionItem } from './transaction-parts.ts';
import type { Transaction } from './transaction-model.ts';

/** The buyer's payment of a shipment: what is known of it before anybody asks. */
export interface Payment {
  deferred: boolean;
  releasedAt: string;
  releaseId: string;
}

/**
 * Payments are deferred until seven days after delivery (DD7), here nine days after the shipment: some of them, or in a world
 * that says so all. What a settlement has of them is released within it.
 */
export function paymentOf(world: AmazonWorld, { orderId, postedAt, transactionId, settlement }: Sale): Payment {
  const due = shifted(postedAt, 9 * DAY);
  const within = settlement === null ? due : later(settlement.start, earlier(due, settlement.end));
  return {
    deferred: world.deferral === 'DD7' || seededNumber(`deferred ${orderId}`, 25) === 0,
    releasedAt: later(within, postedAt),
    releaseId: `${transactionId}R`,
  };
}

const earlier = (one: string, other: string): string => (one < other ? one : other);
const later = (one: string, other: string): string => (one < other ? other : one);

/** A deferred payment turns DEFERRED_RELEASED when it is released; a second record, RELEASED, then stands beside it. */
export function paymentStatus(
  payment: Payment,
  record: 'payment' | 'release',
  now: string,
): Transaction['transactionStatus'] {
  if (!payment.deferred || record === 'release') return 'RELEASED';
  return payment.releasedAt <= now ? 'DEFERRED_RELEASED' : 'DEFERRED';
}

/** One record of a payment, linked with the other one where there is one; while it is deferred it is in no event group. */
export function paymentTransaction(
  world: AmazonWorld,
  sale: Sale,
  payment: Payment,
  record: 'payment' | 'release',
  now: string,
): Transaction {
  const items = sale.items.map(({ sku, quantity, leaves }) =>
    transactionItem(world, sale.currency, sku, quantity, leaves, [], sale.network),
  );
  const isRelease = record === 'release';
  const status = paymentStatus(payment, record, now);
  const link = isRelease
    ? [{ relatedIdentifierName: 'DEFERRED_TRANSACTION_ID', relatedIdentifierValue: sale.transactionId }]
    : status === 'DEFERRED_RELEASED'
      ? [{ relatedIdentifierName: 'RELEASE_TRANSACTION_ID', relatedIdentifierValue: payment.releaseId }]
      : [];
  const source = {
    ...sale,
    postedAt: isRelease ? payment.releasedAt : sale.postedAt,
    settlement: status === 'DEFERRED' ? null : sale.settlement,
  };
  return {
    ...commonParts(world, source, items, now, [
      ...(sale.shipmentId === ''
        ? []
        : [{ relatedIdentifierName: 'SHIPMENT_ID', relatedIdentifierValue: sale.shipmentId }]),
      ...link,
    ]),
    transactionType: 'Shipment',
    description: 'Order Payment',
    transactionId: isRelease ? payment.releaseId : sale.transactionId,
    transactionStatus: status,
    contexts:
      payment.deferred && !isRelease
        ? [{ contextType: 'DeferredContext', deferralReason: 'DD7', maturityDate: payment.releasedAt }]
        : [],
  };
}
