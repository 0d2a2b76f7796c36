import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { saveBalancesOn } from '../../src/store/period/balances-on.ts';
import { settlementStates, statementLines } from '../../src/store/bank/statement-lines.ts';
import type { TrailView } from '../../src/views/documents/trail.ts';
import { tieout, tieoutAt } from './tieout.ts';
import { startStoredWorld, type StoredWorld } from '../views/stored-world.ts';
import { planDocument } from '../../src/store/documents/documents.ts';
import { lastOfOctober } from '../store/stored-balances.ts';
import { salesOrderOf } from '../store/documents/written-down.ts';
import {
  SETTLED_ORDER,
  storeCommissionDecision,
  storeLines,
  storePayouts,
  storeWaiting,
  WAITING_ORDER,
} from '../store/stored-payouts.ts';

const JOURNAL = 'AMZ_demo-us_JE_20001234561_1';

let world: StoredWorld;
const us = (...argv: string[]) => tieout(...argv, '--connection', 'demo-us');

beforeAll(async () => {
  world = await startStoredWorld();
  await storePayouts(world.store);
  await storeWaiting(world.store);
});
afterAll(() => world.stop());

describe('tieout balances', () => {
  test('shows what was read last where NetSuite cannot be asked, with what is left, since when, and what differs', async () => {
    await saveBalancesOn(world.store.db, 'demo-us', lastOfOctober());
    const { exit, stdout } = await us('balances', '--on', '2026-10-31');
    // An account differs.
    expect(exit).toBe(1);
    expect(stdout.split('\n')).toEqual([
      'demo-us · balances at the end of 2026-10-31',
      'Temporal does not answer. As NetSuite stood when it was asked last, 2026-11-04',
      '00:00 UTC: 1 of 2 accounts differ.',
      '',
      '   Account                  Opening  Documents   Left  NetSuite  Difference',
      '✓  payouts-in-transit  USD     0.00      20.02  20.02     20.02',
      '≠  reserve-held        USD     0.00      20.00  20.00     15.00       −5.00',
      '',
      'What differs',
      '≠ AMZ_demo-us_JE_1_1 has 15.00 USD on reserve-held in NetSuite, planned 20.00',
      '  USD: npx tieout explain AMZ_demo-us_JE_1_1',
      '',
      'Left on             Of            Since       Days  Amount',
      'payouts-in-transit  settlement 1  2026-10-29     2   20.02  USD',
      'reserve-held        reserve-held  2026-10-29     2   20.00  USD',
      '',
      "Amazon's own balances of 2026-10-31 were not read: it is asked for a month's",
      'last day.',
      'Next: npx tieout close 2026-10',
      '',
    ]);
    const csv = (await us('balances', '--on', '2026-10-31', '--csv')).stdout.split('\r\n');
    expect(csv).toContain(
      'demo-us,2026-10-31,2026-11-04T00:00:00Z,reserve-held,strict,USD,closing,,,,20.00,15.00,-5.00',
    );
    expect(csv).toContain(
      'demo-us,2026-10-31,2026-11-04T00:00:00Z,payouts-in-transit,strict,USD,left,settlement 1,2026-10-29,2,20.02,,',
    );
  });

  test('says that nothing is known of a day that was never read, and fails', async () => {
    const { exit, stdout } = await us('balances', '--on', '2026-10-14');
    expect(exit).toBe(1);
    expect(stdout.replaceAll('\n', ' ')).toContain('2026-10-14 was not read from NetSuite before, so nothing of it');
    expect((await us('balances', '--on', '2026-10-14', '--csv')).stdout).not.toContain('0.00');
    expect((await us('balances', '--on', '2026-02-30')).exit).toBe(64);
  });
});

describe('tieout exceptions', () => {
  test('lists what waits, the latest first, and names the next command', async () => {
    const { exit, stdout, stderr } = await us('exceptions');
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    expect(stdout.split('\n')).toEqual([
      '#  What                                   Waits   At stake   Since',
      '2  no account: FBA Inbound Dock Fee    1 payout  61.30 USD  28 Oct',
      '1  no NetSuite item for SKU BLU-MUG-2   1 order  23.99 USD  12 Oct',
      '2 open. Next: npx tieout exceptions 2',
      '',
    ]);
  });

  test('shows one with its evidence, its owner and the command that ends it', async () => {
    const { exit, stdout } = await us('exceptions', '2');
    expect(exit).toBe(0);
    expect(stdout).toContain('settlement 20001234562: 3 rows, −38.70 USD, lines 9; 12; 1,420');
    expect(stdout).toMatch(/^at stake +61\.30 USD$/m);
    expect(stdout).toMatch(/^stays open +payout 20001234562 of [\d,]+\.\d\d USD$/m);
    expect(stdout).toMatch(/^acts +Finance$/m);
    expect(stdout).toMatch(/^see +docs\/errors\.md#unknown-amount$/m);
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^do +npx tieout map-amount 2 inbound --why "…"$/);
  });

  test('gives amounts as plain decimals in --json', async () => {
    const { stdout } = await us('exceptions', '--json');
    expect(JSON.parse(stdout)).toMatchObject([
      { number: 2, code: 'unknown-amount', atStake: '61.30', currency: 'USD', waiting: ['payout:demo-us:20001234562'] },
      { number: 1, code: 'sku-unknown', atStake: '23.99', waiting: [`order:demo-us:${WAITING_ORDER}`], closed: null },
    ]);
  });

  test('says that a number is not known', async () => {
    const { exit, stdout, stderr } = await us('exceptions', '42');
    expect({ exit, stdout }).toEqual({ exit: 1, stdout: '' });
    expect(stderr).toContain('There is no exception 42.');
  });

  test('has nothing of another connection', async () => {
    expect((await tieout('exceptions', '--connection', 'other')).stdout).toBe('Nothing waits for a person.\n');
  });
});

describe('tieout status', () => {
  test('counts payouts, orders and what waits for each connection', async () => {
    const { exit, stdout } = await tieout('status');
    expect(exit).toBe(0);
    expect(stdout).toMatch(/^demo-us {2}1 of 2 payouts tied · 2 things wait/m);
    expect(stdout).toMatch(/2 orders seen · 1 sales order · 1 dispatched · 1 settled · 1\s+wait/);
    expect(stdout).toMatch(/^other {4}0 of 0 payouts tied · 0 things wait/m);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('Next: npx tieout exceptions');
  });

  test('shows an order with its documents beside its payout and its bank line', async () => {
    const { exit, stdout } = await us('status', 'order', SETTLED_ORDER);
    expect(exit).toBe(0);
    expect(stdout.split('\n')).toEqual([
      `Order ${SETTLED_ORDER} · settled · 34.99 USD`,
      ' 3 Oct  ordered at Amazon   7 Oct  in payout 20001234561',
      ' 3 Oct  SO 61              16 Oct  bank line 27.59',
      ' 4 Oct  IF 65, INV4490',
      'Waits for nothing.',
      '',
    ]);
  });

  test('says what an order waits for and how to move it on', async () => {
    const { stdout } = await us('status', 'order', WAITING_ORDER);
    expect(stdout).toContain('waits for Operations · 23.99 USD');
    expect(stdout).toContain('Waits for a NetSuite item for SKU BLU-MUG-2.');
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('Next: npx tieout map-sku BLU-MUG-2 ITEM --why "…"');
  });

  test('shows a tied payout with its five signs and its documents', async () => {
    const { stdout } = await us('status', 'payout', '20001234561');
    expect(stdout.split('\n')).toEqual([
      'Payout 20001234561 · 1–14 Oct 2026 · 27.59 USD · tied',
      'rows ✓ total ✓ journal ✓ deposit ✓ bank ✓',
      'JE10002 · PAY PYMT10001',
      'Waits for nothing.',
      '',
    ]);
  });

  test('says who must act on a payout that waits for an amount type', async () => {
    const { stdout } = await us('status', 'payout', '20001234562');
    expect(stdout.split('\n')).toEqual([
      'Payout 20001234562 · 15–28 Oct 2026 · 61.30 USD · waits for Finance',
      'rows ✓ total ✓ journal … deposit … bank …',
      'Waits for 3 rows (−38.70 USD) without an account.',
      'Next: npx tieout map-amount 2 inbound --why "…"',
      '',
    ]);
  });

  test.each([
    ['order', '112-0000000-0000000'],
    ['payout', '1'],
  ])('does not know %s %s', async (kind, id) => {
    const { exit, stdout, stderr } = await us('status', kind, id);
    expect({ exit, stdout }).toEqual({ exit: 1, stdout: '' });
    expect(stderr).toContain('[not-found]');
  });
});

describe('tieout explain', () => {
  test('leads from a journal line to its rows, the rule, the payout and its bank line', async () => {
    const { exit, stdout } = await tieout('explain', `${JOURNAL}:3`);
    expect(exit).toBe(0);
    expect(stdout.split('\n')).toEqual([
      'Journal line   selling-fees · 6110 · Dr 4.05',
      'is 2 rows      Order / ItemFees / Commission   1  −5.25',
      '               Refund / ItemFees / Commission  1   1.20',
      '                                               2  −4.05  ✓',
      'because        map v1: Order, Refund / ItemFees / Commission → selling-fees',
      'part of        payout 20001234561 · 27.59 USD · bank 16 Oct, trace …6017',
      `rows           npx tieout explain ${JOURNAL}:3 --rows`,
      '',
    ]);
  });

  test('lists the rows themselves with --rows', async () => {
    const { stdout } = await tieout('explain', `${JOURNAL}:3`, '--rows');
    expect(stdout.trimEnd().split('\n').slice(-3)).toEqual([
      'Line  Order                SKU      Key                             Amount',
      `   4  ${SETTLED_ORDER}  BLU-MUG  Order / ItemFees / Commission    −5.25`,
      `   5  ${SETTLED_ORDER}  BLU-MUG  Refund / ItemFees / Commission    1.20`,
    ]);
  });

  test('says that a sale is booked on clearing because its invoice owns it', async () => {
    const { stdout } = await tieout('explain', `${JOURNAL}:2`);
    expect(stdout).toContain('clearing · 1180 · Cr 34.99');
    expect(stdout).toContain('booked on clearing: an invoice or credit memo owns the amount');
    expect(stdout).toContain('map v1: Order / ItemPrice / Principal → product-sales');
  });

  test('puts the whole report behind the payout line, by role', async () => {
    const { stdout } = await tieout('explain', `${JOURNAL}:1`);
    expect(stdout).toMatch(/^is 4 rows +selling-fees +2 +−4\.05$/m);
    expect(stdout).toMatch(/^ +4 +27\.59 {2}✓$/m);
  });

  test('shows a payment line with the rows of its invoice', async () => {
    const { stdout } = await tieout('explain', 'AMZ_demo-us_PAY_20001234561_1:1');
    expect(stdout).toContain(`AMZ_demo-us_INV_${SETTLED_ORDER}-S1_1`);
    expect(stdout).toMatch(/Order \/ ItemPrice \/ Principal +1 +34\.99$/m);
  });

  test('names the person and the reason where a decision sent the rows there', async () => {
    await storeCommissionDecision(world.store);
    const { stdout } = await tieout('explain', `${JOURNAL}:3`, '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      name: 'selling-fees',
      debit: '4.05',
      credit: '0.00',
      rowCount: 2,
      sum: '-4.05',
      agrees: true,
      payout: { total: '27.59', bankDate: '2026-10-16', traceId: '021000020006017' },
      because: [
        'decision of ana@example.com: Order / ItemFees / Commission → selling-fees ("policy 4.2")',
        'map v1: Refund / ItemFees / Commission → selling-fees',
      ],
    });
  });

  test('lists the lines of a document when none is named', async () => {
    const { stdout } = await tieout('explain', JOURNAL);
    expect(stdout.split('\n').slice(1, 6)).toEqual([
      'Line  What                Account  Debit  Credit',
      '   1  payouts-in-transit  1190     27.59',
      '   2  clearing            1180             34.99',
      '   3  selling-fees        6110      4.05',
      '   4  fulfilment-fees     6120      3.35',
    ]);
  });

  const INVOICE = `AMZ_demo-us_INV_${SETTLED_ORDER}-S1_1`;
  const pathOf = async (what: string) => {
    const { exit, stdout, stderr } = await us('explain', what, '--json');
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    const { stages } = JSON.parse(stdout) as TrailView;
    return stages.map(({ name, next }) => [name, next?.replace('npx tieout ', '') ?? '']);
  };
  const PAYOUT = ['payout', 'status payout 20001234561'];
  const IN_JOURNAL = ['journal', `explain ${JOURNAL}`];
  const BANK = ['bank', 'explain bank:1'];

  test('leads from a row of the report to what it means and to the line of the bank', async () => {
    const { stdout } = await us('explain', '20001234561:4');
    expect(stdout.split('\n').slice(0, 6)).toEqual([
      'line 4 of the report of settlement 20001234561',
      'row            Order / ItemFees / Commission, −5.25 USD, posted 7 Oct 2026, SKU',
      '               BLU-MUG',
      'means          selling-fees, booked on selling-fees, account 6110, in',
      `               ${JOURNAL}:3`,
      `               npx tieout explain ${JOURNAL}:3`,
    ]);
    // The sale of the order is its invoice's.
    expect(await pathOf('20001234561:3')).toEqual([
      ['row', ''],
      ['means', `explain ${INVOICE}`],
      ['order', `explain ${SETTLED_ORDER}`],
      PAYOUT,
      IN_JOURNAL,
      BANK,
    ]);
  });

  test('says of a row that nobody knows that nothing of it is booked', async () => {
    const { stdout } = await us('explain', '20001234562:9');
    expect(stdout).toContain('nobody knows yet what it is, not booked yet');
    expect(stdout).toContain('no line of the bank proves it yet');
  });

  test.each([
    ['an order', SETTLED_ORDER],
    ['its invoice', INVOICE],
    ["the invoice's number in NetSuite", 'INV4490'],
    ['the settlement', '20001234561'],
    ['the line of the bank', 'bank:1'],
  ])('from %s every step can be typed, and leads on', async (_what, end) => {
    for (const [, next] of await pathOf(end)) {
      if (!next!.startsWith('explain ')) continue;
      expect((await us(...next!.split(' '))).exit).toBe(0);
    }
  });

  test('leads from the line of the bank back to the deposit, the payout and its journal', async () => {
    expect(await pathOf('bank:1')).toEqual([
      ['bank', ''],
      // Its deposit is not written down in this store.
      ['proves', ''],
      PAYOUT,
      IN_JOURNAL,
    ]);
    expect(await pathOf(INVOICE)).toEqual([
      ['document', ''],
      ['order', `explain ${SETTLED_ORDER}`],
      ['rows', 'explain 20001234561:3'],
      PAYOUT,
      IN_JOURNAL,
      BANK,
    ]);
  });

  test.each([
    ['bank:9999', 'npx tieout bank lines lists them by number'],
    ['20001234561:999', 'No line 999 of a report of settlement 20001234561 is known.'],
    ['INV0', 'no order, no settlement and no document of that number'],
  ])('does not know %s', async (what, words) => {
    const { exit, stdout, stderr } = await us('explain', what);
    expect({ exit, stdout }).toEqual({ exit: 1, stdout: '' });
    expect(stderr.replace(/\s+/g, ' ')).toContain(words);
  });

  test.each([
    ['a line that is not there', `${JOURNAL}:5`, 'it has 4 lines'],
    ['a document that is not there', 'AMZ_demo-us_JE_20001234561_2:1', `did you mean ${JOURNAL}?`],
    ['a document of an order', `AMZ_demo-us_SO_${SETTLED_ORDER}_1:1`, `npx tieout status order ${SETTLED_ORDER}`],
  ])('does not explain %s', async (_what, line, words) => {
    const { exit, stdout, stderr } = await tieout('explain', line);
    expect({ exit, stdout }).toEqual({ exit: 1, stdout: '' });
    expect(stderr.replace(/\s+/g, ' ')).toContain(words);
  });
});

describe('a narrow terminal', () => {
  const narrow = async (...argv: string[]) =>
    (await tieoutAt(60, ...argv, '--connection', 'demo-us')).stdout.split('\n');

  test('has what waits as pairs of lines', async () => {
    expect(await narrow('exceptions')).toEqual([
      '2  no account: FBA Inbound Dock Fee',
      '  Waits 1 payout · At stake 61.30 USD · Since 28 Oct',
      '1  no NetSuite item for SKU BLU-MUG-2',
      '  Waits 1 order · At stake 23.99 USD · Since 12 Oct',
      '2 open. Next: npx tieout exceptions 2',
      '',
    ]);
  });

  test('has an order as one list', async () => {
    expect(await narrow('status', 'order', SETTLED_ORDER)).toEqual([
      `Order ${SETTLED_ORDER} · settled · 34.99 USD`,
      ' 3 Oct  ordered at Amazon',
      ' 3 Oct  SO 61',
      ' 4 Oct  IF 65, INV4490',
      ' 7 Oct  in payout 20001234561',
      '16 Oct  bank line 27.59',
      'Waits for nothing.',
      '',
    ]);
  });

  test('has the keys behind a line as pairs of lines', async () => {
    const lines = await narrow('explain', `${JOURNAL}:3`);
    expect(lines[0]).toBe('Journal line');
    expect(lines.slice(2, 9)).toEqual([
      'is 2 rows',
      '  Order / ItemFees / Commission',
      '    Rows 1 · Amount −5.25',
      '  Refund / ItemFees / Commission',
      '    Rows 1 · Amount 1.20',
      '  total',
      '    Rows 2 · Amount −4.05 · ✓',
    ]);
    expect(lines.filter((line) => line.length > 60 && !line.includes('http') && !line.includes('npx'))).toEqual([]);
  });
});

describe('a wide terminal', () => {
  test('says who acts in the list of what waits', async () => {
    const { stdout } = await tieoutAt(120, 'exceptions', '--connection', 'demo-us');
    expect(stdout.split('\n').slice(0, 2)).toEqual([
      '#  What                                   Waits   At stake   Since  Acts',
      '2  no account: FBA Inbound Dock Fee    1 payout  61.30 USD  28 Oct  Finance',
    ]);
  });
});

describe('the lines of a statement', () => {
  test('know the payout that they prove, and the one of their amount that waits for its journal', async () => {
    const { db } = world.store;
    const line = { account: 'bank' as const, currency: 'USD', transactionId: null };
    await storeLines(db, 'demo-us', [
      { ...line, key: 'bank:2', date: '2026-10-30', amount: 6130n, description: 'AMAZON.COM MKTPL' },
    ]);
    await storeLines(db, 'demo-us', [
      { ...line, key: 'bank:3', date: '2026-10-30', amount: -2500n, description: 'WIRE FEE' },
    ]);
    await storeLines(db, 'demo-us', [
      { ...line, key: 'bank:4', date: '2026-11-01', amount: 6130n, description: 'outside the days' },
    ]);
    const lines = await statementLines(db, 'demo-us', 'bank', '2026-10-01', '2026-10-31');
    expect(
      lines.map(({ date, amount, movement, expectedBy }) => [date, amount, movement?.externalId ?? null, expectedBy]),
    ).toEqual([
      ['2026-10-16', 2759n, 'AMZ_demo-us_DEP_20001234561_1', null],
      ['2026-10-30', 6130n, null, '20001234562'],
      ['2026-10-30', -2500n, null, null],
    ]);
    expect(await settlementStates(db, 'demo-us', ['20001234562', '5'])).toEqual(
      new Map([['20001234562', 'waits-amount']]),
    );
    expect(await statementLines(db, 'demo-us', 'card', '2026-10-01', '2026-10-31')).toEqual([]);
  });
});

describe('tieout bank lines', () => {
  test('numbers the lines, says what each proves, and names the currency beside the amount', async () => {
    const { exit, stdout } = await us('bank', 'lines');
    expect(exit).toBe(0);
    expect(
      stdout
        .split('\n')
        .slice(0, 5)
        .map((line) => line.replace(/ +/g, ' ').trim()),
    ).toEqual([
      '# Date Amount Account Proves Description',
      '1 16 Oct 2026 27.59 USD bank payout 20001234561 AMAZON.COM MKTPL 02100…',
      '2 30 Oct 2026 61.30 USD bank free AMAZON.COM MKTPL',
      '3 30 Oct 2026 −25.00 USD bank free WIRE FEE',
      '4 1 Nov 2026 61.30 USD bank free outside the days',
    ]);
    expect(stdout.trim().split('\n').at(-1)).toBe('4 lines, 3 free.');
  });

  test('are those that prove nothing, or those of one account', async () => {
    const numbers = async (...options: string[]) =>
      (JSON.parse((await us('bank', 'lines', '--json', ...options)).stdout) as { number: number }[]).map(
        ({ number }) => number,
      );
    expect(await numbers('--unmatched')).toEqual([2, 3, 4]);
    expect(await numbers('--account', 'card')).toEqual([]);
    expect((await us('bank', 'lines', '--account', 'card')).stdout).toBe(
      'No such line. Statements are taken in by npx tieout bank import FILE\n',
    );
    expect(JSON.parse((await us('bank', 'lines', '--json')).stdout)[0]).toEqual({
      number: 1,
      connection: 'demo-us',
      account: 'bank',
      accountTail: null,
      date: '2026-10-16',
      amount: '27.59',
      currency: 'USD',
      description: 'AMAZON.COM MKTPL 021000020006017',
      transactionId: null,
      proves: { externalId: 'AMZ_demo-us_DEP_20001234561_1', settlementId: '20001234561', kind: 'payout' },
    });
  });
});

describe('which connection', () => {
  test('must be named where several are configured', async () => {
    const { exit, stderr } = await tieout('status', 'payout', '20001234561');
    expect(exit).toBe(64);
    expect(stderr).toContain('configured: demo-us, other');
  });

  test('suggests the near name', async () => {
    expect((await tieout('exceptions', '--connection', 'demo-uk')).stderr).toContain(
      'did you mean --connection demo-us?',
    );
  });
});

describe('when a part does not answer', () => {
  test('a decision says that Temporal is away and that nothing was changed', async () => {
    const { exit, stdout, stderr } = await us('map-sku', 'BLU-MUG-2', 'BLU-MUG', '--why', 'same UPC');
    expect({ exit, stdout }).toEqual({ exit: 1, stdout: '' });
    expect(stderr).toContain('Temporal does not answer. Nothing was changed.');
  });

  test('a query says that Postgres is away', async () => {
    const url = process.env['DATABASE_URL'];
    process.env['DATABASE_URL'] = 'postgres://tieout@127.0.0.1:9/tieout';
    try {
      const { exit, stderr } = await us('exceptions');
      expect(exit).toBe(1);
      expect(stderr).toContain('Postgres does not answer. Nothing was changed.');
    } finally {
      process.env['DATABASE_URL'] = url;
    }
  });

  test('doctor names what is wrong, leaves the rest standing and exits with 1', async () => {
    const { exit, stdout } = await tieout('doctor');
    expect(exit).toBe(1);
    expect(stdout).toMatch(/^Postgres +✓ 17\.\d+ on 127\.0\.0\.1:\d+, 2 open exceptions$/m);
    expect(stdout).toMatch(/^Temporal +✗ 127\.0\.0\.1:9/m);
    expect(stdout).toContain('1 thing is wrong.');
  });
});

describe('a role that is none', () => {
  test('is refused with the near one before anything is asked', async () => {
    const { exit, stderr } = await us('map-amount', '2', 'inbond');
    expect(exit).toBe(64);
    expect(stderr).toContain('did you mean inbound?');
  });

  test.each([
    [['map-amount', '1', 'inbound'], 'Exception 1 is not about an amount type.'],
    [['map-amount', '77', 'inbound'], 'There is no exception 77.'],
    [['map-amount', 'forty', 'inbound'], '"forty" is not the number of an exception.'],
    [['map-amount', 'Order', 'ItemFees', 'inbound'], 'map-amount takes 2 or 4 words, not 3.'],
    [['map-amount', '2', 'reserve-held'], 'reserve-held is no choice for an amount'],
    [['map-amount', '2', 'inbound', '--prefix'], 'FBA Inbound Dock Fee carries no ASIN,'],
    [
      ['map-amount', '2', '--same-as', 'other-transaction / other-transaction / Micro Deposit'],
      '--same-as needs --why.',
    ],
    [['map-amount', '2', '--same-as', 'Micro Deposit', '--why', 'renamed'], '"Micro Deposit" is not a key.'],
    [
      ['map-amount', '2', 'inbound', '--same-as', 'a / b / c', '--why', 'renamed'],
      'map-amount takes 1 or 3 words with --same-as, not 2.',
    ],
  ])('%j is refused', async (argv, words) => {
    const { exit, stdout, stderr } = await us(...argv);
    expect(stdout).toBe('');
    expect([1, 64]).toContain(exit);
    expect(stderr).toContain(words);
  });
});

test('an order of packs says how many of its item each is', async () => {
  const key = { connection: 'demo-us', purpose: 'SO', businessKey: '112-3940177-8802203', part: 1 } as const;
  const placed = salesOrderOf(key, { orderId: key.businessKey, date: '2026-10-03', total: 2000n });
  const goods = { tag: '1 principal', goods: true, component: 'principal' as const, quantity: 2, amount: 2000n };
  await planDocument(world.store.db, {
    ...placed,
    plan: { ...placed.plan, lines: [{ ...goods, sku: 'TEA-TIN-3', units: 3 }] },
  });
  const { exit, stdout } = await us('status', 'order', key.businessKey);
  expect(exit).toBe(0);
  expect(stdout).toContain('\nOne TEA-TIN-3 is 3 units of its item in NetSuite.\n');
});
