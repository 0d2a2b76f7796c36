import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { squareStock } from '../../../src/activities/stock/square-stock.ts';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import { openPlannedStock, row, type PlannedStock } from './planned-stock.ts';

let postgres: FreshPostgres;
let shop: PlannedStock;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
beforeEach(async () => {
  shop = await openPlannedStock(postgres);
});
afterAll(() => postgres?.stop());

const LOSS = 'ADJ us-20261010-inventory-loss';

/** Opened with 70 on both sides; two mugs are lost on 10 October, one is shipped on the 11th, and all of it is settled. */
async function settled(): Promise<{ loss: string }> {
  await shop.moves('100', { day: '2026-08-01', units: 70 });
  await shop.goTo('2026-10-05T12:00:00Z');
  await shop.opens(70);
  await shop.plan();
  await shop.decide({ kind: 'approveOpening', pool: 'us', items: null });
  await shop.run();
  const [loss] = await shop.tells(
    row({ day: '2026-10-10', quantity: -2 }),
    row({ day: '2026-10-11', quantity: -1, eventType: 'Shipments', reason: '' }),
  );
  await shop.moves('200', { day: '2026-10-11', units: -1, type: 'ItemShip' });
  await shop.goTo('2026-10-20T12:00:00Z');
  await shop.summarise('2026-10-18', { '2026-10-10': 68, '2026-10-11': 67 });
  expect(await shop.run()).toEqual([LOSS]);
  expect(await shop.stands('2026-10-18')).toEqual({ amazon: 67, netsuite: 67 });
  expect(await shop.answers()).toEqual({ all: 2, settled: 2 });
  return { loss: loss! };
}

describe('the equation', () => {
  test('is of no day before one is whole', async () => {
    expect(await squareStock(shop.connection, { connection: shop.name })).toEqual({ day: null, agree: 0, all: 0 });
    await shop.goTo('2026-10-01T12:00:00Z');
    await shop.opens(70);
    await shop.plan();
    expect(await shop.square()).toEqual({ day: null, agree: 0, all: 0 });
  });

  test('names what waits, and agrees once it is posted; twice it says the same', async () => {
    await shop.goTo('2026-10-05T12:00:00Z');
    await shop.moves('100', { day: '2026-08-01', units: 70 });
    await shop.opens(70);
    await shop.plan();
    await shop.decide({ kind: 'approveOpening', pool: 'us', items: null });
    await shop.run();
    await shop.goTo('2026-10-14T12:00:00Z');
    await shop.tells(row({ day: '2026-10-10', quantity: -2 }));
    await shop.summarise('2026-10-12', { '2026-10-10': 68 });
    await shop.plan();
    expect(await shop.square()).toEqual({ day: '2026-10-12', agree: 0, all: 2 - 1 });
    expect(await shop.stands('2026-10-12')).toEqual({ amazon: 68, netsuite: 70, waiting: -2 });
    await shop.run();
    expect(await shop.square()).toEqual({ day: '2026-10-12', agree: 1, all: 1 });
    expect(await shop.square()).toEqual({ day: '2026-10-12', agree: 1, all: 1 });
    expect(await shop.stands('2026-10-12')).toEqual({ amazon: 68, netsuite: 68 });
  });
});

test('each day has figures of its own, though no run had it as its last whole one, and most of it is settled', async () => {
  await settled();
  expect(await shop.stands('2026-10-09')).toEqual({ amazon: 70, netsuite: 70 });
  expect(await shop.stands('2026-10-10')).toEqual({ amazon: 68, netsuite: 68 });
  expect(await shop.stands('2026-10-11')).toEqual({ amazon: 67, netsuite: 67 });
});

describe('what is settled', () => {
  test('what a person lets go later is in the days of its date, late rows as well', async () => {
    await settled();
    await shop.goTo('2026-10-21T12:00:00Z');
    await shop.tells(row({ day: '2026-10-12', quantity: -200 }), row({ day: '2026-10-13', quantity: -1, reason: 'D' }));
    await shop.summarise('2026-10-19', { '2026-10-12': 67 - 200, '2026-10-13': 66 - 200 });
    expect(await shop.run()).toEqual(['ADJ us-20261013-inventory-loss']);
    const large = 'ADJ us-20261012-inventory-loss';
    expect(await shop.stands('2026-10-12')).toEqual({ amazon: -133, netsuite: 67, waiting: -200 });
    await shop.decide({ kind: 'approveAdjustment', document: `AMZ_${shop.name}_${large.replace(' ', '_')}_1` });
    expect(await shop.run()).toEqual([large]);
    expect(await shop.stands('2026-10-12')).toEqual({ amazon: -133, netsuite: -133 });
    expect(await shop.stands('2026-10-11')).toEqual({ amazon: 67, netsuite: 67 });
  });

  test('stays so, run after run, and its documents need not be looked at', async () => {
    await settled();
    await shop.run();
    expect(await shop.answers()).toEqual({ all: 2, settled: 2 });
    expect(await shop.stands('2026-10-18')).toEqual({ amazon: 67, netsuite: 67 });
  });

  test('opens again where a report takes a row back, and the opposite is answered', async () => {
    const { loss } = await settled();
    await shop.goTo('2026-10-21T12:00:00Z');
    await shop.takesBack(loss);
    await shop.summarise('2026-10-18', { '2026-10-10': 70, '2026-10-11': 69 });
    expect(await shop.run()).toEqual(['ADJ us-20261021-inventory-loss']);
    expect(await shop.documents()).toEqual([`${LOSS}: BLU-MUG -2`, 'ADJ us-20261021-inventory-loss: BLU-MUG 2']);
    // The row of the fulfilment stays as it was.
    expect(await shop.answers()).toEqual({ all: 3, settled: 1 });
    await shop.goTo('2026-10-24T12:00:00Z');
    await shop.summarise('2026-10-22');
    await shop.run();
    expect(await shop.stands('2026-10-22')).toEqual({ amazon: 69, netsuite: 69 });
    expect(await shop.open()).toEqual([]);
    // The row was taken back on the 21st: before that Amazon's balance is 2 above what its rows come to.
    expect(await shop.stands('2026-10-18')).toEqual({ amazon: 69, netsuite: 67, gap: 2 });
  });

  test('opens again where the fulfilment that answered it is deleted in NetSuite', async () => {
    await settled();
    await shop.moves('200');
    await shop.goTo('2026-10-20T13:00:00Z');
    expect(await shop.plan()).toMatchObject({ documents: 0, waiting: 1 });
    await shop.square();
    expect(await shop.stands('2026-10-18')).toEqual({ amazon: 67, netsuite: 68, waiting: -1 });
    expect(await shop.open()).toEqual([expect.stringMatching(/^shipment-unbooked /)]);
  });

  test('opens again where the fulfilment is changed, and what is too much of it is open', async () => {
    await settled();
    await shop.moves('200', { day: '2026-10-11', units: -3, type: 'ItemShip' });
    await shop.run();
    expect(await shop.stands('2026-10-18')).toEqual({ amazon: 67, netsuite: 65, foreign: 2 });
  });

  test('a document of ours that is deleted is a movement of somebody else by its units, and countered as such', async () => {
    await settled();
    const id = await shop.netsuiteIdOf(LOSS);
    await shop.moves(id);
    await shop.run();
    expect(await shop.stands('2026-10-18')).toEqual({ amazon: 67, netsuite: 69, foreign: -2 });
    expect(await shop.open()).toEqual([`movement-foreign ${id}`]);
    expect(await shop.documents()).toEqual([`${LOSS}: BLU-MUG -2`]);
    await shop.decide({ kind: 'explainForeign', document: id, choice: 'counter', rows: [] });
    expect(await shop.run()).toEqual([`ADJ us-c${id}`]);
    expect(await shop.documents()).toEqual([`${LOSS}: BLU-MUG -2`, `ADJ us-c${id}: BLU-MUG -2`]);
    expect(await shop.open()).toEqual([]);
    await shop.run();
    expect(await shop.documents()).toHaveLength(2);
    // The counter is dated the day of the decision: on the days before it stays what somebody did.
    await shop.goTo('2026-10-24T12:00:00Z');
    await shop.summarise('2026-10-22');
    await shop.run();
    expect(await shop.stands('2026-10-22')).toEqual({ amazon: 67, netsuite: 67 });
    expect(await shop.stands('2026-10-18')).toEqual({ amazon: 67, netsuite: 69, foreign: -2 });
    expect(await shop.stands('2026-10-09')).toEqual({ amazon: 70, netsuite: 70 });
  });

  test('a document of ours that is changed is foreign by the difference', async () => {
    await settled();
    const id = await shop.netsuiteIdOf(LOSS);
    const externalId = `AMZ_${shop.name}_ADJ_us-20261010-inventory-loss_1`;
    await shop.moves(id, { day: '2026-10-10', units: -5, externalId });
    await shop.run();
    await shop.run();
    expect(await shop.stands('2026-10-18')).toEqual({ amazon: 67, netsuite: 64, foreign: 3 });
    expect(await shop.open()).toEqual([`movement-foreign ${id}`]);
    // And back.
    await shop.moves(id, { day: '2026-10-10', units: -2, externalId });
    await shop.run();
    expect(await shop.stands('2026-10-18')).toEqual({ amazon: 67, netsuite: 67 });
    expect(await shop.open()).toEqual([]);
  });

  test('a document of ours that somebody dates otherwise counts on the day on which NetSuite has it', async () => {
    await settled();
    const id = await shop.netsuiteIdOf(LOSS);
    const externalId = `AMZ_${shop.name}_ADJ_us-20261010-inventory-loss_1`;
    await shop.moves(id, { day: '2026-10-15', units: -2, externalId });
    await shop.run();
    expect(await shop.stands('2026-10-10')).toEqual({ amazon: 68, netsuite: 70, waiting: -2 });
    expect(await shop.stands('2026-10-15')).toEqual({ amazon: 67, netsuite: 67 });
    expect(await shop.stands('2026-10-18')).toEqual({ amazon: 67, netsuite: 67 });
    // And beyond the last whole day.
    await shop.moves(id, { day: '2026-10-19', units: -2, externalId });
    await shop.run();
    expect(await shop.stands('2026-10-18')).toEqual({ amazon: 67, netsuite: 69, waiting: -2 });
    expect(await shop.open()).toEqual(['movement-foreign 9001']);
  });

  test('a line of a document of ours that is taken out opens the rows of all of it', async () => {
    await settled();
    await shop.goTo('2026-10-22T12:00:00Z');
    await shop.tells(row({ day: '2026-10-19', quantity: -1 }), row({ day: '2026-10-19', quantity: -4, reason: 'D' }));
    await shop.summarise('2026-10-20', { '2026-10-19': 62 });
    await shop.run();
    await shop.goTo('2026-10-25T12:00:00Z');
    await shop.summarise('2026-10-22');
    await shop.run();
    expect(await shop.answers()).toEqual({ all: 4, settled: 4 });
    const name = 'ADJ us-20261019-inventory-loss';
    const id = await shop.netsuiteIdOf(name);
    expect(await shop.documents()).toContain(`${name}: BLU-MUG -4, BLU-MUG -1`);
    await shop.moves(id, {
      day: '2026-10-19',
      units: -4,
      externalId: `AMZ_${shop.name}_ADJ_us-20261019-inventory-loss_1`,
    });
    await shop.run();
    expect(await shop.stands('2026-10-22')).toEqual({ amazon: 62, netsuite: 63, foreign: -1 });
    expect(await shop.open()).toEqual([`movement-foreign ${id}`]);
  });
});
