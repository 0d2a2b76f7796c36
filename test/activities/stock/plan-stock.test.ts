import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { decideSku } from '../../../src/activities/decisions/decide.ts';
import { planStock } from '../../../src/activities/stock/plan-stock.ts';
import { stockItemView } from '../../../src/views/stock/stock-item-view.ts';
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

const NOTHING = {
  isBehind: false,
  documents: 0,
  send: [],
  more: false,
  close: [],
  complete: [],
  waiting: 0,
  problems: 0,
};
const POLICY = { startToClose: '60s', heartbeat: '5s', firstRetry: '1s', longestRetry: '1s' };
const APPROVED = { kind: 'approveOpening', pool: 'us', items: null } as const;

/** Amazon 70, NetSuite 68 at the end of 30 September. */
async function opened(): Promise<void> {
  await shop.moves('100', { day: '2026-08-01', units: 68 });
  await shop.goTo('2026-10-05T12:00:00Z');
  await shop.opens(70);
  await shop.plan();
  await shop.decide(APPROVED);
  expect(await shop.run()).toEqual(['ADJ us-opening']);
}
/** Two of 70 mugs are lost on 10 October. */
async function lost(): Promise<string> {
  await shop.goTo('2026-10-14T12:00:00Z');
  const [id] = await shop.tells(row({ day: '2026-10-10', quantity: -2 }));
  await shop.summarise('2026-10-12', { '2026-10-10': 68 });
  return id!;
}

describe('planning', () => {
  test('plans nothing before both sides were read', async () => {
    expect(await planStock(shop.connection, { connection: shop.name })).toEqual(NOTHING);
  });

  test('twice adds nothing, and names again what was not sent', async () => {
    await opened();
    await lost();
    const first = await shop.plan();
    expect(first).toEqual({
      ...NOTHING,
      documents: 1,
      send: [expect.stringContaining('_ADJ_us-20261010-inventory-loss_1')],
      complete: ['us 2026-10-10'],
    });
    expect(await shop.plan()).toEqual({ ...first, documents: 0 });
    expect(await shop.documents()).toEqual(['ADJ us-opening: BLU-MUG 2', 'ADJ us-20261010-inventory-loss: BLU-MUG -2']);
    expect(await shop.answers()).toMatchObject({ all: 1 });
    await shop.run();
    expect(await shop.plan()).toEqual(NOTHING);
  });

  test('two at once answer nothing twice', async () => {
    await opened();
    await lost();
    const both = await Promise.all([shop.plan(), shop.plan(), shop.plan()]);
    expect(both.map(({ documents }) => documents).sort()).toEqual([0, 0, 1]);
    expect(new Set(both.flatMap(({ send }) => send)).size).toBe(1);
    expect(await shop.answers()).toMatchObject({ all: 1 });
  });

  test('a line above the limit waits for a person, and is sent once he approved it', async () => {
    await opened();
    await shop.goTo('2026-10-14T12:00:00Z');
    await shop.tells(row({ day: '2026-10-10', quantity: -101 }));
    expect(await shop.plan()).toMatchObject({ documents: 1, send: [], problems: 1 });
    expect(await shop.open()).toEqual([expect.stringMatching(/^adjustment-large /)]);
    const [, held] = await shop.documents();
    expect(held).toBe('ADJ us-20261010-inventory-loss: BLU-MUG -101');
    await shop.decide({
      kind: 'approveAdjustment',
      document: `AMZ_${shop.name}_ADJ_us-20261010-inventory-loss_1`,
    });
    expect(await shop.run()).toEqual(['ADJ us-20261010-inventory-loss']);
    expect(await shop.open()).toEqual([]);
  });
});

describe('the opening', () => {
  test('waits for its approval, and reads the stand of NetSuite then', async () => {
    await shop.moves('100', { day: '2026-08-01', units: 68 });
    await shop.goTo('2026-10-05T12:00:00Z');
    await shop.opens(70);
    expect(await shop.plan()).toMatchObject({ documents: 0, send: [] });
    // Before anybody approves, NetSuite is mended: one more on a day of before.
    await shop.moves('101', { day: '2026-09-15', units: 1 });
    await shop.decide(APPROVED);
    await shop.run();
    expect(await shop.documents()).toEqual(['ADJ us-opening: BLU-MUG 1']);
    await shop.summarise('2026-10-03');
    await shop.square();
    expect(await shop.stands('2026-10-03')).toEqual({ amazon: 70, netsuite: 70 });
    expect(await shop.open()).toEqual([]);
  });

  test('knows what has not moved for months from the summary by months', async () => {
    await shop.slow('TEA', 5, '2026-06-30');
    await opened();
    expect(await shop.documents()).toEqual(['ADJ us-opening: BLU-MUG 2, TEA 5']);
  });

  test.each([
    ['is changed', 71, 3],
    ['is changed to less', 66, -2],
  ])('a document of before that %s is a movement of somebody else by the difference', async (_, units, difference) => {
    await opened();
    await shop.summarise('2026-10-03');
    await shop.moves('100', { day: '2026-08-01', units });
    await shop.run();
    expect(await shop.documents()).toEqual(['ADJ us-opening: BLU-MUG 2']);
    expect(await shop.stands('2026-10-03')).toEqual({
      amazon: 70,
      netsuite: 70 + difference,
      foreign: -difference,
    });
    expect(await shop.open()).toEqual(['movement-foreign before-2026-10-01-BLU-MUG']);
  });

  test('a document of before that is deleted is one too, and so is one that is entered late', async () => {
    await opened();
    await shop.summarise('2026-10-03');
    await shop.moves('100');
    await shop.run();
    expect(await shop.stands('2026-10-03')).toEqual({ amazon: 70, netsuite: 2, foreign: 68 });
    await shop.moves('102', { day: '2026-07-01', units: 60 });
    await shop.run();
    expect(await shop.stands('2026-10-03')).toEqual({ amazon: 70, netsuite: 62, foreign: 8 });
    expect(await shop.open()).toEqual(['movement-foreign 102', 'movement-foreign before-2026-10-01-BLU-MUG']);
    // Both are countered, by what they moved, and nothing is left.
    await shop.decide({ kind: 'explainForeign', document: '102', choice: 'counter', rows: [] });
    await shop.decide({
      kind: 'explainForeign',
      document: 'before-2026-10-01-BLU-MUG',
      choice: 'counter',
      rows: [],
    });
    await shop.run();
    expect(await shop.documents()).toEqual([
      'ADJ us-opening: BLU-MUG 2',
      'ADJ us-c102: BLU-MUG -60',
      'ADJ us-cbefore-2026-10-01-BLU-MUG: BLU-MUG 68',
    ]);
    await shop.run();
    expect(await shop.open()).toEqual([]);
    expect(await shop.documents()).toHaveLength(3);
  });
});

describe('a counter that is planned, and not sent', () => {
  const counter = (document: string) => shop.decide({ kind: 'explainForeign', document, choice: 'counter', rows: [] });

  test('goes once NetSuite has no longer what it counters, and with it what was raised about it', async () => {
    await opened();
    await shop.moves('200', { day: '2026-10-08', units: -3 }, { line: 2, day: '2026-10-08', item: 'TEA', units: -1 });
    await shop.goTo('2026-10-09T12:00:00Z');
    await counter('200');
    const { send } = await shop.plan();
    expect(await shop.documents()).toEqual(['ADJ us-opening: BLU-MUG 2', 'ADJ us-c200: BLU-MUG 3, TEA 1']);
    const subject = { kind: 'document', id: send[0]! } as const;
    const about = { subject, evidence: { what: 'refused', atStake: null, currency: null } };
    await shop.connection.raise({ code: 'netsuite-refused', ...about, remedy: { kind: 'look', where: 'there' } });
    // Of two lines one is left: that is countered all the same.
    await shop.moves('200', { line: 2, day: '2026-10-08', item: 'TEA', units: -1 });
    await shop.goTo('2026-10-09T13:00:00Z');
    await shop.plan();
    expect(await shop.documents()).toEqual(['ADJ us-opening: BLU-MUG 2', 'ADJ us-c200: TEA 1']);
    expect(await shop.open()).toEqual([]);
    await shop.moves('200');
    await shop.goTo('2026-10-09T14:00:00Z');
    expect(await shop.plan()).toMatchObject({ send: [], problems: 0 });
    expect(await shop.documents()).toEqual(['ADJ us-opening: BLU-MUG 2']);
  });

  test('says for what it stands ahead where what it counters was dated later in NetSuite', async () => {
    await opened();
    await shop.moves('200', { day: '2026-10-08', units: -3 });
    await shop.goTo('2026-10-09T12:00:00Z');
    await counter('200');
    await shop.run();
    await shop.moves('200', { day: '2026-11-20', units: -3 });
    await shop.goTo('2026-10-14T12:00:00Z');
    await shop.summarise('2026-10-12');
    await shop.run();
    expect(await shop.stands('2026-10-12')).toEqual({ amazon: 70, netsuite: 73, ahead: -3 });
    const source = { store: { db: shop.connection.db }, world: { temporal: { uiUrl: null }, simulators: {} } };
    const { items } = (await stockItemView(source, shop.connection.settings, 'BLU-MUG'))!;
    const [part] = items[0]!.places[0]!.steps.find(({ term }) => term === 'ahead')!.parts;
    expect(part).toMatchObject({
      units: -3,
      because: expect.stringMatching(/^counters 200, which somebody has dated 20 Nov 2026 in NetSuite/),
    });
  });

  test('stays where it takes back another one that stands alone', async () => {
    await opened();
    await shop.moves('200', { day: '2026-10-08', units: -3 });
    await shop.goTo('2026-10-09T12:00:00Z');
    await counter('200');
    expect(await shop.run()).toEqual(['ADJ us-c200']);
    await shop.moves('200');
    await shop.goTo('2026-10-10T12:00:00Z');
    await shop.plan();
    const alone = await shop.netsuiteIdOf('ADJ us-c200');
    expect(await shop.open()).toEqual([`movement-foreign ${alone}`]);
    const gone = { document: '200', line: 1, pool: 'us', place: 'sellable', item: 'BLU-MUG', units: 0 } as const;
    await shop.decide({ kind: 'explainForeign', document: alone, choice: 'counter', rows: [], stood: [gone] });
    for (const _ of ['planned', 'looked at again']) {
      await shop.plan();
      expect(await shop.documents()).toContain(`ADJ us-c${alone}: BLU-MUG -3`);
    }
  });
});

describe('a transfer of somebody between two places of the pools', () => {
  /** Three of 70 mugs from sellable to unsellable on 10 October, by hand; Amazon shipped three that day without an order. */
  async function moved(): Promise<string> {
    await opened();
    await shop.goTo('2026-10-14T12:00:00Z');
    const [id] = await shop.tells(row({ day: '2026-10-10', quantity: -3, eventType: 'Shipments', reason: '' }));
    const of = { day: '2026-10-10', type: 'InvTrnfr' };
    await shop.moves('900', { ...of, units: -3 }, { ...of, units: 3, line: 2, location: 'FBA US unsellable' });
    await shop.summarise('2026-10-12', { '2026-10-10': 67 });
    await shop.goTo('2026-10-14T12:10:00Z');
    return id!;
  }
  const counter = { kind: 'explainForeign', document: '900', choice: 'counter', rows: [] } as const;

  test('goes back by one transfer while both of its lines are open', async () => {
    await moved();
    await shop.decide(counter);
    await shop.plan();
    expect(await shop.documents()).toContain('TRF us-c900: BLU-MUG 3');
  });

  test('of which one line answers a row and is settled is still one of both: the other is adjusted, and no location is looked for', async () => {
    const id = await moved();
    await shop.decide({ kind: 'explainForeign', document: '900', choice: 'answers', rows: [id] });
    await shop.run();
    const before = await shop.answers();
    expect(before.settled).toBeGreaterThan(0);
    const settled = await shop.connection.db
      .selectFrom('netsuite_movements')
      .select(['line', 'settled'])
      .where('connection', '=', shop.name)
      .where('netsuite_id', '=', '900')
      .orderBy('line')
      .execute();
    expect(settled).toEqual([
      { line: 1, settled: true },
      { line: 2, settled: false },
    ]);
    expect(await shop.open()).toEqual(['movement-foreign 900']);
    await shop.decide(counter);
    expect(await shop.run()).toEqual(['ADJ us-c900']);
    expect(await shop.documents()).toContain('ADJ us-c900: BLU-MUG -3');
    expect(await shop.open()).toEqual([]);
    expect(await shop.stands('2026-10-12')).toEqual({ amazon: 67, netsuite: 67 });
  });
});

test('a fulfilment of which one line is settled and the other never came is countered for that one alone', async () => {
  await opened();
  await shop.goTo('2026-10-14T12:00:00Z');
  await shop.tells(row({ day: '2026-10-10', quantity: -2, eventType: 'Shipments', reason: '' }));
  const externalId = `AMZ_${shop.name}_IF_116-7000001-0000001-D1_1`;
  const of = { day: '2026-10-10', type: 'ItemShip', externalId };
  await shop.moves('901', { ...of, units: -2 }, { ...of, units: -1, line: 2, item: 'TEA' });
  await shop.summarise('2026-10-12', { '2026-10-10': 68 });
  await shop.goTo('2026-10-14T12:10:00Z');
  await shop.run();
  expect((await shop.answers()).settled).toBe(1);
  await shop.goTo('2026-10-20T12:00:00Z');
  await shop.plan();
  const [unseen] = (await shop.open()).filter((one) => one.startsWith('fulfilment-unseen'));
  expect(unseen).toContain('901');
  await shop.decide({ kind: 'explainForeign', document: '901', choice: 'counter', rows: [] });
  await shop.run();
  expect((await shop.documents()).filter((name) => name.includes('-c901'))).toEqual(['ADJ us-c901: TEA 1']);
  // And it stays so: the line that is settled is not taken for one that nothing answers.
  await shop.goTo('2026-10-22T12:00:00Z');
  await shop.run();
  expect(await shop.open()).toEqual([]);
  expect(await shop.stands('2026-10-12')).toEqual({ amazon: 68, netsuite: 68 });
});

describe('a SKU whose item cannot be counted', () => {
  const mapToTea = () =>
    decideSku(shop.connection, {
      connection: shop.name,
      policy: POLICY,
      decision: { kind: 'sku', sku: 'BLU-MUG', item: 'TEA', by: 'maria', why: 'has no lots' },
    } as Parameters<typeof decideSku>[1]);

  test('was what it is mapped to from the start, since nothing of it was ever booked', async () => {
    shop.cannotCount('BLU-MUG', 'is counted by lots');
    await shop.moves('100', { day: '2026-08-01', units: 70, item: 'TEA' });
    await shop.goTo('2026-10-05T12:00:00Z');
    await shop.opens(70);
    await lost();
    expect(await shop.plan()).toMatchObject({ documents: 0, problems: 1 });
    await mapToTea();
    await shop.decide(APPROVED);
    // 70 at Amazon and in NetSuite: no opening, nothing that moves from one item to another.
    await shop.run();
    expect(await shop.documents()).toEqual(['ADJ us-20261010-inventory-loss: TEA -2']);
    expect(await shop.plan()).toMatchObject({ problems: 0, waiting: 0 });
  });

  test('keeps what it was where something of it is booked: lots that came later move nothing by themselves', async () => {
    await opened();
    shop.cannotCount('BLU-MUG', 'is counted by lots by now');
    await shop.goTo('2026-10-14T12:00:00Z');
    await mapToTea();
    await shop.summarise('2026-10-14');
    await shop.goTo('2026-10-16T12:00:00Z');
    expect(await shop.plan()).toMatchObject({ documents: 0, waiting: 2, problems: 1 });
    expect(await shop.documents()).toEqual(['ADJ us-opening: BLU-MUG 2']);
  });
});
