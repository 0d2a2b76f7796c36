import { negated, sumOf } from './decimal.ts';
import { shifted, DAY } from './instants.ts';
import { seededCode, seededNumber } from './seeded.ts';
import { commonParts, transactionItem } from './transaction-parts.ts';
import type { Transaction } from './transaction-model.ts';
import type { AmazonWorld, WorldShipment } from './world.ts';

/** The buyer's payment of a shipment: what is known of it before anybody asks. */
export interface Payment {
  orderId: string;
  transactionId: string;
  shippedAt: string;
  deferred: boolean;
  releasedAt: string;
  releaseId: string;
}

/** Some payments are deferred until seven days after delivery (DD7), here nine days after the shipment. */
export function paymentOf(shipment: WorldShipment): Payment {
  const transactionId = `T-${seededCode(`${shipment.orderId} ${shipment.shipmentId}`, 20)}`;
  return {
    orderId: shipment.orderId,
    transactionId,
    shippedAt: shipment.shippedAt,
    deferred: seededNumber(`deferred ${shipment.orderId}`, 25) === 0,
    releasedAt: shifted(shipment.shippedAt, 9 * DAY),
    releaseId: `${transactionId}R`,
  };
}

/** A deferred payment turns DEFERRED_RELEASED when it is released; a second record, RELEASED, then stands beside it. */
export function paymentStatus(
  payment: Payment,
  record: 'payment' | 'release',
  now: string,
): Transaction['transactionStatus'] {
  if (!payment.deferred || record === 'release') return 'RELEASED';
  return payment.releasedAt <= now ? 'DEFERRED_RELEASED' : 'DEFERRED';
}

/** One record of a payment, linked with the other one where there is one. */
export function paymentTransaction(
  world: AmazonWorld,
  shipment: WorldShipment,
  order: { marketplaceId: string; marketplaceName: string; currency: string },
  record: 'payment' | 'release',
  now: string,
): Transaction {
  const payment = paymentOf(shipment);
  const { currency } = order;
  const items = shipment.items.map((item) =>
    transactionItem(
      world,
      currency,
      item.sku,
      item.quantity,
      [
        ['ProductCharges', 'OurPricePrincipal', item.principal],
        ['Shipping', 'ShippingPrincipal', item.shipping],
        ['GiftWrap', 'GiftwrapPrincipal', item.giftWrap],
        ['PromoRebates', 'PromotionAmount', sumOf([item.promotion, item.shippingPromotion], currency)],
        ['Tax', 'OurPriceTax', sumOf([item.tax, item.shippingTax], currency)],
        [
          'TaxWithheld',
          'MarketplaceFacilitatorTax-Principal',
          negated(sumOf([item.tax, item.shippingTax], currency), currency),
        ],
      ],
      [],
    ),
  );
  const isRelease = record === 'release';
  const released = payment.deferred && payment.releasedAt <= now;
  const link = isRelease
    ? [{ relatedIdentifierName: 'DEFERRED_TRANSACTION_ID', relatedIdentifierValue: payment.transactionId }]
    : released
      ? [{ relatedIdentifierName: 'RELEASE_TRANSACTION_ID', relatedIdentifierValue: payment.releaseId }]
      : [];
  const source = { ...order, orderId: shipment.orderId, postedAt: isRelease ? payment.releasedAt : shipment.shippedAt };
  return {
    ...commonParts(world, source, items, now, [
      { relatedIdentifierName: 'SHIPMENT_ID', relatedIdentifierValue: shipment.shipmentId },
      ...link,
    ]),
    transactionType: 'Shipment',
    description: 'Order Payment',
    transactionId: isRelease ? payment.releaseId : payment.transactionId,
    transactionStatus: paymentStatus(payment, record, now),
    contexts:
      payment.deferred && !isRelease
        ? [{ contextType: 'DeferredContext', deferralReason: 'DD7', maturityDate: payment.releasedAt }]
        : [],
  };
}
