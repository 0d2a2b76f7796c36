/** The inspection reads views of rows and sums by key; here it is held to what the rows themselves say, one by one. */
import { expect, test } from '@jest/globals';
import type { PostingModeName } from '../../../src/domain/posting-modes/posting-modes.ts';
import fc from 'fast-check';
import { JournalBuilder } from '../../../src/domain/journal/build-journal.ts';
import { bookedRole, bookingContext } from '../../../src/domain/mapping/booked-role.ts';
import { classify } from '../../../src/domain/mapping/classify.ts';
import { ROLES, type Role } from '../../../src/domain/mapping/roles.ts';
import {
  SettlementInspection,
  type Inspection,
  type InspectionOptions,
} from '../../../src/domain/payouts/inspect-settlement.ts';
import { expectedMovements } from '../../../src/domain/matching/expected-movements.ts';
import type { SettlementRow } from '../../../src/domain/settlement/settlement.ts';
import { fileText, parse, v1Row, v2Row, V1_COLUMNS, type Cells } from '../settlement/settlement-file.ts';

const KEYS = [
  ['Order', 'ItemPrice', 'Principal'],
  ['order', 'Item-Price', 'PRINCIPAL'],
  ['Order', 'ItemPrice', 'Tax'],
  ['Order', 'ItemWithheldTax', 'MarketplaceFacilitatorTax-Principal'],
  ['Order', 'ItemFees', 'Commission'],
  ['Order', 'Promotion', 'Shipping'],
  ['Refund', 'ItemPrice', 'Principal'],
  ['Refund', 'ItemFees', 'RefundCommission'],
  ['Chargeback Refund', 'ItemPrice', 'Principal'],
  ['A-to-z Guarantee Refund', 'ItemPrice', 'Tax'],
  ['other-transaction', 'other-transaction', 'Successful charge'],
  ['other-transaction', 'other-transaction', 'Micro Deposit'],
  ['other-transaction', 'other-transaction', 'Failed Disbursement'],
  ['other-transaction', 'other-transaction', 'Current Reserve Amount'],
  ['CouponRedemptionFee', 'CouponRedemptionFee', 'Été 10 %'],
] as const;
const UNKNOWN = ['Order', 'ItemFees', 'Fee for größe'] as const;

const cents = fc.oneof(fc.integer({ min: -99_999, max: 99_999 }), fc.constantFrom(0, 1, -1, 280, -280));
const decimal = (minor: bigint | number) => {
  const text = String(minor < 0 ? -minor : minor).padStart(3, '0');
  return `${minor < 0 ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}`;
};
const blanks = fc.constantFrom('', '', '', ' ', '  ');
const cells = (keys: readonly (readonly [string, string, string])[]) =>
  fc
    .record({
      key: fc.constantFrom(...keys),
      minor: cents,
      around: blanks,
      order: fc.constantFrom('113-1111111-2222222', '113-1111111-2222223', 'S01-é', ''),
      channel: fc.constantFrom('AFN', 'MFN', 'mfn', ''),
      when: fc.constantFrom(
        '2026-10-02 10:11:12 UTC',
        '2026-10-03T01:02:03-07:00',
        '03.10.2026',
        '2026/10/04 00:00:00 UTC',
      ),
      quantity: fc.constantFrom('', '1', '2.0'),
    })
    .map(({ key: [transactionType, amountType, description], minor, around, order, channel, when, quantity }) => ({
      minor,
      cells: v2Row(around + decimal(minor), {
        'transaction-type': transactionType + around,
        'amount-type': around + amountType,
        'amount-description': description,
        'order-id': order,
        'fulfillment-id': channel,
        'posted-date-time': when,
        'quantity-purchased': quantity,
        sku: `SKU${around}-ü`,
      }),
    }));
const total = (rows: readonly { minor: number }[]) => decimal(rows.reduce((sum, { minor }) => sum + minor, 0));

function inspect(file: string, options: InspectionOptions): Inspection {
  const inspection = new SettlementInspection(options);
  const bytes = new TextEncoder().encode(file);
  for (let at = 0; at < bytes.length; at += 700) inspection.push(bytes.slice(at, at + 700));
  return inspection.finish();
}

/** The same inspection from rows that are kept, each classified, booked and journalled by itself. */
function byRows(file: string, options: InspectionOptions): Inspection {
  const { header, list, rows, sum } = parse(file);
  const context = bookingContext(options.mode ?? 'invoice', options.booking);
  const journal = new JournalBuilder({
    header,
    mode: context.mode,
    mapVersion: 1,
    timeZoneOf: () => 'UTC',
    splitAtMonthEnds: false,
  });
  const keys = new Map<string, Inspection['byKey'][number]>();
  const roles = new Map<Role | null, Inspection['byRole'][number]>();
  const known: { row: SettlementRow; meaning: Role }[] = [];
  for (const row of list) {
    const { transactionType, amountType, amountDescription } = row;
    const meaning = classify(row, options.overrides)?.role ?? null;
    const booked = meaning && bookedRole(meaning, row, context);
    const id = JSON.stringify([transactionType, amountType, amountDescription]);
    const key = keys.get(id) ?? { transactionType, amountType, amountDescription, rows: 0, amount: 0n, role: meaning };
    keys.set(id, { ...key, rows: key.rows + 1, amount: key.amount + row.amount });
    const role = roles.get(booked) ?? { role: booked, rows: 0, amount: 0n };
    roles.set(booked, { ...role, rows: role.rows + 1, amount: role.amount + row.amount });
    if (meaning === null || booked === null) continue;
    journal.add(row, meaning, booked);
    known.push({ row, meaning });
  }
  const byKey = [...keys.values()];
  const unknown = byKey.filter(({ role }) => role === null);
  const rank = (role: Role | null) => (role === null ? ROLES.length : ROLES.indexOf(role));
  const built = unknown.length > 0 ? null : journal.finish();
  return {
    header,
    rows,
    sum,
    byKey,
    unknown,
    byRole: [...roles.values()].sort((a, b) => rank(a.role) - rank(b.role)),
    journal: built && { lines: built.plan.parts.flatMap(({ lines }) => lines), residuals: built.residuals },
    movements: expectedMovements(header, known),
  };
}

const options = fc.record({
  mode: fc.constantFrom<PostingModeName>('invoice', 'cash-sale', 'summary'),
  booking: fc.constantFrom<NonNullable<InspectionOptions['booking']>>(
    {},
    { merchantFulfilled: 'ours' },
    { hasCreditMemo: ({ orderId }) => orderId?.endsWith('2') === true },
    { isShippedBeforeCutOver: ({ orderId, quantity }) => orderId !== null && quantity === 1 },
  ),
});

test.each([
  ['known keys', KEYS],
  ['an unknown key among them', [...KEYS, UNKNOWN]],
] as const)('an inspection is what its rows say one by one: %s', (_, keys) => {
  fc.assert(
    fc.property(fc.array(cells(keys), { minLength: 1, maxLength: 60 }), options, (rows, chosen) => {
      const file = fileText(
        total(rows),
        rows.map((row) => row.cells),
      );
      expect(inspect(file, chosen)).toEqual(byRows(file, chosen));
    }),
    { numRuns: 150 },
  );
});

test('keys that differ in one of their three texts are kept apart, in whatever order they follow each other', () => {
  const key = (transactionType: string, amountDescription: string, amount: string) =>
    v2Row(amount, {
      'transaction-type': transactionType,
      'amount-type': 'ItemPrice',
      'amount-description': amountDescription,
    });
  const file = fileText('1.11', [
    key('Order', 'Tax', '1.00'),
    key('Order', 'Principal', '0.01'),
    key('Order', 'Tax', '-1.00'),
    key('Refund', 'Principal', '0.10'),
    key('Order', 'Tax', '0.00'),
    key('Order', 'Shipping', '1.00'),
  ]);
  expect(
    inspect(file, {}).byKey.map(({ transactionType, amountDescription, rows, amount }) => [
      transactionType,
      amountDescription,
      rows,
      amount,
    ]),
  ).toEqual([
    ['Order', 'Tax', 3, 0n],
    ['Order', 'Principal', 1, 1n],
    ['Refund', 'Principal', 1, 10n],
    ['Order', 'Shipping', 1, 100n],
  ]);
});

test('a field that is no text refuses the report, though the inspection does not ask for it', () => {
  const bytes = new TextEncoder().encode(fileText('1.00', [v2Row('1.00', { sku: 'SKU-#' })]));
  bytes[bytes.indexOf('#'.charCodeAt(0))] = 0xfc;
  const inspection = new SettlementInspection();
  expect(() => inspection.push(bytes)).toThrow('Line 3 cannot be read: its characters are in another encoding.');
});

test('and so is that of a V1 report', () => {
  const item = (minor: number, more: Cells): { minor: number; cells: Cells } => ({
    minor,
    cells: v1Row('Order', { 'order-id': '113-1111111-2222222', 'order-item-code': '7', ...more }),
  });
  const rows = fc.array(
    fc.oneof(
      fc.constant(item(0, { sku: 'ü-1', 'quantity-purchased': '2' })),
      cents.map((minor) => item(minor, { 'price-type': 'Principal', 'price-amount': decimal(minor) })),
      cents.map((minor) => item(minor, { 'price-type': 'Tax', 'price-amount': decimal(minor) })),
      cents.map((minor) =>
        item(minor, { 'item-related-fee-type': 'Commission', 'item-related-fee-amount': decimal(minor) }),
      ),
    ),
    { minLength: 1, maxLength: 30 },
  );
  fc.assert(
    fc.property(rows, options, (list, chosen) => {
      const file = fileText(
        total(list),
        list.map((row) => row.cells),
        V1_COLUMNS,
      );
      expect(inspect(file, chosen)).toEqual(byRows(file, chosen));
    }),
  );
});
