import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { KeptRow } from '../../../src/domain/stock/kept-stock.ts';
import type { LedgerRow, NetSuiteMovement } from '../../../src/domain/stock/stock-facts.ts';
import { ledgerRow, poolNamed, shopFlow, US } from './stock-flow.ts';

const EU = poolNamed('eu', ['GB', 'DE']);
const DAY = '2026-10-10';
const shipped = (changes: Partial<LedgerRow> = {}): LedgerRow =>
  ledgerRow({ day: DAY, sku: 'MUG', eventType: 'Shipments', reason: '', reference: '', quantity: -1, ...changes });

/** Units of the item in one of each SKU, of the shop. */
const ITEMS: Record<string, Record<string, number>> = {
  MUG: { mug: 1 },
  PACK: { mug: 3 },
  CUP: { cup: 1 },
  SET: { mug: 1, cup: 2 },
};

/** The rule of stock.md by hand: per item, pool and day both sides in their order, each taking what the other has left. */
function byEqualDays(rows: readonly KeptRow[], movements: readonly NetSuiteMovement[]): string[] {
  const open = movements.map((one) => ({ ...one })).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const told: string[] = [];
  for (const row of [...rows].sort((a, b) => (a.id < b.id ? -1 : 1)))
    for (const [item, perSku] of Object.entries(ITEMS[row.sku]!)) {
      let left = row.quantity * perSku;
      for (const one of open) {
        const isSame = one.item === item && one.day === row.day && one.location === `${row.pool}-1`;
        const units = isSame ? Math.max(left, one.units) : 0;
        if (units === 0 || left === 0) continue;
        [left, one.units] = [left - units, one.units - units];
        told.push(`${row.id} ${item} ${units} ${keyOf(one)}`);
      }
    }
  return told.sort();
}
const keyOf = ({ netsuiteId, line }: { netsuiteId: string; line: number }): string => `${netsuiteId}:${line}`;

const row = fc.record({
  sku: fc.constantFrom('MUG', 'MUG', 'MUG', 'PACK', 'CUP', 'SET'),
  day: fc.constantFrom(DAY, DAY, '2026-10-11'),
  country: fc.constantFrom('US', 'US', 'GB'),
  quantity: fc.constantFrom(-1, -1, -2, -3),
  centre: fc.constantFrom('PHX7', 'LAX9'),
});
const line = fc.record({
  item: fc.constantFrom('mug', 'mug', 'cup'),
  day: fc.constantFrom(DAY, DAY, '2026-10-11'),
  location: fc.constantFrom('us-1', 'us-1', 'eu-1'),
  units: fc.constantFrom(-1, -1, -2, -3, -5),
});

describe('rows and fulfilments of one day', () => {
  test('are answered as the rule says, whether both sides come to the same or one has more', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 12 }), fc.array(line, { maxLength: 12 }), (rows, lines) => {
        const flow = shopFlow({ pools: [US, EU] });
        const kept = flow.addRows(...rows.map(shipped));
        for (const [at, one] of lines.entries()) flow.move({ netsuiteId: String(100 - at), ...one });
        const expected = byEqualDays(kept, flow.facts.movements);
        const { answers } = flow.run('2026-10-12');
        expect(
          answers
            .map(
              ({ row: id, item, units, by }) =>
                `${id} ${item} ${units} ${by.kind === 'movement' ? keyOf({ netsuiteId: by.document, line: by.line }) : by.kind}`,
            )
            .sort(),
        ).toEqual(expected);
        expect(flow.run('2026-10-12').answers).toEqual([]);
      }),
      { seed: 17, numRuns: 400 },
    );
  });

  test.each<[string, Partial<LedgerRow>, Partial<NetSuiteMovement>]>([
    ['of another day', { day: '2026-10-09' }, {}],
    ['of another pool', { country: 'GB' }, {}],
    ['from unsellable stock', { disposition: 'DEFECTIVE' }, {}],
    ['of a country in no pool', { country: 'JP' }, {}],
    ['of a SKU without an item', { sku: 'NEW' }, {}],
    ['beside an adjustment', {}, { type: 'InvAdjst', externalId: null }],
    ['beside a fulfilment from elsewhere', {}, { location: 'us-2' }],
  ])('a row %s is not answered', (_, changes, movement) => {
    const flow = shopFlow({ pools: [US, EU] });
    flow.addRows(shipped(changes));
    flow.move({ netsuiteId: '1', day: DAY, item: 'mug', units: -1, ...movement });
    expect(flow.run('2026-10-12').answers).toEqual([]);
  });

  test('nor one of an item that cannot be counted, or that the settings leave', () => {
    for (const [policy, uncountable] of [
      [{}, new Map([['mug', 'has lots']])],
      [{ leave: ['mug'] }, new Map<string, string>()],
    ] as const) {
      const flow = shopFlow(policy, { uncountable });
      flow.addRows(shipped());
      flow.move({ netsuiteId: '1', day: DAY, item: 'mug', units: -1 });
      expect(flow.run('2026-10-12').answers).toEqual([]);
    }
  });

  test('what a person has decided of a row comes first, and its fulfilment is left for another', () => {
    const flow = shopFlow();
    const [first, second] = flow.addRows(shipped(), shipped());
    flow.move({ netsuiteId: '1', day: DAY, item: 'mug', units: -1 });
    flow.move({ netsuiteId: '2', day: '2026-10-11', item: 'mug', units: -1 });
    flow.decisions = [{ kind: 'answerRows', id: 'd1', day: DAY, rows: [first!.id], role: 'inventory-loss' }];
    expect(flow.run('2026-10-12').answers).toMatchObject([
      { row: second!.id, by: { kind: 'movement', document: '1' } },
      { row: first!.id, by: { kind: 'document', document: 'AMZ_demo_ADJ_us-20261010-inventory-loss_1' } },
    ]);
  });
});
