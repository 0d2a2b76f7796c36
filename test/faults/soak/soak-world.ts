/** A seller of any size from a seed, and beside him what NetSuite must hold in the end: added up while he is invented, from prices and kinds alone. */
import { account, refund, report, sale, type Amount, type Cells } from '../../end-to-end/report.ts';
import { refundKey } from '../../../src/domain/identifiers/external-id.ts';
import { dollars, share } from '../../../src/local/demo-month/cents.ts';
import type { SeededRandom } from '../../../src/local/demo-month/seeded-random.ts';
import type { StockEvent } from '../../../src/simulators/amazon/stock/world-stock.ts';
import { worldFromSettlements } from '../../../src/simulators/amazon/world-from-settlements.ts';
import type { AmazonWorld } from '../../../src/simulators/amazon/world.ts';

export interface SoakWorld {
  world: AmazonWorld;
  payouts: number;
  expected: Holdings;
}

/** What NetSuite holds: how each of our memos begins, balances by role, units by item. */
export interface Holdings {
  memos: string[];
  balances: Record<string, string>;
  stock: string[];
}

const DAY = 24 * 3_600_000;
const OPENS = Date.parse('2026-10-01T07:00:00Z');
const ORDERS_PER_PAYOUT = 250;
const DOCUMENTS_PER_PAYMENT = 200;
const PRODUCTS = {
  'SKU-A': { price: 2000n, cost: 800n },
  'SKU-B': { price: 2500n, cost: 1000n },
  'SKU-NEW': { price: 2500n, cost: 800n },
} as const;
type Sku = keyof typeof PRODUCTS;

const stamp = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** Sums by name. */
class Sums {
  readonly of = new Map<string, bigint>();
  add(name: string, cents: bigint): void {
    this.of.set(name, (this.of.get(name) ?? 0n) + cents);
  }
}

/**
 * Weekly payouts with plain, discounted, Multi-Channel, cancelled and refunded orders, a reserve that is carried on, a unit
 * that Amazon loses, and in the last week an SKU and an amount that wait for a person.
 */
export function soakWorld(orders: number, random: SeededRandom): SoakWorld {
  const payouts = Math.max(2, Math.ceil(orders / ORDERS_PER_PAYOUT));
  const memos: string[] = ['OPN 27400000001 1'];
  const balances = new Sums();
  const left = new Map<string, bigint>([
    ['SKU-A', 50n],
    ['SKU-B', 50n],
  ]);
  const files = [];
  const losses: StockEvent[] = [];
  const cancelled: { orderId: string; at: number; sku: 'SKU-A' | 'SKU-B' }[] = [];
  for (let week = 0; week < payouts; week += 1) {
    const start = OPENS + week * 7 * DAY;
    const id = `274${String(week + 1).padStart(8, '0')}`;
    const at = (day: number, second: number) => start + day * DAY + 9 * 3_600_000 + second * 1000;
    const rows: Cells[] = [];
    let total = 0n;
    const count = Math.floor((orders * (week + 1)) / payouts) - Math.floor((orders * week) / payouts);
    const put = (cells: readonly Cells[], cents: bigint) => {
      rows.push(...cells);
      total += cents;
    };
    const fee = (description: string, cents: bigint, day: number, role: string) => {
      put([account(description, dollars(cents), stamp(at(day, 0)))], cents);
      balances.add(role, -cents);
    };
    let invoices = 0;
    let refunds = 0;
    put(
      [account('Previous Reserve Amount Balance', week === 0 ? '20.00' : '15.00', stamp(at(0, 0)))],
      week === 0 ? 2000n : 1500n,
    );
    for (let index = 0; index < count; index += 1) {
      const number = String(week * 100_000 + index + 1).padStart(7, '0');
      const roll = random.below(100);
      const when = at(random.between(0, 3), index + 1);
      if (roll < 3) {
        const orderId = `114-${number}-0000001`;
        const sku = random.percent(50) ? 'SKU-A' : 'SKU-B';
        cancelled.push({ orderId, at: when, sku });
        memos.push(`SO ${orderId} 1`);
        left.set(sku, left.get(sku)! + 1n);
        continue;
      }
      const multiChannel = roll < 6;
      const orderId = `${multiChannel ? 'S01' : '114'}-${number}-0000001`;
      const sku: Sku = week === payouts - 1 && roll >= 97 ? 'SKU-NEW' : random.percent(50) ? 'SKU-A' : 'SKU-B';
      const { price, cost } = PRODUCTS[sku];
      const quantity = random.percent(70) ? 1 : random.between(2, 3);
      const shipment = `D${number}`;
      const line = { order: orderId, shipment, at: stamp(when), item: `9${number}`, sku, quantity };
      memos.push(`SO ${orderId} 1`, `IF ${orderId}-${shipment} 1`);
      balances.add('cogs', cost * BigInt(quantity));
      if (multiChannel) {
        put(
          sale({ ...line, marketplace: 'Non-Amazon US' }, [
            ['ItemPrice', 'Principal', '0.00'],
            ['ShipmentFees', 'FBA transportation fee', '-5.00'],
          ]),
          -500n,
        );
        balances.add('fulfilment-fees', 500n);
        continue;
      }
      const principal = price * BigInt(quantity);
      const shipping = random.percent(25) ? 599n : 0n;
      const promotion = random.percent(15) ? -share(principal, 1000n) : 0n;
      const commission = share(principal + shipping + promotion, 1500n);
      const fulfilment = 325n * BigInt(quantity);
      const amounts: [group: string, description: string, cents: bigint][] = [
        ['ItemPrice', 'Principal', principal],
        ['ItemPrice', 'Shipping', shipping],
        ['Promotion', 'Principal', promotion],
        ['ItemFees', 'Commission', -commission],
        ['ItemFees', 'FBAPerUnitFulfillmentFee', -fulfilment],
      ];
      put(
        sale(
          line,
          amounts
            .filter(([, , cents]) => cents !== 0n)
            .map(([group, description, cents]): Amount => [group, description, dollars(cents)]),
        ),
        principal + shipping + promotion - commission - fulfilment,
      );
      memos.push(`INV ${orderId}-${shipment} 1`);
      invoices += 1;
      balances.add('product-sales', -principal);
      balances.add('shipping-income', -shipping);
      balances.add('promotions', -promotion);
      balances.add('selling-fees', commission);
      balances.add('fulfilment-fees', fulfilment);
      if (!random.percent(7)) continue;
      const refundedAt = stamp(when + 2 * DAY);
      const back = share(price, 1500n);
      const kept = share(back, 2000n);
      put(
        refund({ order: orderId, at: refundedAt, item: line.item, sku, quantity: 1 }, [
          ['ItemPrice', 'Principal', dollars(-price)],
          ['ItemFees', 'Commission', dollars(back)],
          ['ItemFees', 'RefundCommission', dollars(-kept)],
        ]),
        -price + back - kept,
      );
      memos.push(`RA ${refundKey(orderId, refundedAt)} 1`, `CM ${refundKey(orderId, refundedAt)} 1`);
      refunds += 1;
      balances.add('product-sales', price);
      balances.add('selling-fees', kept - back);
    }
    // A unit is lost at Amazon's.
    const lost = stamp(at(4, 0));
    losses.push({ at: lost, type: 'adjust', sku: 'SKU-A', units: -1, reason: 'M' });
    memos.push(`ADJ us-${lost.slice(0, 10).replaceAll('-', '')}-inventory-loss 1`);
    balances.add('inventory-loss', PRODUCTS['SKU-A'].cost);
    left.set('SKU-A', left.get('SKU-A')! - 1n);
    fee('Storage Fee', -300n, 5, 'storage');
    if (week === payouts - 1) fee('Mystery Fee', -100n, 5, 'storage');
    put([account('Current Reserve Amount', '-15.00', stamp(at(6, 0)))], -1500n);
    balances.add('bank', total);
    const months = new Set(rows.map((row) => row['posted-date']!.slice(0, 7)));
    const numbered = (purpose: string, many: number) =>
      memos.push(...Array.from({ length: many }, (_, part) => `${purpose} ${id} ${part + 1}`));
    numbered('JE', months.size);
    numbered('PAY', Math.ceil(invoices / DOCUMENTS_PER_PAYMENT));
    numbered('RFD', Math.ceil(refunds / DOCUMENTS_PER_PAYMENT));
    numbered('DEP', 1);
    files.push(
      report(
        {
          id,
          start: stamp(start),
          end: stamp(start + 7 * DAY),
          deposit: stamp(start + 9 * DAY),
          total: dollars(total),
        },
        rows,
      ),
    );
  }
  balances.add('reserve-held', 1500n);
  balances.add('opening-balance', -2000n);
  for (const role of ['clearing', 'receivable', 'payouts-in-transit']) balances.add(role, 0n);
  return {
    world: withStock(furnished(worldFromSettlements(files), cancelled), losses),
    payouts,
    expected: {
      memos: memos.sort(),
      balances: Object.fromEntries([...balances.of].map(([role, cents]) => [role, dollars(cents)])),
      stock: [...left].map(([sku, units]) => `${sku} ${units}`),
    },
  };
}

/** What was ordered lay at Amazon's, and 50 more of what NetSuite knows; it says the same. */
function withStock(world: AmazonWorld, events: StockEvent[]): AmazonWorld {
  const ordered = (sku: string) =>
    world.orders
      .flatMap(({ items }) => items)
      .reduce((units, item) => units + (item.sku === sku ? item.quantity : 0), 0);
  const opening = world.catalogue.map(({ sku, inNetSuite }) => ({
    sku,
    fnsku: `X-${sku}`,
    country: 'US',
    centre: 'PDX9',
    units: ordered(sku) + (inNetSuite ? 50 : 0),
  }));
  return { ...world, stock: { opened: '2026-09-30', opening, events } };
}

/** What settlement reports do not tell: costs, the SKU that NetSuite does not know, and orders that were never sent. */
function furnished(
  told: AmazonWorld,
  cancelled: readonly { orderId: string; at: number; sku: 'SKU-A' | 'SKU-B' }[],
): AmazonWorld {
  const upc = told.catalogue.find((product) => product.sku === 'SKU-A')!.upc;
  const plain = (sku: string) =>
    told.orders.find(
      (order) => order.channel === 'AMAZON' && order.items[0]!.sku === sku && order.items[0]!.quantity === 1,
    )!;
  const never = cancelled.map(({ orderId, at, sku }) => ({
    ...plain(sku),
    orderId,
    items: plain(sku).items.map((item) => ({ ...item, orderItemId: `8${orderId.slice(4, 11)}` })),
    // Later than the clock's next stop, so that their Sales Orders are there to be closed.
    history: [
      { at: stamp(at), status: 'UNSHIPPED' as const },
      { at: stamp(at + 8 * DAY), status: 'CANCELLED' as const },
    ],
  }));
  return {
    ...told,
    orders: [...told.orders, ...never],
    catalogue: told.catalogue.map((product) => ({
      ...product,
      unitCost: dollars(PRODUCTS[product.sku as Sku].cost),
      ...(product.sku === 'SKU-NEW' ? { inNetSuite: false, upc } : {}),
    })),
  };
}
