import { describe, expect, test } from '@jest/globals';
import { LINES_PER_DOCUMENT } from '../../../src/domain/stock/build-documents.ts';
import { sendable, withWaiting } from '../../../src/domain/stock/stock-missing.ts';
import { externalIdOf } from '../../../src/domain/identifiers/external-id.ts';
import type { ItemCost, SkuMapping } from '../../../src/domain/stock/stock-plan.ts';
import type { LedgerRow } from '../../../src/domain/stock/stock-facts.ts';
import { costOfOne, decimalText, isAbove, scaled, UnitCosts, valueOf } from '../../../src/domain/stock/unit-cost.ts';
import { ledgerRow, poolNamed, shopFlow, StockFlow, US, written } from './stock-flow.ts';
import type { StockProblem } from '../../../src/domain/stock/stock-plan.ts';

const dayOf = (day: number) => `2026-10-${String(day).padStart(2, '0')}`;
const row = (reason: string, quantity: number, changes: Partial<LedgerRow> = {}): LedgerRow =>
  ledgerRow({ day: dayOf(9), reason, quantity, ...changes });

describe('documents', () => {
  test('hold at most 200 lines, in parts, and answers name part and line', () => {
    const skus = Array.from({ length: 450 }, (_, index) => `S${String(index).padStart(3, '0')}`);
    const flow = new StockFlow(
      {},
      { mappings: skus.map((sku): SkuMapping => ({ sku, decided: '2026-09-01', item: sku, units: 1, members: null })) },
    );
    flow.addRows(...skus.map((sku) => row('M', -1, { sku })));
    const { documents, answers } = flow.run(dayOf(20));
    expect(documents.map(({ key, lines }) => [key.part, lines.length])).toEqual([
      [1, LINES_PER_DOCUMENT],
      [2, LINES_PER_DOCUMENT],
      [3, 50],
    ]);
    for (const { row: id, by } of answers) {
      const document = documents.find(({ key }) => by.kind === 'document' && externalIdOf(key) === by.document)!;
      expect(by.kind === 'document' && document.lines[by.line]!.item).toBe(id.split('|')[2]);
    }
  });

  test('are one per pool, day and account, and begin their memo with their key', () => {
    const flow = shopFlow({ pools: [US, poolNamed('eu', ['GB', 'DE'])] });
    flow.addRows(
      row('M', -1),
      row('M', -2, { country: 'DE' }),
      row('M', -4, { country: 'GB' }),
      row('M', -1, { day: dayOf(10) }),
    );
    const { documents } = flow.run(dayOf(20));
    expect(documents.map(written)).toEqual([
      'ADJ eu-20261009-inventory-loss: mug -6 sellable',
      'ADJ us-20261009-inventory-loss: mug -1 sellable',
      'ADJ us-20261010-inventory-loss: mug -1 sellable',
    ]);
    expect(documents[0]!.memo).toBe('ADJ eu-20261009-inventory-loss 1');
  });

  test('of a day: what comes in, what moves, what goes out', () => {
    const flow = shopFlow({ accounts: { D: 'variance' } });
    flow.addRows(
      row('D', -1),
      row('F', 1),
      row('E', -1),
      row('P', 1, { disposition: 'DEFECTIVE' }),
      row('', 1, { eventType: 'CustomerReturns' }),
    );
    expect(flow.run(dayOf(20)).documents.map(written)).toEqual([
      'ADJ us-20261009-cogs-returns: mug +1 sellable @6.00',
      'ADJ us-20261009-inventory-loss: mug +1 sellable @6.00',
      'TRF us-20261009-sellable-unsellable: mug 1',
      'ADJ us-20261009-variance: mug -1 sellable',
    ]);
  });

  test('rows of a line that come to nothing answer each other', () => {
    const flow = shopFlow();
    flow.addRows(row('F', -2), row('F', 2));
    expect(flow.run(dayOf(20))).toMatchObject({
      documents: [],
      answers: [{ by: { kind: 'nothing' } }, { by: { kind: 'nothing' } }],
    });
  });
});

describe('an adjustment line above the limit', () => {
  test.each<[string, { units: number; value: string }, boolean]>([
    ['by its units', { units: 9, value: '1000.00' }, true],
    ['at its units it is not', { units: 10, value: '1000.00' }, false],
    ['by its value', { units: 100, value: '59.99' }, true],
    ['at its value it is not', { units: 100, value: '60.00' }, false],
  ])('%s', (_, limit, isHeld) => {
    const flow = shopFlow({ limit });
    flow.addRows(row('M', -10), row('5', -1));
    const plan = flow.run(dayOf(20));
    expect(plan.documents.map(written)).toEqual(
      isHeld
        ? [
            'ADJ us-20261009-inventory-loss: mug -1 sellable',
            'ADJ us-20261009-inventory-loss 2: mug -10 sellable (held)',
          ]
        : ['ADJ us-20261009-inventory-loss: mug -1 sellable, mug -10 sellable'],
    );
    if (!isHeld) return;
    const held = 'AMZ_demo_ADJ_us-20261009-inventory-loss_2';
    expect(plan.problems).toMatchObject([{ code: 'adjustment-large', units: -10, value: '-60.00', documents: [held] }]);
    expect(flow.run(dayOf(21))).toMatchObject({ documents: [], problems: [{ code: 'adjustment-large' }] });
    flow.decisions.push({ kind: 'approveAdjustment', id: '1', day: dayOf(21), document: held });
    expect(flow.run(dayOf(21))).toMatchObject({ approved: [held], problems: [] });
    expect(flow.run(dayOf(21)).approved).toEqual([]);
  });

  test('does not wait where a person decided it', () => {
    const flow = shopFlow({ limit: { units: 1, value: '1.00' } });
    const [kept] = flow.addRows(row('', -10, { eventType: 'Shipments' }));
    flow.decisions.push({ kind: 'answerRows', id: '1', day: dayOf(10), rows: [kept!.id], role: 'inventory-loss' });
    expect(flow.run(dayOf(10)).documents.map(written)).toEqual(['ADJ us-20261010-inventory-loss: mug -10 sellable']);
  });

  test('of what is exchanged waits with what it is exchanged for', () => {
    const flow = shopFlow({ limit: { units: 5, value: '1000.00' } });
    flow.addRows(row('4', -6), row('3', 6, { sku: 'CUP' }), row('M', -1));
    expect(flow.run(dayOf(20)).documents.map(({ lines, hold }) => [lines.length, hold])).toEqual([
      [1, null],
      [2, 'adjustment-large'],
    ]);
  });
});

describe('the cost of what comes in', () => {
  const cost = (averages: Record<string, string>, lastPurchasePrice: string | null = null): ItemCost => ({
    item: 'mug',
    averages: Object.entries(averages).map(([location, average]) => ({ location, cost: average })),
    lastPurchasePrice,
  });
  test.each<[string, ItemCost, string | null]>([
    ['the average of the location', cost({ 'us-1': '5.00', 'us-2': '4.00', far: '3.00' }), '4.00'],
    ['else of sellable', cost({ far: '3.00', 'us-1': '5.00' }), '5.00'],
    ['else of any', cost({ far: '3.00' }), '3.00'],
    ['else the last purchase price', cost({}, '2.00'), '2.00'],
    ['zero is none', cost({ 'us-2': '0', 'us-1': '0.00' }, '2.00'), '2.00'],
    ['none', cost({}), null],
  ])('%s', (_, known, expected) => {
    expect(new UnitCosts([known], [US]).of('mug', { pool: 'us', place: 'unsellable' })).toBe(expected);
  });

  test('none: the line waits, is raised, and tried at each run', () => {
    const flow = shopFlow({}, { costs: [] });
    flow.addRows(row('F', 2), row('M', -1));
    const plan = flow.run(dayOf(20));
    expect(plan.documents.map(written)).toEqual(['ADJ us-20261009-inventory-loss: mug -1 sellable']);
    expect(plan).toMatchObject({
      waiting: [{ reason: 'cost-unknown', units: 2 }],
      problems: [{ code: 'cost-unknown', units: 2, value: null }],
    });
    flow.facts.costs.push(cost({}, '2.00'));
    expect(flow.run(dayOf(21)).documents.map(written)).toEqual([
      'ADJ us-20261009-inventory-loss 2: mug +2 sellable @2.00',
    ]);
  });

  test('is counted without rounding but in the last of eight digits', () => {
    expect([scaled('6'), decimalText(scaled('6.10')), decimalText(scaled('0.123456789'))]).toEqual([
      600_000_000n,
      '6.10',
      '0.12345678',
    ]);
    expect([costOfOne(valueOf(1, '10.00'), 3), costOfOne(valueOf(2, '10.00'), 3)]).toEqual([
      '3.33333333',
      '6.66666667',
    ]);
    expect([decimalText(valueOf(-3, '0.05')), isAbove(valueOf(-3, '0.05'), '0.14')]).toEqual(['-0.15', true]);
    expect(() => scaled('6,10')).toThrow('bug:');
  });
});

describe('what may be sent', () => {
  const settings = { graceDays: 3, costs: new UnitCosts([], []), refused: new Set<string>(), taken: [] };
  const planned = () => {
    const flow = shopFlow();
    flow.addRows(
      row('E', -3),
      row('P', 3, { disposition: 'DEFECTIVE' }),
      row('D', -3, { disposition: 'DEFECTIVE', day: dayOf(10) }),
    );
    return flow.run(dayOf(20)).documents;
  };
  const onHand = (units: number) => [{ pool: 'us', item: 'mug', place: 'sellable' as const, units }];

  test('a transfer out of a place with stock, and what it brings', () => {
    expect(sendable(planned(), onHand(3), { ...settings, today: dayOf(30) })).toMatchObject({
      send: [{}, {}],
      wait: [],
      problems: [],
    });
  });
  test('a transfer out of a place without it waits, and is raised after grace', () => {
    const early = sendable(planned(), onHand(2), { ...settings, today: dayOf(12) });
    expect([early.send.map(written), early.wait.map(written), early.problems]).toEqual([
      ['ADJ us-20261010-inventory-loss: mug -3 unsellable'],
      ['TRF us-20261009-sellable-unsellable: mug 3'],
      [],
    ]);
    expect(sendable(planned(), onHand(2), { ...settings, today: dayOf(13) }).problems).toMatchObject([
      { code: 'stock-missing', item: 'mug', units: -3, documents: ['AMZ_demo_TRF_us-20261009-sellable-unsellable_1'] },
    ]);
  });
  test('and is not raised beside a named movement that took its units, as far as that did', () => {
    const took = (units: number) => ({ ...onHand(units)[0]!, key: '4711' });
    const missing = (held: number, ...taken: ReturnType<typeof took>[]) =>
      sendable(planned(), onHand(held), { ...settings, taken, today: dayOf(20) });
    const { problems, behind, wait } = missing(1, took(-2));
    expect([problems, wait.length]).toEqual([[], 1]);
    expect([...behind]).toEqual([['4711', ['AMZ_demo_TRF_us-20261009-sellable-unsellable_1']]]);
    expect(missing(0, took(-2)).problems).toMatchObject([{ code: 'stock-missing', units: -3 }]);
    expect(missing(1, { ...took(-2), place: 'removal' as never }).problems).toHaveLength(1);
    const foreign = { code: 'movement-foreign', key: '4711', what: 'ADJ1 moved stock' } as StockProblem;
    expect(withWaiting(foreign, behind).what).toBe(
      'ADJ1 moved stock; TRF us-20261009-sellable-unsellable 1 waits for what it took',
    );
    expect(withWaiting({ ...foreign, key: '4712' }, behind).what).toBe('ADJ1 moved stock');
  });
  test('a transfer with a line that is there is sent, and only the line that is not is raised', () => {
    const flow = shopFlow();
    flow.addRows(
      row('E', -3),
      row('P', 3, { disposition: 'DEFECTIVE' }),
      row('E', -2, { sku: 'SET' }),
      row('P', 2, { sku: 'SET', disposition: 'DEFECTIVE' }),
    );
    const { documents } = flow.run(dayOf(20));
    // Of mugs 3 and 2 leave, of cups 4.
    expect(documents.map(written)).toEqual(['TRF us-20261009-sellable-unsellable: cup 4, mug 5']);
    const { send, wait, problems } = sendable(documents, onHand(5), { ...settings, today: dayOf(13) });
    expect([send.length, wait.length]).toEqual([1, 0]);
    expect(problems).toMatchObject([
      {
        code: 'stock-missing',
        key: 'AMZ_demo_TRF_us-20261009-sellable-unsellable_1 cup',
        units: -4,
        what: 'NetSuite has 0 of cup at sellable, and 4 are to leave it',
      },
    ]);
  });
  test('what is to leave a location outside of the pools is sent: NetSuite alone knows, and what it refuses is raised after grace', () => {
    const flow = shopFlow();
    const moved = { netsuiteId: '900', type: 'InvTrnfr', externalId: null, item: 'mug', units: -3 };
    flow.move({ ...moved, day: dayOf(8) });
    flow.explain('900', dayOf(10));
    const { documents } = flow.run(dayOf(10));
    expect(documents.map(written)).toEqual(['TRF us-c900: mug 3']);
    const costs = new UnitCosts(flow.facts.costs, flow.policy.pools);
    const sent = (day: number, refused: readonly string[] = []) =>
      sendable(documents, [], { ...settings, costs, refused: new Set(refused), today: dayOf(day) });
    expect(sent(30)).toMatchObject({ send: [{}], wait: [], problems: [] });
    const refused = ['AMZ_demo_TRF_us-c900_1'];
    expect(sent(12, refused)).toMatchObject({ send: [{}], problems: [] });
    // Tried at each look all the same.
    expect(sent(14, refused)).toMatchObject({
      send: [{}],
      wait: [],
      problems: [
        {
          code: 'stock-missing',
          key: 'AMZ_demo_TRF_us-c900_1 mug',
          units: -3,
          value: '-18.00',
          what: 'NetSuite has fewer than 3 of mug at the location outside of the pools, and they are to leave it',
        },
      ],
    });
  });
  test('what NetSuite refused is tried again, and raised after grace', () => {
    const refused = new Set(['AMZ_demo_ADJ_us-20261010-inventory-loss_1']);
    const { send, problems } = sendable(planned(), onHand(9), { ...settings, refused, today: dayOf(20) });
    expect(send).toHaveLength(2);
    expect(problems).toMatchObject([{ code: 'stock-missing', documents: [...refused] }]);
  });
});
