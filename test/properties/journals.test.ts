/** Every invariant of a settlement and its journal, over generated settlements in every form of report. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { SettlementInspection } from '../../src/domain/payouts/inspect-settlement.ts';
import { isCostRole, isRevenueRole } from '../../src/domain/mapping/roles.ts';
import { dayIn } from '../../src/domain/money/instant.ts';
import { kind } from './amount-kinds.ts';
import { plainJournal, type BookableRow } from './plain-journal.ts';
import { PLAIN_FORM, renderReport, renderText, reportForm, sayableIn, type ReportForm } from './render-report.ts';
import { runs } from './runs.ts';
import { settlementFacts, totalOf, type FactRow, type SettlementFacts } from './settlement-facts.ts';
import {
  bookedFigures,
  figuresText,
  followReport,
  readRows,
  type JournalledReport,
  type PathOptions,
} from './whole-path.ts';

const mode = fc.constantFrom('invoice', 'cash-sale', 'summary');
const path = fc.record({
  mode,
  splitAtMonthEnds: fc.boolean(),
  maxLinesPerPart: fc.oneof(fc.integer({ min: 3, max: 8 }), fc.constant(200)),
  withDocuments: fc.boolean(),
});

function follow(facts: SettlementFacts, form: ReportForm, options: Partial<PathOptions> = {}): JournalledReport {
  const followed = followReport(renderReport(facts, form), {
    zone: facts.zone,
    documents: facts.documents,
    ...options,
  });
  if (followed.end !== 'journal') throw new Error(`no journal: ${JSON.stringify(followed)}`);
  return followed;
}

/** A row of the account. */
const ACCOUNT_ROW: FactRow = {
  ...kind('reserve out'),
  minor: 0n,
  at: 0,
  orderId: null,
  shipmentId: null,
  adjustmentId: null,
  adjustmentItemId: null,
  itemCode: null,
  sku: null,
  quantity: null,
  promotionId: null,
  marketplace: null,
  fulfilment: null,
};

const bookable = (row: FactRow): BookableRow => ({
  ...row,
  role: row.role!,
  orderId: row.orderId ?? '',
  marketplace: row.marketplace ?? '',
  merchant: row.fulfilment === 'MFN',
});

describe('the journal of any settlement', () => {
  const journals = fc.record({ facts: settlementFacts(), path });
  type Drawn = typeof journals extends fc.Arbitrary<infer Value> ? Value : never;
  const built = ({ facts, path: { withDocuments, ...options } }: Drawn) =>
    follow(facts, PLAIN_FORM, { ...options, documents: withDocuments ? facts.documents : [] });

  test('books, by day and role, what the rows come to', () => {
    fc.assert(
      fc.property(journals, (one) => {
        const {
          facts,
          path: { mode: booksIn, splitAtMonthEnds, withDocuments },
        } = one;
        const plain = plainJournal(facts.rows.map(bookable), {
          ...facts,
          mode: booksIn,
          splitAtMonthEnds,
          documents: withDocuments ? facts.documents : [],
        });
        expect(figuresText(bookedFigures(built(one).built.plan.parts))).toBe(figuresText(plain));
      }),
      runs(150),
    );
  });

  test('balances, whole and in each part, within the limit of lines; its bridges come to zero', () => {
    fc.assert(
      fc.property(journals, (one) => {
        const { parts } = built(one).built.plan;
        for (const { lines } of parts) {
          expect(lines.length).toBeLessThanOrEqual(one.path.maxLinesPerPart);
          expect(net(lines)).toBe(0n);
          for (const { debit, credit } of lines)
            expect((debit === 0n && credit > 0n) || (credit === 0n && debit > 0n)).toBe(true);
        }
        expect(net(parts.flatMap(({ lines }) => lines.filter(({ role }) => role === 'settlement-in-progress')))).toBe(
          0n,
        );
        expect(parts.map(({ part }) => part)).toEqual(parts.map((_, index) => index + 1));
        expect(parts.map(({ date }) => date)).toEqual(parts.map(({ date }) => date).sort());
      }),
      runs(100),
    );
  });

  test('has one payout line that is the total, on the side that its sign says, and none at zero', () => {
    fc.assert(
      fc.property(journals, (one) => {
        const total = totalOf(one.facts);
        const { parts } = built(one).built.plan;
        const payouts = parts.flatMap(({ part, lines }) =>
          lines
            .filter(({ payout }) => payout)
            .map(({ role, debit, credit }) => ({ last: part === parts.length, role, debit, credit })),
        );
        expect(payouts).toEqual(
          total === 0n
            ? []
            : [
                {
                  last: true,
                  role: total > 0n ? 'payouts-in-transit' : 'balance-due-to-amazon',
                  debit: total > 0n ? total : 0n,
                  credit: total < 0n ? -total : 0n,
                },
              ],
        );
      }),
      runs(80),
    );
  });

  test('has every row in exactly one line, which is the sum of its rows, or in a named wash that comes to zero', () => {
    fc.assert(
      fc.property(journals, (one) => {
        const {
          built: { plan, placeOf, washedRows },
          rows,
        } = built(one);
        const places = new Map<string, bigint>();
        let washed = 0;
        for (const { row, booked } of rows) {
          const place = placeOf(row, booked);
          if (place.kind === 'wash' && place.wash === 'marketplace-tax') washed += 1;
          const name =
            place.kind === 'line'
              ? `line ${place.part}.${place.line}`
              : `wash of ${place.wash} ${place.wash === 'marketplace-tax' ? row.orderId : `${booked} ${row.postedAt.slice(0, 7)}`}`;
          places.set(name, (places.get(name) ?? 0n) + row.amount);
        }
        expect(washed).toBe(washedRows);
        const lines = new Map(
          plan.parts.flatMap(({ part, lines: all }) =>
            all.flatMap(({ role, payout, debit, credit }, index) =>
              payout || role === 'settlement-in-progress'
                ? []
                : [[`line ${part}.${index + 1}`, credit - debit] as const],
            ),
          ),
        );
        expect(new Map([...places].filter(([name]) => name.startsWith('line')))).toEqual(lines);
        for (const [name, sum] of places) if (name.startsWith('wash of marketplace-tax')) expect(sum).toBe(0n);
      }),
      runs(100),
    );
  });

  test('has no line on a revenue role where documents own revenue; in summary only refunds clear', () => {
    fc.assert(
      fc.property(journals, (one) => {
        const {
          built: { plan },
          rows,
        } = built(one);
        const revenue = plan.parts.flatMap(({ lines }) => lines).filter(({ role }) => isRevenueRole(role));
        if (one.path.mode !== 'summary') expect(revenue).toEqual([]);
        else for (const { row, booked } of rows) if (isRevenueRole(booked)) expect(row.transactionType).toBe('Order');
      }),
      runs(80),
    );
  });

  test('dates income and cost in the month of their rows when it is split, and all else at the end', () => {
    fc.assert(
      fc.property(journals, (one) => {
        const {
          built: { plan, placeOf },
          rows,
          header,
        } = built(one);
        const endDay = dayIn(new Date(Date.parse(header.end) - 1000).toISOString(), one.facts.zone);
        for (const { row, booked } of rows) {
          const place = placeOf(row, booked);
          if (place.kind !== 'line') continue;
          const { date } = plan.parts[place.part - 1]!;
          const ofPeriod = one.path.splitAtMonthEnds && (isCostRole(booked) || isRevenueRole(booked));
          expect(date.slice(0, 7)).toBe((ofPeriod ? dayIn(row.postedAt, one.facts.zone) : endDay).slice(0, 7));
        }
        expect(plan.parts.at(-1)?.date ?? endDay).toBe(endDay);
      }),
      runs(80),
    );
  });

  test('is the same when it is built again, and whatever the order of the rows', () => {
    fc.assert(
      fc.property(journals, fc.nat(), (one, turn) => {
        const once = built(one).built.plan;
        expect(built(one).built.plan).toEqual(once);
        const { rows } = one.facts;
        const at = turn % rows.length;
        const turned = { ...one, facts: { ...one.facts, rows: [...rows.slice(at), ...rows.slice(0, at)].reverse() } };
        expect(figuresText(bookedFigures(built(turned).built.plan.parts))).toBe(figuresText(bookedFigures(once.parts)));
      }),
      runs(60),
    );
  });

  test('waits for each key that nobody has decided, and names it', () => {
    fc.assert(
      fc.property(settlementFacts({ unknown: 3 }), (facts) => {
        const names = [
          ...new Set(
            facts.rows
              .filter(({ role }) => role === null)
              .map(({ type, group, description }) =>
                [type, group, description].join('\t').toLowerCase().replace(/[ _-]/g, ''),
              ),
          ),
        ].sort();
        const followed = followReport(renderReport(facts, PLAIN_FORM), { zone: facts.zone });
        expect(followed.end === 'unknown' ? followed.keys : []).toEqual(names);
      }),
      runs(60),
    );
  });
});

describe('a report in any form', () => {
  const reports = fc.record({ facts: settlementFacts(), form: reportForm, chunk: fc.integer({ min: 1, max: 4096 }) });
  const rowsOf = (facts: SettlementFacts, form: ReportForm) => {
    const old = form.columns === 36 || form.columns === 33;
    return facts.rows.map((row) => ({
      key: [row.type, old && row.group === 'ItemWithheldTax' ? 'ItemFees' : row.group, row.description].join('/'),
      amount: row.minor,
      orderId: row.orderId,
      shipmentId: row.shipmentId,
      adjustmentId: row.adjustmentId,
      itemId: row.adjustmentItemId,
      marketplace: row.marketplace,
      fulfilment: row.fulfilment,
      item: row.itemCode,
      sku: row.sku,
      quantity: row.quantity,
      promotionId: form.columns === 23 || form.columns === 33 ? null : row.promotionId,
      at: row.at,
    }));
  };

  test('is read as the facts that were written into it, field by field', () => {
    fc.assert(
      fc.property(reports, ({ facts: all, form, chunk }) => {
        const facts = sayableIn(all, form.columns);
        const { header, list } = readRows(renderReport(facts, { ...form, packed: false }), chunk);
        expect(header).toMatchObject({
          settlementId: facts.id,
          currency: facts.currency,
          total: totalOf(facts),
          columns: form.columns,
          variant: form.columns < 30 ? 'V2' : 'V1',
        });
        expect([header.start, header.end, header.depositDate].map((instant) => Date.parse(instant) / 1000)).toEqual([
          facts.start,
          facts.end,
          facts.end + 2 * 86_400,
        ]);
        expect(
          list.map((row) => ({
            key: [row.transactionType, row.amountType, row.amountDescription].join('/'),
            amount: row.amount,
            orderId: row.orderId,
            shipmentId: row.shipmentId,
            adjustmentId: row.adjustmentId,
            itemId: row.merchantAdjustmentItemId,
            marketplace: row.marketplaceName,
            fulfilment: row.fulfillmentId,
            item: row.orderItemCode,
            sku: row.sku,
            quantity: row.quantity,
            promotionId: row.promotionId,
            at: Date.parse(row.postedAt) / 1000,
          })),
        ).toEqual(rowsOf(facts, form));
      }),
      runs(200),
    );
  });

  test('gives the journal and the applications of its facts, whatever its variant, formats, columns, packing and chunks', () => {
    fc.assert(
      fc.property(reports, ({ facts: all, form, chunk }) => {
        const facts = sayableIn(all, form.columns);
        const plain = follow(facts, PLAIN_FORM);
        const other = follow(facts, form, { chunk });
        expect(figuresText(bookedFigures(other.built.plan.parts))).toBe(
          figuresText(bookedFigures(plain.built.plan.parts)),
        );
        expect(other.built.residuals).toEqual(plain.built.residuals);
        expect(other.applications).toEqual(plain.applications);
        expect(other.movements.movements.map(({ line: _, ...rest }) => rest)).toEqual(
          plain.movements.movements.map(({ line: _, ...rest }) => rest),
        );
      }),
      runs(100),
    );
  });

  test('whose total is not that of its rows is refused, and the difference named', () => {
    fc.assert(
      fc.property(
        reports,
        fc.bigInt({ min: -10_000n, max: 10_000n }).filter((by) => by !== 0n),
        ({ facts: all, form }, by) => {
          const facts = sayableIn(all, form.columns);
          // The last row is forgotten when the total is reckoned: it is of the difference.
          const text = renderText(
            { ...facts, rows: [...facts.rows, { ...ACCOUNT_ROW, at: facts.start, minor: by }] },
            { ...form, blankLines: false, ragged: false, lastLineBreak: true },
          );
          const lines = text.split(form.lineBreak);
          const followed = followReport(new TextEncoder().encode([...lines.slice(0, -2), ''].join(form.lineBreak)), {
            zone: facts.zone,
          });
          expect(
            followed.end === 'refused'
              ? {
                  code: followed.problem.code,
                  column: followed.problem.column,
                  difference: followed.problem.figures?.difference ?? -by,
                }
              : followed.end,
          ).toEqual({
            code: facts.rows.length === 0 ? 'report-truncated' : 'report-sum',
            column: 'total-amount',
            difference: -by,
          });
        },
      ),
      runs(60),
    );
  });

  test('comes to the same when it is inspected as when its rows are kept', () => {
    fc.assert(
      fc.property(reports, ({ facts: all, form, chunk }) => {
        const facts = sayableIn(all, form.columns);
        const bytes = renderReport(facts, { ...form, packed: false });
        const inspection = new SettlementInspection();
        for (let at = 0; at < bytes.length; at += chunk) inspection.push(bytes.subarray(at, at + chunk));
        const { journal, sum, rows, byKey, movements } = inspection.finish();
        const kept = follow(facts, { ...form, packed: false }, { documents: [], splitAtMonthEnds: false });
        expect(journal!.lines.map(({ role, debit, credit, payout }) => ({ role, debit, credit, payout }))).toEqual(
          kept.built.plan.parts
            .flatMap(({ lines }) => lines)
            .map(({ role, debit, credit, payout }) => ({ role, debit, credit, payout })),
        );
        expect(journal!.residuals).toEqual(kept.built.residuals);
        expect(movements).toEqual(kept.movements);
        expect(byKey.reduce((count, key) => count + key.rows, 0)).toBe(kept.rows.length);
        expect(sum).toBe(totalOf(facts));
        if (form.columns < 30) expect(rows).toBe(facts.rows.length);
      }),
      runs(80),
    );
  });
});

function net(lines: readonly { debit: bigint; credit: bigint }[]): bigint {
  return lines.reduce((sum, { debit, credit }) => sum + debit - credit, 0n);
}
