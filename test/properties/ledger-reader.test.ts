/** The reader of the ledger beside one that goes letter by letter, over generated files cut into pieces anywhere. */
import { Readable } from 'node:stream';
import { createGunzip, gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readLedgerDetail } from '../../src/clients/amazon/read-ledger.ts';
import { DriftNotes } from '../../src/clients/amazon/read-payload.ts';
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
  'Disposition',
  'Reason',
  'Country',
  'Reconciled Quantity',
  'Unreconciled Quantity',
  'Date and Time',
  'Store',
];

const letters = (...all: string[]) => fc.string({ unit: fc.constantFrom(...all), maxLength: 8 });
const TEXT = letters('a', '7', ' ', 'é', '漢', '🫖', '"', '-');
const LONG = fc.constantFrom('', 'Mug, 350 ml'.repeat(40));
/** A row's cells; the title may hold anything, and what comes again is often the same. */
const row = (title: fc.Arbitrary<string>, quote: string) =>
  fc
    .tuple(
      fc.constantFrom('10/10/2026', '10/11/2026', '02/30/2026', 'today'),
      fc.constantFrom('X001', 'X002', ''),
      fc.constantFrom('B0MUG', ''),
      fc.constantFrom('MUG', 'Tasse groß', '杯', `12${quote} mug`, ''),
      fc.oneof(title, LONG, fc.constantFrom('Mug', 'Cup')),
      fc.constantFrom('Shipments', 'Adjustments'),
      fc.constantFrom('', '7001'),
      fc.constantFrom('-1', '+2', '12', '0', '1.5', '', '1234567890'),
      fc.constantFrom('PHX7', ''),
      fc.constantFrom('SELLABLE', 'DEFECTIVE', ''),
      fc.constantFrom('', 'M'),
      fc.constantFrom('US', 'GB'),
      fc.constantFrom('', '1'),
    )
    .map((cells) => [...cells, '', '2026-10-10T00:00:00-0700', 'shop']);

interface Told {
  rows: object[];
  refused: string[];
}

/** Letter by letter: a quote begins a cell and ends it unless it is doubled; a line break outside of one ends the row. */
function plainly(text: string, isQuoted: boolean): Told {
  const rows: { cells: string[]; line: number }[] = [];
  let [cells, cell, inQuotes, line]: [string[], string, boolean, number] = [[], '', false, 1];
  const letters = Array.from(text.replace(/^\uFEFF/, ''));
  const end = () => {
    cells.push(cell);
    if (cells.length > 1 || cell !== '') rows.push({ cells, line });
    [cells, cell] = [[], ''];
  };
  for (let at = 0; at < letters.length; at += 1) {
    const letter = letters[at]!;
    if (isQuoted && letter === '"') {
      if (inQuotes && letters[at + 1] === '"') cell += letters[(at += 1)]!;
      else inQuotes = !inQuotes;
    } else if (letter === '\t' && !inQuotes) {
      cells.push(cell);
      cell = '';
    } else if (letter === '\r' && letters[at + 1] === '\n') continue;
    else if (letter === '\n' && !inQuotes) {
      end();
      line += 1;
    } else {
      if (letter === '\n') line += 1;
      cell += letter;
    }
  }
  end();
  const told: Told = { rows: [], refused: [] };
  for (const { cells: own, line: number } of rows.slice(1)) {
    const fault = faultOf(own);
    if (fault === null) told.rows.push(factOf(own));
    else told.refused.push(`${number} ${fault[0]} "${fault[1].slice(0, 200)}"`);
  }
  return told;
}

/** The first cell that is not what it should be, in the order in which a row is told. */
function faultOf(cells: readonly string[]): [string, string] | null {
  const of = (name: string) => cells[HEADER.indexOf(name)]!;
  const isDay = /^\d\d\/\d\d\/\d{4}$/.test(of('Date')) && !of('Date').startsWith('02/30');
  if (!isDay) return ['Date', of('Date')];
  for (const name of ['MSKU', 'Event Type']) if (of(name) === '') return [name, ''];
  if (!/^[+-]?\d{1,9}$/.test(of('Quantity'))) return ['Quantity', of('Quantity')];
  for (const name of ['Country', 'Disposition']) if (of(name) === '') return [name, ''];
  return null;
}

function factOf(cells: readonly string[]): object {
  const of = (name: string) => cells[HEADER.indexOf(name)]!;
  const [month, day, year] = of('Date').split('/');
  const units = (text: string) => (text === '' ? null : Number(text) + 0);
  return {
    day: `${year}-${month}-${day}`,
    fnsku: of('FNSKU'),
    sku: of('MSKU'),
    asin: of('ASIN'),
    title: of('Title'),
    eventType: of('Event Type'),
    reason: of('Reason'),
    reference: of('Reference ID'),
    quantity: units(of('Quantity')),
    centre: of('Fulfillment Center'),
    country: of('Country'),
    disposition: of('Disposition'),
    reconciled: units(of('Reconciled Quantity')),
    unreconciled: units(of('Unreconciled Quantity')),
  };
}

/** @param sizes of the pieces, again and again; of each piece the same buffer is used again */
function pieces(bytes: Uint8Array, sizes: readonly number[]): Buffer[] {
  const all: Buffer[] = [];
  for (let at = 0, piece = 0; at < bytes.length; at += sizes[piece % sizes.length]!, piece += 1)
    all.push(Buffer.from(bytes.subarray(at, at + sizes[piece % sizes.length]!)));
  return all;
}

async function told(report: Readable): Promise<Told> {
  const all: Told = { rows: [], refused: [] };
  for await (const batch of readLedgerDetail(report, new DriftNotes())) {
    all.rows.push(...batch.rows);
    all.refused.push(...batch.refused.map(({ line, column, text }) => `${line} ${column} "${text}"`));
  }
  return all;
}

const quoted = (cells: readonly string[]) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join('\t');
const tabbed = (cells: readonly string[]) => cells.join('\t');
const SIZES = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 4 });
const BREAK = fc.constantFrom('\n', '\r\n', '\n\n', '\r\n\r\n');
const quotedRows = fc.array(row(fc.oneof(TEXT, letters('"', '\t', 'a'), letters('\n', '"', 'b', 'é')), '"'), {
  maxLength: 8,
});

test('a quoted file says the same, whatever stands in a title, and wherever it is cut into pieces', async () => {
  await fc.assert(
    fc.asyncProperty(
      quotedRows,
      BREAK,
      SIZES,
      fc.constantFrom('', '\uFEFF'),
      fc.constantFrom('', '\n'),
      async (rows, end, sizes, mark, last) => {
        const text = mark + [HEADER, ...rows].map(quoted).join(end) + last;
        const bytes = Buffer.from(text);
        const expected = plainly(text, true);
        expect(withoutLines(await told(Readable.from(pieces(bytes, sizes))))).toEqual(withoutLines(expected));
        const unpacked = Readable.from(pieces(gzipSync(bytes), sizes)).pipe(
          createGunzip({ chunkSize: 64 + sizes[0]! }),
        );
        expect(withoutLines(await told(unpacked))).toEqual(withoutLines(expected));
      },
    ),
    runs(60),
  );
});

test('a tabbed file says the same, with the line of each row that is refused', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row(TEXT, ''), { maxLength: 8 }), BREAK, SIZES, async (rows, end, sizes) => {
      const text = [HEADER, ...rows].map(tabbed).join(end);
      expect(await told(Readable.from(pieces(Buffer.from(text), sizes)))).toEqual(plainly(text, false));
    }),
    runs(60),
  );
});

test('a quoted file that is cut within a row is refused, and cut behind one it says the rows before', async () => {
  await fc.assert(
    fc.asyncProperty(quotedRows, fc.constantFrom('\n', '\r\n'), SIZES, fc.nat(), async (rows, end, sizes, nat) => {
      const whole = [HEADER, ...rows].map(quoted);
      const bytes = Buffer.from(whole.join(end));
      const ends = whole.map((_, at) => Buffer.byteLength(whole.slice(0, at + 1).join(end)));
      // Of the header the last columns may be missing: some reports have none of them.
      const cut = bytes.subarray(0, ends[0]! + (nat % (bytes.length - ends[0]! + 1)));
      const isBehind = ends.some((at) => cut.length >= at && cut.length <= at + end.length);
      const read = told(Readable.from(pieces(cut, sizes)));
      if (isBehind) expect(withoutLines(await read)).toEqual(withoutLines(plainly(cut.toString(), true)));
      else await expect(read).rejects.toThrow('cut off');
    }),
    runs(100),
  );
});

/** A row over several lines is named by its last one, which the letters do not know. */
const withoutLines = ({ rows, refused }: Told): Told => ({
  rows,
  refused: refused.map((one) => one.replace(/^\d+ /, '')),
});
