/**
 * Anybody may edit and delete anything in NetSuite, over and over, before and after it was decided: the equation holds, what
 * differs has an exception, nothing is booked that nobody asked for, and once all is decided NetSuite has what Amazon has.
 */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { externalIdOf } from '../../src/domain/identifiers/external-id.ts';
import { addDays } from '../../src/domain/money/instant.ts';
import { balance, ledgerRow, shopFlow, type StockFlow } from '../domain/stock/stock-flow.ts';
import { runs } from './runs.ts';

interface Step {
  what: 'enter' | 'edit' | 'delete' | 'alter' | 'take-out' | 'decide' | 'look';
  which: number;
  units: number;
}

const STEPS: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    what: fc.constantFrom<Step['what']>('enter', 'edit', 'delete', 'alter', 'take-out', 'decide', 'look'),
    which: fc.nat({ max: 7 }),
    units: fc.integer({ min: -9, max: 9 }).filter((units) => units !== 0),
  }),
  { maxLength: 25 },
);

/** 100 mugs on both sides, and two of them lost. */
function opened(): StockFlow {
  const flow = shopFlow();
  const before = '2026-09-30';
  flow.summarise(before, balance({ day: before, ending: 100 }));
  flow.run('2026-10-01');
  flow.open([{ pool: 'us', item: 'mug', place: 'sellable', units: 100 }]);
  flow.decisions.push({ kind: 'approveOpening', id: 'o', day: '2026-10-01', pool: 'us', items: null });
  flow.addRows(ledgerRow({ day: '2026-10-02', reason: 'M', quantity: -2 }));
  flow.summarise('2026-10-02', balance({ day: '2026-10-02', ending: 98, events: -2 }));
  flow.run('2026-10-06');
  return flow;
}

function carryOut(flow: StockFlow, { what, which, units }: Step, turn: number): void {
  const theirs = flow.facts.movements[which % Math.max(1, flow.facts.movements.length)];
  const own = flow.kept.documents[which % flow.kept.documents.length]!;
  if (what === 'enter')
    flow.move({
      netsuiteId: String(900 + turn),
      type: 'InvAdjst',
      externalId: null,
      day: '2026-10-08',
      item: 'mug',
      units,
    });
  else if (what === 'edit' && theirs !== undefined) flow.edit(theirs.netsuiteId, units);
  else if (what === 'delete' && theirs !== undefined) flow.edit(theirs.netsuiteId, 0);
  else if (what === 'alter') flow.alter(externalIdOf(own.key), [{ item: 'mug', place: 'sellable', units }]);
  else if (what === 'take-out') flow.alter(externalIdOf(own.key), null);
}

const mugs = (flow: StockFlow, day: string) =>
  flow.equations(day).find(({ item, place }) => item === 'mug' && place === 'sellable')!;

test('what anybody changes in NetSuite is named until it is decided, and books nothing by itself', () => {
  fc.assert(
    fc.property(STEPS, (steps) => {
      const flow = opened();
      let day = '2026-10-08';
      for (const [turn, step] of [...steps, ...Array<Step>(6).fill({ what: 'decide', which: 0, units: 0 })].entries()) {
        day = addDays(day, 1);
        carryOut(flow, step, turn);
        // Of a document that was planned today nothing was seen yet.
        const { problems, documents } = flow.run(day);
        expect(documents).toEqual([]);
        const foreign = problems.filter(({ code }) => code === 'movement-foreign');
        const { terms, amazon, netsuite } = mugs(flow, day);
        expect({ ...terms, foreign: 0 }).toEqual({ opening: 0, waiting: 0, ahead: 0, foreign: 0, gap: 0 });
        expect(foreign.reduce((sum, { units }) => sum + units!, 0)).toBe(netsuite - amazon);
        if (step.what !== 'decide') continue;
        for (const { key } of foreign) flow.explain(key, day);
        const decided = flow.run(day);
        expect(decided.problems).toEqual([]);
        expect(decided.documents.every(({ hold }) => hold === null)).toBe(true);
        expect(mugs(flow, day)).toMatchObject({ amazon: 98, netsuite: 98 });
        // The same once more adds nothing.
        for (const { key } of foreign) flow.explain(key, day);
        expect(flow.run(day)).toMatchObject({ documents: [], problems: [], offsets: [] });
      }
    }),
    runs(200),
  );
});
