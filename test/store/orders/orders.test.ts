import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { OrderFact, OrderItemFact, RefundFact, ShipmentFact } from '../../../src/domain/orders/order-facts.ts';
import { loadOrder, markTold, saveOrders, setOrderState, ordersWithNews } from '../../../src/store/orders/orders.ts';
import { finishShipment, loadShipments, saveShipments } from '../../../src/store/orders/shipments.ts';
import { loadRefunds, putRefund, setRefundState } from '../../../src/store/orders/refunds.ts';
import { writeMark } from '../../../src/store/intake/marks.ts';
import { busyWith } from '../../../src/store/reconciler/busy.ts';
import { unfinishedOrders } from '../../../src/store/reconciler/unfinished.ts';
import { startFreshPostgres, type FreshPostgres } from '../fresh-postgres.ts';

let postgres: FreshPostgres;
let db: FreshPostgres['store']['db'];
/** One for each test. */
let connection = '';
let connections = 0;

beforeAll(async () => {
  postgres = await startFreshPostgres();
  ({
    store: { db },
  } = postgres);
}, 60_000);
afterAll(() => postgres?.stop());
beforeEach(() => {
  connections += 1;
  connection = `demo-${connections}`;
});

const item = (sku: string, principal: bigint): OrderItemFact => ({
  orderItemId: '91',
  sku,
  asin: null,
  quantity: 1,
  amounts: { principal },
});
const order = (orderId: string, changes: Partial<OrderFact> = {}): OrderFact => ({
  orderId,
  status: 'UNSHIPPED',
  channel: 'AMAZON',
  fulfilledBy: 'AMAZON',
  marketplaceId: 'ATVPDKIKX0DER',
  marketplaceName: 'Amazon.com',
  currency: 'USD',
  purchasedAt: '2026-10-01T12:00:00Z',
  updatedAt: '2026-10-01T12:00:00Z',
  replaces: null,
  amazonCollectsTax: true,
  items: [item('BLU-MUG', 2500n)],
  ...changes,
});
const shipment = (orderId: string, shipmentId: string, shippedAt: string): ShipmentFact => ({
  orderId,
  shipmentId,
  shippedAt,
  marketplaceName: 'Amazon.com',
  currency: 'USD',
  items: [{ orderItemId: '91', sku: 'BLU-MUG', quantity: 1, amounts: { principal: 2500n } }],
});
const seen = (fact: OrderFact) => ({ fact, initial: 'seen' as const });
const withNews = async (live = true) =>
  (await ordersWithNews(db, connection, { live }, 500)).map(({ orderId }) => orderId);
const tellAll = async (live = true) =>
  markTold(db, connection, await ordersWithNews(db, connection, { live }, 500), { live });

describe('orders that are taken in', () => {
  test('are news at first sight, and no longer when they are read again', async () => {
    expect(await saveOrders(db, connection, [seen(order('A')), seen(order('B'))])).toBe(2);
    await tellAll();
    expect(await saveOrders(db, connection, [seen(order('A')), seen(order('B')), seen(order('C'))])).toBe(1);
    expect(await withNews()).toEqual(['C']);
    expect(await saveOrders(db, connection, [])).toBe(0);
  });

  test('are news again with another price, other items or a cancellation, and not with another status', async () => {
    const later = { updatedAt: '2026-10-02T12:00:00Z' };
    await saveOrders(
      db,
      connection,
      ['A', 'B', 'C', 'D'].map((orderId) => seen(order(orderId))),
    );
    await setOrderState(db, connection, 'A', 'ordered');
    await tellAll();
    expect(
      await saveOrders(db, connection, [
        seen(order('A', { ...later, items: [item('BLU-MUG', 2400n)] })),
        seen(order('B', { ...later, items: [item('RED-MUG', 2500n)] })),
        seen(order('C', { ...later, status: 'CANCELLED' })),
        seen(order('D', { ...later, status: 'SHIPPED' })),
      ]),
    ).toBe(3);
    expect(await withNews()).toEqual(['A', 'B', 'C']);
    // How far it has come is ours to say, not Amazon's.
    expect(await loadOrder(db, connection, 'A')).toMatchObject({
      state: 'ordered',
      fact: { items: [{ amounts: { principal: 2400n } }] },
    });
    expect(await loadOrder(db, connection, 'D')).toMatchObject({ fact: { status: 'SHIPPED' } });
  });

  test('have news until they are told, whatever is read meanwhile', async () => {
    await saveOrders(db, connection, [seen(order('A'))]);
    expect(
      await saveOrders(db, connection, [seen(order('A', { status: 'SHIPPED', updatedAt: '2026-10-02T12:00:00Z' }))]),
    ).toBe(0);
    expect(await withNews()).toEqual(['A']);
  });

  test('are not overwritten by what Amazon said before', async () => {
    await saveOrders(db, connection, [seen(order('A', { status: 'SHIPPED', updatedAt: '2026-10-03T12:00:00Z' }))]);
    expect(await saveOrders(db, connection, [seen(order('A', { status: 'CANCELLED' }))])).toBe(0);
    expect((await loadOrder(db, connection, 'A'))!.fact.status).toBe('SHIPPED');
  });

  test('may stand twice on one page: the later one counts', async () => {
    const later = order('A', { status: 'CANCELLED', updatedAt: '2026-10-02T12:00:00Z' });
    expect(await saveOrders(db, connection, [seen(later), seen(order('A'))])).toBe(1);
    expect((await loadOrder(db, connection, 'A'))!.fact.status).toBe('CANCELLED');
  });

  test('of another system are never told, however they change', async () => {
    const theirs = (fact: OrderFact) => ({ fact, initial: 'left-alone' as const });
    await saveOrders(db, connection, [theirs(order('A'))]);
    await saveOrders(db, connection, [theirs(order('A', { status: 'CANCELLED', updatedAt: '2026-10-02T12:00:00Z' }))]);
    expect(await withNews()).toEqual([]);
  });
});

describe('what was only planned', () => {
  const refund: RefundFact = {
    orderId: 'A',
    transactionId: 'T1',
    postedAt: '2026-10-05T12:00:00Z',
    marketplaceName: 'Amazon.com',
    currency: 'USD',
    items: [],
  };

  test('is told once the connection is live, and is to be done then', async () => {
    await saveOrders(db, connection, [seen(order('A'))]);
    await putRefund(db, connection, 'A-20261005T120000', refund);
    await tellAll(false);
    await setOrderState(db, connection, 'A', 'planned');
    await setRefundState(db, connection, 'A-20261005T120000', 'planned');
    expect(await withNews(false)).toEqual([]);
    expect(await withNews(true)).toEqual(['A']);
    await tellAll(true);
    expect((await loadOrder(db, connection, 'A'))!.state).toBe('seen');
    expect((await loadRefunds(db, connection, 'A')).map(({ state }) => state)).toEqual(['new']);
  });

  test('stays planned while the connection plans, though it is told meanwhile', async () => {
    await saveOrders(db, connection, [seen(order('A'))]);
    const news = await ordersWithNews(db, connection, { live: false }, 500);
    await setOrderState(db, connection, 'A', 'planned');
    await markTold(db, connection, news, { live: false });
    expect((await loadOrder(db, connection, 'A'))!.state).toBe('planned');
  });
});

test('shipments are taken in once, more than one statement holds as well', async () => {
  const many = Array.from({ length: 1203 }, (_, index) => shipment('A', `S${index}`, '2026-10-03T16:00:00Z'));
  await saveShipments(db, connection, many);
  await saveShipments(db, connection, [...many, many[0]!]);
  expect(await loadShipments(db, connection, 'A')).toHaveLength(1203);
});

test('a shipment that is finished shows its order as it is then', async () => {
  await saveShipments(db, connection, [
    shipment('A', 'S2', '2026-10-04T16:00:00Z'),
    shipment('A', 'S1', '2026-10-03T16:00:00Z'),
    shipment('B', 'S3', '2026-10-03T16:00:00Z'),
  ]);
  const states = (shipments: { key: string; state: string }[]) => shipments.map(({ key, state }) => [key, state]);
  expect(states(await finishShipment(db, connection, 'A', 'A-S1'))).toEqual([
    ['A-S1', 'done'],
    ['A-S2', 'new'],
  ]);
  expect(states(await finishShipment(db, connection, 'A', 'A-S2'))).toEqual([
    ['A-S1', 'done'],
    ['A-S2', 'done'],
  ]);
  expect(states(await loadShipments(db, connection, 'A'))).toEqual([
    ['A-S1', 'done'],
    ['A-S2', 'done'],
  ]);
});

describe('orders that are unfinished', () => {
  const refund = (orderId: string): RefundFact => ({
    orderId,
    transactionId: `T-${orderId}`,
    postedAt: '2026-10-05T12:00:00Z',
    marketplaceName: 'Amazon.com',
    currency: 'USD',
    items: [],
  });
  const unfinished = async (only: string[] | null = null) =>
    (await unfinishedOrders(db, connection, '', 500, only)).map(
      ({ orderId, shipments, refunds, waits, due, told }) => ({
        orderId,
        shipments: shipments.length,
        refunds: refunds.length,
        waits,
        due,
        told,
      }),
    );
  const plain = { shipments: 0, refunds: 0, waits: false, due: false, told: true };

  test('are those that have something to do or to wait for, told before or not', async () => {
    await saveOrders(
      db,
      connection,
      ['A', 'B', 'C', 'D', 'E', 'F', 'G'].map((orderId) => seen(order(orderId))),
    );
    await saveShipments(db, connection, [
      shipment('C', 's1', '2026-10-02T12:00:00Z'),
      shipment('F', 's2', '2026-10-02T12:00:00Z'),
    ]);
    await putRefund(db, connection, 'E-1', refund('E'));
    await putRefund(db, connection, 'X-1', refund('X'));
    await writeMark(db, connection, 'orders', '2026-10-05T12:00:00Z');
    await tellAll();
    for (const [orderId, state] of [
      ['B', 'ordered'],
      ['C', 'ordered'],
      ['D', 'waits'],
      ['E', 'ordered'],
      ['F', 'left-alone'],
      ['G', 'billed'],
    ] as const)
      await setOrderState(db, connection, orderId, state);
    expect(await unfinished()).toEqual([
      { ...plain, orderId: 'A', due: true },
      // Waits to be dispatched.
      { ...plain, orderId: 'B' },
      { ...plain, orderId: 'C', shipments: 1, due: true },
      { ...plain, orderId: 'D', waits: true },
      // Its refund waits until something is billed.
      { ...plain, orderId: 'E', refunds: 1 },
      // A refund of an order from before the cut-over.
      { ...plain, orderId: 'X', refunds: 1, due: true },
    ]);
    expect(await unfinished(['C', 'G'])).toEqual([{ ...plain, orderId: 'C', shipments: 1, due: true }]);
  });

  test('a refund of an order that nobody knows is told once the orders have been read up to it', async () => {
    await putRefund(db, connection, 'X-1', refund('X'));
    const heard = async () => [await withNews(), await unfinished(), (await busyWith(db, connection)).refunds];
    expect(await heard()).toEqual([[], [], 0]);
    await writeMark(db, connection, 'orders', '2026-10-05T11:59:59Z');
    expect(await heard()).toEqual([[], [], 0]);
    await writeMark(db, connection, 'orders', '2026-10-05T12:00:00Z');
    expect(await heard()).toEqual([['X'], [{ ...plain, orderId: 'X', refunds: 1, due: true, told: false }], 1]);
    await putRefund(db, connection, 'Y-1', {
      ...refund('Y'),
      postedAt: '2026-12-05T12:00:00Z',
      fromRows: { settlementId: '27200000001' },
    });
    expect(await withNews()).toEqual(['X', 'Y']);
  });

  test('say whether their workflows have been told', async () => {
    await saveOrders(db, connection, [seen(order('A')), seen(order('B'))]);
    expect((await unfinished()).map(({ told }) => told)).toEqual([false, false]);
    await tellAll();
    await saveShipments(db, connection, [shipment('B', 's1', '2026-10-02T12:00:00Z')]);
    expect((await unfinished()).map(({ told }) => told)).toEqual([true, false]);
  });

  test('none is one that a connection only plans', async () => {
    await saveOrders(db, connection, [seen(order('A'))]);
    await saveShipments(db, connection, [shipment('A', 's1', '2026-10-02T12:00:00Z')]);
    await setOrderState(db, connection, 'A', 'planned');
    expect(await unfinished()).toEqual([]);
  });
});
