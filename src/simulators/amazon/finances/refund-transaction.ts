import { seededCode } from '../seeded.ts';
import { commonParts, transactionItem, type Leaf } from './transaction-parts.ts';
import type { Transaction } from './transaction-model.ts';
import type { AmazonWorld, WorldRefund, WorldSettlement } from '../world.ts';

/** A refund. The words of its breakdowns are our reading: Amazon's model leaves them open (see docs/simulator-differences.md). */
export function refundTransaction(
  world: AmazonWorld,
  refund: WorldRefund,
  settlement: WorldSettlement | null,
  now: string,
): Transaction {
  const items = refund.items.map((item, index) =>
    transactionItem(
      world,
      refund.currency,
      item.sku,
      item.quantity,
      [
        ['ProductCharges', 'OurPricePrincipal', item.principal],
        ['Shipping', 'ShippingPrincipal', item.shipping],
        ['GiftWrap', 'GiftwrapPrincipal', item.giftWrap],
        ['PromoRebates', 'PromotionAmount', item.promotion],
        ['Points', 'PointsGranted', item.points ?? '0'],
        ['Goodwill', 'Goodwill', item.goodwill],
        ['RestockingFee', 'RestockingFee', item.restockingFee],
        ['ReturnShipping', 'ReturnShipping', item.returnShipping],
        ['Tax', 'OurPriceTax', item.tax],
        ['TaxWithheld', 'MarketplaceFacilitatorTax-Principal', item.taxWithheld],
        ...item.fees.map((fee): Leaf => ['AmazonFees', fee.type, fee.amount]),
      ].map((leaf) => inWordsOf(refund, leaf as Leaf, now)),
      [
        {
          itemRelatedIdentifierName: 'ORDER_ADJUSTMENT_ITEM_ID',
          itemRelatedIdentifierValue: seededCode(`${refund.transactionId} ${index}`, 14),
        },
      ],
      refund.network,
    ),
  );
  return {
    ...commonParts(world, { ...refund, settlement }, items, now, [
      { relatedIdentifierName: 'REFUND_ID', relatedIdentifierValue: seededCode(refund.transactionId, 12) },
    ]),
    transactionType: 'Refund',
    transactionId: refund.transactionId,
    transactionStatus: 'RELEASED',
    description: 'Refund Order',
  };
}

function inWordsOf({ newWord }: WorldRefund, leaf: Leaf, now: string): Leaf {
  const [group, name, amount] = leaf;
  return newWord !== undefined && group === newWord.group && now < newWord.until ? [newWord.said, name, amount] : leaf;
}
