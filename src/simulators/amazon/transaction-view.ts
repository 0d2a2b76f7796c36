import type { AmazonWorld, WorldRefund, WorldSettlement, WorldShipment } from './world.ts';
import { isZero, negated, sumOf } from './decimal.ts';
import { shifted, DAY } from './instants.ts';
import { JsonDecimal } from './json.ts';
import { seededCode, seededNumber } from './seeded.ts';

/** A transaction as Finances 2024-06-19 shows it; members by Amazon's model of that version. */
export interface Transaction {
  sellingPartnerMetadata: { sellingPartnerId: string; accountType: string; marketplaceId: string };
  relatedIdentifiers: { relatedIdentifierName: string; relatedIdentifierValue: string }[];
  transactionType: string; transactionId: string; transactionStatus: 'DEFERRED' | 'RELEASED' | 'DEFERRED_RELEASED'; description: string;
  postedDate: string; totalAmount: Currency;
  marketplaceDetails: { marketplaceId: string; marketplaceName: string };
  items: TransactionItem[];
  contexts: Context[];
  breakdowns: Breakdown[];
}
interface Currency { currencyAmount: JsonDecimal; currencyCode: string }
interface Breakdown { breakdownType: string; breakdownAmount: Currency; breakdowns: Breakdown[] }
type Context = { contextType: 'ProductContext'; asin: string; sku: string; quantityShipped?: number; fulfillmentNetwork?: string }
  | { contextType: 'DeferredContext'; deferralReason: string; maturityDate: string };
interface TransactionItem {
  description: string; relatedIdentifiers: { itemRelatedIdentifierName: string; itemRelatedIdentifierValue: string }[];
  totalAmount: Currency; breakdowns: Breakdown[]; contexts: Context[];
}

/** One amount of an item: the group that it stands in, its leaf, its signed amount. */
type Leaf = readonly [group: string, leaf: string, amount: string];

/** A refund. The words of its breakdowns are our reading: Amazon's model leaves them open (see docs/simulator-differences.md). */
export function refundTransaction(world: AmazonWorld, refund: WorldRefund, now: string): Transaction {
  const items = refund.items.map((item, index) => transactionItem(world, refund.currency, item.sku, item.quantity, [
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
  ].map((leaf) => inWordsOf(refund, leaf as Leaf, now)), [{ itemRelatedIdentifierName: 'ORDER_ADJUSTMENT_ITEM_ID', itemRelatedIdentifierValue: seededCode(`${refund.transactionId} ${index}`, 14) }], refund.network));
  return {
    ...commonParts(world, refund, items, now, [{ relatedIdentifierName: 'REFUND_ID', relatedIdentifierValue: seededCode(refund.transactionId, 12) }]),
    transactionType: 'Refund', transactionId: refund.transactionId, transactionStatus: 'RELEASED', description: 'Refund Order',
  };
}

function inWordsOf({ newWord }: WorldRefund, leaf: Leaf, now: string): Leaf {
  const [group, name, amount] = leaf;
  return newWord !== undefined && group === newWord.group && now < newWord.until ? [newWord.said, name, amount] : leaf;
}

/** The buyer's payment of a shipment: what is known of it before anybody asks. */
export interface Payment { orderId: string; transactionId: string; shippedAt: string; deferred: boolean; releasedAt: string; releaseId: string }

/** Some payments are deferred until seven days after delivery (DD7), here nine days after the shipment. */
export function paymentOf(shipment: WorldShipment): Payment {
  const transactionId = `T-${seededCode(`${shipment.orderId} ${shipment.shipmentId}`, 20)}`;
  return {
    orderId: shipment.orderId, transactionId, shippedAt: shipment.shippedAt, deferred: seededNumber(`deferred ${shipment.orderId}`, 25) === 0,
    releasedAt: shifted(shipment.shippedAt, 9 * DAY), releaseId: `${transactionId}R`,
  };
}

/** A deferred payment turns DEFERRED_RELEASED when it is released; a second record, RELEASED, then stands beside it. */
export function paymentStatus(payment: Payment, record: 'payment' | 'release', now: string): Transaction['transactionStatus'] {
  if (!payment.deferred || record === 'release') return 'RELEASED';
  return payment.releasedAt <= now ? 'DEFERRED_RELEASED' : 'DEFERRED';
}

/** One record of a payment, linked with the other one where there is one. */
export function paymentTransaction(world: AmazonWorld, shipment: WorldShipment, order: { marketplaceId: string; marketplaceName: string; currency: string }, record: 'payment' | 'release', now: string): Transaction {
  const payment = paymentOf(shipment);
  const { currency } = order;
  const items = shipment.items.map((item) => transactionItem(world, currency, item.sku, item.quantity, [
    ['ProductCharges', 'OurPricePrincipal', item.principal],
    ['Shipping', 'ShippingPrincipal', item.shipping],
    ['GiftWrap', 'GiftwrapPrincipal', item.giftWrap],
    ['PromoRebates', 'PromotionAmount', sumOf([item.promotion, item.shippingPromotion], currency)],
    ['Tax', 'OurPriceTax', sumOf([item.tax, item.shippingTax], currency)],
    ['TaxWithheld', 'MarketplaceFacilitatorTax-Principal', negated(sumOf([item.tax, item.shippingTax], currency), currency)],
  ], []));
  const isRelease = record === 'release';
  const released = payment.deferred && payment.releasedAt <= now;
  const link = isRelease ? [{ relatedIdentifierName: 'DEFERRED_TRANSACTION_ID', relatedIdentifierValue: payment.transactionId }]
    : released ? [{ relatedIdentifierName: 'RELEASE_TRANSACTION_ID', relatedIdentifierValue: payment.releaseId }] : [];
  const source = { ...order, orderId: shipment.orderId, postedAt: isRelease ? payment.releasedAt : shipment.shippedAt };
  return {
    ...commonParts(world, source, items, now, [{ relatedIdentifierName: 'SHIPMENT_ID', relatedIdentifierValue: shipment.shipmentId }, ...link]),
    transactionType: 'Shipment', description: 'Order Payment', transactionId: isRelease ? payment.releaseId : payment.transactionId,
    transactionStatus: paymentStatus(payment, record, now),
    contexts: payment.deferred && !isRelease ? [{ contextType: 'DeferredContext', deferralReason: 'DD7', maturityDate: payment.releasedAt }] : [],
  };
}

/** The settlement whose period holds an instant: its group is told at once, its settlement id once it is closed. */
export function settlementAt(world: AmazonWorld, currency: string, instant: string): WorldSettlement | null {
  return world.settlements.find((settlement) => settlement.currency === currency && settlement.start <= instant && instant <= settlement.end) ?? null;
}

function commonParts(world: AmazonWorld, source: { orderId: string; postedAt: string; marketplaceId: string; marketplaceName: string; currency: string }, items: TransactionItem[], now: string, more: Transaction['relatedIdentifiers']): Pick<Transaction, 'sellingPartnerMetadata' | 'relatedIdentifiers' | 'postedDate' | 'totalAmount' | 'marketplaceDetails' | 'items' | 'contexts' | 'breakdowns'> {
  const settlement = settlementAt(world, source.currency, source.postedAt);
  return {
    sellingPartnerMetadata: { sellingPartnerId: world.sellerId, accountType: 'Standard Orders', marketplaceId: source.marketplaceId },
    relatedIdentifiers: [
      { relatedIdentifierName: 'ORDER_ID', relatedIdentifierValue: source.orderId },
      ...more,
      ...(settlement ? [{ relatedIdentifierName: 'FINANCIAL_EVENT_GROUP_ID', relatedIdentifierValue: settlement.group.id }] : []),
      ...(settlement && settlement.end <= now ? [{ relatedIdentifierName: 'SETTLEMENT_ID', relatedIdentifierValue: settlement.settlementId }] : []),
    ],
    postedDate: source.postedAt,
    totalAmount: currencyOf(sumOf(items.map((item) => item.totalAmount.currencyAmount.text), source.currency), source.currency),
    marketplaceDetails: { marketplaceId: source.marketplaceId, marketplaceName: source.marketplaceName },
    items,
    contexts: [],
    breakdowns: salesAndExpenses(items, source.currency),
  };
}

function transactionItem(world: AmazonWorld, currency: string, sku: string, quantity: number, leaves: readonly Leaf[], relatedIdentifiers: TransactionItem['relatedIdentifiers'], network: WorldRefund['network'] = 'AFN'): TransactionItem {
  const product = world.catalogue.find((candidate) => candidate.sku === sku);
  const told = leaves.filter(([, , amount]) => !isZero(amount));
  const groups = [...new Set(told.map(([group]) => group))];
  return {
    description: product?.title ?? sku,
    relatedIdentifiers,
    totalAmount: currencyOf(sumOf(told.map(([, , amount]) => amount), currency), currency),
    breakdowns: groups.map((group) => {
      const members = told.filter(([name]) => name === group);
      return breakdown(group, sumOf(members.map(([, , amount]) => amount), currency), currency, members.map(([, leaf, amount]) => breakdown(leaf, amount, currency, [])));
    }),
    contexts: [{ contextType: 'ProductContext', asin: product?.asin ?? '', sku, ...(quantity > 0 && { quantityShipped: quantity }), ...(network !== null && { fulfillmentNetwork: network }) }],
  };
}

/** The transaction's own tree: everything but Amazon's fees is sales. */
function salesAndExpenses(items: readonly TransactionItem[], currency: string): Breakdown[] {
  const all = items.flatMap((item) => item.breakdowns);
  return [{ name: 'Sales', members: all.filter((entry) => entry.breakdownType !== 'AmazonFees') }, { name: 'Expenses', members: all.filter((entry) => entry.breakdownType === 'AmazonFees') }]
    .filter(({ members }) => members.length > 0)
    .map(({ name, members }) => {
      const groups = [...new Set(members.map((entry) => entry.breakdownType))];
      const total = (entries: readonly Breakdown[]) => sumOf(entries.map((entry) => entry.breakdownAmount.currencyAmount.text), currency);
      return breakdown(name, total(members), currency, groups.map((group) => breakdown(group, total(members.filter((entry) => entry.breakdownType === group)), currency, [])));
    });
}

function breakdown(breakdownType: string, amount: string, currency: string, breakdowns: Breakdown[]): Breakdown {
  return { breakdownType, breakdownAmount: currencyOf(amount, currency), breakdowns };
}

function currencyOf(amount: string, currencyCode: string): Currency {
  return { currencyAmount: new JsonDecimal(amount), currencyCode };
}
