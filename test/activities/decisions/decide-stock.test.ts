/** Decisions about stock: stored once with their record, refused in words where they cannot hold, and stock looks at once. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { decideStock } from '../../../src/activities/decisions/decide-stock.ts';
import type { SentStockDecision } from '../../../src/contracts/decisions/stock-decisions.ts';
import type { OpeningStand } from '../../../src/domain/stock/kept-stock.ts';
import type { Waiting } from '../../../src/domain/stock/waiting.ts';
import { identityOf, rowId } from '../../../src/domain/stock/row-identity.ts';
import type { LedgerRow } from '../../../src/domain/stock/stock-facts.ts';
import { planDocument } from '../../../src/store/documents/documents.ts';
import { openExceptionOf, raise } from '../../../src/store/exceptions/exceptions.ts';
import { noteDocument } from '../../../src/store/stock/document-notes.ts';
import { saveOpening } from '../../../src/store/stock/kept-stock.ts';
import { insertLedgerRows } from '../../../src/store/stock/ledger-rows.ts';
import { saveMatchedSkus } from '../../../src/store/stock/netsuite-stock.ts';
import { saveStockRun, type StockRun } from '../../../src/store/stock/standings.ts';
import { loadStockDecisions } from '../../../src/store/stock/stock-decisions.ts';
import { ledgerRow } from '../../domain/stock/ledger-row.ts';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import { openStockConnection, type StockConnection } from '../stock/stock-connection.ts';

let postgres: FreshPostgres;
let shop: StockConnection;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());
beforeEach(() => {
  shop = openStockConnection(postgres);
});

type Unsaid<D> = D extends unknown ? Omit<D, 'by' | 'why'> : never;
const decide = (decision: Unsaid<SentStockDecision>, said: { by?: string; why?: string } = {}) =>
  decideStock(shop.connection, {
    connection: shop.name,
    decision: { ...decision, by: 'maria', why: 'case 1234', ...said } as SentStockDecision,
  });
const refusal = (type: string, words: string) => ({
  type,
  nonRetryable: true,
  message: expect.stringContaining(words),
});
const kept = async () => (await loadStockDecisions(postgres.store.db, shop.name)).map(({ id: _, ...rest }) => rest);
const records = () =>
  postgres.store.db.selectFrom('audit').selectAll().where('connection', '=', shop.name).orderBy('id').execute();

/** Rows that were read, and wait by the last planning as is said. */
async function waiting(
  rows: (Partial<LedgerRow> & { reason?: string; waits?: Waiting['reason'] | null })[],
  run: Partial<StockRun> = {},
): Promise<string[]> {
  const all = rows.map(({ waits, ...changes }) => {
    const row = ledgerRow(changes);
    return { row, id: rowId(identityOf(row), 1), waits };
  });
  await insertLedgerRows(
    postgres.store.db,
    shop.name,
    all.map(({ row, id }) => ({
      ...row,
      id,
      pool: 'us',
      origin: 'ledger',
      seen: '2026-10-12T00:00:00Z',
      takenBack: null,
      opposes: null,
      own: null,
    })),
  );
  await saveStockRun(postgres.store.db, shop.name, {
    day: '2026-10-12',
    plannedAt: '2026-10-13T00:00:00Z',
    through: null,
    inbound: [],
    gaps: [],
    ...run,
    waiting: all.flatMap(({ row, id, waits = 'shipment-unbooked' }) =>
      waits === null
        ? []
        : [
            {
              row: id,
              pool: 'us',
              day: row.day,
              sku: row.sku,
              item: waits === 'sku-unknown' ? null : 'BLU-MUG',
              place: 'sellable',
              units: row.quantity,
              reason: waits,
            },
          ],
    ),
  });
  return all.map(({ id }) => id);
}

describe('a decision that holds', () => {
  const MOVEMENT = { kind: 'mapMovement', eventType: 'Adjustments', reason: 'X', answer: 'adjust' } as const;
  beforeEach(() => waiting([{ reason: 'X', waits: 'ledger-unknown' }]));

  test('is kept with its day in the home zone and its record, and stock looks at once', async () => {
    // Still the 19th in Los Angeles.
    shop.at('2026-10-20T05:00:00Z');
    const { audit, ...result } = await decide(MOVEMENT);
    expect(result).toEqual({ released: 0, choice: 'adjust', detail: 'Adjustments X in the ledger → adjust' });
    expect(await kept()).toEqual([{ ...MOVEMENT, day: '2026-10-19' }]);
    expect(await records()).toMatchObject([
      {
        id: audit,
        action: 'map-movement',
        detail: { eventType: 'Adjustments', reason: 'X', answer: 'adjust', day: '2026-10-19' },
        decided_by: 'maria',
        why: 'case 1234',
      },
    ]);
    expect(shop.schedule.triggered).toEqual([`stock:${shop.name} BUFFER_ONE`]);
  });

  test('is the same one when it is said again, by an attempt or a person, two at once too, and says by whom it was taken', async () => {
    shop.at('2026-10-20T06:59:00Z');
    const both = await Promise.all([decide(MOVEMENT), decide(MOVEMENT)]);
    const first = both.find(({ already }) => already === undefined)!;
    const already = { by: 'maria', at: '2026-10-20T06:59:00Z' };
    expect(both.filter((one) => one !== first)).toEqual([{ ...first, already }]);
    // Midnight has passed in between; and another time, another person and another reason say nothing new.
    for (const [at, said] of [
      ['2026-10-20T07:01:00Z', {}],
      ['2026-10-23T18:00:00Z', { by: 'ben', why: 'case 1235' }],
    ] as const) {
      shop.at(at);
      expect(await decide(MOVEMENT, said)).toEqual({ ...first, already });
    }
    expect(await kept()).toHaveLength(1);
    expect(await records()).toHaveLength(1);
  });

  test('gives way to another word about what is not answered yet', async () => {
    for (const answer of ['adjust', 'outside', 'adjust'] as const) await decide({ ...MOVEMENT, answer });
    expect(await kept()).toMatchObject([{ answer: 'adjust' }, { answer: 'outside' }, { answer: 'adjust' }]);
  });

  test('has a number in words, by which planning knows what it has carried out', async () => {
    await decide(MOVEMENT);
    const [decision] = await loadStockDecisions(postgres.store.db, shop.name);
    expect(decision!.id).toMatch(/^\d+$/);
  });

  test.each(['paused', 'missing'] as const)('waits for the next look where the schedule is %s', async (state) => {
    shop.schedule.state = state;
    await decide(MOVEMENT);
    expect(await kept()).toHaveLength(1);
    expect(shop.schedule.triggered).toEqual([]);
  });

  test('asks nobody any more: its exception waits for the look that carries it out', async () => {
    const { db } = postgres.store;
    for (const reason of ['X', 'Y'])
      await raise(
        db,
        shop.name,
        {
          code: 'ledger-unknown',
          key: `Adjustments ${reason}`,
          subject: { kind: 'movement', id: `Adjustments ${reason}` },
          evidence: { what: '', atStake: null, currency: null },
          remedy: { kind: 'map-movement', eventType: 'Adjustments', reason },
        },
        '2026-10-19T00:00:00Z',
      );
    await decide(MOVEMENT);
    const remedyOf = async (key: string) => (await openExceptionOf(db, shop.name, 'ledger-unknown', key))?.remedy;
    expect(await remedyOf('Adjustments X')).toEqual({
      kind: 'wait',
      until: 'Adjustments X in the ledger → adjust by maria; the next look carries it out',
    });
    expect(await remedyOf('Adjustments Y')).toMatchObject({ kind: 'map-movement' });
  });
});

describe('nothing is kept of a decision', () => {
  const refused = async (decision: Unsaid<SentStockDecision>, type: string, words: string) => {
    await expect(decide(decision)).rejects.toMatchObject(refusal(type, words));
    expect([await kept(), await records(), shop.schedule.triggered]).toEqual([[], [], []]);
  };

  test('of a connection without stock', async () => {
    shop = openStockConnection(postgres, { stock: false });
    await refused({ kind: 'approveOpening', pool: 'us' }, 'STOCK_UNKNOWN', 'has no stock in its configuration');
  });

  test.each([
    ['Adjustments', 'M', 'adjust'],
    ['Shipments', '', 'outside'],
    ['Adjustments', '3', 'pair'],
  ] as const)('that maps %s %s to %s: the table of answers knows it', (eventType, reason, answer) =>
    refused({ kind: 'mapMovement', eventType, reason, answer }, 'STOCK_NOT_OPEN', `${eventType} ${reason}`.trim()),
  );

  test('that maps a kind of which there is no row: what waits is named', async () => {
    const map = { kind: 'mapMovement', eventType: 'Adjustments', reason: 'Z', answer: 'adjust' } as const;
    await refused(map, 'STOCK_UNKNOWN', 'The ledger has no row of Adjustments Z; none of any kind waits to be known.');
    await waiting([
      { reason: 'X', waits: 'ledger-unknown' },
      { eventType: 'Mystery', reason: '', waits: 'ledger-unknown' },
    ]);
    await refused(map, 'STOCK_UNKNOWN', 'those of Adjustments X, Mystery without a reason wait.');
  });

  test('on rows that are not known, answered, not due, or wait for something else', async () => {
    const [answered, none, unmapped, half] = (await waiting([
      { quantity: -1, waits: null },
      { quantity: -2, waits: null },
      { quantity: -3, waits: 'sku-unknown' },
      { quantity: 4, waits: 'mapped-from' },
    ])) as [string, string, string, string];
    await postgres.store.db
      .insertInto('stock_answers')
      .values({
        connection: shop.name,
        row_id: answered,
        item: 'BLU-MUG',
        units: -1,
        kind: 'movement',
        document: '4711',
        line: 1,
        nothing_group: null,
        nothing_day: null,
        per_sku: 1,
        source: null,
        astride: null,
      })
      .execute();
    const answer = (rows: string[], role: 'inventory-loss' | 'variance' = 'inventory-loss') =>
      ({ kind: 'answerRows', rows, role }) as const;
    await refused(answer(['no such row']), 'STOCK_UNKNOWN', 'The ledger has no row no such row');
    await refused(answer([answered]), 'STOCK_NOT_OPEN', 'is answered already by 4711');
    await refused(answer([none]), 'STOCK_NOT_OPEN', 'does not wait for an answer');
    await refused(answer([unmapped]), 'STOCK_NOT_OPEN', 'map-sku says which it is');
    await refused(answer([half]), 'STOCK_NOT_OPEN', 'half of a mapping would be value out of nothing');
    shop.connection.settings.accounts.variance = undefined;
    await refused(answer([unmapped], 'variance'), 'ACCOUNT_MISSING', 'no account for the role variance');
  });

  test('about a movement that is not there, or that rows do not fit', async () => {
    await refused({ kind: 'explainForeign', document: '4711', choice: 'counter' }, 'STOCK_UNKNOWN', 'no movement 4711');
    await movement('4711', { location: 'FBA US unsellable' });
    const rows = await waiting([{ quantity: -2 }]);
    await refused(
      { kind: 'explainForeign', document: '4711', choice: 'answers', rows },
      'STOCK_NOT_OPEN',
      'it moved nothing of that item there in that direction',
    );
  });

  test('about a shipment or SKU that is not known, or where nothing is under way or waits', async () => {
    const inbound = (changes: object) =>
      ({ kind: 'decideInbound', shipmentId: 'FBA1', sku: 'BLU-MUG', choice: 'lost', ...changes }) as const;
    await refused(inbound({}), 'STOCK_UNKNOWN', 'No shipment FBA1 is known');
    await shipment('FBA1', ['BLU-MUG']);
    await refused(inbound({ sku: 'TEA' }), 'STOCK_UNKNOWN', 'FBA1 has no TEA; it has BLU-MUG');
    await refused(inbound({}), 'STOCK_NOT_OPEN', 'Nothing of BLU-MUG in FBA1 is under way');
    await refused(inbound({ choice: 'found' }), 'STOCK_NOT_OPEN', 'No units of BLU-MUG in FBA1 wait to be taken in');
  });

  test('about a gap that is not there, or not so large', async () => {
    const gap = (changes: object) =>
      ({ kind: 'closeGap', pool: 'us', item: 'BLU-MUG', place: 'sellable', units: -2, ...changes }) as const;
    await refused(gap({ pool: 'eu' }), 'STOCK_UNKNOWN', 'has no pool eu; there are us');
    await refused(gap({ item: 'TEA' }), 'STOCK_UNKNOWN', 'Stock knows no item TEA');
    await item('BLU-MUG');
    await refused(gap({}), 'STOCK_NOT_OPEN', 'There is no gap of BLU-MUG at us sellable');
    await waiting([], { gaps: [{ pool: 'us', item: 'BLU-MUG', place: 'sellable', units: -2, since: '2026-10-02' }] });
    await refused(gap({ units: -3 }), 'STOCK_NOT_OPEN', 'is -2, not -3');
    await refused(gap({ units: 2 }), 'STOCK_NOT_OPEN', 'is -2, not 2');
  });

  test('about the opening of a pool or item that there is not', async () => {
    await refused({ kind: 'approveOpening', pool: 'eu' }, 'STOCK_UNKNOWN', 'has no pool eu');
    const tea = { kind: 'approveOpening', pool: 'us', items: ['TEA'] } as const;
    // Nobody has seen what he approves: the last day before the 1st is final 34 hours after it ended by UTC.
    await refused(tea, 'STOCK_NOT_OPEN', "Amazon's summary of 30 Sep 2026 has not come for every pool yet");
    await refused({ kind: 'approveOpening', pool: 'us' }, 'STOCK_NOT_OPEN', 'final from 2 Oct 2026 10:00Z on');
    await opened();
    await refused(tea, 'STOCK_UNKNOWN', 'There is no difference of TEA to approve: no SKU is mapped to it');
    await saveMatchedSkus(postgres.store.db, shop.name, [{ sku: 'TEA-1', item: 'TEA', matchedOn: '2026-10-02' }]);
    await refused(tea, 'STOCK_NOT_OPEN', 'There is no difference of TEA to approve: stock has read nothing of it yet');
  });

  test('about an adjustment that is not there or not held', async () => {
    const approve = (document: string) => ({ kind: 'approveAdjustment', document }) as const;
    await refused(approve('AMZ_x'), 'STOCK_UNKNOWN', 'has no document AMZ_x');
    await refused(approve(await adjustment(null)), 'STOCK_NOT_OPEN', 'is not held');
  });
});

describe('a decision is taken', () => {
  test('about rows that wait, and those of a receipt that did not rise', async () => {
    const [wait, received] = (await waiting([
      { quantity: -2 },
      { eventType: 'CustomerReturns', reason: '', quantity: 1, waits: null },
    ])) as [string, string];
    const values = {
      connection: shop.name,
      row_id: received,
      item: 'BLU-MUG',
      units: 1,
      kind: 'document' as const,
      document: `AMZ_${shop.name}_IR_114-1-20261010_1`,
      line: 1,
      nothing_group: null,
      nothing_day: null,
      per_sku: 1,
      source: null,
      astride: null,
    };
    await postgres.store.db.insertInto('stock_answers').values(values).execute();
    await noteDocument(postgres.store.db, shop.name, { externalId: values.document, restocked: false });
    await decide({ kind: 'answerRows', rows: [wait, received], role: 'inventory-loss' });
    expect(await kept()).toEqual([
      { kind: 'answerRows', rows: [wait, received], role: 'inventory-loss', day: '2026-10-20' },
    ]);
    // Somebody has added the unit by hand: his movement is the answer of that row, in its direction alone.
    await movement('4712', { units: '1' });
    await movement('4713', { units: '-1' });
    await decide({ kind: 'explainForeign', document: '4712', choice: 'answers', rows: [received] });
    await expect(
      decide({ kind: 'explainForeign', document: '4713', choice: 'answers', rows: [received] }),
    ).rejects.toMatchObject(refusal('STOCK_NOT_OPEN', 'moved nothing of that item there in that direction'));
  });

  test('about a movement, for the rows that it answers and then alone for the rest', async () => {
    await movement('4711', {});
    const rows = await waiting([{ quantity: -2 }]);
    await decide({ kind: 'explainForeign', document: '4711', choice: 'answers', rows });
    await decide({ kind: 'explainForeign', document: '4711', choice: 'counter' });
    expect(await kept()).toMatchObject([
      { choice: 'answers', rows },
      { choice: 'counter', rows: [] },
    ]);
  });

  test('about a movement by the number that NetSuite shows, which is kept by its internal id', async () => {
    await movement('4711', { tran_id: 'ADJ10005' });
    expect(await decide({ kind: 'explainForeign', document: 'ADJ10005', choice: 'counter' })).toMatchObject({
      detail: 'movement ADJ10005 → countered',
    });
    expect(await kept()).toMatchObject([{ document: '4711' }]);
    await movement('4712', { tran_id: 'ADJ10005' });
    await expect(decide({ kind: 'explainForeign', document: 'ADJ10005', choice: 'counter' })).rejects.toMatchObject(
      refusal('STOCK_UNKNOWN', 'name one by its internal id, 4711 or 4712'),
    );
  });

  test('about a shipment that is short, and receipts beyond it or of none', async () => {
    await shipment('FBA1', ['BLU-MUG']);
    await shipment('FBA2', ['BLU-MUG']);
    const standing = { shipmentId: 'FBA1', pool: 'us', sku: 'BLU-MUG', shipped: 30, received: 24, decided: 0, over: 0 };
    await waiting(
      ['FBA2', ''].map((reference) => ({
        eventType: 'Receipts',
        reason: '',
        reference,
        quantity: 3,
        waits: 'receipt-unknown',
      })),
      { inbound: [{ ...standing, inTransit: 6 }] },
    );
    for (const [shipmentId, choice] of [
      ['FBA1', 'wait'],
      ['FBA1', 'lost'],
      ['FBA2', 'found'],
      ['', 'take-from-source'],
    ] as const)
      await decide({ kind: 'decideInbound', shipmentId, sku: 'BLU-MUG', choice });
    expect(await kept()).toHaveLength(4);
  });

  test.each([
    ['lost', 0, 'Amazon received 8 of the 10 of BLU-MUG that were sent in FBA1'],
    ['lost', 3, null],
    ['returned', 0, null],
  ] as const)(
    'what comes late of units that were %s, %d beyond those shipped, out of the warehouse',
    async (choice, beyond, why) => {
      await shipment('FBA1', ['BLU-MUG']);
      const over = 2 + beyond;
      await waiting([{ eventType: 'Receipts', reason: '', reference: 'FBA1', quantity: over, waits: 'inbound-over' }], {
        inbound: [
          { shipmentId: 'FBA1', pool: 'us', sku: 'BLU-MUG', shipped: 10, received: 6, decided: 4, over, inTransit: 0 },
        ],
      });
      await postgres.store.db
        .insertInto('stock_inbound_decided')
        .values({ connection: shop.name, decision: '1', shipment_id: 'FBA1', sku: 'BLU-MUG', choice, units: 4 })
        .execute();
      const taken = decide({ kind: 'decideInbound', shipmentId: 'FBA1', sku: 'BLU-MUG', choice: 'take-from-source' });
      if (why === null) await taken;
      else await expect(taken).rejects.toMatchObject(refusal('STOCK_NOT_OPEN', why));
    },
  );

  test('about a gap or a part of it, an opening, and an adjustment that is held', async () => {
    await item('BLU-MUG');
    await waiting([], { gaps: [{ pool: 'us', item: 'BLU-MUG', place: 'sellable', units: -2, since: '2026-10-02' }] });
    await decide({ kind: 'closeGap', pool: 'us', item: 'BLU-MUG', place: 'sellable', units: -1 });
    await opened();
    await decide({ kind: 'approveOpening', pool: 'us', items: ['BLU-MUG'] });
    await decide({ kind: 'approveOpening', pool: 'us' });
    await decide({ kind: 'approveAdjustment', document: await adjustment('adjustment-large') });
    expect(await kept()).toMatchObject([
      { units: -1 },
      { items: ['BLU-MUG'] },
      { items: null },
      { kind: 'approveAdjustment' },
    ]);
  });
});

/** Amazon's side of the opening is there. */
const opened = () =>
  saveOpening(postgres.store.db, shop.name, { taken: '2026-10-02T00:00:00Z', amazon: [], netsuite: [], inbound: [] });

describe('an approval of the opening', () => {
  const opening = (amazon: OpeningStand['amazon']) =>
    saveOpening(postgres.store.db, shop.name, {
      taken: '2026-10-02T00:00:00Z',
      amazon,
      netsuite: [],
      inbound: [{ pool: 'us', shipmentId: 'FBA1', sku: 'A-SKU', shipped: 5, open: 2 }],
    });
  const at = { pool: 'us', place: 'sellable' } as const;

  test('names the SKUs without an item that are not in it, with their units, said again as well', async () => {
    await opening([
      { ...at, sku: 'NEW-SKU', units: 6 },
      { ...at, place: 'unsellable', sku: 'NEW-SKU', units: 1 },
      { ...at, sku: 'TEA-1', units: 9 },
    ]);
    await saveMatchedSkus(postgres.store.db, shop.name, [{ sku: 'TEA-1', item: 'TEA', matchedOn: '2026-10-02' }]);
    const words = /^SKUs without an item are not in it: A-SKU \(2 units\), NEW-SKU \(7 units\)\. Map them first/;
    for (const _ of ['taken', 'again'])
      expect((await decide({ kind: 'approveOpening', pool: 'us' })).note).toMatch(words);
    expect(await kept()).toHaveLength(1);
  });

  test('that leaves nothing out says nothing', async () => {
    await opening([{ ...at, sku: 'TEA-1', units: 9 }]);
    await saveMatchedSkus(postgres.store.db, shop.name, [
      { sku: 'TEA-1', item: 'TEA', matchedOn: '2026-10-02' },
      { sku: 'A-SKU', item: 'MUG', matchedOn: '2026-10-02' },
    ]);
    expect(await decide({ kind: 'approveOpening', pool: 'us' })).not.toHaveProperty('note');
  });
});

describe('a decision that was taken before', () => {
  const again = async (decision: Unsaid<SentStockDecision>) => {
    const before = await kept();
    const { already } = await decide(decision, { by: 'ben', why: 'to be sure' });
    expect(already).toEqual({ by: 'maria', at: '2026-10-20T18:00:00Z' });
    expect(await kept()).toEqual(before);
  };
  const against = async (decision: Unsaid<SentStockDecision>, words: string) => {
    const before = await kept();
    await expect(decide(decision, { by: 'ben' })).rejects.toMatchObject(refusal('STOCK_NOT_OPEN', words));
    expect(await kept()).toEqual(before);
  };
  beforeEach(() => shop.at('2026-10-20T18:00:00Z'));

  test('about an opening is approved already, whole and by item', async () => {
    for (const name of ['BLU-MUG', 'TEA']) await item(name);
    await opened();
    const some = (...items: string[]) => ({ kind: 'approveOpening', pool: 'us', items }) as const;
    await decide(some('TEA'));
    await again(some('TEA'));
    await decide({ kind: 'approveOpening', pool: 'us' });
    await again({ kind: 'approveOpening', pool: 'us' });
    await again(some('BLU-MUG', 'TEA'));
  });

  test('about an adjustment is approved already, also when it is on its way', async () => {
    const document = await adjustment('adjustment-large');
    await decide({ kind: 'approveAdjustment', document });
    await again({ kind: 'approveAdjustment', document });
    await postgres.store.db
      .updateTable('documents')
      .set({ plan: sql`jsonb_set(plan, '{hold}', 'null')` })
      .where('external_id', '=', document)
      .execute();
    await again({ kind: 'approveAdjustment', document });
  });

  test('about a gap leaves what is left of it, until the day of the decision is whole', async () => {
    await item('BLU-MUG');
    const gaps = [{ pool: 'us', item: 'BLU-MUG', place: 'sellable' as const, units: -3, since: '2026-10-02' }];
    const close = (units: number) =>
      ({ kind: 'closeGap', pool: 'us', item: 'BLU-MUG', place: 'sellable', units }) as const;
    await waiting([], { gaps });
    await decide(close(-2));
    await against(close(-3), 'is -1, not -3');
    await decide(close(-1));
    await again(close(-1));
    await against(close(-2), 'There is no gap of BLU-MUG at us sellable');
    // Its rows stand in the equation of that day; what is apart after it is another gap.
    await waiting([], { day: '2026-10-20', gaps });
    await decide(close(-3));
    expect(await kept()).toHaveLength(3);
  });

  test('about a gap that is just the opposite of another pool closes both; a part of it closes itself alone', async () => {
    await item('BLU-MUG');
    const gap = (pool: string, units: number) => ({
      pool,
      item: 'BLU-MUG',
      place: 'sellable' as const,
      units,
      since: '2026-10-02',
    });
    const close = (units: number) =>
      ({ kind: 'closeGap', pool: 'us', item: 'BLU-MUG', place: 'sellable', units }) as const;
    await waiting([], { gaps: [gap('us', -3), gap('ca', 3)] });
    await decide(close(-1));
    await waiting([], { day: '2026-10-20', gaps: [gap('us', -3), gap('ca', 3)] });
    await decide(close(-3));
    const others = (await loadStockDecisions(postgres.store.db, shop.name)).map((one) => 'other' in one && one.other);
    expect(others).toEqual([false, 'ca']);
  });

  test('about rows is theirs, and no other role is', async () => {
    const rows = (await waiting([{ quantity: -2 }, { quantity: -3 }])) as [string, string];
    await decide({ kind: 'answerRows', rows: [rows[0]], role: 'inventory-loss' });
    await again({ kind: 'answerRows', rows: [rows[0]], role: 'inventory-loss' });
    await against(
      { kind: 'answerRows', rows, role: 'cogs-returns' },
      '1 row of the ledger → adjusted on inventory-loss: that was decided by maria on 20 Oct 2026 18:00Z',
    );
    await decide({ kind: 'answerRows', rows, role: 'inventory-loss' });
  });

  test('about a movement that is countered leaves nothing to answer rows', async () => {
    await movement('4711', { tran_id: 'ADJ10005' });
    const rows = await waiting([{ quantity: -2 }]);
    await decide({ kind: 'explainForeign', document: '4711', choice: 'answers', rows });
    await again({ kind: 'explainForeign', document: 'ADJ10005', choice: 'answers', rows });
    await decide({ kind: 'explainForeign', document: '4711', choice: 'counter' });
    await again({ kind: 'explainForeign', document: 'ADJ10005', choice: 'counter' });
    await against({ kind: 'explainForeign', document: '4711', choice: 'answers', rows }, 'movement 4711 → countered');
  });

  test('about a shipment holds for what was open then', async () => {
    await shipment('FBA1', ['BLU-MUG']);
    const of = { shipmentId: 'FBA1', pool: 'us', sku: 'BLU-MUG', shipped: 30, received: 24, decided: 0, over: 0 };
    const inTransit = (units: number) => waiting([], { inbound: [{ ...of, inTransit: units }] });
    const inbound = (choice: 'wait' | 'lost' | 'returned') =>
      ({ kind: 'decideInbound', shipmentId: 'FBA1', sku: 'BLU-MUG', choice }) as const;
    const carryOut = async (units: number) => {
      const { id } = (await loadStockDecisions(postgres.store.db, shop.name)).at(-1)!;
      await postgres.store.db
        .insertInto('stock_inbound_decided')
        .values({ connection: shop.name, decision: id, shipment_id: 'FBA1', sku: 'BLU-MUG', choice: 'wait', units })
        .execute();
    };
    await inTransit(6);
    await decide(inbound('wait'));
    await carryOut(6);
    await again(inbound('wait'));
    await inTransit(4);
    await decide(inbound('wait'));
    await carryOut(4);
    await decide(inbound('lost'));
    await again(inbound('lost'));
    await against(inbound('returned'), 'BLU-MUG of FBA1 → lost: that was decided by maria');
    await against(inbound('wait'), 'BLU-MUG of FBA1 → lost: that was decided by maria');
    await carryOut(4);
    await inTransit(0);
    await again(inbound('lost'));
    await against(inbound('returned'), 'Nothing of BLU-MUG in FBA1 is under way');
    // More was shipped than was said at first: these units are decided by themselves.
    await inTransit(2);
    await decide(inbound('lost'));
    expect(await kept()).toHaveLength(4);
  });
});

async function movement(
  netsuiteId: string,
  changes: { location?: string; tran_id?: string; units?: string },
): Promise<void> {
  await postgres.store.db
    .insertInto('netsuite_movements')
    .values({
      connection: shop.name,
      netsuite_id: netsuiteId,
      line: 1,
      type: 'InvAdjst',
      tran_id: 'IA1',
      external_id: null,
      memo: '',
      day: '2026-10-15',
      item: 'BLU-MUG',
      location: 'FBA US',
      units: '-5',
      ...changes,
    })
    .execute();
}

async function shipment(shipmentId: string, skus: string[]): Promise<void> {
  const items = JSON.stringify(skus.map((sku) => ({ sku, fnsku: 'X1', shipped: 30, received: 24 })));
  await postgres.store.db
    .insertInto('inbound_shipments')
    .values({
      connection: shop.name,
      shipment_id: shipmentId,
      pool: 'us',
      name: '',
      status: 'CLOSED',
      destination: 'PDX9',
      items,
      first_seen: '2026-10-04T00:00:00Z',
      changed_at: '2026-10-20T00:00:00Z',
      sent: '2026-10-04',
      closed: '2026-10-20',
    })
    .execute();
}

async function item(name: string): Promise<void> {
  const values = { netsuite_id: '812', members: null, uncountable: null, last_purchase_price: null, averages: '[]' };
  await postgres.store.db
    .insertInto('stock_items')
    .values({ connection: shop.name, item: name, ...values })
    .execute();
}

async function adjustment(hold: 'adjustment-large' | null): Promise<string> {
  const { externalId } = await planDocument(postgres.store.db, {
    key: { connection: shop.name, purpose: 'ADJ', businessKey: 'us-20261010-inventory-loss', part: 2 },
    date: '2026-10-10',
    currency: 'USD',
    total: 0n,
    orderId: null,
    settlementId: null,
    plan: {
      pool: 'us',
      memo: 'ADJ us-20261010-inventory-loss 2',
      lines: [],
      hold,
      shipmentId: null,
      role: 'inventory-loss',
      accountOf: null,
    },
  });
  return externalId;
}
