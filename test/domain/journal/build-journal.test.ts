import { describe, expect, test } from '@jest/globals';
import { POSTING_MODES } from '../../../src/domain/posting-modes/posting-modes.ts';
import fc from 'fast-check';
import { buildOpeningEntry } from '../../../src/domain/journal/build-opening-entry.ts';
import { JournalBuilder } from '../../../src/domain/journal/build-journal.ts';
import { COST_ROLES, type Role } from '../../../src/domain/mapping/roles.ts';
import { expectedMovements } from '../../../src/domain/matching/expected-movements.ts';
import type { SettlementRow } from '../../../src/domain/settlement/settlement.ts';
import { settlementHeader, settlementRow } from '../settlement-rows.ts';
import { build, classified, notation, type ClassifiedRow } from './classified-file.ts';

const fee = (amount: bigint, meaning: Role, fields: Partial<SettlementRow> = {}) =>
  classified(settlementRow({ amount, ...fields }), meaning);
const sale = (amount: bigint, orderId: string) =>
  classified(
    settlementRow({
      amount,
      orderId,
      transactionType: 'Order',
      amountType: 'ItemPrice',
      amountDescription: 'Principal',
    }),
    'product-sales',
  );
const tax = (amount: bigint, orderId: string | null, amountType = 'ItemPrice', amountDescription = 'Tax') =>
  classified(
    settlementRow({ amount, orderId, transactionType: 'Order', amountType, amountDescription }),
    'marketplace-tax',
  );
const total = (rows: ClassifiedRow[]) => rows.reduce((sum, { row }) => sum + row.amount, 0n);

describe('a connection whose lines have dimensions', () => {
  const of = (name: string | null, { row, meaning }: ClassifiedRow) =>
    classified({ ...row, marketplaceName: name }, meaning);
  const rows = [
    of('Amazon.de', sale(10000n, '1')),
    of('Amazon.fr', sale(5000n, '2')),
    of('Amazon.fr', fee(-700n, 'selling-fees')),
    of('Amazon.de', fee(-300n, 'selling-fees')),
    of(null, fee(-200n, 'selling-fees')),
    of(null, fee(-100n, 'storage')),
    of('Amazon.fr', tax(90n, '2')),
  ];
  const header = settlementHeader(total(rows));
  const dimensions = (role: Role, name: string | null) =>
    role === 'storage' ? {} : { class: name === 'Amazon.de' ? 'Germany' : name === 'Amazon.fr' ? 'France' : 'Other' };
  const { plan, placeOf } = build(header, rows, { dimensions });
  const plain = build(header, rows);

  test('has one line per role and dimensions, and the payout line by itself', () => {
    const [part] = plan.parts;
    expect(
      notation(part!.lines).map((text, index) => `${text} ${part!.lines[index]!.dimensions?.class ?? '–'}`),
    ).toEqual([
      'Dr payouts-in-transit 137.90 (payout line) Other',
      'Cr clearing 50.00 France',
      'Cr clearing 100.00 Germany',
      'Dr selling-fees 7.00 France',
      'Dr selling-fees 3.00 Germany',
      'Dr selling-fees 2.00 Other',
      'Dr storage 1.00 –',
      'Cr sales-tax-payable 0.90 France',
    ]);
  });

  test('books the amounts on each role that it books without them', () => {
    const byRole = (parts: typeof plan.parts) => {
      const sums = new Map<Role, bigint>();
      for (const { role, debit, credit } of parts.flatMap(({ lines }) => lines))
        sums.set(role, (sums.get(role) ?? 0n) + debit - credit);
      return Object.fromEntries([...sums].sort());
    };
    expect(byRole(plan.parts)).toEqual(byRole(plain.plan.parts));
  });

  test('knows the line of every row, and the marketplaces of every line whose role has several', () => {
    const { lines } = plan.parts[0]!;
    expect(rows.map(({ row, booked }) => placeOf(row, booked))).toEqual(
      [3, 2, 4, 5, 6, 7, 8].map((line) => ({ kind: 'line', part: 1, line })),
    );
    expect(lines.map(({ marketplaces }) => marketplaces)).toEqual([
      undefined,
      ['Amazon.fr'],
      ['Amazon.de'],
      ['Amazon.fr'],
      ['Amazon.de'],
      [null],
      undefined,
      undefined,
    ]);
  });

  test('bridges its parts with lines that have them too', () => {
    const bridges = build(header, rows, { dimensions, maxLinesPerPart: 4 })
      .plan.parts.flatMap(({ lines }) => lines)
      .filter(({ role }) => role === 'settlement-in-progress');
    expect(bridges.length).toBeGreaterThan(1);
    expect(new Set(bridges.map(({ dimensions: given }) => given?.class))).toEqual(new Set(['Other']));
  });

  test('without them keeps the plan that it had', () => {
    expect(
      plain.plan.parts
        .flatMap(({ lines }) => lines)
        .every((line) => !('dimensions' in line) && !('marketplaces' in line)),
    ).toBe(true);
  });
});

describe('a settlement across a month end', () => {
  const header = settlementHeader(7000n, { start: '2026-10-24T07:00:00Z', end: '2026-11-07T08:00:00Z' });
  const rows = [
    sale(10000n, '1'),
    fee(-1000n, 'storage', { postedAt: '2026-10-30T12:00:00Z' }),
    fee(-500n, 'storage', { postedAt: '2026-11-01T06:59:59Z' }), // still 31 October in Los Angeles
    fee(-700n, 'storage', { postedAt: '2026-11-01T07:00:00Z' }),
    fee(-800n, 'reserve-held', { postedAt: '2026-10-30T12:00:00Z' }),
  ];

  test('books income and cost before it in a part of its last day, all else with the payout at the end', () => {
    const { plan } = build(header, rows);
    expect(plan.parts.map(({ part, date, lines }) => [part, date, ...notation(lines)])).toEqual([
      [1, '2026-10-31', 'Dr storage 15.00', 'Cr settlement-in-progress 15.00'],
      [
        2,
        '2026-11-06',
        'Dr payouts-in-transit 70.00 (payout line)',
        'Cr clearing 100.00',
        'Dr reserve-held 8.00',
        'Dr storage 7.00',
        'Dr settlement-in-progress 15.00',
      ],
    ]);
  });

  test('is one journal where the split is not wanted', () => {
    expect(build(header, rows, { splitAtMonthEnds: false }).plan.parts.map(({ lines }) => notation(lines))).toEqual([
      ['Dr payouts-in-transit 70.00 (payout line)', 'Cr clearing 100.00', 'Dr reserve-held 8.00', 'Dr storage 22.00'],
    ]);
  });

  test('gives a month that takes nothing any more no part: its rows stay in the last one', () => {
    expect(
      build(header, rows, { isClosed: (monthEnd) => monthEnd === '2026-10-31' }).plan.parts.map(({ date, lines }) => [
        date,
        ...notation(lines),
      ]),
    ).toEqual([
      [
        '2026-11-06',
        'Dr payouts-in-transit 70.00 (payout line)',
        'Cr clearing 100.00',
        'Dr reserve-held 8.00',
        'Dr storage 22.00',
      ],
    ]);
  });

  test("takes the day in the time zone of the row's marketplace", () => {
    const berlin = rows.map(({ row, meaning }) => classified({ ...row, marketplaceName: 'Amazon.de' }, meaning));
    const { plan } = build(header, berlin, {
      timeZoneOf: (name) => (name === 'Amazon.de' ? 'Europe/Berlin' : 'America/Los_Angeles'),
    });
    expect(notation(plan.parts[0]!.lines)).toEqual(['Dr storage 10.00', 'Cr settlement-in-progress 10.00']);
  });

  test('knows the part and line of every row', () => {
    const { placeOf } = build(header, rows);
    expect(rows.map(({ row, booked }) => placeOf(row, booked))).toEqual([
      { kind: 'line', part: 2, line: 2 },
      { kind: 'line', part: 1, line: 1 },
      { kind: 'line', part: 1, line: 1 },
      { kind: 'line', part: 2, line: 4 },
      { kind: 'line', part: 2, line: 3 },
    ]);
  });

  test('with two month ends has three parts, and their bridges come to zero', () => {
    const long = settlementHeader(-600n, { start: '2026-09-10T07:00:00Z', end: '2026-11-07T08:00:00Z' });
    const { plan } = build(long, [
      fee(-100n, 'storage', { postedAt: '2026-09-20T12:00:00Z' }),
      fee(-200n, 'storage', { postedAt: '2026-10-20T12:00:00Z' }),
      fee(-300n, 'storage', { postedAt: '2026-11-02T12:00:00Z' }),
    ]);
    expect(plan.parts.map(({ date }) => date)).toEqual(['2026-09-30', '2026-10-31', '2026-11-06']);
    const september = build(
      long,
      [
        fee(-100n, 'storage', { postedAt: '2026-09-20T12:00:00Z' }),
        fee(-200n, 'storage', { postedAt: '2026-10-20T12:00:00Z' }),
        fee(-300n, 'storage', { postedAt: '2026-11-02T12:00:00Z' }),
      ],
      { isClosed: (monthEnd) => monthEnd === '2026-09-30' },
    );
    expect(september.plan.parts.map(({ date }) => date)).toEqual(['2026-10-31', '2026-11-06']);
    const bridges = plan.parts.flatMap(({ lines }) => lines.filter((line) => line.role === 'settlement-in-progress'));
    expect(bridges.map((line) => line.debit - line.credit)).toEqual([-100n, -200n, 300n]);
  });

  test('a row dated a moment before the settlement begins opens no earlier month', () => {
    const early = settlementHeader(-100n, { start: '2026-10-01T07:00:00Z', end: '2026-10-15T07:00:00Z' });
    expect(
      build(early, [fee(-100n, 'storage', { postedAt: '2026-10-01T06:59:57Z' })]).plan.parts.map(({ date }) => date),
    ).toEqual(['2026-10-14']);
  });
});

describe('marketplace tax', () => {
  test('washes per order, and what is left of an order stands on sales-tax-payable and is named', () => {
    const rows = [
      sale(5000n, '1'),
      tax(400n, '1'),
      tax(-400n, '1', 'ItemWithheldTax', 'MarketplaceFacilitatorTax-Principal'),
      tax(300n, '2'),
      tax(250n, '3'),
      tax(-200n, '3', 'ItemFees', 'MarketplaceFacilitatorVAT-Principal'),
    ];
    const built = build(settlementHeader(total(rows)), rows);
    expect(notation(built.plan.parts[0]!.lines)).toEqual([
      'Dr payouts-in-transit 53.50 (payout line)',
      'Cr clearing 50.00',
      'Cr sales-tax-payable 3.50',
    ]);
    expect(built.washedRows).toBe(2);
    expect(built.residuals).toEqual([
      { orderId: '2', amount: 300n, rows: 1, withheldRow: false },
      { orderId: '3', amount: 50n, rows: 2, withheldRow: true },
    ]);
    expect(rows.slice(1).map(({ row, booked }) => built.placeOf(row, booked))).toEqual([
      { kind: 'wash', wash: 'marketplace-tax' },
      { kind: 'wash', wash: 'marketplace-tax' },
      { kind: 'line', part: 1, line: 3 },
      { kind: 'line', part: 1, line: 3 },
      { kind: 'line', part: 1, line: 3 },
    ]);
  });

  test('of orders whose documents carry the tax of a jurisdiction stands on a line of that', () => {
    const rows = [sale(5000n, '1'), tax(-200n, '1'), tax(300n, '2'), tax(-150n, '3')];
    const built = build(settlementHeader(total(rows)), rows, {
      sharedTax: {
        orders: new Set(['1', '3']),
        sharesOf: (left) => left.map((one) => ({ ...one, orderItemId: '', jurisdiction: 'GB' })),
      },
      account: (role, jurisdiction) => (jurisdiction === null ? role : `${role}:${jurisdiction}`),
    });
    expect(built.plan.parts[0]!.lines.map(({ account, debit, credit }) => [account, debit - credit])).toEqual([
      ['payouts-in-transit', 4950n],
      ['clearing', -5000n],
      ['sales-tax-payable', -300n],
      ['sales-tax-payable:GB', 350n],
    ]);
    expect(rows.slice(1).map(({ row, booked }) => built.placeOf(row, booked))).toEqual([
      { kind: 'line', part: 1, line: 4 },
      { kind: 'line', part: 1, line: 3 },
      { kind: 'line', part: 1, line: 4 },
    ]);
  });

  test('of two orders that would wash together does not wash', () => {
    const rows = [tax(100n, '1'), tax(-100n, '2')];
    const built = build(settlementHeader(0n), rows);
    expect(built.residuals.map(({ orderId, amount }) => [orderId, amount])).toEqual([
      ['1', 100n],
      ['2', -100n],
    ]);
    expect(built.plan.parts).toEqual([]);
  });

  test('without an order is one group', () => {
    expect(build(settlementHeader(0n), [tax(100n, null), tax(-100n, null)])).toMatchObject({
      residuals: [],
      washedRows: 2,
    });
  });
});

describe('lines', () => {
  test('that come to zero are left out, and their rows are a named wash', () => {
    const rows = [fee(-500n, 'storage'), fee(500n, 'storage'), fee(-100n, 'subscription')];
    const built = build(settlementHeader(-100n), rows);
    expect(notation(built.plan.parts[0]!.lines)).toEqual([
      'Cr balance-due-to-amazon 1.00 (payout line)',
      'Dr subscription 1.00',
    ]);
    expect(built.placeOf(rows[0]!.row, 'storage')).toEqual({ kind: 'wash', wash: 'comes-to-zero' });
  });

  test('say what they hold', () => {
    const { plan } = build(settlementHeader(-300n), [
      fee(-100n, 'storage', { amountType: 'FBA Inventory Storage Fee' }),
      fee(-200n, 'storage'),
    ]);
    expect(plan.parts[0]!.lines[1]!.memo).toBe('FBA Inventory Storage Fee, other-transaction · 2 rows');
  });

  test("carry the account of their role, the reserve's for both its meanings", () => {
    const rows = [fee(5000n, 'reserve-released'), fee(-2000n, 'reserve-held')];
    const { plan } = build(settlementHeader(3000n), rows, {
      account: (role) =>
        (({ 'reserve-held': '1185', 'payouts-in-transit': '1190' }) as Record<string, string>)[role] ?? null,
    });
    expect(plan.parts[0]!.lines.map(({ role, account }) => [role, account])).toEqual([
      ['payouts-in-transit', '1190'],
      ['reserve-held', '1185'],
      ['reserve-released', '1185'],
    ]);
  });

  test('with a total of nothing have no payout line', () => {
    const { plan } = build(settlementHeader(0n), [fee(5000n, 'reserve-released'), fee(-5000n, 'storage')]);
    expect(notation(plan.parts[0]!.lines)).toEqual(['Cr reserve-released 50.00', 'Dr storage 50.00']);
  });
});

describe('what cannot be', () => {
  test('a revenue line where documents own revenue is a bug', () => {
    const builder = new JournalBuilder({
      header: settlementHeader(100n),
      mode: POSTING_MODES.invoice,
      mapVersion: 1,
      timeZoneOf: () => 'UTC',
      splitAtMonthEnds: false,
    });
    expect(() => builder.add(settlementRow({ amount: 100n }), 'product-sales', 'product-sales')).toThrow('bug:');
  });

  test('rows that miss the total are a bug', () => {
    expect(() => build(settlementHeader(100n), [fee(99n, 'storage')])).toThrow('bug:');
  });
});

test('parts have at most the lines that are allowed, and every one of them balances, whatever the rows', () => {
  const row = fc.record({
    role: fc.constantFrom<Role>(...COST_ROLES, 'reserve-held', 'loans', 'marketplace-tax', 'payouts-in-transit'),
    amount: fc.bigInt({ min: -1_000_000n, max: 1_000_000n }),
    day: fc.integer({ min: 1, max: 60 }),
    orderId: fc.constantFrom('1', '2', '3', null),
  });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 60 }), fc.integer({ min: 3, max: 12 }), (drawn, maxLinesPerPart) => {
      const rows = drawn.map(({ role, amount, day, orderId }) =>
        fee(amount, role, {
          orderId,
          postedAt: new Date(Date.UTC(2026, 8, day, 12)).toISOString().replace('.000', ''),
        }),
      );
      const header = settlementHeader(total(rows), { start: '2026-09-02T12:00:00Z', end: '2026-11-05T12:00:00Z' });
      const { plan, placeOf } = build(header, rows, { maxLinesPerPart });
      const sides = (lines: { debit: bigint; credit: bigint }[]) =>
        lines.reduce((sum, { debit, credit }) => sum + debit - credit, 0n);
      let bridge = 0n;
      plan.parts.forEach(({ part, date, lines }, index) => {
        expect(part).toBe(index + 1);
        expect(lines.length).toBeLessThanOrEqual(maxLinesPerPart);
        expect(sides(lines)).toBe(0n);
        if (index > 0) expect(date >= plan.parts[index - 1]!.date).toBe(true);
        bridge += sides(lines.filter((line) => line.role === 'settlement-in-progress'));
      });
      expect(bridge).toBe(0n);
      const payout = plan.parts.flatMap(({ lines }) => lines.filter((line) => line.payout));
      expect(payout.map(({ debit, credit }) => debit - credit)).toEqual(header.total === 0n ? [] : [header.total]);
      if (header.total !== 0n) expect(plan.parts.at(-1)!.lines.some((line) => line.payout)).toBe(true);
      const placed = new Map<string, bigint>();
      for (const { row: one, booked } of rows) {
        const place = placeOf(one, booked);
        const name = place.kind === 'line' ? `${place.part}:${place.line}` : place.wash;
        placed.set(name, (placed.get(name) ?? 0n) + one.amount);
      }
      for (const [name, amount] of placed) {
        const [part, line] = name.split(':').map(Number);
        const found = line === undefined ? { debit: 0n, credit: 0n } : plan.parts[part! - 1]!.lines[line - 1]!;
        expect(found.credit - found.debit).toBe(amount);
      }
    }),
    { numRuns: 200 },
  );
});

describe('a payout that comes back', () => {
  const back = fee(10000n, 'payouts-in-transit', {
    amountDescription: 'Transfer of funds unsuccessful: Amazon has cancelled your transfer of funds.',
    line: 9,
  });

  test('credits in transit, is listed apart, and is no movement', () => {
    const header = settlementHeader(10000n);
    expect(notation(build(header, [back]).plan.parts[0]!.lines)).toEqual([
      'Dr payouts-in-transit 100.00 (payout line)',
      'Cr payouts-in-transit 100.00',
    ]);
    expect(expectedMovements(header, [back])).toEqual({
      movements: [{ kind: 'payout', amount: 10000n, postedAt: header.depositDate, line: null }],
      returned: [{ amount: 10000n, postedAt: back.row.postedAt, line: 9 }],
    });
  });

  test('is brought in by the opening entry, a micro deposit is not', () => {
    const micro = fee(-1n, 'payouts-in-transit', { amountDescription: 'Micro Deposit' });
    expect(notation(buildOpeningEntry([back, micro])!)).toEqual([
      'Dr payouts-in-transit 100.00',
      'Cr opening-balance 100.00',
    ]);
    expect(buildOpeningEntry([micro])).toBeNull();
  });
});
