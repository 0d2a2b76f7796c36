/** Average cost, held against NetSuite's help pages: the figures and sentences in quotation marks are theirs. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Switches } from '../../../src/simulators/netsuite/switches.ts';
import { openAccount, type BareAccount } from './bare-account.ts';
import { exampleSeed } from './example-seed.ts';
import { balanceOf } from './order-documents.ts';
import { warehouseOf, type Warehouse } from './stock-documents.ts';

let netsuite: BareAccount;
let warehouse: Warehouse;

const open = async (switches: Partial<Switches> = {}): Promise<void> => {
  netsuite = await openAccount({ seed: { ...exampleSeed(), openingStock: [] }, switches });
  warehouse = await warehouseOf(netsuite);
};
beforeEach(() => open());
afterEach(() => netsuite.close());

describe('System Cost of Goods Sold Adjustments (NSHELP section_N2195087)', () => {
  test('the example of the page, to the cent', async () => {
    // Day 1: "Item Receipt Quantity 10, Item Receipt Value $15.00, Item Fulfillment 10, Item Fulfillment COGS $15.00".
    await warehouse.adjust('2026-10-01', { quantity: 10, unitCost: 1.5 });
    const first = await warehouse.ship('2026-10-01', { quantity: 10 });
    expect(await warehouse.posted(first, '5000')).toBe('15');
    // "Ending On Hand 0, Ending On Hand Value $0.00".
    expect(await warehouse.held()).toMatchObject({ quantityonhand: '0', onhandvaluemli: '0' });

    // Day 2: "Item Fulfillment 3, Item Fulfillment COGS $4.50, Ending On Hand -3, Ending On Hand Value $0.00".
    const second = await warehouse.ship('2026-10-02', { quantity: 3 });
    expect(await warehouse.posted(second, '5000')).toBe('4.5');
    expect(await warehouse.held()).toMatchObject({ quantityonhand: '-3', onhandvaluemli: '0' });

    // Day 3: "Item Receipt Quantity 20, Item Receipt Value $35.00, Item Fulfillment COGS Adjustment $0.75".
    const receipt = await warehouse.adjust('2026-10-03', { quantity: 20, unitCost: 1.75 });
    expect([await warehouse.posted(receipt, '5000'), await warehouse.posted(receipt, '6300')]).toEqual(['0.75', '-35']);
    expect([await warehouse.posted(first, '5000'), await warehouse.posted(second, '5000')]).toEqual(['15', '4.5']);
    // "Ending On Hand 17, Ending On Hand Value $29.75", "Item Average Cost $1.75".
    expect(await warehouse.held()).toEqual({ quantityonhand: '17', averagecostmli: '1.75', onhandvaluemli: '29.75' });
    expect([await balanceOf(netsuite, '1200'), await balanceOf(netsuite, '5000')]).toEqual(['29.75', '20.25']);
  });

  test('"a cost adjustment line accompanies the item receipt" (bridgehead_4337968394), moves no units, and goes with it', async () => {
    await warehouse.adjust('2026-10-01', { quantity: 1, unitCost: 10 });
    await warehouse.ship('2026-10-02', { quantity: 3 });
    const receipt = await warehouse.adjust('2026-10-03', { quantity: 5, unitCost: 12 });
    expect(
      await netsuite.query(
        `SELECT BUILTIN.DF(expenseaccount) account, memo, quantity, isinventoryaffecting, foreignamount
         FROM transactionline WHERE transaction = ? ORDER BY id`,
        [receipt],
      ),
    ).toEqual([
      { account: '6300 Inventory loss', isinventoryaffecting: 'F', foreignamount: '-60' },
      { account: '1200 Inventory', quantity: '5', isinventoryaffecting: 'T', foreignamount: '60' },
      {
        account: '5000 Cost of goods',
        memo: 'Cost of Sales Adjustment',
        isinventoryaffecting: 'F',
        foreignamount: '4',
      },
      { account: '1200 Inventory', memo: 'Cost of Sales Adjustment', isinventoryaffecting: 'F', foreignamount: '-4' },
    ]);
    await netsuite.call('PATCH', `/record/v1/inventoryAdjustment/${receipt}`, { memo: 'same again' });
    expect(await warehouse.posted(receipt, '5000')).toBe('4');
    await netsuite.call('DELETE', `/record/v1/inventoryAdjustment/${receipt}`);
    expect([await balanceOf(netsuite, '5000'), await balanceOf(netsuite, '1200')]).toEqual(['30', '-20']);
  });

  test('"When you sell an item that has never been received, the cost of the item is calculated as zero" (bridgehead_4337968394)', async () => {
    const shipped = await warehouse.ship('2026-10-02', { quantity: 2 });
    expect(await warehouse.posted(shipped, '5000')).toBe('0');
    const receipt = await warehouse.adjust('2026-10-05', { quantity: 2, unitCost: 7.25 });
    expect([await warehouse.posted(receipt, '5000'), await balanceOf(netsuite, '1200')]).toEqual(['14.5', '0']);
  });

  test('what comes in while the stand stays below zero corrects nothing yet', async () => {
    await warehouse.adjust('2026-10-01', { quantity: 1, unitCost: 15 });
    await warehouse.ship('2026-10-02', { quantity: 6 });
    const some = await warehouse.adjust('2026-10-03', { quantity: 4, unitCost: 100 });
    expect([await warehouse.posted(some, '5000'), (await warehouse.held())?.['averagecostmli']]).toEqual(['0', '15']);
    // "I buy 1 widget for 30$. […] my Avg Cost is now 30$" (blog.erpguru.com 2009-07-29)
    await warehouse.adjust('2026-10-04', { quantity: 2, unitCost: 30 });
    expect(await warehouse.held()).toEqual({ quantityonhand: '1', averagecostmli: '30', onhandvaluemli: '30' });
    expect([await balanceOf(netsuite, '1200'), await balanceOf(netsuite, '5000')]).toEqual(['30', '445']);
  });

  test('"NetSuite considers increases to inventory before reductions to inventory"', async () => {
    await warehouse.adjust('2026-10-01', { quantity: 10, unitCost: 10 });
    const shipped = await warehouse.ship('2026-10-02', { quantity: 5 });
    expect(await warehouse.posted(shipped, '5000')).toBe('50');
    await warehouse.adjust('2026-10-02', { quantity: 10, unitCost: 12 });
    expect(await warehouse.posted(shipped, '5000')).toBe('55');
  });
});

describe('Inventory Costing Recalculations (NSHELP section_N2197365)', () => {
  test('"a sales transaction dated before the March receipt […] uses the $10 average cost. Any sales entered with a date after the March receipt uses the $12 average cost"', async () => {
    await warehouse.adjust('2026-10-01', { quantity: 10, unitCost: 10 });
    await warehouse.adjust('2026-10-20', { quantity: 10, unitCost: 14 });
    const after = await warehouse.ship('2026-10-21', { quantity: 1 });
    expect(await warehouse.posted(after, '5000')).toBe('12');
    const before = await warehouse.ship('2026-10-10', { quantity: 1 });
    expect(await warehouse.posted(before, '5000')).toBe('10');
  });

  test('a back-dated document changes what follows it, and its deletion changes that back', async () => {
    await warehouse.adjust('2026-10-01', { quantity: 10, unitCost: 10 });
    const sold = await warehouse.ship('2026-10-10', { quantity: 4 });
    const lost = await warehouse.adjust('2026-10-11', { quantity: -1 });
    const late = await warehouse.adjust('2026-10-05', { quantity: 10, unitCost: 20 });
    expect([await warehouse.posted(sold, '5000'), await warehouse.posted(lost, '6300')]).toEqual(['60', '15']);
    expect(await warehouse.field(lost, 'foreigntotal')).toBe('-15');
    await netsuite.call('DELETE', `/record/v1/inventoryAdjustment/${late}`);
    expect([await warehouse.posted(sold, '5000'), await warehouse.posted(lost, '6300')]).toEqual(['40', '10']);
  });
});

describe('where one average is kept', () => {
  const stockTwoPlaces = async (): Promise<string> => {
    await warehouse.adjust('2026-10-01', { quantity: 10, unitCost: 10 });
    await warehouse.adjust('2026-10-01', { location: 'Merchant', quantity: 10, unitCost: 20 });
    return warehouse.ship('2026-10-02', { quantity: 2 });
  };

  test('for each location, without a costing group', async () => {
    expect(await warehouse.posted(await stockTwoPlaces(), '5000')).toBe('20');
    expect(await warehouse.held('Merchant')).toMatchObject({ averagecostmli: '20', onhandvaluemli: '200' });
  });

  test('GROUPAVG: "dividing the total inventory value across locations by the total quantity across all locations" (NSHELP section_4345703444)', async () => {
    await netsuite.close();
    await open({ costing: 'group' });
    expect(await warehouse.posted(await stockTwoPlaces(), '5000')).toBe('30');
    // "(location quantity) x (group average cost)": NSHELP section_4503902247.
    expect(await warehouse.held()).toMatchObject({ averagecostmli: '15', onhandvaluemli: '120' });
    expect(await warehouse.held('Merchant')).toMatchObject({ averagecostmli: '15', onhandvaluemli: '150' });
    // "If an underwater fulfillment posts for Location B, NetSuite can assign an average cost": of the group.
    const below = await warehouse.ship('2026-10-03', { quantity: 9 });
    expect(await warehouse.posted(below, '5000')).toBe('135');
  });

  test('"After you assign a Group Average to an item and save the record, you can\'t change the costing method"', async () => {
    expect((await netsuite.admin('POST', '/admin/switches', { costing: 'group' })).status).toBe(501);
    expect((await netsuite.admin('POST', '/admin/switches', { costing: 'location' })).status).toBe(200);
  });
});

test('units leave at a whole cent, and the last takes what rounding has left', async () => {
  await warehouse.adjust('2026-10-01', { quantity: 2, unitCost: 1 });
  await warehouse.adjust('2026-10-01', { quantity: 1, unitCost: 0.5 });
  const costs = [];
  for (const day of ['02', '03', '04'])
    costs.push(await warehouse.posted(await warehouse.ship(`2026-10-${day}`, { quantity: 1 }), '5000'));
  expect(costs).toEqual(['0.83', '0.84', '0.83']);
  expect(await balanceOf(netsuite, '1200')).toBe('0');
});
