import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Dependencies } from '../../src/activities/dependencies.ts';
import type { NetSuiteClient } from '../../src/clients/netsuite/netsuite-client.ts';
import { decimal } from '../../src/clients/netsuite/write-json.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import { refund, report, sale } from './report.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const ORDER = '117-0000001-0000001';
const MEMO = `AMZ_demo-us_CM_${ORDER}-20261004T160000_1`;
const of = { order: ORDER, item: '5001', sku: 'SKU-M', quantity: 1 };
const REPORT = report(
  {
    id: '27500000001',
    start: '2026-10-01T07:00:00Z',
    end: '2026-10-08T07:00:00Z',
    deposit: '2026-10-10T07:00:00Z',
    total: '25.00',
  },
  [
    ...sale({ ...of, shipment: 'Dm1', at: '2026-10-02T16:00:00Z', quantity: 2 }, [['ItemPrice', 'Principal', '50.00']]),
    ...refund({ ...of, at: '2026-10-04T16:00:00Z' }, [['ItemPrice', 'Principal', '-25.00']]),
  ],
);

async function setAmount(netsuite: NetSuiteClient, id: string, amount: string): Promise<void> {
  const outcome = await netsuite.patch('creditMemo', id, { item: { items: [{ line: 1, amount: decimal(amount) }] } });
  if (outcome.outcome !== 'posted') throw new Error(`the memo was not changed: ${JSON.stringify(outcome)}`);
}

/** A script of the account takes a restocking fee of 1.00 off each memo as it is saved. */
function scripted(deps: Dependencies): Dependencies {
  const clients = new Map(
    [...deps.clients].map(([name, connection]) => {
      const { netsuite } = connection;
      const transform: NetSuiteClient['transform'] = async (from, target, body) => {
        const outcome = await netsuite.transform(from, target, body);
        if (target === 'creditMemo' && outcome.outcome === 'posted') await setAmount(netsuite, outcome.id, '24.00');
        return outcome;
      };
      return [name, { ...connection, netsuite: { ...netsuite, transform } }];
    }),
  );
  return { ...deps, clients };
}

describe('a memo that NetSuite made otherwise than planned', () => {
  let world: WorldUnderTest;
  beforeAll(async () => {
    const told = worldFromSettlements([REPORT]);
    world = await openWorld({
      world: { ...told, catalogue: told.catalogue.map((product) => ({ ...product, unitCost: '10.00' })) },
      paceDays: 1,
      deps: scripted,
    });
    await world.runToTheEnd();
  }, 120_000);
  afterAll(() => world?.close());

  test('is named at once with both amounts; it counts as posted for nobody, and its payout is not tied', async () => {
    const { openExceptions, payouts } = await world.tieOut();
    expect(openExceptions.map(({ code }) => code).sort()).toEqual(['document-differs', 'document-missing']);
    expect(openExceptions.find(({ code }) => code === 'document-differs')).toMatchObject({
      subject: `order:${ORDER}`,
      what: expect.stringContaining('total -24 for 25.00'),
    });
    expect(payouts.map(({ tied }) => tied)).toEqual([false]);
  });
  test('once it is corrected, trying again lets the order and the payout go on', async () => {
    const [memo] = await world.suiteql(`SELECT id FROM transaction WHERE externalid = '${MEMO}'`);
    await setAmount(world.netsuite, memo!['id']!, '25.00');
    await world.client.workflow.getHandle(`order:demo-us:${ORDER}`).signal('tryAgain');
    await world.until(
      () =>
        world.store.db
          .selectFrom('documents')
          .select('state')
          .where('external_id', '=', MEMO)
          .executeTakeFirstOrThrow(),
      ({ state }) => state === 'posted',
    );
    await world.look();
    await world.look();
    const { openExceptions, payouts } = await world.tieOut();
    expect([openExceptions, payouts.map(({ tied }) => tied)]).toEqual([[], [true]]);
  });
});
