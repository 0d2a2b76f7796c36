/** What is deleted once its retention has passed, and what stays, on a real Postgres and by a clock that the test holds. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { MockActivityEnvironment } from '@temporalio/testing';
import { purgePastRetention } from '../../src/activities/housekeeping/purge-past-retention.ts';
import { recordReport, storeReport } from '../../src/activities/intake/take-in-report.ts';
import { classifySettlement } from '../../src/activities/payouts/classify-settlement.ts';
import { loadPayout } from '../../src/activities/payouts/payout-setup.ts';
import { planJournal } from '../../src/activities/payouts/plan-journal.ts';
import { stageSettlement } from '../../src/activities/payouts/stage-settlement.ts';
import { tieSettlement } from '../../src/activities/payouts/tie-settlement.ts';
import type { Connection } from '../../src/activities/connection.ts';
import { shipmentKey } from '../../src/domain/identifiers/external-id.ts';
import { clearingLeft } from '../../src/domain/payouts/clearing-left.ts';
import type { OrderFact, ShipmentFact } from '../../src/domain/orders/order-facts.ts';
import { chainMembers } from '../../src/store/payouts/chains.ts';
import { loadOrder, saveOrders, ordersWithNews } from '../../src/store/orders/orders.ts';
import { loadShipments, saveShipments } from '../../src/store/orders/shipments.ts';
import { pendingRevisions } from '../../src/store/payouts/revisions.ts';
import { listSettlements, loadSettlement } from '../../src/store/payouts/settlements.ts';
import { settledDocuments, settledPeriods } from '../../src/store/tie-out/tie-out-facts.ts';
import { orderIdOf, settlementOf } from '../end-to-end/many-orders.ts';
import { startFreshPostgres, type FreshPostgres } from '../store/fresh-postgres.ts';
import { CONNECTION, connectionOn, invoiceOrders, SETTLEMENT, takeInReport } from './many-orders-setup.ts';
import type { PurgeResult } from '../../src/contracts/housekeeping/housekeeping.ts';

const REF = { connection: CONNECTION, settlementId: SETTLEMENT };
const TIED = '2026-10-20T12:00:00Z';
const DAY_MS = 86_400_000;
const daysLater = (days: number) => `${new Date(Date.parse(TIED) + days * DAY_MS).toISOString().slice(0, 19)}Z`;
const FIRST = orderIdOf(0);
const TABLES = [
  'orders',
  'shipments',
  'refunds',
  'refund_transactions',
  'documents',
  'settlement_rows',
  'applications',
  'files',
  'file_chunks',
  'bank_lines',
];
const NOTHING: PurgeResult = { orders: 0, settlements: 0, files: 0, events: 0, bankLines: 0 };

let postgres: FreshPostgres;
let connection: Connection;
let now = TIED;

beforeAll(async () => {
  postgres = await startFreshPostgres();
  connection = connectionOn(postgres.store, async () => now);
}, 60_000);
afterAll(() => postgres?.stop());

const run = (text: string, values: unknown[] = []) => postgres.store.pool.query(text, values);
const purge = () => purgePastRetention(connection);

/** Three orders, invoiced and settled by one payout that is tied; the first of them has a refund that a claim answered. */
beforeEach(async () => {
  now = TIED;
  await postgres.asOwner(
    `truncate ${[...TABLES, 'settlements', 'settlement_revisions', 'movements', 'exceptions', 'exception_notes', 'alert_events', 'alert_messages', 'alert_channels', 'marks', 'decisions', 'purged_orders', 'unclear_refunds', 'waits', 'settled_differences', 'splits', 'document_reads'].join(', ')}`,
  );
  await takeInReport(connection, 3);
  await new MockActivityEnvironment().run(stageSettlement, connection, REF);
  await classifySettlement(connection, REF);
  await invoiceOrders(postgres.store);
  await tieSettlement(connection, REF);
  await planJournal(await loadPayout(connection, REF));
  await run(`insert into orders (connection, order_id, status, channel, fulfilled_by, marketplace_id, purchased_at, updated_at, fact, state, told)
    select connection, order_id, 'SHIPPED', 'AMAZON', 'AMAZON', 'ATVPDKIKX0DER', shipped_at, shipped_at, '{}', 'billed', true from shipments`);
  await run(
    `insert into refunds (connection, refund_key, order_id, posted_at, fact, state, told) values ($1, 'R1', $2, $3, '{}', 'claim', true)`,
    [CONNECTION, FIRST, TIED],
  );
  await run("insert into refund_transactions values ($1, 'T1', 'R1')", [CONNECTION]);
  await run(
    `insert into documents (external_id, connection, purpose, business_key, part, record_type, state, attempt, netsuite_id, date, currency, total, settlement_id, plan)
    values ('PAY', $1, 'PAY', $2, 1, 'customerPayment', 'posted', 1, '9', '2026-10-15', 'USD', 6000, $2, '{}')`,
    [CONNECTION, SETTLEMENT],
  );
  await run("update documents set state = 'posted', attempt = 1, posted_at = $1", [TIED]);
  await run("update applications set payment = 'PAY', applied = true");
  await run("update movements set state = 'posted'");
  await run("update settlements set state = 'tied', tied_at = $1", [TIED]);
  await run(
    `insert into bank_lines (connection, line_key, account, date, amount, currency, description, movement) values
    ($1, 'L1', 'bank', '2026-10-19', 3942, 'USD', 'AMAZON', (select external_id from movements)), ($1, 'L2', 'bank', '2026-10-20', -500, 'USD', 'RENT', null)`,
    [CONNECTION],
  );
  await run(
    "insert into decisions (connection, kind, key, spelled, choice, decided_by, decided_at) values ($1, 'sku', 'A', 'A', 'B', 'maria', $2)",
    [CONNECTION, TIED],
  );
});

/** Rows of each table, those that are empty left out. */
async function held(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of [...TABLES, 'settlements', 'movements', 'decisions', 'purged_orders']) {
    const { rows } = await run(`select count(*)::int as n from ${table}`);
    const [{ n }] = rows as [{ n: number }];
    if (n > 0) counts[table] = n;
  }
  return counts;
}

describe('seven years after a payout is tied', () => {
  test('nothing of it is deleted before its retention has passed', async () => {
    const before = await held();
    now = daysLater(2555);
    expect(await purge()).toEqual(NOTHING);
    expect(await held()).toEqual(before);
  });

  test('its orders go whole, then its rows and its file; its head, its journal and its movement stay, and so do decisions', async () => {
    const chain = await chainMembers(postgres.store.db, CONNECTION);
    now = daysLater(2556);
    expect(await purge()).toEqual({ orders: 3, settlements: 1, files: 1, events: 0, bankLines: 1 });
    // The journal is the only document that is left, and the bank's line that its movement has.
    expect(await held()).toEqual({
      documents: 1,
      settlements: 1,
      movements: 1,
      bank_lines: 1,
      decisions: 1,
      purged_orders: 3,
    });
    expect(await purge()).toEqual(NOTHING);
    expect((await loadSettlement(postgres.store.db, CONNECTION, SETTLEMENT))!).toMatchObject({
      state: 'tied',
      total: 3942n,
      purgedAt: now,
    });
    expect(await listSettlements(postgres.store.db, CONNECTION)).toEqual([]);
    // What a later settlement is linked by, and what the tie-out explains balances with, is as it was.
    expect((await chainMembers(postgres.store.db, CONNECTION)).map(({ sum: _, ...member }) => member)).toEqual(
      chain.map(({ sum: _, ...member }) => member),
    );
    expect([
      await settledDocuments(postgres.store.db, CONNECTION),
      (await settledPeriods(postgres.store.db, CONNECTION)).map(({ clearing, currentReserve }) => [
        clearingLeft(clearing),
        currentReserve,
      ]),
    ]).toEqual([[], [[0n, 0n]]]);
  });

  test('two that purge at once purge once', async () => {
    now = daysLater(2556);
    const both = await Promise.all([purge(), purge()]);
    expect(both.map(({ orders }) => orders).reduce((sum, some) => sum + some)).toBe(3);
    await purge();
    expect(await held()).toEqual({
      documents: 1,
      settlements: 1,
      movements: 1,
      bank_lines: 1,
      decisions: 1,
      purged_orders: 3,
    });
  });

  test('a chain keeps the reserve that its settlement handed on', async () => {
    await run(
      "update settlement_rows set role = 'reserve-held', order_id = null where line = (select min(line) from settlement_rows where amount_description = 'Commission')",
    );
    now = daysLater(2556);
    expect((await purge()).settlements).toBe(1);
    expect((await chainMembers(postgres.store.db, CONNECTION))[0]!.rows).toMatchObject({ held: -300n });
  });
});

/** Each makes something open, or needed: it is what keeps the first order, and its settlement with it. */
test.each([
  ['an order that is not billed', `update orders set state = 'ordered' where order_id = '${FIRST}'`],
  ['an order that has changed since', `update orders set updated_at = '2033-01-01' where order_id = '${FIRST}'`],
  ['an order that nobody was told of', `update orders set told = false where order_id = '${FIRST}'`],
  ['a shipment that is not done', `update shipments set state = 'new' where order_id = '${FIRST}'`],
  ['a refund that is not booked', "update refunds set state = 'new'"],
  ['a refund of later days', "update refunds set posted_at = '2033-01-01'"],
  [
    'a refund with an unknown part',
    `insert into unclear_refunds values ('${CONNECTION}', 'T9', '${FIRST}', '2026-10-10', '{}')`,
  ],
  ['a document whose answer was lost', `update documents set state = 'unknown' where order_id = '${FIRST}'`],
  ['a document that was posted since', `update documents set posted_at = '2033-01-01' where order_id = '${FIRST}'`],
  ['an invoice that was settled for less', `update documents set total = total + 1 where order_id = '${FIRST}'`],
  ['an invoice that nothing has settled', `delete from applications where document like '%${FIRST}%'`],
  [
    'an exception about it',
    `insert into exceptions (connection, code, key, subject_kind, subject_id, what, remedy, opened_at) values ('${CONNECTION}', 'netsuite-refused', 'k', 'order', '${FIRST}', 'w', '{}', '2026-10-10')`,
  ],
  [
    'a wait of its workflow',
    `insert into waits (connection, kind, key, workflow_id, order_id, since) values ('${CONNECTION}', 'sku', 'A', 'order:${CONNECTION}:${FIRST}', '${FIRST}', '2026-10-10')`,
  ],
])('%s is kept, with all that belongs to it', async (_, sentence) => {
  await run(sentence);
  now = daysLater(2556);
  expect(await purge()).toMatchObject({ orders: 2, settlements: 0, files: 0 });
  expect(await held()).toMatchObject({ orders: 1, shipments: 1, settlement_rows: 15, files: 1, purged_orders: 2 });
});

test.each([
  ['is not tied', "update settlements set state = 'held'"],
  ['was tied since', "update settlements set tied_at = '2033-01-01'"],
])('a payout that %s keeps its orders as well', async (_, sentence) => {
  await run(sentence);
  now = daysLater(2556);
  expect(await purge()).toMatchObject({ orders: 0, settlements: 0, files: 0 });
});

test.each([
  [
    'an open exception',
    `insert into exceptions (connection, code, key, subject_kind, subject_id, payout, what, remedy, opened_at) values ('${CONNECTION}', 'chain-broken', 'k', 'payout', '${SETTLEMENT}', '${SETTLEMENT}', 'w', '{}', '2026-10-10')`,
  ],
  [
    'a report issued again that is not taken up',
    `insert into settlement_revisions values ('${CONNECTION}', '${SETTLEMENT}', 1, 'y', '{}', 'found', '2026-10-21')`,
  ],
  ['a movement that is awaited', "update movements set state = 'expected'"],
  ['an unposted document', "update documents set state = 'unknown' where purpose = 'PAY'"],
  [
    'an amount on clearing that nothing has applied',
    "update settlement_rows set amount = amount + 1 where line = 3 and booked = 'clearing'",
  ],
])('a payout with %s keeps its rows and its file', async (_, sentence) => {
  await run(sentence);
  now = daysLater(2556);
  expect(await purge()).toMatchObject({ settlements: 0, files: 0 });
  expect(await held()).toMatchObject({ settlement_rows: 15, files: 1, applications: 3 });
});

describe('what comes late about what was purged books nothing again', () => {
  beforeEach(async () => {
    now = daysLater(2556);
    await purge();
  });

  test('an order that Amazon lists once more, and its dispatch, are not taken in', async () => {
    const fact: OrderFact = {
      orderId: FIRST,
      status: 'SHIPPED',
      channel: 'AMAZON',
      fulfilledBy: 'AMAZON',
      marketplaceId: 'ATVPDKIKX0DER',
      currency: 'USD',
      purchasedAt: '2026-10-01T08:00:00Z',
      updatedAt: now,
      items: [],
    } as unknown as OrderFact;
    const shipment = {
      orderId: FIRST,
      shipmentId: 'D1',
      shippedAt: '2026-10-01T09:00:00Z',
      items: [],
    } as unknown as ShipmentFact;
    const other = { ...fact, orderId: '111-9999999-9999999' };
    expect(
      await saveOrders(postgres.store.db, CONNECTION, [
        { fact, initial: 'seen' },
        { fact: other, initial: 'seen' },
      ]),
    ).toBe(1);
    await saveShipments(postgres.store.db, CONNECTION, [shipment, { ...shipment, orderId: other.orderId }]);
    expect([
      await loadOrder(postgres.store.db, CONNECTION, FIRST),
      await loadShipments(postgres.store.db, CONNECTION, FIRST),
    ]).toEqual([null, []]);
    expect((await loadShipments(postgres.store.db, CONNECTION, other.orderId)).map(({ key }) => key)).toEqual([
      shipmentKey(other.orderId, 'D1', shipment.shippedAt),
    ]);
    // So no workflow is started for it.
    expect(
      (await ordersWithNews(postgres.store.db, CONNECTION, { live: true }, 10)).map(({ orderId }) => orderId),
    ).toEqual([other.orderId]);
  });

  test.each([
    ['with the same bytes', 3],
    ['with other bytes', 2],
  ])('its report %s is known: no revision, no payout', async (_, orders) => {
    const { header, sha256 } = await storeReport(
      connection,
      'again',
      (async function* () {
        yield settlementOf(orders).bytes;
      })(),
    );
    expect(await recordReport(connection, header!, sha256)).toBe('known');
    expect(await pendingRevisions(postgres.store.db, CONNECTION)).toEqual(new Set());
    expect((await loadSettlement(postgres.store.db, CONNECTION, SETTLEMENT))!.state).toBe('tied');
    expect(await listSettlements(postgres.store.db, CONNECTION)).toEqual([]);
  });
});

test('events go after 400 days, where they are closed; what is open stays', async () => {
  const raise = (key: string, closed: string | null) =>
    run(
      `insert into exceptions (connection, code, key, subject_kind, subject_id, what, remedy, opened_at, closed_at)
    values ($1, 'bank-line-missing', $2, 'payout', 'x', 'w', '{}', $3, $4)`,
      [CONNECTION, key, TIED, closed],
    );
  await raise('closed', daysLater(1));
  await raise('closed later', daysLater(3));
  await raise('open', null);
  const { rows } = await run('select sha256 from files');
  for (const [source, mark] of [
    ['report:1', (rows as [{ sha256: string }])[0].sha256],
    ['settlements', TIED],
    ['orders:place', '{}'],
  ])
    await run('insert into marks values ($1, $2, $3)', [CONNECTION, source, mark]);
  now = daysLater(400);
  expect(await purge()).toEqual(NOTHING);
  now = daysLater(402);
  expect(await purge()).toEqual({ ...NOTHING, events: 2 });
  expect((await run('select key from exceptions order by 1')).rows).toEqual([{ key: 'closed later' }, { key: 'open' }]);
  expect((await run('select source from marks order by 1')).rows).toEqual([
    { source: 'orders:place' },
    { source: 'settlements' },
  ]);
});
