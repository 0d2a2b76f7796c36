/** Amazon's invoices for fees: their journal, what is refused, and how they stand beside the rows that settled the fees. */
import { describe, expect, test } from '@jest/globals';
import {
  explainRefusedInvoice,
  feeInvoiceKey,
  feeJournal,
  feesBesideInvoices,
  type BookedInvoice,
  type FeeInvoice,
  type FeeRows,
} from '../../../src/domain/tax/fee-invoices.ts';
import { ukBoxes } from '../../../src/domain/tax/vat-lines.ts';
import { OCTOBER } from './worked-example.ts';

const UK = 'A1F83G8C2ARO7P';
/** The worked example of tax.md: fees of 48.00 with 8.00 inside. */
const INVOICE: FeeInvoice = {
  number: 'UK-AEU-2026-1234',
  day: '2026-10-31',
  marketplace: UK,
  jurisdiction: 'GB',
  role: 'selling-fees',
  treatment: 'charged',
  currency: 'GBP',
  net: 4_000n,
  tax: 800n,
};
const booked = (over: Partial<BookedInvoice> = {}): BookedInvoice => ({
  ...INVOICE,
  booked: INVOICE.day,
  posted: true,
  ...over,
});
const rows = (amount: bigint, over: Partial<FeeRows> = {}): FeeRows => ({
  marketplace: UK,
  currency: 'GBP',
  month: '2026-10',
  role: 'selling-fees',
  transactionType: 'Order',
  amountType: 'ItemFees',
  amount,
  ...over,
});
const sides = (invoice: FeeInvoice) =>
  feeJournal(invoice)?.lines.map(({ role, jurisdiction, debit, credit }) => [role, jurisdiction, debit, credit]);

describe('the journal', () => {
  test('reclaims the tax that is charged, against the role of the fee; a credit note gives it back', () => {
    expect(sides(INVOICE)).toEqual([
      ['input-tax', 'GB', 800n, 0n],
      ['selling-fees', undefined, 0n, 800n],
    ]);
    expect(sides({ ...INVOICE, net: -4_000n, tax: -800n })).toEqual([
      ['input-tax', 'GB', 0n, 800n],
      ['selling-fees', undefined, 800n, 0n],
    ]);
  });
  test.each(['zero', 'reverse'] as const)('of an invoice that is %s there is none', (treatment) => {
    expect(feeJournal({ ...INVOICE, treatment, tax: 0n })).toBeNull();
  });
  test('is called as the invoice, and never as a move of tax', () => {
    const sha256 = 'abcdef0123456789';
    expect(feeInvoiceKey('UK-AEU-2026-1234', sha256)).toBe('UK-AEU-2026-1234');
    expect(feeInvoiceKey('GB/2026 17', sha256)).toBe('GB-2026-17-habcdef012345');
    expect(feeInvoiceKey('202-1000001-0000001-m1', sha256)).toBe('202-1000001-0000001-m1-habcdef012345');
  });
});

test.each([
  [{ net: 0n }, /net of the invoice is zero/],
  [{ treatment: 'reverse' }, /reverse has no tax/],
  [{ treatment: 'zero' }, /zero has no tax/],
  [{ tax: 0n }, /charged has tax/],
  [{ net: -4_000n }, /the same sign/],
  // Net and tax exchanged; a gross given as the net's tax; a decimal too far.
  [{ net: 800n, tax: 4_000n }, /more than 20 % of the net/],
  [{ tax: 4_800n }, /more than 20 % of the net/],
  [{ net: -4_000n, tax: -8_000n }, /more than 20 % of the net/],
  [{ tax: 841n }, /more than 20 % of the net/],
] as const)('an invoice is refused: %j', (over, sentence) => {
  expect(explainRefusedInvoice({ ...INVOICE, ...over }, 2_000n)).toMatch(sentence);
});
test.each([
  {},
  { treatment: 'reverse', tax: 0n },
  { net: -4_000n, tax: -800n },
  { tax: 840n },
  { net: 3n, tax: 1n },
] as const)('an invoice is taken: %j', (over) => {
  expect(explainRefusedInvoice({ ...INVOICE, ...over }, 2_000n)).toBeNull();
});

describe('fees beside invoices', () => {
  test('agree where the invoices come to what was settled', () => {
    expect(feesBesideInvoices([rows(-4_800n)], [INVOICE], '2027-01-31')).toEqual([
      {
        marketplace: UK,
        currency: 'GBP',
        month: '2026-10',
        role: 'selling-fees',
        rows: 4_800n,
        invoices: 4_800n,
        open: 0n,
        isLate: false,
      },
    ]);
  });
  test('have their rows of tax on the fee with them; of a fee that is not known these stand for themselves', () => {
    const storage = { transactionType: 'FBAFees', amountType: 'FBA Inventory Storage Fee' };
    const found = feesBesideInvoices(
      [
        rows(-1_000n, { role: 'storage', ...storage }),
        rows(-190n, { role: 'tax-on-fees', ...storage }),
        rows(-50n, { role: 'tax-on-fees', transactionType: 'AmazonFees', amountType: 'Vine Enrollment Fee' }),
      ],
      [],
      null,
    );
    expect(found.map(({ role, rows: settled, isLate }) => [role, settled, isLate])).toEqual([
      ['storage', 1_190n, false],
      ['tax-on-fees', 50n, false],
    ]);
  });
  test('of another month, role or currency are no fees of the invoice', () => {
    const found = feesBesideInvoices(
      [rows(-4_800n, { month: '2026-09' }), rows(-4_800n, { role: 'storage' })],
      [INVOICE],
      '2026-11-05',
    );
    expect(found.map(({ month, role, open }) => [month, role, open])).toEqual([
      ['2026-09', 'selling-fees', 4_800n],
      ['2026-10', 'selling-fees', -4_800n],
      ['2026-10', 'storage', 4_800n],
    ]);
  });
  test('are late on the 46th day after the month, not on the 45th', () => {
    // October ends on the 31st; 30 days of November and 15 of December make 45.
    const late = (today: string) => feesBesideInvoices([rows(-4_800n)], [], today)[0]!.isLate;
    expect([late('2026-12-15'), late('2026-12-16')]).toEqual([false, true]);
  });
});

test('boxes 4 and 7 have what is posted in pounds, whatever its treatment', () => {
  const invoices = [
    booked(),
    booked({ number: '2', treatment: 'reverse', net: 1_000n, tax: 0n }),
    booked({ number: '3', posted: false }),
    booked({ number: '4', jurisdiction: 'DE', currency: 'EUR' }),
  ];
  expect(ukBoxes(OCTOBER, invoices)).toEqual({ box1: 3_000n, box4: 800n, box6: 20_000n, box7: 5_000n });
  expect(ukBoxes([], invoices)).toEqual({ box1: 0n, box4: 800n, box6: 0n, box7: 5_000n });
});
