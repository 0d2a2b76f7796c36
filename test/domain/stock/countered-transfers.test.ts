/** Transfers that somebody made by hand, and their counters: units go back to where they were, and nothing is booked out of nothing. */
import { expect, test } from '@jest/globals';
import { externalIdOf } from '../../../src/domain/identifiers/external-id.ts';
import { balance, ledgerRow, shopFlow, written, type StockFlow } from './stock-flow.ts';

const dayOf = (day: number): string => `2026-10-${String(day).padStart(2, '0')}`;
const at = (place: string) => ({ pool: 'us', place });

/** Ten mugs are sellable on both sides. */
function opened(): StockFlow {
  const flow = shopFlow();
  const before = '2026-09-30';
  flow.summarise(before, balance({ day: before, ending: 10 }));
  flow.run(dayOf(1));
  flow.open([{ pool: 'us', item: 'mug', place: 'sellable', units: 10 }]);
  flow.decisions.push({ kind: 'approveOpening', id: 'o', day: dayOf(1), pool: 'us', items: null });
  return flow;
}
/** A line of transfer 900 of the 8th; the other one is at the warehouse, or wherever else stock does not look, where no more are moved. */
const moved = (flow: StockFlow, location: string, units: number, line = 1, item = 'mug') =>
  flow.move({ netsuiteId: '900', line, type: 'InvTrnfr', externalId: null, day: dayOf(8), item, location, units });
const ours = (flow: StockFlow, key: string) => flow.facts.internalIds.get(`AMZ_demo_TRF_${key}_1`)!;
const standing = (flow: StockFlow, day: number) => {
  const found = flow.equations(dayOf(day)).find(({ place }) => place === 'sellable')!;
  return [found.netsuite, Object.fromEntries(Object.entries(found.terms).filter(([, units]) => units !== 0))];
};
const quiet = { problems: [], documents: [] };

test.each([
  ['into transit out of the warehouse', 'us-3', 10, at('inTransit'), at('elsewhere')],
  ['out of sellable into the warehouse', 'us-1', -3, at('elsewhere'), at('sellable')],
  ['home, out of removal', 'us-4', -3, at('elsewhere'), at('removal')],
])('one %s goes back there', (_, location, units, from, to) => {
  const flow = opened();
  moved(flow, location, units);
  expect(flow.run(dayOf(9)).problems).toMatchObject([{ code: 'movement-foreign', key: '900', units }]);
  flow.explain('900', dayOf(10));
  const { documents } = flow.run(dayOf(10));
  expect(documents.map(written)).toEqual([`TRF us-c900: mug ${Math.abs(units)}`]);
  expect(documents).toMatchObject([{ from, to, elsewhereOf: '900', day: dayOf(10), hold: null }]);
  expect(flow.places('mug', dayOf(10))).toBe('10 / 0 / 0');
  expect(standing(flow, 10)).toEqual([10, {}]);
  expect(flow.run(dayOf(11))).toMatchObject(quiet);
  expect(flow.run(dayOf(30))).toMatchObject(quiet);
});

test('one between two places of ours goes back by one transfer, which names no other location', () => {
  const flow = opened();
  moved(flow, 'us-1', -3);
  moved(flow, 'us-2', 3, 2);
  flow.explain('900', dayOf(10));
  const { documents } = flow.run(dayOf(10));
  expect(documents.map(written)).toEqual(['TRF us-c900: mug 3']);
  expect(documents).toMatchObject([{ from: at('unsellable'), to: at('sellable') }]);
  expect(documents[0]).not.toHaveProperty('elsewhereOf');
  expect(flow.places('mug', dayOf(10))).toBe('10 / 0 / 0');
  expect(standing(flow, 10)).toEqual([10, {}]);
  expect(flow.run(dayOf(11))).toMatchObject(quiet);
});

test('one that answers a row at one of two places of ours leaves the other, which is adjusted: nothing came of those units', () => {
  const flow = opened();
  const [row] = flow.addRows(ledgerRow({ day: dayOf(8), eventType: 'Mystery', quantity: -3 }));
  moved(flow, 'us-1', -3);
  moved(flow, 'us-2', 3, 2);
  flow.explain('900', dayOf(9), [row!.id]);
  flow.explain('900', dayOf(10));
  expect(flow.run(dayOf(10)).documents.map(written)).toEqual(['ADJ us-c900: mug -3 unsellable']);
  expect(flow.places('mug', dayOf(10))).toBe('7 / 0 / 0');
});

test('several lines of an item go back as one, those of another item beside it', () => {
  const flow = opened();
  moved(flow, 'us-3', 4);
  moved(flow, 'us-3', 2, 2);
  moved(flow, 'us-3', 5, 3, 'cup');
  flow.explain('900', dayOf(10));
  expect(flow.run(dayOf(10)).documents.map(written)).toEqual(['TRF us-c900: cup 5, mug 6']);
  expect(flow.run(dayOf(11))).toMatchObject(quiet);
});

test('what its author adds after the counter is asked for, and goes back by itself', () => {
  const flow = opened();
  moved(flow, 'us-1', -3);
  flow.explain('900', dayOf(10));
  flow.run(dayOf(10));
  flow.edit('900', -5);
  expect(flow.run(dayOf(11)).problems).toMatchObject([{ code: 'movement-foreign', key: '900', units: -2 }]);
  expect(standing(flow, 11)).toEqual([8, { foreign: 2 }]);
  flow.explain('900', dayOf(12));
  expect(flow.run(dayOf(12)).documents.map(written)).toEqual(['TRF us-c900 2: mug 2']);
  expect(standing(flow, 12)).toEqual([10, {}]);
});

test('deleted after its counter, that one is alone, and goes back to the location that it names itself', () => {
  const flow = opened();
  moved(flow, 'us-1', -3);
  flow.explain('900', dayOf(10));
  flow.run(dayOf(10));
  flow.edit('900', 0);
  const counter = ours(flow, 'us-c900');
  expect(flow.run(dayOf(11)).problems).toMatchObject([{ code: 'movement-foreign', key: counter, units: 3 }]);
  flow.explain(counter, dayOf(12));
  const { documents } = flow.run(dayOf(12));
  expect(documents.map(written)).toEqual([`TRF us-c${counter}: mug 3`]);
  expect(documents).toMatchObject([{ from: at('sellable'), to: at('elsewhere'), elsewhereOf: counter }]);
  expect(flow.places('mug', dayOf(12))).toBe('10 / 0 / 0');
  expect(standing(flow, 12)).toEqual([10, {}]);
  expect(flow.run(dayOf(13))).toMatchObject(quiet);
});

test('a counter that somebody deleted is made once more, out of where what it counters brought its units', () => {
  const flow = opened();
  moved(flow, 'us-1', -3);
  flow.explain('900', dayOf(10));
  const [counter] = flow.run(dayOf(10)).documents;
  const id = flow.alter(externalIdOf(counter!.key), null);
  expect(standing(flow, 11)).toEqual([7, { foreign: 3 }]);
  flow.explain(id, dayOf(12));
  const { documents } = flow.run(dayOf(12));
  expect(documents.map(written)).toEqual([`TRF us-c${id}: mug 3`]);
  expect(documents).toMatchObject([{ from: at('elsewhere'), to: at('sellable'), elsewhereOf: '900' }]);
  expect(standing(flow, 12)).toEqual([10, {}]);
  expect(flow.run(dayOf(13))).toMatchObject(quiet);
});

test('one of ours that somebody sent to the warehouse is put right out of there', () => {
  const flow = opened();
  flow.addRows(
    ledgerRow({ day: dayOf(3), reason: 'E', quantity: -3 }),
    ledgerRow({ day: dayOf(3), reason: 'P', quantity: 3, disposition: 'DEFECTIVE' }),
  );
  expect(flow.run(dayOf(7)).documents.map(written)).toEqual(['TRF us-20261003-sellable-unsellable: mug 3']);
  const id = flow.alter('AMZ_demo_TRF_us-20261003-sellable-unsellable_1', [
    { place: 'sellable', item: 'mug', units: -3 },
  ]);
  flow.explain(id, dayOf(8));
  const { documents } = flow.run(dayOf(8));
  expect(documents.map(written)).toEqual([`TRF us-c${id}: mug 3`]);
  expect(documents).toMatchObject([{ from: at('elsewhere'), to: at('unsellable'), elsewhereOf: id }]);
  expect(flow.places('mug', dayOf(8))).toBe('7 / 3 / 0');
  expect(flow.run(dayOf(9))).toMatchObject(quiet);
});
