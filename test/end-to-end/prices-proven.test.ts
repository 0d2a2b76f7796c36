/**
 * A connection that counts as a real one goes live where settled sales prove how its prices are read; the simulators answer
 * for it all the same. By hand:
 *
 * GB: 20 sales of 120.00 with 20.00 of VAT, settled as 100.00 and 20.00: 2,400.00. They prove the marketplace by themselves.
 * DE: one sale of 119.00 with 19.00, settled as 100.00 and 19.00: a person confirms. US: one of 50.00: nobody is asked.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Dependencies } from '../../src/activities/dependencies.ts';
import type { TieOut } from '../../src/contracts/tie-out/tie-out.ts';
import { orderWorkflowId } from '../../src/domain/identifiers/workflow-id.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import type { AmazonWorld } from '../../src/simulators/amazon/world.ts';
import { openExceptions } from '../../src/store/exceptions/exceptions.ts';
import { commandsOn } from './commands-on-world.ts';
import { report, sale, type Amount } from './report.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const SPAN = { start: '2026-10-20T00:00:00Z', end: '2026-11-04T00:00:00Z', deposit: '2026-11-06T00:00:00Z' };
const UK = Array.from({ length: 20 }, (_, index) => `202-10005${String(index).padStart(2, '0')}-0000001`);
const [DE, US] = ['304-1000501-0000001', '114-1000501-0000001'];

function sold(marketplace: string, order: string, amounts: Amount[]) {
  const name = order.replace(/\D/g, '').slice(3, 10);
  return sale(
    { marketplace, order, shipment: `S${name}`, at: '2026-10-28T12:00:00Z', item: `9${name}`, sku: 'POT', quantity: 1 },
    amounts,
  );
}

function world(): AmazonWorld {
  const told = worldFromSettlements([
    report(
      { ...SPAN, id: '30100000501', total: '2400.00', currency: 'GBP' },
      UK.flatMap((order) =>
        sold('Amazon.co.uk', order, [
          ['ItemPrice', 'Principal', '100.00'],
          ['ItemPrice', 'Tax', '20.00'],
        ]),
      ),
    ),
    report(
      { ...SPAN, id: '30100000502', total: '119.00', currency: 'EUR' },
      sold('Amazon.de', DE!, [
        ['ItemPrice', 'Principal', '100.00'],
        ['ItemPrice', 'Tax', '19.00'],
      ]),
    ),
    report(
      { ...SPAN, id: '30100000503', total: '50.00', currency: 'USD' },
      sold('Amazon.com', US!, [['ItemPrice', 'Principal', '50.00']]),
    ),
  ]);
  return told;
}

/** Without the address of a simulator a connection is a real one; its clients are made already. */
const asReal = (deps: Dependencies): Dependencies => ({
  ...deps,
  configured: deps.configured.map((settings) => ({ ...settings, amazon: { region: settings.amazon.region } })),
});

const TAX = {
  registrations: ['GB', 'DE'],
  items: { GB: 'AMZ-VAT-GB', DE: 'AMZ-VAT-DE' },
  rates: { GB: { standard: 20 }, DE: { standard: 19 } },
};

describe('a real connection with tax', () => {
  let books: WorldUnderTest;
  const posted = async (like: string) =>
    (await books.suiteql(`SELECT externalid FROM transaction WHERE externalid LIKE '${like}' ORDER BY externalid`)).map(
      ({ externalid }) => externalid,
    );
  const open = async () =>
    (await openExceptions(books.store.db, 'demo-us'))
      .filter(({ code }) => code !== 'document-missing')
      .map(({ code, subject, remedy }) => [code, subject.id, remedy.kind])
      .sort();
  let tieOut: TieOut;
  /** The clock to an instant; it stops at each fact on its way. */
  const until = async (to: string) => {
    for (;;) {
      const answer = await fetch(`${books.amazonUrl}/clock`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ to }),
      });
      await books.look();
      if (((await answer.json()) as { now: string }).now >= to) return;
    }
  };
  beforeAll(async () => {
    books = await openWorld({ world: world(), paceDays: 9, deps: asReal, settings: { tax: TAX } });
  }, 60_000);
  afterAll(() => books?.close());

  test('posts nothing of a marketplace whose prices are not proven, says so, and everything else goes on', async () => {
    await until('2026-10-30T00:00:00Z');
    expect(await posted('AMZ_demo-us_SO_%')).toEqual([`AMZ_demo-us_SO_${US}_1`]);
    expect(await open()).toEqual([
      ['prices-differ', 'amazon.co.uk', 'confirm-prices'],
      ['prices-differ', 'amazon.de', 'confirm-prices'],
    ]);
    const details = await books.details(orderWorkflowId('demo-us', UK[0]!));
    expect(details).toContain('0 of 0 settled sales with tax agree');
    const { stdout } = await commandsOn(books)('exceptions');
    expect(stdout.replace(/\s+/g, ' ')).toContain('20 orders');
    expect((await commandsOn(books)('exceptions', '1')).stdout.replace(/\s+/g, ' ')).toContain(
      'npx tieout confirm-prices amazon.co.uk --why',
    );
  }, 120_000);

  test('goes on by itself once settled sales prove them; a person confirms where there are too few', async () => {
    await books.runToTheEnd();
    expect(await posted('AMZ_demo-us_INV_202-%')).toHaveLength(20);
    expect(await posted('AMZ_demo-us_%_304-%')).toEqual([]);
    expect(await open()).toEqual([['prices-differ', 'amazon.de', 'confirm-prices']]);
    tieOut = await books.tieOut();
    expect(tieOut.payouts.map(({ total, tied }) => [total, tied])).toEqual([
      ['2400.00', true],
      ['119.00', false],
      ['50.00', true],
    ]);
    await expect(
      books.decide({ kind: 'confirmPrices', marketplace: 'amazon.com', why: 'compared' }, 'maria'),
    ).rejects.toThrow('no marketplace of demo-us whose prices hold tax');
    const command = commandsOn(books);
    expect((await command('doctor')).stdout).toContain(
      'amazon.co.uk: 20 of 20 settled sales with tax agree to the cent',
    );
    const done = await command('confirm-prices', 'amazon.de', '--why', 'compared');
    expect([done.exit, done.stdout.replace(/\s+/g, ' ')]).toEqual([
      0,
      expect.stringMatching(
        /^✓ prices of amazon\.de are read with .* ✓ decided by maria · audit \d+ … 1 order goes on/,
      ),
    ]);
    await books.look();
    tieOut = await books.tieOut();
    expect(tieOut.payouts.every(({ tied }) => tied)).toBe(true);
    expect(tieOut.openExceptions).toEqual([]);
    expect(tieOut.duplicates).toEqual([]);
    expect(await posted('AMZ_demo-us_INV_304-%')).toHaveLength(1);
  }, 180_000);
});
