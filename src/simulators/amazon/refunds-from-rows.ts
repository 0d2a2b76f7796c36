import { folded, refundPartOf } from './amount-words.ts';
import type { RefundPart } from './amount-words.ts';
import { sumOf } from './decimal.ts';
import { HOUR, shifted } from './instants.ts';
import { marketplaceOf } from './marketplaces.ts';
import { grouped, orderItemIdOf } from './orders-from-rows.ts';
import { seededCode } from './seeded.ts';
import type { ReadRow, ReadSettlement } from './settlement-reader.ts';
import type { WorldRefund } from './world.ts';

/** A-to-z and chargeback refunds look like refunds in Finances: nothing there tells them apart. */
const REFUND_TYPES = new Set(['refund', 'chargebackrefund', 'atozguaranteerefund']);

export function isRefundType(transactionType: string): boolean {
  return REFUND_TYPES.has(folded(transactionType));
}

/** One refund per (order id, posted instant), whether its sale is in a file or not. */
export function refundsFromRows(settlements: readonly ReadSettlement[]): WorldRefund[] {
  return settlements.flatMap((settlement) => {
    const rows = settlement.rows.filter((row) => isRefundType(row.transactionType) && row.orderId !== '');
    return [...grouped(rows, (row) => `${row.orderId} ${row.postedAt}`).values()].flatMap((ofRefund) => {
      const [first] = ofRefund;
      const priced = ofRefund.some((row) =>
        row.amounts.some(({ group, description }) => !['fee', null].includes(refundPartOf(group, description))),
      );
      return first && priced ? [refundOf(first, ofRefund, settlement.currency)] : [];
    });
  });
}

function refundOf(first: ReadRow, rows: readonly ReadRow[], currency: string): WorldRefund {
  const marketplace = marketplaceOf(first.marketplaceName, currency);
  return {
    orderId: first.orderId,
    transactionId: `R-${seededCode(`${first.orderId} ${first.postedAt}`, 20)}`,
    postedAt: first.postedAt,
    publishedAt: shifted(first.postedAt, HOUR),
    marketplaceId: marketplace.id,
    marketplaceName: first.marketplaceName || marketplace.name,
    currency,
    ...networkOf(rows),
    items: [...grouped(rows, (row) => `${row.orderItemCode || row.sku} ${row.adjustmentItemId}`).values()].map(
      (ofItem) => refundItem(ofItem, currency),
    ),
  };
}

/** As the rows say; where they do not, Finances is silent too. */
function networkOf(rows: readonly ReadRow[]): Pick<WorldRefund, 'network'> {
  const told = rows.map((row) => folded(row.fulfillmentId)).find((network) => network !== '');
  return told === 'afn' ? {} : { network: told === 'mfn' ? 'MFN' : null };
}

function refundItem(rows: readonly ReadRow[], currency: string): WorldRefund['items'][number] {
  const told = rows.flatMap((row) =>
    row.amounts.map((entry) => ({ ...entry, part: refundPartOf(entry.group, entry.description) })),
  );
  const sum = (...parts: RefundPart[]): string =>
    sumOf(
      told.filter(({ part }) => part !== null && parts.includes(part)).map(({ amount }) => amount),
      currency,
    );
  const first = rows[0];
  const points = sum('points');
  const quantity = rows
    .filter((row) => row.amounts.some(({ group, description }) => refundPartOf(group, description) === 'principal'))
    .reduce((units, row) => units + (row.quantity ?? 0), 0);
  const fees = [
    ...grouped(
      told.filter(({ part }) => part === 'fee'),
      ({ description }) => description,
    ),
  ];
  return {
    orderItemId: orderItemIdOf(first?.orderId ?? '', first?.orderItemCode ?? '', first?.sku ?? ''),
    sku: first?.sku ?? '',
    quantity,
    principal: sum('principal'),
    shipping: sum('shipping'),
    giftWrap: sum('giftWrap'),
    promotion: sum('promotion', 'shippingPromotion'),
    goodwill: sum('goodwill'),
    restockingFee: sum('restockingFee'),
    returnShipping: sum('returnShipping'),
    tax: sum('tax', 'shippingTax', 'codTax', 'discountTax'),
    taxWithheld: sum('taxWithheld'),
    ...(/[1-9]/.test(points) && { points }),
    fees: fees.map(([type, amounts]) => ({
      type,
      amount: sumOf(
        amounts.map(({ amount }) => amount),
        currency,
      ),
    })),
  };
}
