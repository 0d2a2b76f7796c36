import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import {
  COST_OF_GOODS_ACCOUNT,
  INVENTORY_ACCOUNT,
  SALES_ACCOUNT,
} from '../../src/local/demo-month/chart-of-accounts.ts';
import type { FileDecision } from '../../src/operations/decisions/decision-file.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import type { Dependencies } from '../../src/activities/dependencies.ts';
import { lastAudit, verifyAudit } from '../../src/store/audit/audit-chain.ts';
import { account, report, sale, type Cells } from './report.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const PLAIN = '114-0000001-0000001';
const NEW = ['114-0000002-0000002', '114-0000003-0000003'];
const BY_HAND = '114-0000004-0000004';
const BESIDE = '114-0000005-0000005';
const LATER = '114-0000006-0000006';
const SKUS: Record<string, string> = {
  [PLAIN]: 'SKU-A',
  [NEW[0]!]: 'SKU-NEW',
  [NEW[1]!]: 'SKU-NEW',
  [BY_HAND]: 'SKU-HAND',
  [BESIDE]: 'SKU-HAND',
  [LATER]: 'SKU-LATER',
};
const ACCOUNTS = { incomeAccount: SALES_ACCOUNT, cogsAccount: COST_OF_GOODS_ACCOUNT, assetAccount: INVENTORY_ACCOUNT };

/** Six orders at 18.00 net, and a fee that nobody has mapped: 106.00. */
const REPORT = report(
  {
    id: '27100000001',
    start: '2026-10-01T07:00:00Z',
    end: '2026-10-15T07:00:00Z',
    deposit: '2026-10-17T07:00:00Z',
    total: '106.00',
  },
  [
    ...Object.entries(SKUS).flatMap(([order, sku], index): Cells[] =>
      sale(
        {
          order,
          shipment: `D${order.slice(-7)}`,
          at: `2026-10-0${index + 3}T16:00:00Z`,
          item: `9${order.slice(-7)}`,
          sku,
          quantity: 1,
        },
        [
          ['ItemPrice', 'Principal', '25.00'],
          ['ItemFees', 'Commission', '-3.75'],
          ['ItemFees', 'FBAPerUnitFulfillmentFee', '-3.25'],
        ],
      ),
    ),
    account('Mystery Fee', '-2.00', '2026-10-10T08:00:00Z'),
  ],
);

/** Maria decides all; Olga answers what holds up orders. */
const PEOPLE: Dependencies['people'] = [
  { name: 'maria', roles: { 'demo-us': ['controller'] } },
  { name: 'olga', roles: { 'demo-us': ['operator'] } },
  { name: 'ann', roles: { 'demo-us': ['admin'] } },
];

/** Type of the failure that an update was refused with. */
async function refusalOf(update: Promise<unknown>): Promise<string | null | undefined> {
  const error: unknown = await update.then(
    () => null,
    (reason: unknown) => reason,
  );
  // What a person reads is a TieoutError; behind it stands Temporal's own refusal of the update.
  const refusal = (error as Error).cause;
  expect(refusal).toBeInstanceOf(WorkflowUpdateFailedError);
  // A handler refuses by itself, or by an activity that refused.
  for (let at = (refusal as Error).cause; at instanceof Error; at = at.cause)
    if (at instanceof ApplicationFailure) return at.type;
  return null;
}

describe('what waits for a person', () => {
  let world: WorldUnderTest;
  beforeAll(async () => {
    const told = worldFromSettlements([REPORT]);
    world = await openWorld({
      world: {
        ...told,
        catalogue: told.catalogue.map((product) => ({ ...product, inNetSuite: product.sku === 'SKU-A' })),
      },
      paceDays: 14,
      deps: (deps) => ({ ...deps, people: PEOPLE }),
      seed: (seed) => ({
        ...seed,
        items: [
          ...seed.items,
          { itemId: 'OLD-MUG', type: 'InvtPart', displayName: 'A mug of former days', inactive: true, ...ACCOUNTS },
        ],
      }),
    });
    await world.runToTheEnd();
  }, 120_000);
  afterAll(() => world?.close());

  /** What stands in the record, and what it says of who is nobody. */
  const acts = async () =>
    (await lastAudit(world.store.db, 'demo-us', null))
      .reverse()
      .map(({ action, by, why, detail }) => [
        action,
        by,
        why,
        (detail as { unchecked?: string }).unchecked?.match(/"nobody".*?demo-us/)?.[0],
      ]);
  const page = (order: string) => world.details(`order:demo-us:${order}`);
  const salesOrders = async () =>
    (await world.suiteql("SELECT otherrefnum FROM transaction WHERE type = 'SalesOrd' ORDER BY otherrefnum")).map(
      (row) => row['otherrefnum'],
    );
  const ordered = (order: string) => world.until(salesOrders, (orders) => orders.includes(order));

  test('an SKU that NetSuite does not know stops its orders and nothing else', async () => {
    expect(await salesOrders()).toEqual([PLAIN]);
    expect((await world.tieOut()).orders).toMatchObject({ seen: 6, salesOrders: 1, waiting: 5, invoices: 1 });
    expect(await page(NEW[0]!)).toMatch(/Waits for Operations.*NetSuite has no item for SKU SKU-NEW/s);
    expect((await world.tieOut()).openExceptions).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          code: 'sku-unknown',
          owner: 'operations',
          atStake: '50.00',
          what: 'NetSuite has no item for SKU SKU-NEW · 2 orders',
          act: 'npx tieout map-sku SKU-NEW ITEM --why "…"',
        }),
      ]),
    );
  });

  test('an amount that nobody has mapped stops its payout, which says so', async () => {
    expect(await world.details('payout:demo-us:27100000001')).toMatch(
      /Waits for Finance.*1 row has no account, -2\.00 USD.*Mystery Fee/s,
    );
    expect((await world.tieOut()).payouts).toEqual([
      expect.objectContaining({
        tied: false,
        exceptions: ['unknown-amount'],
        journal: expect.objectContaining({ externalIds: [] }),
      }),
    ]);
  });

  test('a decision that names an item that NetSuite does not have, or an inactive one, is refused and stores nothing', async () => {
    expect(await refusalOf(world.decide({ kind: 'sku', key: 'SKU-NEW', choice: 'NO-SUCH-ITEM' }))).toBe('ITEM_UNKNOWN');
    expect(await refusalOf(world.decide({ kind: 'sku', key: 'SKU-NEW', choice: 'OLD-MUG' }))).toBe('ITEM_INACTIVE');
    expect((await world.tieOut()).decisions.filter(({ choice }) => choice !== null)).toEqual([]);
  });

  test('a decision of the wrong shape is refused by the validator: it leaves no trace in the history', async () => {
    const updates = async () =>
      (await world.client.workflow.getHandle('decisions:demo-us').fetchHistory()).events!.filter(
        (event) => event.workflowExecutionUpdateAcceptedEventAttributes,
      ).length;
    const before = await updates();
    expect(await refusalOf(world.decide({ kind: 'sku', key: '', choice: 'SKU-A' }))).toBe('DECISION_SHAPE');
    expect(
      await refusalOf(
        world.decide({
          kind: 'amount',
          key: ['other-transaction', 'other-transaction', 'Mystery Fee'],
          choice: 'petty-cash',
        }),
      ),
    ).toBe('DECISION_SHAPE');
    expect(await updates()).toBe(before);
  });

  test('whoever has not the role that a decision wants is refused, and stores nothing', async () => {
    const fee: FileDecision = {
      kind: 'amount',
      key: ['other-transaction', 'other-transaction', 'Mystery Fee'],
      choice: 'storage',
      why: 'shelves',
    };
    const sku: FileDecision = { kind: 'sku', key: 'SKU-NEW', choice: 'SKU-A' };
    for (const [decision, by] of [
      [fee, 'olga'],
      [fee, 'ann'],
      [sku, 'Olga'],
      [sku, 'root@host'],
    ] as const)
      expect(await refusalOf(world.decide(decision, by))).toBe('NOT_ALLOWED');
    await expect(world.decide(fee, 'olga')).rejects.toThrow(
      'mapAmount wants a controller, and olga is an operator there; in demo-us that is maria.',
    );
    expect((await world.tieOut()).decisions.filter(({ choice }) => choice !== null)).toEqual([]);
    expect(await acts()).toEqual([]);
  });

  test('what is sent by hand to a workflow stands in the record, and so does what is sent by its command', async () => {
    await world.client.workflow.getHandle(`order:demo-us:${BESIDE}`).signal('tryAgain');
    await world.until(acts, (seen) => seen.length === 1);
    await world.client.workflow
      .getHandle(`order:demo-us:${BESIDE}`)
      .signal('tryAgain', { by: 'nobody', why: 'to see' });
    await world.until(acts, (seen) => seen.length === 2);
    const of = { kind: 'tryAgain', of: 'order', id: BESIDE, why: 'mended' } as const;
    expect(await refusalOf(world.decide({ ...of, id: '114-9999999-9999999' }, 'olga'))).toBe('NOT_AT_WORK');
    const { audit } = await world.decide(of, 'olga');
    expect(await acts()).toEqual([
      ['signal', 'sent outside', 'no reason given', undefined],
      ['signal', 'nobody', 'to see', '"nobody" is not among the people of demo-us'],
      ['try-again', 'olga', 'mended', undefined],
    ]);
    expect(await verifyAudit(world.store.db)).toMatchObject({ broken: null, end: { number: audit } });
  });

  test('one decision for the SKU releases all that wait for it', async () => {
    expect(
      await world.decide({ kind: 'sku', key: 'SKU-NEW', choice: 'SKU-A', why: 'the same mug' }, 'olga'),
    ).toMatchObject({
      released: 2,
      choice: 'SKU-A',
      detail: expect.stringMatching(/^NetSuite item SKU-A \(\d+\) exists and is active$/),
    });
    await ordered(NEW[0]!);
    await ordered(NEW[1]!);
    expect(await salesOrders()).toEqual([PLAIN, ...NEW]);
    expect(
      (await world.tieOut()).openExceptions
        .map(({ code, what }) => `${code} ${what}`)
        .filter((text) => text.includes('SKU-NEW')),
    ).toEqual([]);
  });

  test('a signal that names an unusable item changes nothing, and the page says so', async () => {
    const order = world.client.workflow.getHandle(`order:demo-us:${BY_HAND}`);
    await order.signal('skuMapped', { sku: 'SKU-HAND', item: 'NO-SUCH-ITEM' });
    await world.until(
      () => page(BY_HAND),
      (text) => text.includes('The mapping that came was not used: item NO-SUCH-ITEM is not in NetSuite.'),
    );
    await order.signal('skuMapped', { sku: 'SKU-HAND', item: 'OLD-MUG' });
    await world.until(
      () => page(BY_HAND),
      (text) => text.includes('The mapping that came was not used: item OLD-MUG is inactive.'),
    );
    expect(await salesOrders()).toEqual([PLAIN, ...NEW]);
  });

  test('a signal to one order unblocks just that one', async () => {
    await world.client.workflow
      .getHandle(`order:demo-us:${BY_HAND}`)
      .signal('skuMapped', { sku: 'SKU-HAND', item: 'SKU-A' });
    await ordered(BY_HAND);
    expect(await salesOrders()).toEqual([PLAIN, ...NEW, BY_HAND]);
    expect(await page(BESIDE)).toContain('Waits for Operations');
  });

  test('the decision for all releases the one beside it', async () => {
    expect(await world.decide({ kind: 'sku', key: 'SKU-HAND', choice: 'SKU-A' })).toMatchObject({ released: 1 });
    await ordered(BESIDE);
  });

  test('an item that somebody creates in NetSuite releases its orders at the next look', async () => {
    await world.netsuitePage('POST', '/admin/items', {
      itemId: 'SKU-LATER',
      type: 'InvtPart',
      displayName: 'A mug of later days',
      ...ACCOUNTS,
    });
    await world.look();
    await ordered(LATER);
  });

  test('mapping the amount releases the payout, which then is tied', async () => {
    expect(
      await world.decide({
        kind: 'amount',
        key: ['other-transaction', 'other-transaction', 'Mystery Fee'],
        choice: 'storage',
        why: 'a fee for shelves',
      }),
    ).toMatchObject({ released: 1, choice: 'storage' });
    await world.look();
    await world.look();
    const tieOut = await world.tieOut();
    expect(tieOut.payouts).toEqual([
      expect.objectContaining({ settlementId: '27100000001', tied: true, exceptions: [] }),
    ]);
    expect(tieOut.balances).toMatchObject({
      storage: '2.00',
      'product-sales': '-150.00',
      clearing: '0.00',
      receivable: '0.00',
      bank: '106.00',
    });
    expect(tieOut.openExceptions).toEqual([]);
    expect(tieOut.duplicates).toEqual([]);
    expect(tieOut.decisions).toEqual([
      { kind: 'sku', key: 'SKU-NEW', choice: 'SKU-A' },
      { kind: 'sku', key: 'SKU-HAND', choice: 'SKU-A' },
      { kind: 'amount', key: ['other-transaction', 'other-transaction', 'Mystery Fee'], choice: 'storage' },
    ]);
  });
});
