/**
 * A seller who owes VAT in Britain and Germany enters Amazon's fee invoices himself. Worked out by hand from tax.md: two sales of
 * October, A 100.00 with 20.00 and B 50.00 with 10.00, fees of 48.00 with 8.00 inside on 30 October, paid out 132.00. B left
 * from Germany: its 10.00 move there in November. Books at the end: fees 40.00, input tax 8.00, Britain −20.00, Germany −10.00.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DecisionResult } from '../../src/contracts/decisions/decisions.ts';
import type { TieOut } from '../../src/contracts/tie-out/tie-out.ts';
import { accountsByRole } from '../../src/local/demo-month/chart-of-accounts.ts';
import { taxTie } from '../../src/operations/tax/tax-tie.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import type { AmazonWorld } from '../../src/simulators/amazon/world.ts';
import { vatView, type VatView } from '../../src/views/tax/vat-view.ts';
import { commandsOn } from './commands-on-world.ts';
import { report, sale, type Cells } from './report.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const [A, B] = ['202-1000001-0000001', '202-1000002-0000002'];
const UK = { marketplace: 'Amazon.co.uk', sku: 'POT', quantity: 1 };
const ROWS: Cells[] = [
  ...sale({ ...UK, order: A, shipment: 'GBa', at: '2026-10-28T12:00:00Z', item: '71001' }, [
    ['ItemPrice', 'Principal', '100.00'],
    ['ItemPrice', 'Tax', '20.00'],
  ]),
  ...sale({ ...UK, order: B, shipment: 'GBb', at: '2026-10-29T12:00:00Z', item: '71002' }, [
    ['ItemPrice', 'Principal', '50.00'],
    ['ItemPrice', 'Tax', '10.00'],
  ]),
  ...sale({ ...UK, order: A, shipment: 'GBa', at: '2026-10-30T12:00:00Z', item: '71001' }, [
    ['ItemFees', 'Commission', '-48.00'],
  ]),
];

/** B leaves from a centre in Germany, where the seller owes its tax, as Amazon's report says. */
function world(): AmazonWorld {
  const made = worldFromSettlements([
    report(
      {
        id: '30100000161',
        start: '2026-10-20T00:00:00Z',
        end: '2026-11-04T00:00:00Z',
        deposit: '2026-11-06T00:00:00Z',
        total: '132.00',
        currency: 'GBP',
      },
      ROWS,
    ),
  ]);
  const germany = {
    ...made.marketplaces[0]!,
    id: 'A1PA6795UKMFR9',
    name: 'Amazon.de',
    currency: 'EUR',
    countryCode: 'DE',
  };
  return {
    ...made,
    marketplaces: [...made.marketplaces, germany],
    vat: { calculated: true, numbers: { GB: 'GB123456789', DE: 'DE123456789' }, departures: { [B!]: 'DE' } },
  };
}

const INVOICE = {
  kind: 'bookFeeInvoice',
  number: 'UK-AEU-2026-1234',
  date: '2026-10-31',
  jurisdiction: 'GB',
  role: 'selling-fees',
  net: '40.00',
  tax: '8.00',
  treatment: 'charged',
  why: 'October',
} as const;
const MOVE = {
  kind: 'moveTax',
  orderId: B,
  from: 'GB',
  to: 'DE',
  net: '50.00',
  tax: '10.00',
  why: 'left Germany',
} as const;

describe('fee invoices and a move', () => {
  let at: WorldUnderTest;
  let entered: DecisionResult;
  let moved: DecisionResult;
  let tieOut: TieOut;
  let month: string;
  let before: VatView;
  beforeAll(async () => {
    at = await openWorld({
      paceDays: 7,
      world: world(),
      seed: (seed) => ({
        ...seed,
        accounts: [...seed.accounts, { number: '1290', name: 'Input VAT GB', type: 'OthCurrAsset' }],
      }),
      settings: {
        accounts: { ...accountsByRole(['GBP', 'EUR'], ['GB', 'DE']), 'input-tax': '1290' },
        tax: {
          registrations: ['GB', 'DE'],
          items: { GB: 'AMZ-VAT-GB', DE: 'AMZ-VAT-DE' },
          rates: { GB: { standard: 20 }, DE: { standard: 19 } },
          feeInvoices: 'ours',
          vatReport: 'amazon',
        },
      },
    });
    await at.runToTheEnd();
    before = await vat('2026-10');
    entered = await at.decide(INVOICE);
    moved = await at.decide(MOVE);
    await at.look();
    tieOut = await at.tieOut();
    const [row] = await at.suiteql(
      `SELECT TO_CHAR(trandate, 'YYYY-MM-DD') AS day FROM transaction WHERE externalid = '${moved.document}'`,
    );
    month = row!['day']!.slice(0, 7);
  }, 180_000);
  afterAll(() => at?.close());
  const lines = async (memo: string) =>
    (
      await at.suiteql(
        `SELECT a.acctnumber, SUM(tal.amount) AS amount FROM transactionaccountingline tal JOIN transaction t ON t.id = tal.transaction JOIN account a ON a.id = tal.account WHERE t.memo LIKE '${memo}%' AND tal.posting = 'T' GROUP BY a.acctnumber ORDER BY a.acctnumber`,
      )
    ).map((row) => `${row['acctnumber']} ${Number(row['amount']).toFixed(2)}`);
  const vat = async (of: string): Promise<VatView> =>
    vatView(
      { store: at.store, settings: at.settings, world: { temporal: { uiUrl: null } } },
      { month: of, netsuite: await taxTie(at, at.connection, of), amazon: null },
    );

  test('are posted once each, and the payout is tied', async () => {
    expect([entered.document, moved.document]).toEqual([
      'AMZ_demo-us_FTX_UK-AEU-2026-1234_1',
      `AMZ_demo-us_FTX_${B}-m1_1`,
    ]);
    expect(await lines('FTX UK-AEU-2026-1234')).toEqual(['1290 8.00', '6110 -8.00']);
    expect(await lines(`FTX ${B}-m1`)).toEqual(['2211 10.00', '2212 -10.00']);
    expect(tieOut.payouts).toEqual([expect.objectContaining({ total: '132.00', tied: true })]);
    expect(tieOut.openExceptions).toEqual([]);
    expect(tieOut.duplicates).toEqual([]);
  });
  test('leave the balances that were worked out by hand', () => {
    expect(tieOut.balances).toMatchObject({
      'selling-fees': '40.00',
      'product-sales': '-150.00',
      receivable: '0.00',
      clearing: '0.00',
      bank: '132.00',
      'sales-tax-payable:GB': '-20.00',
      'sales-tax-payable:DE': '-10.00',
    });
  });
  test('stand in the report of October: the invoice, its boxes, and fees that are invoiced', async () => {
    const october = await vat('2026-10');
    expect(october.boxes).toEqual({ '1': '30.00', '4': '8.00', '6': '150.00', '7': '40.00' });
    expect(october.fees).toMatchObject({
      entered: 'ours',
      invoices: [{ number: 'UK-AEU-2026-1234', net: '40.00', tax: '8.00', gross: '48.00', posted: true }],
      standings: [
        { marketplace: 'amazon.co.uk', role: 'selling-fees', rows: '48.00', invoices: '48.00', open: '0.00' },
      ],
      late: [],
    });
    expect(october.accounts).toMatchObject([{ jurisdiction: 'GB', documents: '30.00', booked: '30.00', ties: true }]);
  });
  test('stand in the month of the move, in both countries, and tie to their accounts', async () => {
    const { lines: moves, accounts, settlements } = await vat(month);
    expect(moves.map(({ jurisdiction, type, net, tax }) => [jurisdiction, type, net, tax])).toEqual([
      ['DE', 'move', '50.00', '10.00'],
      ['GB', 'move', '-50.00', '-10.00'],
    ]);
    expect(accounts).toMatchObject([
      { jurisdiction: 'DE', documents: '10.00', booked: '10.00', ties: true, othersCount: 0 },
      { jurisdiction: 'GB', documents: '-10.00', booked: '-10.00', ties: true, othersCount: 0 },
    ]);
    expect(settlements.every(({ notYet }) => notYet === '0.00')).toBe(true);
  });
  test("make the order say what Amazon's report says, which is asked for by the API and had proposed the move", async () => {
    expect(before.amazon).toMatchObject({ rows: 2, agree: 1, ties: false, counts: { differs: 1 } });
    expect(before.amazon!.moves).toEqual([
      {
        orderId: B,
        from: 'GB',
        to: 'DE',
        currency: 'GBP',
        net: '50.00',
        tax: '10.00',
        command: `npx tieout move-tax ${B} --from GB --to DE --net=50.00 --tax=10.00 --why "…"`,
      },
    ]);
    expect((await vat('2026-10')).amazon).toMatchObject({ rows: 2, agree: 2, ties: true, moves: [], differences: [] });
  });
  test('are what the commands say: done already, and in the page', async () => {
    const command = commandsOn(at);
    const again = await command(
      ...'book-fee-invoice UK-AEU-2026-1234 --date 2026-10-31 --country GB --role selling-fees'.split(' '),
      ...'--net 40.00 --tax 8.00 --why again'.split(' '),
    );
    expect([again.exit, again.stdout]).toEqual([0, expect.stringMatching(/decided already by maria/)]);
    expect(again.stdout).toContain('✓ AMZ_demo-us_FTX_UK-AEU-2026-1234_1 is posted');
    const more = await command(...`move-tax ${B} --from GB --to DE --net=50.01 --tax=10.00 --why more`.split(' '));
    expect([more.exit, more.stderr]).toEqual([1, expect.stringContaining('cannot be moved')]);
    const page = (await command('vat', '2026-10')).stdout.replace(/\s+/g, ' ');
    expect(page).toContain('UK-AEU-2026-1234 31 Oct GB charged selling-fees 40.00 8.00 48.00 GBP');
    expect(page).toContain("8.00 GBP VAT on Amazon's fee invoices");
    const { stdout } = await command('vat', '2026-10', '--csv');
    expect(stdout).toContain(
      'demo-us,2026-10,posted,GBP,GB,fee,charged,selling-fees,UK-AEU-2026-1234,1,40.00,8.00,48.00',
    );
  });
});
