/**
 * Somebody edits and deletes in NetSuite what was decided and what is Tieout's own. Units, documents and accounts were worked
 * out by hand from the design of stock; every item costs 6.00.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createHttpExchange } from '../../src/clients/http/http-exchange.ts';
import { createAccessTokens } from '../../src/clients/netsuite/access-token.ts';
import type { WorldStock } from '../../src/simulators/amazon/stock/world-stock.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import { openExceptions } from '../../src/store/exceptions/exceptions.ts';
import { commandsOn } from './commands-on-world.ts';
import { account, report } from './report.ts';
import { adjust, at, line } from './stock-events.ts';
import {
  approveOpening,
  bookedBy,
  differing,
  goOnTo,
  openCodes,
  product,
  stockDocuments,
  unitsHeld,
} from './stock-in-netsuite.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const REPORT = report(
  {
    id: '28600000001',
    start: '2026-10-01T07:00:00Z',
    end: '2026-10-22T07:00:00Z',
    deposit: '2026-10-24T07:00:00Z',
    total: '-5.00',
  },
  [account('Subscription Fee', '-5.00', '2026-10-05T08:00:00Z')],
);

const ITEMS = ['GROWN', 'GONE', 'ROWS', 'EDITED', 'TAKEN', 'BACK', 'OPEN'];
const STOCK: WorldStock = {
  opened: '2026-09-30',
  opening: ITEMS.map((sku) => line(sku, sku === 'GROWN' ? 500 : 10)),
  events: [
    { at: at('06'), type: 'ship', sku: 'ROWS', units: 2 },
    adjust('02', 'TAKEN', 'M', -2),
    adjust('04', 'EDITED', 'M', -2),
    adjust('05', 'BACK', 'M', -2),
  ],
};
const ROW = '2026-10-06|X0ROWS|ROWS|Shipments|||PDX9|US|SELLABLE|-2#1';

let world: WorldUnderTest;
beforeAll(async () => {
  const told = worldFromSettlements([REPORT]);
  world = await openWorld({
    world: {
      ...told,
      catalogue: ITEMS.map((sku) => product(sku)),
      stock: STOCK,
      goesOnUntil: '2026-11-10T00:00:00Z',
    },
    seed: (seed) => ({
      ...seed,
      openingStock: seed.openingStock.map((stock) => (stock.itemId === 'OPEN' ? { ...stock, quantity: 7 } : stock)),
      adjustments: (
        [
          ['GROWN', -1],
          ['GONE', -5],
          ['ROWS', -2],
        ] as const
      ).map(([itemId, quantity]) => ({
        at: at('08'),
        itemId,
        location: 'FBA US',
        quantity,
        account: '6190',
        memo: `Count of ${itemId}`,
      })),
    }),
  });
  await approveOpening(world);
  await goOnTo(world, '2026-10-12T18:00:00Z', 3);
}, 240_000);
afterAll(() => world?.close());

const idBy = async (where: string): Promise<string> =>
  (await world.suiteql(`SELECT t.id FROM transaction t WHERE ${where}`))[0]!['id']!;
const theirs = (item: string) => idBy(`t.memo = 'Count of ${item}'`);
const ours = (key: string, part = 1) => idBy(`t.externalid = 'AMZ_demo-us_ADJ_${key}_${part}'`);

async function remove(id: string): Promise<void> {
  const { clientId, certificateId, privateKeyPem } = world.places.secrets.netsuite;
  const tokens = createAccessTokens({
    tokenUrl: `${world.netsuiteUrl}/services/rest/auth/oauth2/v1/token`,
    clientId,
    certificateId,
    privateKeyPem,
    exchange: createHttpExchange({ timeoutMs: 5000 }),
    now: Date.now,
  });
  const { status } = await fetch(`${world.netsuiteUrl}/services/rest/record/v1/inventoryAdjustment/${id}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${await tokens.current()}` },
  });
  expect(status).toBe(204);
}
async function edit(id: string, units: number): Promise<void> {
  const outcome = await world.netsuite.patch('inventoryAdjustment', id, {
    inventory: { items: [{ line: 1, adjustQtyBy: units }] },
  });
  expect(outcome.outcome).toBe('posted');
}
/** The command once, and once more: it is decided already. */
async function decideTwice(...argv: string[]): Promise<void> {
  const tieout = commandsOn(world);
  expect([argv, (await tieout(...argv, '--why', 'looked up')).exit]).toEqual([argv, 0]);
  expect((await tieout(...argv, '--why', 'once more')).stdout).toContain('decided already by maria');
}
const whatOf = async (key: string) =>
  (await openExceptions(world.store.db, world.connection)).find((one) => one.key === key)?.evidence;
const named = (documents: readonly string[], day: string) => documents.filter((name) => name.startsWith(day));
const ids: Record<string, string> = {};

describe('what is decided of movements', () => {
  test('is carried out once, and all agrees', async () => {
    for (const item of ['GROWN', 'GONE', 'ROWS']) ids[item] = await theirs(item);
    await decideTwice('explain-foreign', ids['GROWN']!, 'counter');
    await decideTwice('explain-foreign', ids['GONE']!, 'counter');
    await decideTwice('explain-foreign', ids['ROWS']!, 'answers', '--rows', ROW);
    await world.look();
    await goOnTo(world, '2026-10-15T18:00:00Z', 2);
    expect(await stockDocuments(world)).toEqual([
      '2026-10-01 ADJ us-opening: FBA US OPEN 3',
      '2026-10-02 ADJ us-20261002-inventory-loss: FBA US TAKEN -2',
      '2026-10-04 ADJ us-20261004-inventory-loss: FBA US EDITED -2',
      '2026-10-05 ADJ us-20261005-inventory-loss: FBA US BACK -2',
      `2026-10-12 ADJ us-c${ids['GROWN']}: FBA US GROWN 1`,
      `2026-10-12 ADJ us-c${ids['GONE']}: FBA US GONE 5`,
    ]);
    expect(await openCodes(world)).toEqual([]);
    expect(await differing(world)).toEqual([]);
    // On 6190 one of GROWN and five of GONE went and came back, two of ROWS went; on 6300 six were lost.
    expect(await bookedBy(world, 'InvAdjst')).toMatchObject({ 3900: -18, 6190: 12, 6300: 36 });
  });
});

describe('what somebody changes in NetSuite after that', () => {
  test('books nothing by itself, and each of it has its name', async () => {
    ids['TAKEN'] = await ours('us-20261002-inventory-loss');
    ids['EDITED'] = await ours('us-20261004-inventory-loss');
    ids['BACK'] = await ours('us-20261005-inventory-loss');
    ids['OPEN'] = await ours('us-opening');
    ids['counter'] = await ours(`us-c${ids['GONE']}`);
    const before = await stockDocuments(world);
    await edit(ids['GROWN']!, -398);
    await edit(ids['EDITED'], -3);
    await edit(ids['BACK'], -3);
    for (const name of ['GONE', 'ROWS', 'TAKEN', 'OPEN']) await remove(ids[name]!);
    await goOnTo(world, '2026-10-17T18:00:00Z', 1);
    await world.look();
    expect((await stockDocuments(world)).filter((name) => !before.includes(name))).toEqual([
      '2026-10-04 ADJ us-20261004-inventory-loss: FBA US EDITED -3',
      '2026-10-05 ADJ us-20261005-inventory-loss: FBA US BACK -3',
    ]);
    const foreign = ['GROWN', 'counter', 'TAKEN', 'EDITED', 'BACK', 'OPEN'].map(
      (name) => `movement-foreign ${ids[name]}`,
    );
    expect(await openCodes(world)).toEqual([...foreign, 'shipment-unbooked us ROWS'].sort());
    expect(await differing(world)).toEqual([
      'us BACK sellable 8 7 foreign 1',
      'us EDITED sellable 8 7 foreign 1',
      'us GONE sellable 10 15 foreign -5',
      'us GROWN sellable 500 103 foreign 397',
      'us OPEN sellable 10 7 foreign 3',
      'us ROWS sellable 8 10 waiting -2',
      'us TAKEN sellable 8 10 foreign -2',
    ]);
  });

  test('is told as whose it is, with what was planned and what NetSuite has', async () => {
    expect((await whatOf(ids['GROWN']!))?.what).toContain(
      `was changed in NetSuite after ADJ us-c${ids['GROWN']} 1 countered it: it moves −398 of GROWN at us sellable now (−397 units`,
    );
    expect((await whatOf(ids['counter']!))?.what).toContain(
      `ADJ us-c${ids['GONE']} 1, a document of Tieout's, stands alone`,
    );
    expect((await whatOf(ids['EDITED']!))?.what).toContain(
      "ADJ us-20261004-inventory-loss 1, a document of Tieout's, was altered in NetSuite: −2 of EDITED at us sellable planned, NetSuite has −3",
    );
    expect((await whatOf(ids['TAKEN']!))?.what).toContain(
      "ADJ us-20261002-inventory-loss 1, a document of Tieout's, was deleted in NetSuite: −2 of TAKEN at us sellable planned, NetSuite has 0",
    );
    const tieout = commandsOn(world);
    const opening = (await tieout('stock', 'opening')).stdout.replace(/\s+/g, ' ');
    expect(opening).toContain('OPEN, sellable: +3 booked, since changed in NetSuite by −3');
    expect(opening).toContain(`npx tieout explain-foreign ${ids['OPEN']} counter`);
    expect((await tieout('stock', 'GONE')).stdout.replace(/\s+/g, ' ')).toContain(
      'stands alone: NetSuite no longer has',
    );
    expect((await tieout('stock', 'TAKEN')).stdout.replace(/\s+/g, ' ')).toContain(
      'was deleted in NetSuite by somebody',
    );
  });

  test('is ended by what each of it names, once', async () => {
    for (const name of ['GROWN', 'counter', 'TAKEN', 'EDITED', 'BACK', 'OPEN'])
      await decideTwice('explain-foreign', ids[name]!, 'counter');
    await decideTwice('answer-rows', ROW, '--role', 'inventory-loss');
    await world.look();
    await world.look();
    const documents = await stockDocuments(world);
    expect(named(documents, '2026-10-17')).toEqual(
      [
        '2026-10-17 ADJ us-20261017-inventory-loss: FBA US ROWS -2',
        `2026-10-17 ADJ us-c${ids['BACK']}: FBA US BACK 1`,
        `2026-10-17 ADJ us-c${ids['EDITED']}: FBA US EDITED 1`,
        `2026-10-17 ADJ us-c${ids['GROWN']} part 2: FBA US GROWN 397`,
        `2026-10-17 ADJ us-c${ids['OPEN']}: FBA US OPEN 3`,
        `2026-10-17 ADJ us-c${ids['TAKEN']}: FBA US TAKEN -2`,
        `2026-10-17 ADJ us-c${ids['counter']}: FBA US GONE -5`,
      ].sort(),
    );
    expect(await openCodes(world)).toEqual([]);
    // 398 of GROWN went and came on 6190, five of GONE came and went; OPEN is on the opening balance as before; lost are two
    // each of TAKEN, EDITED, BACK and ROWS.
    expect(await bookedBy(world, 'InvAdjst')).toMatchObject({ 3900: -18, 6300: 48 });
    expect((await bookedBy(world, 'InvAdjst'))[6190] ?? 0).toBe(0);
    const held = await unitsHeld(world);
    expect(Object.fromEntries(ITEMS.map((item) => [item, held[item]!['FBA US']]))).toEqual({
      GROWN: 500,
      GONE: 10,
      ROWS: 8,
      EDITED: 8,
      TAKEN: 8,
      BACK: 8,
      OPEN: 10,
    });
  });

  test('and when a change of ours is put right after it was countered, its counter is taken back', async () => {
    await edit(ids['BACK']!, -2);
    await goOnTo(world, '2026-10-20T18:00:00Z', 1);
    const counter = await ours(`us-c${ids['BACK']}`);
    expect(await openCodes(world)).toEqual([`movement-foreign ${counter}`]);
    expect(await differing(world)).toEqual(['us BACK sellable 8 9 foreign -1']);
    await decideTwice('explain-foreign', counter, 'counter');
    await goOnTo(world, '2026-10-23T18:00:00Z', 1);
    expect(named(await stockDocuments(world), '2026-10-20')).toEqual([`2026-10-20 ADJ us-c${counter}: FBA US BACK -1`]);
    expect(await openCodes(world)).toEqual([]);
    expect(await differing(world)).toEqual([]);
    expect(await bookedBy(world, 'InvAdjst')).toMatchObject({ 3900: -18, 6300: 48 });
    const tieout = commandsOn(world);
    expect((await tieout('stock', 'opening')).stdout).toContain('approved and booked');
    // A day between a counter and its taking back: what is undone since was not yet.
    expect(await differing(world, '2026-10-14')).toEqual([
      'us EDITED sellable 8 7 foreign 1',
      'us GONE sellable 10 15 foreign -5',
      'us GROWN sellable 500 103 foreign 397',
      'us OPEN sellable 10 7 foreign 3',
      'us ROWS sellable 8 10 waiting -2',
      'us TAKEN sellable 8 10 foreign -2',
    ]);
    const refused = await tieout('explain-foreign', counter, 'answers', '--rows', ROW, '--why', 'x');
    expect(refused.stderr.replace(/\s+/g, ' ')).toContain('Nothing was decided');
  });
});
