import type { AmazonWorld, WorldOrder, WorldShipment } from '../../../simulators/amazon/world.ts';
import { demoBankLines, type OtherBusiness } from '../demo-bank.ts';
import { demoCatalogue } from '../demo-products.ts';
import { worldRefund } from '../demo-refunds.ts';
import { rowsOf, settlementOf, type DemoSettlement } from '../demo-settlement.ts';
import { SeededRandom } from '../seeded-random.ts';
import type { SettlementRow } from '../settlement-rows.ts';
import { worldOrder, worldShipments } from '../world-orders.ts';
import { DE, GB, UK_FIRST_PAYOUT, UK_SECOND_PAYOUT } from './uk-marketplaces.ts';
import { UK_PRODUCTS } from './uk-products.ts';
import { EXPORTED_AT, ukRefunds, ukSales } from './uk-sales.ts';

/** What Amazon does otherwise in this world. */
export interface UkSwitches {
  /** VAT Calculation Service: Amazon tells the tax that the seller owes. On unless it is switched off. */
  vcs?: boolean;
  /** Amazon withholds the tax of one British sale, 3.33, though its order says that the seller owes it. */
  wrongCollector?: boolean;
}

/**
 * October 2026 of a UK seller: goods at 20, 5 and 0 per cent sold in Britain, where the seller owes the VAT, and from German
 * stock in Germany, where Amazon does; an export, a business abroad, free shipping, a sale that another system books, refunds
 * whole and in part. Two payouts in pounds and two in euros; a month ends between dispatch and settlement of the second. All
 * ties without a decision.
 */
export function ukMonth({ vcs = true, wrongCollector = false }: UkSwitches = {}, seed = 20261006): AmazonWorld {
  const random = new SeededRandom(seed);
  const orders = ukSales(random, { vcs });
  const refunds = ukRefunds(random, orders, { vcs });
  const settled = wrongCollector
    ? orders.map((order, index) => (index === WRONG ? { ...order, taxed: true } : order))
    : orders;
  const shipments = orders.flatMap((order) => worldShipments(random, order));
  const settlements = PAYOUTS.map((payout) => settlementOf(payout, rowsOf(payout, settled, refunds)));
  return {
    title: 'October 2026 of a simulated UK seller',
    sellerId: 'A3DEMO0UK0SELLER',
    marketplaces: [GB.world, DE.world],
    catalogue: demoCatalogue(UK_PRODUCTS),
    orders: orders
      .map((order) => asBusiness(worldOrder(random, order)))
      .sort((a, b) => byText(createdAt(a), createdAt(b))),
    shipments: shipments.map(completed),
    refunds: refunds.map(worldRefund),
    settlements,
    bankLines: demoBankLines(
      random,
      PAYOUTS.map(({ day, currency, traceId }, index) => ({
        day,
        publishedAt: `${day}T16:00:00Z`,
        amount: settlements[index]!.total,
        currency,
        traceId,
      })),
      { others: OTHERS, currency: GB.world.currency, described: 'AMAZON PAYMENTS EUROPE' },
    ),
    vat: { calculated: vcs, numbers: { GB: 'GB123456789' } },
    paceMinutes: 24 * 60,
  };
}

/** Who buys from Ireland is a business. */
function asBusiness(order: WorldOrder): WorldOrder {
  const { buyer } = order;
  return buyer.address.countryCode === 'IE' ? { ...order, buyer: { ...buyer, vatNumber: 'IE1234567T' } } : order;
}

/** The export of 31 October is complete in November, and so in that month's VAT report. */
function completed(shipment: WorldShipment): WorldShipment {
  return shipment.shippedAt === EXPORTED_AT ? { ...shipment, completedAt: '2026-11-02T14:20:00Z' } : shipment;
}

const createdAt = ({ history }: AmazonWorld['orders'][number]): string => history[0]!.at;
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The sale of which that is: a teapot, never refunded. */
const WRONG = 1;

/** Amazon holds 15.00 back from the first payout to the second. */
const RESERVE = 1_500n;

const account = (type: string, group: string, description: string, cents: bigint, postedAt: string): SettlementRow => ({
  type,
  group,
  description,
  cents,
  postedAt,
});
const ofGb = (row: SettlementRow): SettlementRow => ({ ...row, marketplaceName: GB.world.name });
const other = (description: string, cents: bigint, postedAt: string): SettlementRow =>
  account('other-transaction', 'other-transaction', description, cents, postedAt);

const FIRST_ACCOUNT_ROWS: readonly SettlementRow[] = [
  ofGb(other('Subscription Fee', -3_000n, '2026-10-06T04:10:22Z')),
  ofGb(other('Storage Fee', -600n, '2026-10-09T03:20:41Z')),
  other('Current Reserve Amount', -RESERVE, UK_FIRST_PAYOUT.end),
];
const SECOND_ACCOUNT_ROWS: readonly SettlementRow[] = [
  other('Previous Reserve Amount Balance', RESERVE, UK_SECOND_PAYOUT.start),
  ofGb(account('ServiceFee', 'Cost of Advertising', 'TransactionTotalAmount', -2_400n, '2026-10-24T08:05:17Z')),
  ofGb(other('Storage Fee', -600n, '2026-10-31T03:18:06Z')),
];

const POUNDS = { currency: GB.world.currency, accountTail: '4410' } as const;
const EUROS = { currency: DE.world.currency, accountTail: '4428' } as const;
const FIRST = { period: UK_FIRST_PAYOUT, brought: 0n, day: '2026-10-22', gzip: false } as const;
const SECOND = { period: UK_SECOND_PAYOUT, brought: 0n, day: '2026-11-05', gzip: true } as const;

const PAYOUTS: readonly DemoSettlement[] = [
  { ...FIRST, ...POUNDS, settlementId: '20006234561', traceId: '200411000010', account: FIRST_ACCOUNT_ROWS },
  { ...FIRST, ...EUROS, settlementId: '20006234562', traceId: '200411000027', account: [] },
  {
    ...SECOND,
    ...POUNDS,
    settlementId: '20006234563',
    traceId: '200411000034',
    account: SECOND_ACCOUNT_ROWS,
    brought: RESERVE,
  },
  { ...SECOND, ...EUROS, settlementId: '20006234564', traceId: '200411000041', account: [] },
];

/** The rest of October on the account in pounds. */
const OTHERS: readonly OtherBusiness[] = [
  ['BACS PAYROLL', -1n, 310_000, 310_000, [30]],
  ['RENT UNIT 7', -1n, 145_000, 145_000, [1]],
  ['ROYAL MAIL', -1n, 2_100, 9_800, [12, 19, 26]],
  ['SHOPIFY PAYOUT', 1n, 21_000, 64_000, [8, 15, 29]],
  ['HMRC VAT', -1n, 88_412, 88_412, [7]],
];
