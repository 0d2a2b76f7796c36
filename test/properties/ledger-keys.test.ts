/**
 * Keys of rows as they were stored from the first version on, beside those that a report is given today: a key is the row\'s
 * fields and how many are alike, told here without any table. Files are generated: equal rows, odd texts, quotes, unknown
 * columns, cut in pieces anywhere.
 */
import { Readable } from 'node:stream';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readLedgerDetail } from '../../src/clients/amazon/read-ledger.ts';
import { DriftNotes } from '../../src/clients/amazon/read-payload.ts';
import { Balances } from '../../src/domain/stock/balances.ts';
import type { KeptRow } from '../../src/domain/stock/kept-stock.ts';
import { LedgerTable } from '../../src/domain/stock/ledger-table.ts';
import { mergeReport } from '../../src/domain/stock/merge-report.ts';
import type { LedgerRow } from '../../src/domain/stock/stock-facts.ts';
import { poolNamed } from '../domain/stock/stock-flow.ts';
import { runs } from './runs.ts';

const HEADER = [
  'Date',
  'FNSKU',
  'ASIN',
  'MSKU',
  'Title',
  'Event Type',
  'Reference ID',
  'Quantity',
  'Fulfillment Center',
];
const MORE = [
  'Disposition',
  'Reason',
  'Country',
  'Reconciled Quantity',
  'Unreconciled Quantity',
  'Date and Time',
  'Store',
];

const cells = fc.tuple(
  fc.constantFrom('10/10/2026', '10/10/2026', '10/11/2026'),
  fc.constantFrom('X001', 'X002', ''),
  fc.constantFrom('B0MUG', ''),
  fc.constantFrom('MUG', 'Tasse groß', '12" mug', 'a|b#1', 'a', '\uFFFD', 'x'.repeat(230)),
  fc.constantFrom('Mug', 'Mug "XL"\tblue', 'a\nb', '漢字', ''),
  fc.constantFrom('Shipments', 'Adjustments', 'Receipts'),
  fc.constantFrom('', '7001', 'FBA15DEMO1'),
  fc.constantFrom('-1', '-1', '+2', '0', '-0', '-7'),
  fc.constantFrom('PHX7', ''),
  fc.constantFrom('SELLABLE', 'DEFECTIVE'),
  fc.constantFrom('', 'M', 'N', 'O', 'G'),
  fc.constantFrom('US', 'JP'),
  fc.constantFrom('', '1'),
  fc.constantFrom('', '0', '1'),
);
type Cells = typeof cells extends fc.Arbitrary<infer One> ? One : never;

const quoted = (row: readonly string[]) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join('\t');
const file = (rows: readonly Cells[]) =>
  [[...HEADER, 'Something New', ...MORE], ...rows.map((row) => [...row.slice(0, 9), 'new', ...row.slice(9), '', ''])]
    .map(quoted)
    .join('\n');

/** The row of stock.md by hand. */
function rowOf([date, fnsku, asin, sku, title, eventType, reference, quantity, centre, ...rest]: Cells): LedgerRow {
  const [disposition, reason, country, reconciled, unreconciled] = rest;
  const units = (text: string) => (text === '' ? null : Number(text) + 0);
  const day = `${date.slice(6)}-${date.slice(0, 2)}-${date.slice(3, 5)}`;
  const rest_ = { reconciled: units(reconciled), unreconciled: units(unreconciled) };
  return {
    day,
    fnsku,
    sku,
    asin,
    title,
    eventType,
    reason,
    reference,
    quantity: units(quantity)!,
    centre,
    country,
    disposition,
    ...rest_,
  };
}

/** A list of all that is like a row, counted: as rows were given their keys when each was an object. */
function keysOf(rows: readonly LedgerRow[]): string[] {
  const counts = new Map<string, number>();
  return rows.map(({ day, fnsku, sku, eventType, reason, reference, centre, country, disposition, quantity }) => {
    const own = [day, fnsku, sku, eventType, reason, reference, centre, country, disposition, String(quantity)];
    const number = (counts.get(JSON.stringify(own)) ?? 0) + 1;
    counts.set(JSON.stringify(own), number);
    return `${own.join('|')}#${number}`;
  });
}

async function read(text: string, piece: number): Promise<LedgerTable> {
  const bytes = Buffer.from(text);
  const pieces = Array.from({ length: Math.ceil(bytes.length / piece) }, (_, index) =>
    bytes.subarray(index * piece, (index + 1) * piece),
  );
  const all = new LedgerTable();
  for await (const { rows, refused } of readLedgerDetail(Readable.from(pieces), new DriftNotes())) {
    expect(refused).toEqual([]);
    for (let at = 0; at < rows.length; at += 1) all.take(rows, at);
  }
  return all;
}

const SEEN = '2026-10-12T00:00:00Z';
function merged(kept: readonly KeptRow[], rows: LedgerTable, edges: readonly string[]) {
  const { fresh, ...rest } = mergeReport(
    kept,
    { first: '2026-10-10', last: '2026-10-11', edges: new Set(edges), rows, seen: SEEN },
    {
      pools: [poolNamed('us', ['US'])],
      balances: new Balances([]),
      summarised: new Set(['2026-10-10', '2026-10-11']),
      today: '2026-10-12',
    },
  );
  return { ...rest, fresh: [...fresh] };
}

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
const rows = fc.array(cells, { minLength: 1, maxLength: 25 });
const piece = fc.integer({ min: 1, max: 400 });
const EDGES = ['2026-10-10', '2026-10-11'];

test('each row of a first report has the key that it always had, and says what the file says', async () => {
  await fc.assert(
    fc.asyncProperty(rows, piece, async (all, size) => {
      const told = all.map(rowOf);
      const keys = keysOf(told);
      const expected = told.map((row, index) => ({
        ...row,
        id: keys[index]!,
        pool: row.country === 'US' ? 'us' : null,
        origin: 'ledger',
        seen: SEEN,
        takenBack: null,
        opposes: null,
        own: null,
      }));
      const { fresh } = merged([], await read(file(all), size), EDGES);
      expect(fresh.sort(byId)).toEqual(expected.sort(byId));
    }),
    runs(200),
  );
});

test('a later report gives keys to what it has more, takes back what it has less, and leaves the rest', async () => {
  await fc.assert(
    fc.asyncProperty(rows, rows, piece, fc.boolean(), async (before, added, size, isEdge) => {
      const kept = merged([], await read(file(before), size), EDGES).fresh;
      // Every third row is gone, some are new.
      const later = [...before.filter((_, index) => index % 3 !== 2), ...added];
      const keys = keysOf(later.map(rowOf));
      const known = new Set(kept.map(({ id }) => id));
      const now = merged(kept, await read(file(later), size), isEdge ? EDGES : []);
      const isFew = kept.filter(({ id }) => !keys.includes(id));
      // Days whose sums do not agree stay out: balances are none, so those whose missing rows come to other than nothing do.
      const out = new Set(now.truncated);
      expect(now.takenBack.map(({ id }) => id).sort()).toEqual(
        isEdge
          ? []
          : isFew
              .filter(({ day }) => !out.has(day))
              .map(({ id }) => id)
              .sort(),
      );
      expect(
        now.fresh
          .filter(({ origin }) => origin === 'ledger')
          .map(({ id }) => id)
          .sort(),
      ).toEqual(keys.filter((id) => !known.has(id) && !out.has(id.slice(0, 10))).sort());
    }),
    runs(200),
  );
});
