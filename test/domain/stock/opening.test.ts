import { describe, expect, test } from '@jest/globals';
import type { LedgerRow } from '../../../src/domain/stock/stock-facts.ts';
import { balance, ledgerRow, shopFlow, written, type StockFlow } from './stock-flow.ts';

const BEFORE = '2026-09-30';
const shipped = (day: string): LedgerRow => ledgerRow({ day, eventType: 'Shipments', quantity: -1 });
const fulfilled = (flow: StockFlow, netsuiteId: string, day: string) =>
  flow.move({ netsuiteId, day, item: 'mug', units: -1 });

/** Amazon has 50 at the end of September; nothing of it is read before `read`. */
function opened(netsuite: number, read: (flow: StockFlow) => void = () => undefined): StockFlow {
  const flow = shopFlow();
  read(flow);
  flow.summarise(BEFORE, balance({ day: BEFORE, ending: 50 }));
  flow.run('2026-10-01');
  flow.open([{ pool: 'us', item: 'mug', place: 'sellable', units: netsuite }]);
  flow.decisions.push({ kind: 'approveOpening', id: '1', day: '2026-10-02', pool: 'us', items: null });
  return flow;
}
const documents = (flow: StockFlow, day: string) => flow.run(day).documents.map(written);
const termsOf = (flow: StockFlow, day: string) => flow.equations(day).map(({ terms }) => terms);

describe('the opening', () => {
  test.each<[number, string[]]>([
    [47, ['ADJ us-opening: mug +3 sellable @6.00']],
    [50, []],
    [54, ['ADJ us-opening: mug -4 sellable']],
  ])('NetSuite holds %d: the difference to 50', (units, expected) => {
    const flow = opened(units);
    const plan = flow.run('2026-10-02');
    expect(plan.documents.map(written)).toEqual(expected);
    for (const document of plan.documents)
      expect(document).toMatchObject({ day: '2026-10-01', role: 'opening-balance', hold: null });
    expect(documents(flow, '2026-10-03')).toEqual([]);
  });

  test('is taken once the summary of the day before is there', () => {
    const flow = shopFlow();
    expect(flow.run('2026-10-01').opening).toBeNull();
    flow.summarise(BEFORE, balance({ day: BEFORE, ending: 50, inTransit: 2 }));
    expect(flow.run('2026-10-01').opening).toMatchObject({
      amazon: [{ pool: 'us', sku: 'MUG', place: 'sellable', units: 52 }],
      netsuite: [],
    });
    expect(flow.run('2026-10-01').opening).toBeNull();
  });

  test('waits for its approval, by item; in `posting: plan` it does not; rows do not wait for it', () => {
    const flow = opened(47);
    flow.decisions = [];
    flow.addRows(ledgerRow({ day: '2026-10-02', reason: 'M', quantity: -1 }));
    expect(documents(flow, '2026-10-20')).toEqual(['ADJ us-20261002-inventory-loss: mug -1 sellable']);
    flow.summarise('2026-10-02', balance({ day: '2026-10-02', ending: 49 }));
    expect(termsOf(flow, '2026-10-20')).toEqual([{ opening: 3, waiting: 0, ahead: 0, foreign: 0, gap: 0 }]);
    flow.decisions.push({ kind: 'approveOpening', id: '1', day: '2026-10-20', pool: 'us', items: ['cup'] });
    expect(documents(flow, '2026-10-20')).toEqual([]);
    const planning = shopFlow({ posting: 'plan' });
    planning.summarise(BEFORE, balance({ day: BEFORE, ending: 50 }));
    planning.run('2026-10-01');
    planning.open([]);
    expect(documents(planning, '2026-10-01')).toEqual(['ADJ us-opening: mug +50 sellable @6.00']);
  });

  test('holds what is under way of shipments, and they do not leave the warehouse again', () => {
    const flow = shopFlow(
      {},
      {
        inbound: [
          {
            shipmentId: 'FBA1',
            name: '',
            pool: 'us',
            destination: '',
            status: 'RECEIVING',
            items: [{ sku: 'PACK', fnsku: 'X3', shipped: 10, received: 4 }],
            sent: '2026-09-20',
            closed: null,
          },
        ],
      },
    );
    // Before Amazon's side of it has come, too.
    expect(flow.run('2026-10-01').documents).toEqual([]);
    flow.summarise(BEFORE);
    flow.run('2026-10-01');
    flow.open([{ pool: 'us', item: 'mug', place: 'inTransit', units: 15 }]);
    flow.decisions.push({ kind: 'approveOpening', id: '1', day: '2026-10-01', pool: 'us', items: null });
    expect(documents(flow, '2026-10-01')).toEqual(['ADJ us-opening: mug +3 inTransit @6.00']);
    flow.addRows(
      ledgerRow({ day: '2026-10-03', eventType: 'Receipts', reference: 'FBA1', sku: 'PACK', fnsku: 'X3', quantity: 7 }),
    );
    const plan = flow.run('2026-10-03');
    expect(plan.documents.map(written)).toEqual(['TRF FBA1-20261003-inTransit-sellable: mug 18']);
    expect(plan.problems).toMatchObject([{ code: 'inbound-over', units: 3 }]);
  });

  test('of what has no item is no figure, and raised', () => {
    const flow = shopFlow();
    flow.summarise(BEFORE, balance({ day: BEFORE, sku: 'NEW', fnsku: 'X9', ending: 5 }));
    flow.run('2026-10-01');
    flow.open([]);
    flow.decisions.push({ kind: 'approveOpening', id: '1', day: '2026-10-01', pool: 'us', items: null });
    expect(flow.run('2026-10-01')).toMatchObject({
      documents: [],
      problems: [{ code: 'sku-unknown', sku: 'NEW', units: 5 }],
    });
    flow.facts.mappings.push({ sku: 'NEW', decided: '2026-10-04', item: 'cup', units: 1, members: null });
    expect(documents(flow, '2026-10-05')).toEqual(['ADJ us-opening: cup +5 sellable @4.00']);
  });
});

test('what is found after the approval of all is above no limit that nobody saw; named, it is decided', () => {
  const flow = shopFlow();
  flow.summarise(
    BEFORE,
    balance({ day: BEFORE, ending: 300 }),
    balance({ day: BEFORE, sku: 'NEW', fnsku: 'X9', ending: 500 }),
  );
  flow.run('2026-10-01');
  flow.open([]);
  flow.decisions.push({ kind: 'approveOpening', id: '1', day: '2026-10-01', pool: 'us', items: null });
  // 300 mugs were there to be seen.
  expect(flow.run('2026-10-01').documents.map(({ hold }) => hold)).toEqual([null]);
  flow.facts.mappings.push({ sku: 'NEW', decided: '2026-10-04', item: 'cup', units: 1, members: null });
  const found = flow.run('2026-10-05');
  expect(found.documents.map((one) => [written(one), one.hold])).toEqual([
    ['ADJ us-opening 2: cup +500 sellable @4.00 (held)', 'adjustment-large'],
  ]);
  expect(found.problems).toMatchObject([{ code: 'adjustment-large', units: 500 }]);
});

describe('a pair astride the first day', () => {
  test('shipped before it, fulfilled on it: both count as dated that day, the opening has neither', () => {
    // Amazon's 50 are without the unit, NetSuite's 51 with it: no difference.
    const flow = opened(51, (one) => {
      one.addRows(shipped('2026-09-29'));
      fulfilled(one, 'a', '2026-10-01');
    });
    expect(documents(flow, '2026-10-05')).toEqual([]);
    expect(flow.kept.answers).toMatchObject([{ astride: { inOpening: 'row' } }]);
    expect(flow.places('mug', '2026-10-05')).toBe('50 / 0 / 0');
    expect(termsOf(flow, '2026-10-05')).toEqual([{ opening: 0, waiting: 0, ahead: 0, foreign: 0, gap: 0 }]);
  });

  test('fulfilled before it, shipped on it', () => {
    const flow = opened(49, (one) => fulfilled(one, 'a', '2026-09-29'));
    flow.addRows(shipped('2026-10-01'));
    flow.summarise('2026-10-01', balance({ day: '2026-10-01', ending: 49 }));
    expect(documents(flow, '2026-10-05')).toEqual([]);
    expect(termsOf(flow, '2026-10-05')).toEqual([{ opening: 0, waiting: 0, ahead: 0, foreign: 0, gap: 0 }]);
  });

  test('both before it are in the opening, and answer nothing more', () => {
    const flow = opened(50, (one) => {
      one.addRows(shipped('2026-09-29'));
      fulfilled(one, 'a', '2026-09-30');
    });
    expect(documents(flow, '2026-10-30')).toEqual([]);
    expect(flow.run('2026-10-30').problems).toEqual([]);
  });

  test('found once the opening is booked: its next part', () => {
    const flow = opened(51, (one) => one.addRows(shipped('2026-09-29')));
    expect(documents(flow, '2026-10-01')).toEqual(['ADJ us-opening: mug -1 sellable']);
    fulfilled(flow, 'a', '2026-10-02');
    expect(documents(flow, '2026-10-03')).toEqual(['ADJ us-opening 2: mug +1 sellable @6.00']);
    expect(flow.places('mug', '2026-10-03')).toBe('50 / 0 / 0');
    expect(termsOf(flow, '2026-10-03')).toEqual([{ opening: 0, waiting: 0, ahead: 0, foreign: 0, gap: 0 }]);
    // Before its day the fulfilment is not there, and the row waits for it.
    expect(termsOf(flow, '2026-10-01')).toEqual([{ opening: 0, waiting: -1, ahead: 0, foreign: 0, gap: 0 }]);
  });
});

describe('what is dated before the first day and appears later', () => {
  test('counts as dated that day where somebody else made it', () => {
    const flow = opened(50);
    flow.run('2026-10-02');
    flow.move({ netsuiteId: 'x', type: 'InvAdjst', externalId: null, day: '2026-09-28', item: 'mug', units: -2 });
    expect(flow.run('2026-10-03').problems).toMatchObject([{ code: 'movement-foreign', units: -2 }]);
    expect(termsOf(flow, '2026-10-03')).toEqual([{ opening: 0, waiting: 0, ahead: 0, foreign: 2, gap: 0 }]);
  });

  test('is taken back by the next part of the opening where the order flow made it', () => {
    const flow = opened(51);
    expect(documents(flow, '2026-10-02')).toEqual(['ADJ us-opening: mug -1 sellable']);
    fulfilled(flow, 'late', '2026-09-20');
    expect(documents(flow, '2026-10-03')).toEqual(['ADJ us-opening 2: mug +1 sellable @6.00']);
    expect(flow.places('mug', '2026-10-03')).toBe('50 / 0 / 0');
    expect(flow.run('2026-10-30')).toMatchObject({ documents: [], problems: [] });
    expect(termsOf(flow, '2026-10-30')).toEqual([{ opening: 0, waiting: 0, ahead: 0, foreign: 0, gap: 0 }]);
  });

  test('a row counts as dated that day, and the gap that it makes is named', () => {
    const flow = opened(50);
    flow.run('2026-10-02');
    flow.addRows(ledgerRow({ day: '2026-09-28', reason: 'M', quantity: -2 }));
    expect(flow.run('2026-10-03').documents).toMatchObject([{ day: '2026-10-01', role: 'inventory-loss' }]);
    expect(termsOf(flow, '2026-10-03')).toEqual([{ opening: 0, waiting: 0, ahead: 0, foreign: 0, gap: 2 }]);
  });
});
