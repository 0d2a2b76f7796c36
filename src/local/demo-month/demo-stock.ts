/**
 * October at Amazon's centres, as far as orders do not tell it: what lay there, what came in, came back, was lost, found,
 * damaged and thrown away. NetSuite says 2 red mugs less when the month begins, and somebody takes 3 boards off there.
 */
import type { WorldStock } from '../../simulators/amazon/stock/world-stock.ts';
import type { AmazonWorld } from '../../simulators/amazon/world.ts';
import type { NetSuiteSeed, NetSuiteSeedItem } from '../../simulators/netsuite/seed.ts';
import { dollars } from './cents.ts';
import { COST_OF_GOODS_ACCOUNT, INVENTORY_ACCOUNT, SALES_ACCOUNT } from './chart-of-accounts.ts';
import { ALL_PRODUCTS, productOf, UNKNOWN_PRODUCT } from './demo-products.ts';
import { placesOf, WAREHOUSE } from './netsuite-seed.ts';

const COUNTRY = 'US';
const PLACES = placesOf(COUNTRY);
/** Units of each SKU that are left when all orders of the month have gone. */
const LEFT_OVER = 40;

/** What NetSuite holds of a listing: a pack of three of one tin, a set that is a kit of four towels, a second listing. */
interface HeldAs {
  itemId: string;
  units: number;
}
export const PACK = { sku: 'TEA-TIN-3', item: 'TEA-TIN', units: 3 } as const;
const KIT = { sku: 'LIN-TWL-4', member: 'LIN-TWL', units: 4 } as const;
/** Number of the adjustment that somebody enters in NetSuite. */
export const CYCLE_COUNT = 'CC-1021';

function heldAs(sku: string): HeldAs {
  if (sku === PACK.sku) return { itemId: PACK.item, units: PACK.units };
  if (sku === KIT.sku) return { itemId: KIT.member, units: KIT.units };
  return { itemId: sku === UNKNOWN_PRODUCT.sku ? 'BLU-MUG' : sku, units: 1 };
}

/** Orders whose goods came back. @param refunded orders of whole refunds, the first two of the month */
export interface DemoReturns {
  refunded: readonly { orderId: string; sku: string; postedAt: string }[];
  /** One that was sent and that nobody refunded. */
  kept: { orderId: string; sku: string };
}

export function demoStock(world: Pick<AmazonWorld, 'orders' | 'shipments'>, returns: DemoReturns): WorldStock {
  const place = { country: COUNTRY, centre: 'PDX9' };
  const [first, second] = returns.refunded as [DemoReturns['refunded'][number], DemoReturns['refunded'][number]];
  return {
    opened: '2026-09-30',
    opening: ALL_PRODUCTS.map(({ sku }, index) => ({
      sku,
      fnsku: `X00D${String(index + 1).padStart(2, '0')}TIE`,
      ...place,
      units: LEFT_OVER + unitsSent(world, sku),
    })),
    inbound: [
      {
        shipment: 'FBA18ZN0LT90',
        name: 'Pans and boards',
        ...place,
        items: { 'CST-PAN-26': 40, 'OAK-BRD-L': 24 },
        history: [
          { at: '2026-10-02T15:00:00Z', status: 'WORKING' },
          { at: '2026-10-03T15:00:00Z', status: 'SHIPPED' },
          { at: '2026-10-06T15:00:00Z', status: 'RECEIVING' },
          { at: '2026-10-20T15:00:00Z', status: 'CLOSED' },
        ],
      },
      {
        shipment: 'FBA18ZP2MM41',
        name: 'Blue mugs',
        ...place,
        items: { 'BLU-MUG': 30 },
        history: [
          { at: '2026-10-11T15:00:00Z', status: 'WORKING' },
          { at: '2026-10-12T15:00:00Z', status: 'SHIPPED' },
          { at: '2026-10-15T15:00:00Z', status: 'RECEIVING' },
          { at: '2026-10-22T15:00:00Z', status: 'CLOSED' },
        ],
      },
    ],
    events: [
      // 24 boards were sent and 22 received: short. The mugs are counted down once, and up again.
      {
        at: '2026-10-06T18:00:00Z',
        type: 'receive',
        sku: 'CST-PAN-26',
        units: 40,
        shipment: 'FBA18ZN0LT90',
        inRowsOf: 8,
      },
      { at: '2026-10-07T18:00:00Z', type: 'receive', sku: 'OAK-BRD-L', units: 22, shipment: 'FBA18ZN0LT90' },
      {
        at: '2026-10-15T18:00:00Z',
        type: 'receive',
        sku: 'BLU-MUG',
        units: 30,
        shipment: 'FBA18ZP2MM41',
        inRowsOf: 15,
      },
      { at: '2026-10-16T18:00:00Z', type: 'receive', sku: 'BLU-MUG', units: -2, shipment: 'FBA18ZP2MM41' },
      { at: '2026-10-18T18:00:00Z', type: 'receive', sku: 'BLU-MUG', units: 2, shipment: 'FBA18ZP2MM41' },
      // A pan is lost, and paid in the first payout; two mugs are lost and found; two are damaged, paid, and thrown away.
      { at: '2026-10-05T18:00:00Z', type: 'adjust', sku: 'CST-PAN-26', units: -1, reason: 'M', id: 'pan' },
      { at: '2026-10-09T18:00:00Z', type: 'adjust', sku: 'BLU-MUG', units: -2, reason: 'M', id: 'mugs' },
      { at: '2026-10-13T18:00:00Z', type: 'adjust', sku: 'BLU-MUG', units: 2, reason: 'F', settles: 'mugs' },
      { at: '2026-10-09T19:00:00Z', type: 'convert', sku: 'RED-MUG', units: 2, reason: 'E', into: 'WAREHOUSE_DAMAGED' },
      { at: '2026-10-23T18:00:00Z', type: 'dispose', sku: 'RED-MUG', units: 2, disposition: 'WAREHOUSE_DAMAGED' },
      // One that Amazon had given in kind, before the month, and takes back.
      { at: '2026-10-24T18:00:00Z', type: 'adjust', sku: 'OAK-BRD-S', units: -1, reason: 'O' },
      {
        at: '2026-10-18T20:00:00Z',
        type: 'transfer',
        sku: 'ENM-POT-2L',
        units: 10,
        to: 'ABE8',
        arrives: '2026-10-21T20:00:00Z',
      },
    ],
    returns: [
      { at: dayAfter(first.postedAt, 1), order: first.orderId, sku: first.sku, disposition: 'SELLABLE' },
      { at: dayAfter(second.postedAt, 2), order: second.orderId, sku: second.sku, disposition: 'CUSTOMER_DAMAGED' },
      { at: '2026-10-21T15:00:00Z', order: returns.kept.orderId, sku: returns.kept.sku, disposition: 'SELLABLE' },
    ],
    reimbursements: [
      {
        at: '2026-10-07T20:40:31Z',
        reimbursement: '7720113',
        reason: 'Lost_Warehouse',
        sku: 'CST-PAN-26',
        currency: 'USD',
        perUnit: '63.41',
        cash: 1,
        settles: 'pan',
      },
    ],
  };
}

/** Of orders that Amazon sends: the merchant's own leave another warehouse. */
function unitsSent({ orders, shipments }: Pick<AmazonWorld, 'orders' | 'shipments'>, sku: string): number {
  const own = new Set(orders.filter(({ fulfilledBy }) => fulfilledBy === 'MERCHANT').map(({ orderId }) => orderId));
  return shipments
    .filter(({ orderId }) => !own.has(orderId))
    .flatMap(({ items }) => items)
    .filter((item) => item.sku === sku)
    .reduce((units, { quantity }) => units + quantity, 0);
}

function dayAfter(instant: string, days: number): string {
  return `${new Date(Date.parse(instant) + days * 86_400_000).toISOString().slice(0, 10)}T18:00:00Z`;
}

/** The seller's NetSuite: the items behind its listings, what it believes to lie at Amazon, what somebody enters on the 21st. */
export function withDemoStock(seed: NetSuiteSeed, stock: WorldStock): NetSuiteSeed {
  return {
    ...seed,
    items: [...seed.items.filter(({ itemId }) => itemId !== KIT.sku), ...bundledItems(seed)],
    openingStock: [...believed(stock), ...elsewhere(seed)],
    adjustments: [
      {
        at: '2026-10-21T16:30:00Z',
        itemId: 'OAK-BRD-S',
        location: PLACES.sellable,
        quantity: -3,
        account: '6300',
        memo: 'Cycle count, boards',
        number: CYCLE_COUNT,
      },
    ],
  };
}

/** What lies at the merchant's own place, by the items behind its listings. */
function elsewhere({ openingStock }: NetSuiteSeed): NetSuiteSeed['openingStock'] {
  return openingStock
    .filter(({ location }) => location !== PLACES.sellable && location !== WAREHOUSE)
    .map((line) => {
      const { itemId, units } = heldAs(line.itemId);
      const unitCost = dollars(productOf(line.itemId).cost / BigInt(units));
      return { ...line, itemId, quantity: line.quantity * units, unitCost };
    });
}

function bundledItems({ items }: NetSuiteSeed): NetSuiteSeedItem[] {
  const goods = {
    incomeAccount: SALES_ACCOUNT,
    cogsAccount: COST_OF_GOODS_ACCOUNT,
    assetAccount: INVENTORY_ACCOUNT,
  } as const;
  const set = items.find(({ itemId }) => itemId === KIT.sku);
  return [
    { itemId: PACK.item, type: 'InvtPart', displayName: 'Tea tin, “Café” label', ...goods },
    { itemId: KIT.member, type: 'InvtPart', displayName: 'Linen tea towel', ...goods },
    {
      itemId: KIT.sku,
      type: 'Kit',
      displayName: set?.displayName ?? KIT.sku,
      ...(set?.upc !== undefined && { upc: set.upc }),
      incomeAccount: SALES_ACCOUNT,
      members: [{ itemId: KIT.member, quantity: KIT.units }],
    },
  ];
}

/** Two red mugs less than Amazon has; and enough at the warehouse for what is sent. */
function believed({ opening, inbound = [] }: WorldStock): NetSuiteSeed['openingStock'] {
  const held = new Map<string, NetSuiteSeed['openingStock'][number]>();
  const add = (sku: string, location: string, units: number) => {
    const { itemId, units: per } = heldAs(sku);
    const unitCost = dollars(productOf(sku).cost / BigInt(per));
    const key = `${itemId} ${location}`;
    const before = held.get(key) ?? { itemId, location, quantity: 0, unitCost };
    held.set(key, { ...before, quantity: before.quantity + units * per });
  };
  for (const { sku, units } of opening) add(sku, PLACES.sellable, units - (sku === 'RED-MUG' ? 2 : 0));
  for (const { items } of inbound) for (const [sku, units] of Object.entries(items)) add(sku, WAREHOUSE, 2 * units);
  return [...held.values()];
}
