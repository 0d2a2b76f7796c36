import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { WorldStock } from '../../../../src/simulators/amazon/stock/world-stock.ts';
import { smallWorld } from '../small-world.ts';
import { startAt } from '../started-simulator.ts';
import type { Started } from '../started-simulator.ts';
import { askFor, DETAIL, SUMMARY, told } from './asked-report.ts';
import { OCTOBER, stockedWorld } from './stocked-world.ts';

let started: Started;
beforeEach(async () => {
  started = await startAt('2026-10-25T12:00:00Z', { world: stockedWorld() });
});
afterEach(() => started.simulator.close());

const held = async (): Promise<{ sku: string; centre: string; disposition: string; units: number }[]> =>
  ((await (await fetch(`${started.simulator.url}/admin/stock`)).json()) as { units: never[] }).units;

describe('a world without stock', () => {
  beforeEach(async () => {
    await started.simulator.close();
    started = await startAt('2026-03-16T00:00:00Z', { world: smallWorld() });
  });

  test.each([DETAIL, SUMMARY, 'GET_FBA_REIMBURSEMENTS_DATA'])('has no data to return in %s', async (type) => {
    expect((await askFor(started, type, { start: '2026-03-01T00:00:00Z' })).status).toBe('CANCELLED');
  });

  test('has nothing at Amazon and nothing on the way', async () => {
    const US = 'ATVPDKIKX0DER';
    expect(
      await started.json(
        `/fba/inventory/v1/summaries?granularityType=Marketplace&granularityId=${US}&marketplaceIds=${US}`,
      ),
    ).toMatchObject({ payload: { inventorySummaries: [] } });
    expect(
      await started.json(`/fba/inbound/v0/shipments?MarketplaceId=${US}&QueryType=SHIPMENT&ShipmentStatusList=CLOSED`),
    ).toEqual({ payload: { ShipmentData: [] } });
  });

  test('stops the clock where it stopped before', async () => {
    expect(await (await fetch(`${started.simulator.url}/clock`)).json()).toMatchObject({
      next: '2026-03-17T15:00:00Z',
      end: '2026-03-17T15:00:00Z',
    });
  });
});

describe('a stock that cannot be is refused with the place', () => {
  const first = { sku: 'BLU-MUG', fnsku: 'X', country: 'US', centre: 'PDX9', units: 1 };
  const at = '2026-10-05T12:00:00Z';
  const lost = { at, type: 'adjust', sku: 'BLU-MUG', units: -1, reason: 'M' };
  test.each<[object, string]>([
    [{ opening: 'none' }, 'stock: opening must be a list'],
    [{ opening: [{ ...first, units: -1 }] }, 'stock: opening[0].units must be a whole number, 0 or more'],
    [{ opening: [{ ...first, country: 'Germany' }] }, 'stock: opening[0].country must be a country such as GB'],
    [{ opening: [{ ...first, colour: 'blue' }] }, 'stock: opening[0].colour is not known here'],
    [{ events: [{ ...lost, at: 'Monday' }] }, 'stock: events[0].at must be an instant such as 2026-10-15T07:25:00Z'],
    [{ events: [lost, { ...lost, reason: undefined }] }, 'stock: events[1].reason is missing'],
    [{ events: [{ ...lost, type: 'vanish' }] }, 'stock: events[0].type must be one of ship, receive, transfer, adjust'],
    [{ events: [{ ...lost, units: 0 }] }, 'stock: events[0].units must be a whole number other than 0'],
    [{ events: [{ ...lost, sku: 'NEW' }] }, 'NEW has no line in opening'],
    [{ events: [{ ...lost, units: -100 }] }, 'BLU-MUG (X001BLUMUG) in US, SELLABLE: -'],
    [
      {
        events: [
          { ...lost, id: 'a' },
          { ...lost, id: 'a' },
        ],
      },
      'the id a stands twice',
    ],
    [{ events: [{ at, type: 'withdraw', event: 'b' }] }, 'no event is named b'],
    [{ events: [{ at, type: 'remove', sku: 'OLD-CUP', units: 1, removal: 'r' }] }, 'no removal is named r'],
    [
      { events: [{ at, type: 'inbound-status', shipment: 'FBA1', status: 'CLOSED' }] },
      'no inbound shipment is named FBA1',
    ],
    [
      { events: [{ at, type: 'transfer', sku: 'OLD-CUP', units: 1, to: 'MDW2', arrives: '2026-10-04T00:00:00Z' }] },
      'a transfer arrives after it left',
    ],
    [
      { inbound: [{ ...OCTOBER.inbound?.[0], items: { 'BLU-MUG': 'many' } }] },
      'stock: inbound[0].items.BLU-MUG must be',
    ],
  ])('%j', async (stock, sentence) => {
    await expect(
      startAt('2026-10-25T12:00:00Z', { world: stockedWorld({ returns: [], ...stock } as Partial<WorldStock>) }),
    ).rejects.toThrow(sentence);
  });
});

describe("the simulator's own pages", () => {
  test('tell what really lies where, whatever the reports know', async () => {
    expect(await held()).toEqual([
      { sku: 'BLU-MUG', fnsku: 'X001BLUMUG', country: 'US', centre: 'PDX9', disposition: 'SELLABLE', units: 61 },
      { sku: 'BLU-MUG-3P', fnsku: 'X001BLUMU3', country: 'US', centre: 'PDX9', disposition: 'SELLABLE', units: 9 },
      { sku: 'OLD-CUP', fnsku: 'X001OLDCUP', country: 'US', centre: 'ONT8', disposition: 'SELLABLE', units: 7 },
    ]);
  });

  test('take events while it runs; one that cannot be changes nothing', async () => {
    const ship = { at: '2026-10-24T12:00:00Z', type: 'ship', sku: 'OLD-CUP', units: 4 };
    expect((await told(started, { events: [ship] })).status).toBe(201);
    const refused = await told(started, { events: [ship] });
    expect([refused.status, await refused.json()]).toEqual([
      400,
      { error: 'OLD-CUP (X001OLDCUP) in US, SELLABLE: -1 units would be there after events 7 at 2026-10-24T12:00:00Z' },
    ]);
    expect((await held()).find(({ sku }) => sku === 'OLD-CUP')?.units).toBe(3);
  });

  test('take a new SKU by a line with no units, and no other', async () => {
    const line = { sku: 'NEW', fnsku: 'X001NEW', country: 'US', centre: 'PDX9', units: 0 };
    const receive = { at: '2026-10-24T12:00:00Z', type: 'receive', sku: 'NEW', units: 5, shipment: 'FBA15WHO' };
    expect((await told(started, { opening: [{ ...line, units: 3 }] })).status).toBe(400);
    expect((await told(started, { opening: [line], events: [receive] })).status).toBe(201);
    expect((await held()).find(({ sku }) => sku === 'NEW')?.units).toBe(5);
    expect((await told(started, { serves: {} })).status).toBe(400);
    expect((await told(started, [])).status).toBe(400);
  });

  test('let the clock stop at what was added, and at the summary of its day', async () => {
    const next = async (): Promise<string | null> =>
      ((await (await fetch(`${started.simulator.url}/clock`)).json()) as { next: string | null }).next;
    expect(await next()).toBeNull();
    await told(started, { events: [{ at: '2026-10-26T12:00:00Z', type: 'ship', sku: 'OLD-CUP', units: 1 }] });
    expect(await next()).toBe('2026-10-26T12:00:00Z');
    started.at('2026-10-26T12:00:00Z');
    expect(await next()).toBe('2026-10-28T07:00:00Z');
  });

  test.each<[object, number]>([
    [{ snapshotKeeps: 0.5 }, 200],
    [{ detailKeeps: { day: 'last', share: 0.5, reports: 1 } }, 200],
    [{ detailKeeps: null, cancelledWithin: 0 }, 200],
    [{ snapshotKeeps: 2 }, 400],
    [{ detailKeeps: { day: 'Friday', share: 0.5, reports: 1 } }, 400],
    [{ cancelledWithin: -1 }, 400],
    [{ mood: 'bad' }, 400],
  ])('switch %j: %d', async (switches, status) => {
    expect((await told(started, switches, '/admin/stock/switches')).status).toBe(status);
  });
});
