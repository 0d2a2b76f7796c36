/** A mark that stood too far ahead has skipped a refund: a person sets it back, and what was missed is read and booked, once. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import { readMark, writeMark } from '../../src/store/intake/marks.ts';
import { refund, report, sale } from './report.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const SETTLEMENT = '28200000001';
const [SKIPPED, BEFORE] = ['118-0000001-0000001', '118-0000002-0000002'];
const price = (amount: string) => [['ItemPrice', 'Principal', amount]] as const;
const sold = (order: string, item: string) =>
  sale({ order, shipment: `D${item}`, at: '2026-10-02T12:00:00Z', item, sku: 'SKU-A', quantity: 1 }, [
    ...price('20.00'),
  ]);
const REPORT = report(
  {
    id: SETTLEMENT,
    start: '2026-10-01T07:00:00Z',
    end: '2026-10-15T07:00:00Z',
    deposit: '2026-10-17T07:00:00Z',
    total: '30.00',
  },
  [
    ...sold(SKIPPED, '7001'),
    ...sold(BEFORE, '7002'),
    ...refund({ order: BEFORE, at: '2026-10-03T12:00:00Z', item: '7002', sku: 'SKU-A', quantity: 1 }, [
      ...price('-5.00'),
    ]),
    ...refund({ order: SKIPPED, at: '2026-10-05T12:00:00Z', item: '7001', sku: 'SKU-A', quantity: 1 }, [
      ...price('-5.00'),
    ]),
  ],
);

describe("a refund that a clock ahead of Amazon's skipped", () => {
  let world: WorldUnderTest;
  beforeAll(async () => {
    const told = worldFromSettlements([REPORT]);
    world = await openWorld({
      world: { ...told, catalogue: told.catalogue.map((product) => ({ ...product, unitCost: '4.00' })) },
    });
    await lookAt('2026-10-04T12:00:00Z');
    // As it was: the mark of a look whose clock was a week ahead.
    await writeMark(world.store.db, world.connection, 'refunds', '2026-10-11T12:00:00Z');
    await lookAt('2026-10-12T12:00:00Z');
  }, 120_000);
  afterAll(() => world?.close());

  const lookAt = async (to: string) => {
    await fetch(`${world.amazonUrl}/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ to }),
    });
    await world.look();
  };
  const mark = (source: string) => readMark(world.store.db, world.connection, source);
  const documents = async () =>
    (
      await world.store.db.selectFrom('documents').select(['external_id', 'state']).orderBy('external_id').execute()
    ).map(({ external_id: id, state }) => `${id.replace('AMZ_demo-us_', '')} ${state}`);
  const memos = async () => (await documents()).filter((line) => line.startsWith('CM_'));
  const again = (what: 'orders' | 'shipments' | 'refunds' | 'settlements', from: string) =>
    world.decide({ kind: 'readAgain', what, from, why: 'our clock was a week ahead, case 1234' });

  test('is missing, and read and booked once when the mark is set back', async () => {
    expect(await memos()).toEqual([`CM_${BEFORE}-20261003T120000_1 posted`]);
    const stood = await mark('refunds');
    await writeMark(
      world.store.db,
      world.connection,
      'refunds:place',
      JSON.stringify({ since: '2026-10-08T12:00:00Z', upTo: '2026-10-12T12:00:00Z', token: 'half read', mark: stood }),
    );
    const result = await again('refunds', '2026-10-04T12:00:00Z');
    expect(result).toMatchObject({
      released: 0,
      choice: '2026-10-04T12:00:00Z',
      readAgain: { from: '2026-10-04T12:00:00Z', to: stood, pieces: 1, known: 0, listedSince: null },
    });
    expect([await mark('refunds'), await mark('refunds:place')]).toEqual(['2026-10-04T12:00:00Z', null]);
    // Sent twice, it is one decision.
    expect(await again('refunds', '2026-10-04T12:00:00Z')).toEqual(result);
    await world.look();
    expect(await memos()).toEqual([`CM_${SKIPPED}-20261005T120000_1 posted`, `CM_${BEFORE}-20261003T120000_1 posted`]);
    expect((await mark('refunds'))! >= stood!).toBe(true);
    const audit = await world.store.db
      .selectFrom('audit')
      .select(['id', 'detail', 'decided_by', 'why'])
      .where('action', '=', 'read-again')
      .execute();
    expect(audit).toEqual([
      {
        id: result.audit,
        decided_by: 'maria',
        why: 'our clock was a week ahead, case 1234',
        detail: {
          what: 'refunds',
          asked: '2026-10-04T12:00:00Z',
          from: '2026-10-04T12:00:00Z',
          to: stood,
          act: expect.any(String),
        },
      },
    ]);
  }, 90_000);

  test('and nothing is booked twice when all of it is read again', async () => {
    const before = await documents();
    expect((await again('orders', '2026-10-01T07:00:00Z')).readAgain).toMatchObject({ known: 2 });
    // Before the cut-over nothing is read.
    expect(await again('shipments', '2020-01-01T00:00:00Z')).toMatchObject({
      choice: world.settings.cutOver,
      readAgain: { known: 2 },
    });
    expect((await again('refunds', '2026-10-02T00:00:00Z')).readAgain).toMatchObject({ known: 2 });
    await again('settlements', '2026-10-02T00:00:00Z');
    await world.look();
    await world.look();
    expect(await documents()).toEqual(before);
    await world.runToTheEnd();
    await again('settlements', '2026-10-02T00:00:00Z');
    await world.look();
    const tieOut = await world.tieOut();
    expect(tieOut.duplicates).toEqual([]);
    expect([tieOut.payouts.map(({ tied }) => tied), tieOut.openExceptions]).toEqual([[true], []]);
  }, 120_000);

  test('a mark is never set forward', async () => {
    await expect(again('refunds', '2031-01-01T00:00:00Z')).rejects.toThrow(
      /^The refunds are read up to .* a mark is only set back/,
    );
    const count = await world.store.db
      .selectFrom('audit')
      .select(({ fn }) => fn.countAll<bigint>().as('count'))
      .where('action', '=', 'read-again')
      .executeTakeFirstOrThrow();
    expect(count.count).toBe(6n);
  }, 30_000);
});
