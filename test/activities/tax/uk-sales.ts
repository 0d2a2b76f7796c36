/** What tests of sales tax sell: pots at 100.00 with 20.00 of VAT, dispatched in Britain on 28 October and settled on 4 November. */
import { billShipment } from '../../../src/activities/orders/bill-shipment.ts';
import { postFulfilment } from '../../../src/activities/orders/post-fulfilment.ts';
import { postSalesOrder } from '../../../src/activities/orders/post-sales-order.ts';
import { worldFromSettlements, type SettlementFile } from '../../../src/simulators/amazon/world-from-settlements.ts';
import type { AmazonWorld } from '../../../src/simulators/amazon/world.ts';
import { loadShipments } from '../../../src/store/orders/shipments.ts';
import { report, sale, type Amount, type Cells } from '../../end-to-end/report.ts';
import type { FreshPostgres } from '../../store/fresh-postgres.ts';
import { openAccount, type AccountOptions, type AccountUnderTest } from '../account-under-test.ts';

export const SETTLEMENT = '30100000131';
/** Everything that the world tells has been told by then. */
export const NOW = '2026-11-20T12:00:00Z';
export const GB_TAX = { registrations: ['GB'], items: { GB: 'AMZ-VAT-GB' }, rates: { GB: { standard: 20 } } };
const SOLD: readonly Amount[] = [
  ['ItemPrice', 'Principal', '100.00'],
  ['ItemPrice', 'Tax', '20.00'],
];

/** Rows of one order each, shipments and items numbered from 0: `GB0`, `91000`. */
export function sales(
  orders: readonly string[],
  { amounts = SOLD, marketplace = 'Amazon.co.uk' }: { amounts?: readonly Amount[]; marketplace?: string } = {},
): Cells[] {
  return orders.flatMap((order, index) =>
    sale(
      {
        marketplace,
        order,
        shipment: `GB${index}`,
        at: '2026-10-28T12:00:00Z',
        item: `9100${index}`,
        sku: 'POT',
        quantity: 1,
      },
      amounts,
    ),
  );
}

/** @param total of the rows, typed by hand */
export function settled(
  rows: readonly Cells[],
  total: string,
  { id = SETTLEMENT, currency = 'GBP' } = {},
): SettlementFile {
  const span = { start: '2026-10-20T00:00:00Z', end: '2026-11-04T00:00:00Z', deposit: '2026-11-06T00:00:00Z' };
  return report({ ...span, id, total, currency }, rows);
}

/** An account whose Amazon tells these settlements and the orders behind them. */
export function openTaxed(
  postgres: FreshPostgres,
  files: readonly SettlementFile[],
  {
    tax = GB_TAX,
    world = (told) => told,
    settings = {},
    now = NOW,
    seed,
  }: { tax?: object; world?: (told: AmazonWorld) => AmazonWorld; now?: string } & Pick<
    AccountOptions,
    'settings' | 'seed'
  > = {},
): Promise<AccountUnderTest> {
  return openAccount(postgres, {
    world: world(worldFromSettlements([...files])),
    now,
    settings: { tax, ...settings },
    ...(seed ? { seed } : {}),
  });
}

/** A world whose orders and shipments say this of each item. */
export function saying(told: object): (world: AmazonWorld) => AmazonWorld {
  return (world) => {
    for (const { items } of [...world.orders, ...world.shipments]) for (const item of items) Object.assign(item, told);
    return world;
  };
}

/** The same, of orders whose tax is said to be the seller's. */
export function sayingSellers(told: object): (world: AmazonWorld) => AmazonWorld {
  return (world) => {
    for (const { items } of world.orders) for (const item of items) item.taxWithheld = false;
    return saying(told)(world);
  };
}

/** Everything of an order's one shipment, which must have been taken in; with the key of its invoice. */
export async function bill(account: AccountUnderTest, orderId: string) {
  const [shipment] = await loadShipments(account.connection.db, account.name, orderId);
  const ref = { orderId, shipment: shipment!.key };
  await account.run(postSalesOrder, { orderId, claim: null });
  await account.run(postFulfilment, ref);
  return { ...(await account.run(billShipment, ref)), invoice: `AMZ_${account.name}_INV_${shipment!.key}_1` };
}

/** With a German marketplace besides, whose tax has an account of its own. */
export function alsoInGermany(world: AmazonWorld): AmazonWorld {
  const germany = { ...world.marketplaces[0]!, id: 'A1PA6795UKMFR9', countryCode: 'DE', currency: 'EUR' };
  return { ...world, marketplaces: [...world.marketplaces, germany] };
}
