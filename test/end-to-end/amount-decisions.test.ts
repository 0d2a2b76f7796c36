import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sendDecision } from '../../src/operations/decisions/send-decision.ts';
import { TieoutError } from '../../src/errors/tieout-error.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import { openWaits } from '../../src/store/decisions/waiting.ts';
import type { MapAmount } from '../../src/contracts/decisions/decisions.ts';
import { account, report, sale } from './report.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const OCT_1 = '2026-10-01T07:00:00Z';
const OCT_15 = '2026-10-15T07:00:00Z';
const OCT_29 = '2026-10-29T07:00:00Z';

/** A sale of 20.00 and 2.00 of tax, of which Amazon withholds all but 0.50 under a new name, 20.00 held back under one, two texts of one fee; the next file gives the 20.00 back. */
const REPORTS = [
  report({ id: '27300000011', start: OCT_1, end: OCT_15, deposit: '2026-10-17T07:00:00Z', total: '97.50' }, [
    ...sale(
      {
        order: '114-0000001-0000001',
        shipment: 'D0000001',
        at: '2026-10-05T09:00:00Z',
        item: '90000001',
        sku: 'SKU-A',
        quantity: 1,
      },
      [
        ['ItemPrice', 'Principal', '20.00'],
        ['ItemPrice', 'Tax', '2.00'],
        ['ItemWithholding', 'AmazonCollectedTax-Principal', '-1.50'],
      ],
    ),
    account('WAREHOUSE_LOST', '100.00', '2026-10-06T09:00:00Z', 'FBA Inventory Reimbursement'),
    account('Rework surcharge, September 2026', '-1.00', '2026-10-07T09:00:00Z'),
    account('Rework surcharge for B0ZZTEST01', '-2.00', '2026-10-08T09:00:00Z'),
    account('Amount set aside', '-20.00', '2026-10-15T06:59:59Z'),
  ]),
  report({ id: '27300000012', start: OCT_15, end: OCT_29, deposit: '2026-10-31T07:00:00Z', total: '17.00' }, [
    account('Amount given back', '20.00', OCT_15),
    account('Rework surcharge, October 2026', '-3.00', '2026-10-20T09:00:00Z'),
  ]),
];
const OTHER = { transactionType: 'other-transaction', amountType: 'other-transaction' };

describe('decisions about amounts that come in new words', () => {
  let world: WorldUnderTest;
  beforeAll(async () => {
    world = await openWorld({ world: worldFromSettlements(REPORTS), paceDays: 14 });
    await world.runToTheEnd();
  }, 120_000);
  afterAll(() => world?.close());

  const decide = (decision: Omit<MapAmount, 'by' | 'why'> & { why?: string }) =>
    sendDecision(world.context, { update: 'mapAmount', args: { why: 'as agreed', ...decision, by: 'maria' } });
  const refusalOf = async (decision: Omit<MapAmount, 'by' | 'why'> & { why?: string }) => {
    const error: unknown = await decide(decision).then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(TieoutError);
    return { code: (error as TieoutError).code, message: (error as TieoutError).message };
  };
  const open = async () =>
    (await world.tieOut()).openExceptions
      .filter(({ code }) => code === 'unknown-amount')
      .map(({ subject }) => (JSON.parse(subject.slice('amount:'.length)) as string[])[2])
      .sort();
  const waiting = async () =>
    [...new Set((await openWaits(world.store.db)).map(({ key }) => key.split('\t')[2]))].sort();

  test('both payouts wait for what nobody has mapped', async () => {
    expect(await open()).toEqual(
      [
        'Amount given back',
        'Amount set aside',
        'AmazonCollectedTax-Principal',
        'Rework surcharge for B0ZZTEST01',
        'Rework surcharge, October 2026',
        'Rework surcharge, September 2026',
      ].sort(),
    );
  });

  test('a role with mechanics is refused, and the sentence says what serves', async () => {
    expect(await refusalOf({ ...OTHER, amountDescription: 'Amount set aside', role: 'reserve-held' })).toEqual({
      code: 'usage',
      message: expect.stringContaining('--same-as "other-transaction / other-transaction / Current Reserve Amount"'),
    });
  });

  test('what cannot stand beside the amount map is refused when it is taken, and stores nothing', async () => {
    expect(
      (await refusalOf({ ...OTHER, amountDescription: 'Current Reserve Amount', role: 'storage' })).message,
    ).toContain('it stays there');
    expect((await refusalOf({ ...OTHER, amountDescription: 'Storage…', role: 'inbound' })).code).toBe('usage');
    expect(
      (
        await refusalOf({
          ...OTHER,
          amountDescription: 'Amount set aside',
          sameAs: ['other-transaction', 'other-transaction', 'Zork'],
          why: 'x',
        })
      ).message,
    ).toContain('does not know');
    expect((await world.tieOut()).decisions.filter(({ choice }) => choice !== null)).toEqual([]);
  });

  test('a decision for a beginning ends the exceptions of every key that begins so, and its waits', async () => {
    expect(await decide({ ...OTHER, amountDescription: 'Rework surcharge…', role: 'inbound' })).toMatchObject({
      released: 2,
      choice: 'inbound',
    });
    await world.look();
    expect(await open()).toEqual(['Amount given back', 'Amount set aside', 'AmazonCollectedTax-Principal'].sort());
    expect(await waiting()).toEqual(['amazoncollectedtaxprincipal', 'amountgivenback', 'amountsetaside']);
  });

  test('new spellings of known keys release their payouts, and the reserve and the tax are what they are under their known names', async () => {
    const known = (description: string): [string, string, string] => [
      'other-transaction',
      'other-transaction',
      description,
    ];
    expect(
      await decide({
        ...OTHER,
        amountDescription: 'Amount set aside',
        sameAs: known('Current Reserve Amount'),
        why: 'renamed',
      }),
    ).toMatchObject({ choice: 'reserve-held' });
    await decide({
      ...OTHER,
      amountDescription: 'Amount given back',
      sameAs: known('Previous Reserve Amount Balance'),
      why: 'renamed',
    });
    await decide({
      transactionType: 'Order',
      amountType: 'ItemWithholding',
      amountDescription: 'AmazonCollectedTax-Principal',
      why: 'renamed',
      sameAs: ['Order', 'ItemWithheldTax', 'MarketplaceFacilitatorTax-Principal'],
    });
    await world.look();
    await world.look();
    const tieOut = await world.tieOut();
    expect(tieOut.payouts.map(({ settlementId, tied, reserve }) => ({ settlementId, tied, reserve }))).toEqual([
      { settlementId: '27300000011', tied: true, reserve: { opens: '0.00', lastClosed: null, closes: '20.00' } },
      { settlementId: '27300000012', tied: true, reserve: { opens: '20.00', lastClosed: '20.00', closes: '0.00' } },
    ]);
    expect(tieOut.balances).toMatchObject({
      'reserve-held': '0.00',
      inbound: '6.00',
      reimbursements: '-100.00',
      'product-sales': '-20.00',
      clearing: '0.00',
      receivable: '0.00',
      'sales-tax-payable': '-0.50',
      bank: '114.50',
    });
    // That Amazon withholds the tax of this order is said by the row in the new spelling alone.
    expect(tieOut.openExceptions.map(({ code, subject }) => [code, subject])).toEqual([
      ['tax-residual', 'order:114-0000001-0000001'],
    ]);
    expect(await waiting()).toEqual([]);
  });
});
