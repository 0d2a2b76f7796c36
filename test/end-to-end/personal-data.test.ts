import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { fulfilledShipmentsReport } from '../../src/simulators/amazon/shipments-report.ts';
import type { AmazonWorld } from '../../src/simulators/amazon/world.ts';
import { raise } from '../../src/store/exceptions/exceptions.ts';
import { saveFile } from '../../src/store/files/files.ts';
import { LATER_DECISIONS, openSmallMonth, smallMonth } from '../faults/small-month.ts';
import { startWorkerProcesses, type WorkerProcesses } from '../faults/worker-process.ts';
import { everythingKept, whereStands, type Kept } from './everything-kept.ts';
import type { WorldUnderTest } from './world-under-test.ts';

const PERSONAL_COLUMNS = [
  'buyer-email',
  'buyer-name',
  'buyer-phone-number',
  'recipient-name',
  'ship-address-1',
  'ship-city',
  'ship-phone-number',
  'bill-address-1',
  'bill-city',
];

/**
 * All that Amazon can hand out about buyers: names, also by surname alone, e-mail addresses, streets, towns (a postcode
 * by itself is a number like others, and never stands without its town) and what the shipments report has of them.
 */
function personalDataOf(world: AmazonWorld): Set<string> {
  const [header, ...rows] = fulfilledShipmentsReport(world, {
    start: '2000-01-01T00:00:00Z',
    end: '2100-01-01T00:00:00Z',
    now: '2100-01-01T00:00:00Z',
    marketplaceIds: world.marketplaces.map(({ id }) => id),
  })!
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));
  const reported = PERSONAL_COLUMNS.flatMap((column) => rows.map((row) => row[header!.indexOf(column)]!));
  const bought = world.orders.flatMap(({ buyer: { name, email, address } }) => [
    name,
    name.slice(name.lastIndexOf(' ') + 1),
    email,
    email.split('@')[0]!,
    address.line1,
    address.city,
  ]);
  return new Set([...reported, ...bought]);
}

describe('a small month with worker processes of its own, calls that fail, and decisions that wait', () => {
  const told = smallMonth();
  const personal = personalDataOf(told);
  let world: WorldUnderTest;
  let workers: WorkerProcesses;
  let waiting: Kept;
  let tied: Kept;
  let open: string[];
  let payouts: boolean[];
  beforeAll(async () => {
    world = await openSmallMonth({ workers: 'none' });
    workers = await startWorkerProcesses(world);
    const { connection, policy } = world;
    await world.run('connectionCheck', `connection-check:${connection}`, { connection, policy });
    await world.netsuitePage('POST', '/faults', {
      kind: '500-before-commit',
      match: { method: 'POST', type: 'salesOrder' },
      times: 2,
    });
    await fetch(`${world.amazonUrl}/faults`, {
      method: 'POST',
      body: JSON.stringify({ kind: '500', match: { path: '/orders' }, times: 2 }),
    });
    await world.runToTheEnd();
    open = (await world.tieOut()).openExceptions.map(({ code }) => code).sort();
    waiting = await everythingKept(world);
    await world.decide({ kind: 'sku', key: 'SKU-NEW', choice: 'SKU-A', why: 'the same mug' });
    await world.look();
    await world.decide({
      kind: 'amount',
      key: ['other-transaction', 'other-transaction', 'Mystery Fee'],
      choice: 'storage',
    });
    await world.look();
    for (const decision of LATER_DECISIONS) {
      await world.decide(decision);
      await world.look();
    }
    await world.look();
    payouts = (await world.tieOut()).payouts.map((payout) => payout.tied);
    tied = await everythingKept(world);
  }, 240_000);
  afterAll(async () => {
    await workers?.stop();
    await world?.close();
  });

  test('there is personal data to lose: every order has a buyer with a name, an address and an e-mail address', () => {
    expect(personal.size).toBeGreaterThanOrEqual(25);
    expect([...personal]).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/@marketplace\.example$/),
        expect.stringMatching(/^\+1 555-/),
        expect.stringMatching(/Elm Street$/),
      ]),
    );
    expect([...personal].filter((value) => value.length < 4)).toEqual([]);
  });
  test('the month was lived through: an SKU and an amount waited, calls failed, and the payout is tied', () => {
    expect(open).toEqual(expect.arrayContaining(['sku-unknown', 'unknown-amount']));
    expect(payouts).toEqual([true, true]);
    expect(
      [...tied].filter(
        ([place, text]) =>
          place.startsWith('history ') && text.includes('InternalFailure: We encountered an internal error'),
      ),
    ).not.toEqual([]);
    const kinds = new Set([...tied.keys()].map((place) => place.split(' ')[0]));
    expect([...kinds].sort()).toEqual(['NetSuite', 'description', 'history', 'log', 'page', 'table']);
    expect(tied.get('table public.file_chunks')).toContain('Current Reserve Amount');
    expect(tied.get('log worker-1.log')).toContain('Activity failed');
  });
  test('no history, page, table, log or document holds anything of a buyer', () => {
    expect(whereStands(personal, waiting)).toEqual([]);
    expect(whereStands(personal, tied)).toEqual([]);
  });
  test('a name that does get somewhere is found there, wherever it is', async () => {
    const { name } = told.orders[0]!.buyer;
    const { netsuite_id: id } = await world.store.db
      .selectFrom('documents')
      .select('netsuite_id')
      .where('external_id', '=', 'AMZ_demo-us_SO_114-1000002-0000002_1')
      .executeTakeFirstOrThrow();
    await raise(
      world.store.db,
      world.connection,
      {
        code: 'drift',
        key: 'planted',
        subject: { kind: 'drift', id: 'planted' },
        evidence: { what: `unreadable: ${name}`, atStake: null, currency: null },
        remedy: { kind: 'look', where: '' },
      },
      '2026-11-10T00:00:00Z',
    );
    await saveFile(world.store.db, 'planted.txt.gz', [gzipSync(`buyer\t${name}\n`)], '2026-11-10T00:00:00Z');
    await world.netsuite.patch('salesOrder', id!, { memo: `for ${name}` });
    await world.client.workflow.getHandle(`decisions:${world.connection}`).signal('nobodyListens', { buyer: { name } });
    appendFileSync(join(world.places.folder, 'worker-1.log'), `refused: {"shipTo":"${name}"}\n`);
    const found = whereStands([name], await everythingKept(world)).map((place) =>
      place.replace(/ [0-9a-f-]{36}:/, ':'),
    );
    expect(found).toEqual([
      `NetSuite AMZ_demo-us_SO_114-1000002-0000002_1: ${name}`,
      `history decisions:demo-us: ${name}`,
      `log worker-1.log: ${name}`,
      `table public.exceptions: ${name}`,
      `table public.file_chunks: ${name}`,
    ]);
  });
});
