/**
 * Documents that somebody moves to another day in NetSuite, their units as they were. Worked out by hand from the design of stock;
 * Amazon and NetSuite hold 10 of each item at first, at 6.00:
 *
 * | SKU | Amazon | in NetSuite |
 * |---|---|---|
 * | SHIFT | 1 is sold on 31 Oct | its fulfilment is moved to 2 Nov: another month, so it is asked about, and said to be the answer |
 * | NEAR | 1 is sold on 28 Oct | its fulfilment is moved to 30 Oct: the same month, nothing is said |
 * | LOSS | 2 are lost on 20 Oct | the adjustment of Tieout's is moved to 22 Oct: asked about, and put back |
 * | HAND | 2 leave for no order on 20 Oct | somebody's adjustment of that day is said to be the answer, and moved to 23 Oct: asked about, and said again |
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import { openExceptions } from '../../src/store/exceptions/exceptions.ts';
import { renderCommand } from '../../src/domain/exceptions/render-remedy.ts';
import { commandsOn } from './commands-on-world.ts';
import { report, sale } from './report.ts';
import { adjust, at, line } from './stock-events.ts';
import {
  adjustByHand,
  approveOpening,
  differing,
  goOnTo,
  openCodes,
  product,
  stockDocuments,
} from './stock-in-netsuite.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const sold = (number: number, sku: string, day: string) =>
  sale(
    {
      order: `116-770000${number}-0000001`,
      shipment: `D${sku}`,
      at: `2026-10-${day}T17:00:00Z`,
      item: `989100${number}`,
      sku,
      quantity: 1,
    },
    [['ItemPrice', 'Principal', '10.00']],
  );
const REPORT = report(
  {
    id: '29500000001',
    start: '2026-10-01T07:00:00Z',
    end: '2026-11-05T07:00:00Z',
    deposit: '2026-11-07T07:00:00Z',
    total: '20.00',
  },
  [...sold(1, 'SHIFT', '31'), ...sold(2, 'NEAR', '28')],
);
const SKUS = ['SHIFT', 'NEAR', 'LOSS', 'HAND'];
const HAND_ROW = '2026-10-20|X0HAND|HAND|Shipments|||PDX9|US|SELLABLE|-2#1';

let world: WorldUnderTest;
let byHand: string;
const idOf = async (where: string) => (await world.suiteql(`SELECT t.id FROM transaction t ${where}`))[0]!['id']!;
const fulfilmentOf = (sku: string) =>
  idOf(
    `JOIN transactionline tl ON tl.transaction = t.id WHERE t.type = 'ItemShip' AND BUILTIN.DF(tl.item) = '${sku}' AND tl.isinventoryaffecting = 'T'`,
  );
async function movedTo(type: 'itemFulfillment' | 'inventoryAdjustment', id: string, day: string): Promise<void> {
  // NetSuite takes no date outside of the document's posting period, so that moves along.
  const [period] = await world.suiteql(
    `SELECT id FROM accountingperiod WHERE isquarter = 'F' AND isyear = 'F' AND startdate <= TO_DATE('${day}', 'YYYY-MM-DD') AND enddate >= TO_DATE('${day}', 'YYYY-MM-DD')`,
  );
  const outcome = await world.netsuite.patch(type, id, { tranDate: day, postingPeriod: { id: period!['id']! } });
  if (outcome.outcome !== 'posted') throw new Error(JSON.stringify(outcome));
}
/** Runs the command that the exception names. */
async function asItSays(key: string): Promise<void> {
  const [raised] = (await openExceptions(world.store.db, world.connection)).filter((one) => one.key === key);
  const words = renderCommand(raised!.remedy, raised!.id)!
    .match(/"[^"]*"|\S+/g)!
    .slice(2);
  const { exit } = await commandsOn(world)(...words.map((word) => word.replaceAll('"', '')));
  expect(exit).toBe(0);
}

beforeAll(async () => {
  world = await openWorld({
    rateTimes: 60,
    world: {
      ...worldFromSettlements([REPORT]),
      catalogue: SKUS.map((sku) => product(sku)),
      stock: {
        opened: '2026-09-30',
        opening: SKUS.map((sku) => line(sku, 10)),
        events: [adjust('20', 'LOSS', 'M', -2), { at: at('20'), type: 'ship', sku: 'HAND', units: 2 }],
      },
      goesOnUntil: '2026-11-20T00:00:00Z',
    },
  });
  await approveOpening(world);
  await goOnTo(world, '2026-10-19T18:00:00Z', 5);
  byHand = await adjustByHand(world, { day: '2026-10-20', item: 'HAND', location: 'FBA US', units: -2 });
  await goOnTo(world, '2026-10-25T18:00:00Z', 2);
  await world.decide({ kind: 'explainForeign', document: byHand, choice: 'answers', rows: [HAND_ROW], why: 'it is' });
  await goOnTo(world, '2026-11-06T18:00:00Z', 3);
}, 240_000);
afterAll(() => world?.close());

test('what is moved is asked about, and said to stand as it is by the command that is named', async () => {
  expect(await openCodes(world)).toEqual([]);
  expect(await differing(world)).toEqual([]);
  const documents = await stockDocuments(world);
  const shift = await fulfilmentOf('SHIFT');
  const loss = await idOf("WHERE t.externalid = 'AMZ_demo-us_ADJ_us-20261020-inventory-loss_1'");
  await movedTo('itemFulfillment', shift, '2026-11-02');
  await movedTo('itemFulfillment', await fulfilmentOf('NEAR'), '2026-10-30');
  await movedTo('inventoryAdjustment', loss, '2026-10-22');
  await movedTo('inventoryAdjustment', byHand, '2026-10-23');
  const asked = [shift, loss, byHand].map((id) => `movement-foreign ${id}`).sort();
  await world.look();
  expect(await openCodes(world)).toEqual(asked);
  // A look later too, when all that is answered has been put aside.
  await goOnTo(world, '2026-11-08T18:00:00Z', 1);
  expect(await openCodes(world)).toEqual(asked);
  await asItSays(shift);
  await asItSays(byHand);
  await movedTo('inventoryAdjustment', loss, '2026-10-20');
  await goOnTo(world, '2026-11-10T18:00:00Z', 1);
  expect(await openCodes(world)).toEqual([]);
  expect(await differing(world)).toEqual([]);
  expect(await stockDocuments(world)).toEqual(documents);
});

test("a document of Tieout's is said to stand as it is, too, and nothing is posted", async () => {
  const documents = await stockDocuments(world);
  const loss = await idOf("WHERE t.externalid = 'AMZ_demo-us_ADJ_us-20261020-inventory-loss_1'");
  await movedTo('inventoryAdjustment', loss, '2026-10-24');
  await goOnTo(world, '2026-11-11T18:00:00Z', 1);
  expect(await openCodes(world)).toEqual([`movement-foreign ${loss}`]);
  await asItSays(loss);
  await goOnTo(world, '2026-11-14T18:00:00Z', 1);
  expect(await openCodes(world)).toEqual([]);
  expect((await stockDocuments(world)).sort()).toEqual(
    documents.map((name) => name.replace('2026-10-20 ADJ us-20261020', '2026-10-24 ADJ us-20261020')).sort(),
  );
});
