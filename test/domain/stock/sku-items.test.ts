import { describe, expect, test } from '@jest/globals';
import { skuMappingsOf } from '../../../src/domain/stock/sku-mappings.ts';
import { SkuItems } from '../../../src/domain/stock/sku-items.ts';
import type { SkuMapping } from '../../../src/domain/stock/stock-plan.ts';
import { suggestItem } from '../../../src/domain/stock/suggest-item.ts';
import { balance, ledgerRow, StockFlow, US, written } from './stock-flow.ts';

const mapping = (changes: Partial<SkuMapping> = {}): SkuMapping => ({
  sku: 'MUG',
  decided: '2026-10-05',
  item: 'mug',
  units: 1,
  members: null,
  ...changes,
});

describe('a SKU is an item and a number of units', () => {
  const items = new SkuItems([
    mapping({ item: 'cup', decided: '2026-10-10' }),
    mapping(),
    mapping({ sku: 'PACK', units: 3 }),
    mapping({
      sku: 'SET',
      item: 'set',
      units: 2,
      members: [
        { item: 'mug', quantity: 1 },
        { item: 'tin', quantity: 2 },
        { item: 'mug', quantity: 1 },
      ],
    }),
  ]);

  test.each<[string, string, string, unknown]>([
    ['before any decision by the first', 'MUG', '2026-09-01', [{ item: 'mug', perSku: 1 }]],
    ['on the day of a decision by the one before', 'MUG', '2026-10-10', [{ item: 'mug', perSku: 1 }]],
    ['after it by the new', 'MUG', '2026-10-11', [{ item: 'cup', perSku: 1 }]],
    ['a pack as its units', 'PACK', '2026-10-11', [{ item: 'mug', perSku: 3 }]],
    [
      'a kit as its members, times their quantity',
      'SET',
      '2026-10-11',
      [
        { item: 'mug', perSku: 4 },
        { item: 'tin', perSku: 4 },
      ],
    ],
    ['unknown as nothing', 'OTHER', '2026-10-11', null],
  ])('%s', (_, sku, day, expected) => {
    expect(items.ofRow(sku, day)).toEqual(expected);
  });

  test('the balance at the end of that day counts by the new', () => {
    expect(items.atEnd('MUG', '2026-10-10')).toEqual([{ item: 'cup', perSku: 1 }]);
    expect(items.atEnd('MUG', '2026-10-09')).toEqual([{ item: 'mug', perSku: 1 }]);
  });
});

describe('a suggestion', () => {
  const known = [
    { sku: 'BLU-MUG', asin: 'B0MUG', item: 'mug', units: 1 },
    { sku: 'BLU-MUG-3P', asin: 'B0PACK', item: 'pack', units: 3 },
  ];
  test.each<[string, string, string | null]>([
    ['Amazon.Found.B0MUG', 'B0MUG', 'mug'],
    ['Amazon.Found.B0PACK', '', 'pack'],
    ['Amazon.Found.B0OTHER', 'B0OTHER', null],
    ['amzn.gr.BLU-MUG-x7Yq', '', 'mug'],
    ['amzn.gr.BLU-MUG-3P-x7Yq', '', 'pack'],
    ['amzn.gr.BLU-MUGS-x7Yq', '', null],
    ['BLU-MUG-2', 'B0MUG', null],
  ])('%s (%s) may be %s', (sku, asin, item) => {
    expect(suggestItem({ sku, asin }, known)?.item ?? null).toBe(item);
  });

  test('has the units of the SKU that it was made of', () => {
    expect(suggestItem({ sku: 'amzn.gr.BLU-MUG-3P-x7Yq', asin: '' }, known)).toEqual({
      item: 'pack',
      units: 3,
      because: 'BLU-MUG-3P',
    });
  });
});

describe('rows of a SKU', () => {
  test('without an item wait, and are one thing to decide', () => {
    const flow = new StockFlow();
    flow.addRows(
      ledgerRow({ day: '2026-10-02', reason: 'M', quantity: -1 }),
      ledgerRow({ day: '2026-10-03', reason: 'F', quantity: 4 }),
    );
    const plan = flow.run('2026-10-30');
    expect(plan.problems).toMatchObject([{ code: 'sku-unknown', key: 'MUG', sku: 'MUG', units: 3 }]);
    expect(plan.problems[0]!.rows).toHaveLength(2);
    expect(plan.waiting.map(({ reason, item }) => [reason, item])).toEqual([
      ['sku-unknown', null],
      ['sku-unknown', null],
    ]);
    flow.facts.mappings.push(mapping({ decided: '2026-10-30' }));
    expect(flow.run('2026-10-30').documents.map(written)).toEqual(['ADJ us-20261002-inventory-loss: mug -1 sellable']);
  });

  test('of an item that cannot be counted wait, once for the item; left alone they are no business of ours', () => {
    const rows = [ledgerRow({ day: '2026-10-02', reason: 'M', quantity: -1 })];
    const facts = { mappings: [mapping()], uncountable: new Map([['mug', 'it has lots']]) };
    const flow = new StockFlow({}, facts);
    flow.addRows(...rows);
    expect(flow.run('2026-10-30').problems).toMatchObject([{ code: 'item-not-countable', key: 'mug' }]);
    const left = new StockFlow({ leave: ['mug'] }, { ...facts, uncountable: new Map() });
    left.addRows(...rows);
    expect(left.run('2026-10-30')).toMatchObject({ documents: [], problems: [], waiting: [] });
  });

  test('of a country in no pool wait for the configuration', () => {
    const flow = new StockFlow({}, { mappings: [mapping()] });
    flow.addRows(ledgerRow({ day: '2026-10-02', country: 'JP', reason: 'M', quantity: -1 }));
    expect(flow.run('2026-10-30').problems).toMatchObject([{ code: 'pool-unknown', key: 'JP', units: -1 }]);
  });
});

describe('a SKU that is mapped anew', () => {
  const flowMapped = () => {
    const flow = new StockFlow(
      {},
      {
        mappings: [mapping({ decided: '2026-09-01' })],
        costs: [
          { item: 'mug', averages: [{ location: US.locations.sellable, cost: '6.00' }], lastPurchasePrice: null },
          { item: 'pack', averages: [], lastPurchasePrice: '50.00' },
        ],
      },
    );
    flow.summarise('2026-09-30', balance({ day: '2026-09-30', ending: 10 }));
    flow.run('2026-10-01');
    flow.open([{ pool: 'us', item: 'mug', place: 'sellable', units: 10 }]);
    return flow;
  };

  test('moves what Amazon has at the end of that day, with its value, and stands as two rows', () => {
    const flow = flowMapped();
    flow.facts.mappings.push(mapping({ decided: '2026-10-05', item: 'pack', units: 2 }));
    flow.addRows(
      ledgerRow({ day: '2026-10-05', reason: 'M', quantity: -1 }),
      ledgerRow({ day: '2026-10-06', reason: 'M', quantity: -1 }),
    );
    expect(flow.run('2026-10-06').documents).toEqual([]);
    flow.summarise('2026-10-05', balance({ day: '2026-10-05', ending: 9 }));
    flow.summarise('2026-10-06', balance({ day: '2026-10-06', ending: 8 }));
    const plan = flow.run('2026-10-07');
    // 9 mugs of 6.00 are 54.00, over 18 units of the new item.
    expect(plan.documents.map(written)).toEqual([
      'ADJ us-20261005-inventory-loss: mug -1 sellable',
      'ADJ us-20261005-map: mug -9 sellable, pack +18 sellable @3.00',
      'ADJ us-20261006-inventory-loss: pack -2 sellable',
    ]);
    expect(plan.rows.map(({ own }) => own)).toEqual([
      { item: 'mug', units: -9 },
      { item: 'pack', units: 18 },
    ]);
    expect(
      flow.equations('2026-10-06').map(({ item, amazon, netsuite, terms }) => [item, amazon, netsuite, terms.gap]),
    ).toEqual([
      ['pack', 16, 16, 0],
      ['mug', 0, 0, 0],
    ]);
    expect(flow.run('2026-10-07')).toMatchObject({ documents: [], rows: [], answers: [] });
  });

  test('moves the rest when a late row changes that balance', () => {
    const flow = flowMapped();
    flow.facts.mappings.push(mapping({ decided: '2026-10-05', item: 'pack', units: 1 }));
    flow.summarise('2026-10-05', balance({ day: '2026-10-05', ending: 10 }));
    flow.run('2026-10-06');
    flow.addRows(ledgerRow({ day: '2026-10-04', reason: 'F', quantity: 2 }));
    flow.summarise('2026-10-05', balance({ day: '2026-10-05', ending: 12 }));
    expect(flow.run('2026-10-09').documents.map(written)).toEqual([
      'ADJ us-20261004-inventory-loss: mug +2 sellable @6.00',
      'ADJ us-20261005-map 2: mug -2 sellable, pack +2 sellable @6.00',
    ]);
  });

  test('moves neither half while the item it was cannot be counted: one alone would be value out of nothing', () => {
    const flow = flowMapped();
    flow.facts.uncountable.set('mug', 'it has lots by now');
    flow.facts.mappings.push(mapping({ decided: '2026-10-05', item: 'pack', units: 2 }));
    flow.summarise('2026-10-05', balance({ day: '2026-10-05', ending: 10 }));
    const plan = flow.run('2026-10-09');
    expect(plan.documents).toEqual([]);
    expect(plan.waiting.map(({ item, units, reason }) => [item, units, reason])).toEqual([
      ['mug', -10, 'item-not-countable'],
      ['pack', 20, 'mapped-from'],
    ]);
    expect(plan.problems).toMatchObject([{ code: 'item-not-countable', key: 'mug' }]);
    flow.facts.uncountable.clear();
    expect(flow.run('2026-10-09').documents.map(written)).toEqual([
      'ADJ us-20261005-map: mug -10 sellable, pack +20 sellable @3.00',
    ]);
  });

  test('was never what could not be counted: a decision from the start stands in the place of all before', () => {
    const told = {
      matched: [{ sku: 'MUG', item: 'lots', matchedOn: '2026-09-01' }],
      decided: [
        { sku: 'MUG', item: 'serials', units: 1, at: '2026-10-02T12:00:00Z', fromTheStart: false },
        { sku: 'MUG', item: 'mug', units: 1, at: '2026-10-05T12:00:00Z', fromTheStart: true },
        { sku: 'MUG', item: 'cup', units: 1, at: '2026-10-09T12:00:00Z', fromTheStart: false },
      ],
      items: [],
    };
    const items = new SkuItems(skuMappingsOf(told, 'UTC'));
    expect(items.ofRow('MUG', '2026-09-15')).toEqual([{ item: 'mug', perSku: 1 }]);
    expect(items.changes().map(({ decided, from, to }) => [decided, from[0]!.item, to[0]!.item])).toEqual([
      ['2026-10-09', 'mug', 'cup'],
    ]);
  });
});

test('of two decisions of one day the last is a change, and from what was before both', () => {
  const items = new SkuItems([
    mapping(),
    mapping({ item: 'cup', decided: '2026-10-10' }),
    mapping({ item: 'tin', decided: '2026-10-10', units: 2 }),
    mapping({ item: 'cup', decided: '2026-10-12' }),
  ]);
  expect(items.changes()).toEqual([
    {
      sku: 'MUG',
      number: 3,
      decided: '2026-10-10',
      from: [{ item: 'mug', perSku: 1 }],
      to: [{ item: 'tin', perSku: 2 }],
    },
    {
      sku: 'MUG',
      number: 4,
      decided: '2026-10-12',
      from: [{ item: 'tin', perSku: 2 }],
      to: [{ item: 'cup', perSku: 1 }],
    },
  ]);
});

test('a decision that says what holds already is no change, whether it was matched or decided before', () => {
  const set = [
    { item: 'mug', quantity: 1 },
    { item: 'cup', quantity: 2 },
  ];
  const items = new SkuItems([
    mapping(),
    mapping({ decided: '2026-10-10' }),
    mapping({ sku: 'SET', item: 'set', members: set }),
    mapping({ sku: 'SET', item: 'other set', members: set.toReversed(), decided: '2026-10-10' }),
    mapping({ sku: 'PACK', item: 'mug', units: 3 }),
    mapping({ sku: 'PACK', item: 'mug', units: 2, decided: '2026-10-10' }),
  ]);
  expect(items.changes().map(({ sku }) => sku)).toEqual(['PACK']);
});
