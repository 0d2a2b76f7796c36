import { describe, expect, test } from '@jest/globals';
import { Balances } from '../../../src/domain/stock/balances.ts';
import { completeDays, hasPassed } from '../../../src/domain/stock/day-complete.ts';
import type { LedgerBalance, LedgerRow } from '../../../src/domain/stock/stock-facts.ts';
import { balance, ledgerRow, StockFlow, US, written } from './stock-flow.ts';

const DAY = '2026-10-05';
const shipped = (changes: Partial<LedgerRow> = {}): LedgerRow =>
  ledgerRow({ day: DAY, eventType: 'Shipments', quantity: -1, ...changes });
const moved = shipped({ eventType: 'WhseTransfers' });
const before = balance({ day: '2026-10-01', ending: 10 });

describe('a day is complete', () => {
  test.each<[boolean, string, LedgerRow[], LedgerBalance[]]>([
    [true, 'its rows are the change', [shipped(), shipped()], [before, balance({ day: DAY, ending: 8 })]],
    [false, 'a row is missing', [shipped()], [before, balance({ day: DAY, ending: 8 })]],
    [false, 'there is a row and no change', [shipped()], [before]],
    [true, 'nothing happened that a balance shows', [moved], [before]],
    [
      true,
      'units are between centres, which is outside of the ending balance',
      [shipped()],
      [before, balance({ day: DAY, ending: 4, inTransit: 5 })],
    ],
    [
      true,
      'transfers between centres are told',
      [shipped({ eventType: 'WhseTransfers', quantity: -5 })],
      [before, balance({ day: DAY, ending: 5, inTransit: 5 })],
    ],
    [
      false,
      'the change is of another disposition',
      [shipped()],
      [before, balance({ day: DAY, disposition: 'DEFECTIVE', ending: -1 })],
    ],
    [false, 'the change is of another FNSKU', [shipped()], [before, balance({ day: DAY, fnsku: 'X2', ending: -1 })]],
    [
      true,
      'another country, which is in no pool of ours, does not agree',
      [moved],
      [balance({ day: DAY, country: 'JP', ending: 99 })],
    ],
  ])('%s: %s', (isComplete, _, rows, balances) => {
    const flow = new StockFlow();
    flow.addRows(...rows);
    const days = completeDays(flow.kept.rows, {
      pools: [US],
      balances: new Balances(balances),
      summarised: new Map([['us', new Set([DAY])]]),
      settled: [],
    });
    expect(days.has(`us ${DAY}`)).toBe(isComplete);
  });

  test('never before its summary was read', () => {
    const days = completeDays([], { pools: [US], balances: new Balances([]), summarised: new Map(), settled: [] });
    expect([...days]).toEqual([]);
  });
});

test('three days of grace end with the fourth day after it', () => {
  expect([hasPassed(DAY, 3, '2026-10-08'), hasPassed(DAY, 3, '2026-10-09')]).toEqual([false, true]);
});

describe('rows are posted', () => {
  const lost = ledgerRow({ day: DAY, reason: 'M', quantity: -2 });
  const flowWith = (...rows: LedgerRow[]) => {
    const flow = new StockFlow(
      {},
      { mappings: [{ sku: 'MUG', decided: '2026-09-01', item: 'mug', units: 1, members: null }] },
    );
    flow.addRows(...rows);
    return flow;
  };

  test('when the summary agrees', () => {
    const flow = flowWith(lost);
    expect(flow.run('2026-10-06').documents).toEqual([]);
    flow.summarise(DAY, before, balance({ day: DAY, ending: 8 }));
    expect(flow.run('2026-10-06').documents.map(written)).toEqual(['ADJ us-20261005-inventory-loss: mug -2 sellable']);
  });

  test('at the latest when grace has passed; later rows are the next part', () => {
    const flow = flowWith(lost);
    flow.summarise(DAY, before, balance({ day: DAY, ending: 7 }));
    expect(flow.run('2026-10-08').waiting).toMatchObject([{ reason: 'day-open', units: -2 }]);
    expect(flow.run('2026-10-09').documents.map(written)).toEqual(['ADJ us-20261005-inventory-loss: mug -2 sellable']);
    flow.addRows({ ...lost, quantity: -1 });
    expect(flow.run('2026-10-09').documents.map(written)).toEqual([
      'ADJ us-20261005-inventory-loss 2: mug -1 sellable',
    ]);
  });
});
