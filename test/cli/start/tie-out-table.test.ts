import { describe, expect, test } from '@jest/globals';
import { renderTieOut } from '../../../src/cli/start/tie-out-table.ts';
import { renderVerdict } from '../../../src/cli/start/tie-out-verdict.ts';
import { NOT_TIED, PAYOUT, TEMPORAL, TIED, UNDECIDED } from '../../views/tie-out/tied-out.ts';

describe('the tie-out', () => {
  test('puts payouts side by side, then accounts, orders and documents', () => {
    expect(renderTieOut(TIED, 'October 2026', 80)).toEqual([
      'TIE-OUT · demo-us · October 2026 · invoice mode · USD',
      '',
      'Payout                       20001234561  20001234562',
      'Period                          1–14 Oct    15–28 Oct',
      'Rows in the report                 1,842        1,455',
      'Sum of rows                     7,921.42     6,814.67',
      'Report total                    7,921.42     6,814.67',
      'Journal, in transit             7,921.42     6,814.67',
      'Journal, debits = credits      14,730.92    12,246.39',
      'Deposit                         7,921.42     6,814.67',
      'Bank line                       7,921.42     6,814.67',
      'Reserve opens = last closed     1,150.00     1,310.29',
      'Difference                          0.00         0.00',
      '                                  ✓ tied       ✓ tied',
      '',
      'Account     NetSuite says  Explained by                 Difference',
      'clearing             0.00  –                                  0.00',
      'receivable         611.34  16 invoices not yet settled        0.00',
      'bank            14,736.09  2 deposits                         0.00',
      '',
      'Orders      342 seen · 335 sales orders · 322 dispatched · 306 settled',
      '            4 pending at Amazon · 3 cancelled · 0 wait',
      'Documents   335 sales orders · 331 fulfilments · 331 invoices · 14 credit memos',
      '            1 opening · 2 journals · 2 deposits · 2 payments · 2 refunds',
      '            0 duplicates',
      'Decisions   SKU BLU-MUG-2 → item BLU-MUG',
      '            other-transaction / other-transaction / FBA Inbound Dock Fee →',
      '            inbound',
    ]);
  });

  test('says the units of a SKU that is a pack', () => {
    const decisions = [{ kind: 'sku' as const, key: 'TEA-TIN-3', choice: 'TEA-TIN', units: 3 }];
    expect(renderTieOut({ ...TIED, decisions }, 'October 2026', 80).at(-1)).toBe(
      'Decisions   SKU TEA-TIN-3 → item TEA-TIN × 3',
    );
  });

  test('has columns of four, then the next four, and six where there is room', () => {
    const six = {
      ...TIED,
      payouts: Array.from({ length: 6 }, (_, index) => ({ ...PAYOUT, settlementId: `2000000000${index}` })),
    };
    const heads = (width: number) =>
      renderTieOut(six, 'October 2026', width).filter((line) => line.startsWith('Payout '));
    expect(heads(80)).toEqual([
      'Payout                       20000000000  20000000001  20000000002  20000000003',
      'Payout                       20000000004  20000000005',
    ]);
    expect(heads(120)).toHaveLength(1);
  });

  test('shows one payout after the other, key and value on two lines, below 72 columns', () => {
    const lines = renderTieOut(TIED, 'October 2026', 60);
    expect(lines.slice(2, 6)).toEqual(['Payout', '  20001234561', 'Period', '  1–14 Oct']);
    expect(lines.filter((line) => line === 'Payout')).toHaveLength(2);
    expect(lines).toContain('  NetSuite says 611.34');
    expect(lines.filter((line) => line.length > 60)).toEqual([]);
  });
});

describe('the verdict', () => {
  test('is never tied where the run was interrupted, though nothing disagrees yet', () => {
    expect(
      renderVerdict([{ ...TIED, payouts: [] }], { temporal: TEMPORAL, seconds: 59, interrupted: true }, 80).slice(-3),
    ).toEqual([
      '✗ NOT TIED. 0 of 0 payouts are tied. 59 s.',
      '  It was stopped before everything that is published was taken in.',
      '  do   npm start again',
    ]);
  });

  test('is one line where everything agrees', () => {
    expect(renderVerdict([TIED], { temporal: TEMPORAL, seconds: 107 }, 80)).toEqual([
      'Workflows   327 completed · 18 open (4 pending, 13 to dispatch, decisions)',
      '            0 failed · Temporal 1.32.0',
      '',
      '✓ TIED. 2 of 2 payouts, every figure agrees. 1 min 47 s.',
    ]);
  });

  test('names what waits for a decision, and the command that takes it', () => {
    expect(renderVerdict([UNDECIDED], { temporal: TEMPORAL, seconds: 59 }, 80).slice(-4)).toEqual([
      '! UNDECIDED. 1 of 2 payouts are tied. 59 s.',
      '  payout 20001234562: waits for an account',
      '  no account for "FBA Inbound Dock Fee"',
      '  do   npx tieout map-amount 42 ROLE --why "…"',
    ]);
  });

  test('gives the figures of a report that does not add up', () => {
    expect(renderVerdict([NOT_TIED], { temporal: TEMPORAL, seconds: 59 }, 80).slice(-4)).toEqual([
      '✗ NOT TIED. 1 of 2 payouts are tied. 59 s.',
      '  payout 20001234562: differs by 38.70 USD (report total 6,814.67, sum of rows',
      '    6,853.37). Nothing was posted for it.',
      '  do   npx tieout status payout 20001234562',
    ]);
  });

  test('covers every connection, and names the one that a reason is about', () => {
    expect(
      renderVerdict([TIED, { ...UNDECIDED, connection: 'shop-eu' }], { temporal: TEMPORAL, seconds: 59 }, 80).slice(-4),
    ).toEqual([
      '! UNDECIDED. 3 of 4 payouts are tied. 59 s.',
      '  shop-eu: payout 20001234562: waits for an account',
      '  shop-eu: no account for "FBA Inbound Dock Fee"',
      '  do   npx tieout map-amount 42 ROLE --why "…"',
    ]);
    expect(renderVerdict([UNDECIDED, NOT_TIED], { temporal: TEMPORAL, seconds: 59 }, 80)).toContain(
      '✗ NOT TIED. 2 of 4 payouts are tied. 59 s.',
    );
  });
});
