import { Readable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { DriftNotes } from '../../../src/clients/amazon/read-payload.ts';
import { readLedgerDetail, readLedgerSummary } from '../../../src/clients/amazon/read-ledger.ts';
import {
  readCustomerReturns,
  readReimbursements,
  readRemovalShipments,
} from '../../../src/clients/amazon/read-stock-reports.ts';
import type { RowsTogether } from '../../../src/clients/amazon/report-rows.ts';

const quoted = (lines: readonly (readonly string[])[]) =>
  lines.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join('\t')).join('\r\n');
const plain = (lines: readonly (readonly string[])[]) => lines.map((cells) => cells.join('\t')).join('\n');

/** In pieces of a few bytes, so that rows and letters are cut anywhere. */
function streamOf(text: string, piece = 11): Readable {
  const bytes = Buffer.from(text);
  return Readable.from(
    Array.from({ length: Math.ceil(bytes.length / piece) }, (_, index) =>
      bytes.subarray(index * piece, (index + 1) * piece),
    ),
  );
}

async function all<Fact>(
  read: (report: Readable, drift: DriftNotes) => AsyncGenerator<RowsTogether<Iterable<Fact>>>,
  text: string,
) {
  const drift = new DriftNotes();
  const rows: Fact[] = [];
  const refused: string[] = [];
  for await (const batch of read(streamOf(text), drift)) {
    rows.push(...batch.rows);
    refused.push(...batch.refused.map(({ line, column, text: cell, why }) => `${line} ${column} "${cell}" ${why}`));
  }
  return { rows, refused, drift: drift.all.map(({ what }) => what) };
}

// amazon.md §5.2: the header of a real export has blanks, and every cell is quoted.
const DETAIL = [
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
const detailRow = (changed: Partial<Record<string, string>> = {}) =>
  DETAIL.map(
    (name) =>
      ({
        Date: '10/10/2026',
        FNSKU: 'X001',
        ASIN: 'B0MUG',
        MSKU: 'BLU-MUG',
        Title: 'Mug, blue',
        'Event Type': 'Adjustments',
        'Reference ID': '7001',
        Quantity: '-2',
        'Fulfillment Center': 'PHX7',
        Disposition: 'SELLABLE',
        Reason: 'M',
        Country: 'US',
        'Reconciled Quantity': '1',
        'Unreconciled Quantity': '1',
        'Date and Time': '2026-10-10T00:00:00-0700',
        ...changed,
      })[name] ?? '',
  );

/** What the ledger says of a SKU in each row again. */
const SIDE_BY_SIDE = ['FNSKU', 'ASIN', 'MSKU', 'Title'];
const isAlone = (name: string) => !SIDE_BY_SIDE.includes(name);

describe('the ledger, row by row', () => {
  test('is read as it stands: the day, a signed quantity, what is reconciled', async () => {
    const { rows, refused, drift } = await all(readLedgerDetail, quoted([DETAIL, detailRow()]));
    expect(rows).toEqual([
      {
        day: '2026-10-10',
        fnsku: 'X001',
        sku: 'BLU-MUG',
        asin: 'B0MUG',
        title: 'Mug, blue',
        eventType: 'Adjustments',
        reason: 'M',
        reference: '7001',
        quantity: -2,
        centre: 'PHX7',
        country: 'US',
        disposition: 'SELLABLE',
        reconciled: 1,
        unreconciled: 1,
      },
    ]);
    expect([refused, drift]).toEqual([[], []]);
  });

  test('keeps equal rows, and titles with quotes, tabs and line breaks', async () => {
    const title = 'Mug "XL"\tblue\nwith lid, 日本';
    const { rows } = await all(
      readLedgerDetail,
      quoted([DETAIL, detailRow(), detailRow(), detailRow({ Title: title })]),
    );
    expect(rows.map((row) => row.title)).toEqual(['Mug, blue', 'Mug, blue', title]);
  });

  test.each([
    ['', ''],
    ['a quote', 'Rack 19"'],
    ['quotes alone', '"'],
    ['two quotes', '""'],
    ['quotes around a tab', 'a"\tb'],
    ['a tab', '\t'],
    ['an empty line', 'a\n\nb'],
    ['blanks', '  a  '],
    ['letters of several bytes', 'Tasse, groß, 日本 🍵'],
  ])('a title may hold %s', async (_, title) => {
    const rows = [detailRow(), detailRow({ Title: title }), detailRow({ Title: title }), detailRow()];
    for (const mark of ['', '\ufeff']) {
      const read = await all(readLedgerDetail, mark + quoted([DETAIL, ...rows]));
      expect(read.rows.map((row) => row.title)).toEqual(['Mug, blue', title, title, 'Mug, blue']);
      expect(read.rows.map((row) => row.reference)).toEqual(['7001', '7001', '7001', '7001']);
    }
  });

  test.each([
    ['side by side', DETAIL],
    ['side by side in another order', ['Title', 'MSKU', 'ASIN', 'FNSKU', ...DETAIL.filter(isAlone)]],
    ['apart', [...DETAIL].sort()],
  ])('what is said of a SKU is seen cell by cell, where its columns stand %s', async (_, header) => {
    const told = [
      {},
      { Title: 'Mug' },
      { MSKU: 'MUG' },
      {},
      { FNSKU: 'X001B', ASIN: '0MUG' },
      { FNSKU: '' },
      { ASIN: '', Title: '' },
      {},
    ];
    const lines = told.map((changed) => header.map((name) => detailRow(changed)[DETAIL.indexOf(name)]!));
    const { rows } = await all(readLedgerDetail, quoted([header, ...lines]));
    const cells = told.map((changed) => SIDE_BY_SIDE.map((name) => detailRow(changed)[DETAIL.indexOf(name)]));
    expect(rows.map(({ fnsku, asin, sku, title }) => [fnsku, asin, sku, title])).toEqual(cells);
  });

  test('more SKUs than are kept in mind are read as they stand', async () => {
    const many = 270_000;
    const one = quoted([detailRow({ FNSKU: 'X?', MSKU: 'S?' })]);
    const line = (sku: number) => one.replace('X?', `X${sku}`).replace('S?', `S${sku % 9}`);
    const pieces = function* () {
      yield Buffer.from(`${quoted([DETAIL])}\n`);
      for (let sku = 0; sku < many * 2; sku += 1000)
        yield Buffer.from(Array.from({ length: 1000 }, (_, at) => `${line((sku + at) % many)}\n`).join(''));
    };
    let next = 0;
    for await (const { rows } of readLedgerDetail(Readable.from(pieces()), new DriftNotes()))
      for (let at = 0; at < rows.length; at += 1, next += 1)
        if (rows.text(at, 'fnsku') !== `X${next % many}` || rows.text(at, 'sku') !== `S${(next % many) % 9}`)
          throw new Error(`row ${next} is read as ${JSON.stringify(rows.row(at))}`);
    expect(next).toBe(many * 2);
  });

  test('cells beyond the header are let be, and a line that is too short is not a row', async () => {
    const longer = [...detailRow(), 'more'];
    expect((await all(readLedgerDetail, quoted([DETAIL, longer, detailRow()]))).rows).toHaveLength(2);
    const text = plain([DETAIL, detailRow(), detailRow().slice(0, 9)]);
    await expect(all(readLedgerDetail, text)).rejects.toThrow('line 3 has 9 of 16 columns');
    // What follows such a line is whole: it alone stands aside.
    const within = await all(readLedgerDetail, plain([DETAIL, detailRow().slice(0, 9), detailRow()]));
    expect(within.rows).toHaveLength(1);
    expect(within.refused).toEqual([expect.stringMatching(/^2 the row ".*PHX7" has 9 of 16 columns$/)]);
  });

  test('blank lines are none of the rows, and each counts as a line', async () => {
    const [header, row, wrong] = quoted([DETAIL, detailRow(), detailRow({ Quantity: '' })]).split('\r\n');
    const { rows, refused } = await all(readLedgerDetail, [header, '', row, '', '', wrong, ''].join('\n'));
    expect([rows.length, refused]).toEqual([1, ['6 Quantity "" is not a whole number']]);
  });

  test.each(['+5', '-0', '007', '123456789'])('%s is a whole number', async (quantity) => {
    const { rows } = await all(readLedgerDetail, quoted([DETAIL, detailRow({ Quantity: quantity })]));
    expect(rows.map((row) => row.quantity)).toEqual([Number(quantity) + 0]);
  });

  test.each(['', '-', '+', '1234567890', '1 ', '--1', '1e3', '½'])('"%s" is none', async (quantity) => {
    const { refused } = await all(readLedgerDetail, quoted([DETAIL, detailRow({ Quantity: quantity })]));
    expect(refused).toEqual([`2 Quantity "${quantity}" is not a whole number`]);
  });

  test('a row that cannot be read is put aside with its line, and the rest goes on', async () => {
    const { rows, refused } = await all(
      readLedgerDetail,
      quoted([
        DETAIL,
        detailRow({ Quantity: '1.5' }),
        detailRow(),
        detailRow({ Date: '2026-10-10' }),
        detailRow({ Date: '13/10/2026' }),
        detailRow({ Date: '02/30/2026' }),
        detailRow({ MSKU: '' }),
        detailRow({ Country: '' }),
      ]),
    );
    expect(rows).toHaveLength(1);
    expect(refused).toEqual([
      '2 Quantity "1.5" is not a whole number',
      '4 Date "2026-10-10" is not a day like 10/28/2026',
      '5 Date "13/10/2026" is not a day like 10/28/2026',
      '6 Date "02/30/2026" is not a day like 10/28/2026',
      '7 MSKU "" is empty',
      '8 Country "" is empty',
    ]);
  });

  test.each([
    ['a tab between quotes that are doubled', 'Mug "\t" blue', 'Mug ""\t"" blue'],
    ['a quote and a tab, as many as a column', '"\t', '""\t'],
    ['a quote that is not doubled', 'Mug 12" blue', 'Mug 12" blue'],
    ['one at its end', 'Mug 12"', 'Mug 12"'],
    ['one beside a tab', 'Mug 12" \t blue', 'Mug 12" \t blue'],
  ])('a title with %s stays one cell', async (_, title, written) => {
    const text = quoted([DETAIL, detailRow({ Title: 'TITLE' }), detailRow()]).replace('TITLE', written);
    const { rows, refused } = await all(readLedgerDetail, text);
    expect([rows.map((row) => row.title), refused]).toEqual([[title, 'Mug, blue'], []]);
  });

  test('a column that nobody knows is told, in any order and any case; one that is missing is not guessed', async () => {
    const turned = [...DETAIL, 'Shelf'].reverse();
    const { rows, drift } = await all(
      readLedgerDetail,
      quoted([turned.map((name) => name.toUpperCase()), [...detailRow(), 'A7'].reverse()]),
    );
    expect([rows[0]!.quantity, drift]).toEqual([-2, ['unknown column shelf']]);
    await expect(all(readLedgerDetail, quoted([DETAIL.filter((name) => name !== 'Reason'), []]))).rejects.toThrow(
      'columns are missing: Reason',
    );
  });

  test('a file that is cut off is not taken for a shorter one', async () => {
    const whole = quoted([DETAIL, detailRow(), detailRow()]);
    for (const cut of [3, 30, 90]) await expect(all(readLedgerDetail, whole.slice(0, -cut))).rejects.toThrow('cut off');
    await expect(all(readLedgerDetail, '')).rejects.toThrow('the report is empty');
    // A quote that nobody closes takes in twenty lines, and not the rest of the file.
    const open = quoted([DETAIL, detailRow()]) + `\n"10/10/2026\t${'\nx'.repeat(40)}`;
    await expect(all(readLedgerDetail, open)).rejects.toThrow('line 23');
  });

  test('without rows is a header', async () => {
    expect((await all(readLedgerDetail, quoted([DETAIL]))).rows).toEqual([]);
  });
});

describe('the summary', () => {
  test('gives the balances of a country and day, and what moved them', async () => {
    const header =
      'Date,FNSKU,ASIN,MSKU,Title,Disposition,Starting Warehouse Balance,In Transit Between Warehouses,Receipts,Customer Shipments,Customer Returns,Vendor Returns,Warehouse Transfer In/Out,Found,Lost,Damaged,Disposed,Other Events,Ending Warehouse Balance,Unknown Events,Location,Store'.split(
        ',',
      );
    // amazon.md §5.2: signed columns, receipts 180, shipments −101, ending 79.
    const row = '10/10/2026,X1,B1,S1,T,SELLABLE,0,5,180,-101,0,0,-5,0,0,0,0,0,79,0,US,'.split(',');
    const { rows, drift } = await all(readLedgerSummary, quoted([header, row]));
    expect(rows).toEqual([
      {
        day: '2026-10-10',
        fnsku: 'X1',
        sku: 'S1',
        asin: 'B1',
        disposition: 'SELLABLE',
        country: 'US',
        starting: 0,
        inTransit: 5,
        ending: 79,
        events: 79,
      },
    ]);
    expect(drift).toEqual([]);
  });
});

describe('reports around the ledger', () => {
  const zone = 'America/Los_Angeles';

  test('returns have the day of the marketplace, and no word of the customer', async () => {
    const header =
      'return-date,order-id,sku,asin,fnsku,product-name,quantity,fulfillment-center-id,detailed-disposition,reason,status,license-plate-number,customer-comments'.split(
        ',',
      );
    const row =
      '2026-10-08T05:00:00+00:00,112-1,BLU-MUG,B0,X001,Mug,1,PHX7,CUSTOMER_DAMAGED,DEFECTIVE,Unit returned to inventory,LPN1,I hate it'.split(
        ',',
      );
    const { rows } = await all((report, drift) => readCustomerReturns(report, zone, drift), plain([header, row]));
    expect(rows).toEqual([
      {
        day: '2026-10-07',
        orderId: '112-1',
        sku: 'BLU-MUG',
        fnsku: 'X001',
        quantity: 1,
        centre: 'PHX7',
        disposition: 'CUSTOMER_DAMAGED',
        reason: 'DEFECTIVE',
        status: 'Unit returned to inventory',
        plate: 'LPN1',
      },
    ]);
    await expect(
      all((report, drift) => readCustomerReturns(report, zone, drift), plain([header, row.slice(0, 5)])),
    ).rejects.toThrow('line 2 has 5 of 13 columns: the file is cut off or damaged');
  });

  test('removal shipments say where units went', async () => {
    const header =
      'request-date,order-id,shipment-date,sku,fnsku,disposition,shipped-quantity,carrier,tracking-number,removal-order-type'.split(
        ',',
      );
    const row = '2026-10-01T10:00:00+00:00,home 1,2026-10-03T20:00:00+00:00,S1,X1,Unsellable,3,UPS,1Z,Return'.split(
      ',',
    );
    const { rows } = await all((report, drift) => readRemovalShipments(report, zone, drift), plain([header, row]));
    expect(rows).toEqual([
      {
        orderId: 'home 1',
        day: '2026-10-03',
        sku: 'S1',
        fnsku: 'X1',
        disposition: 'Unsellable',
        quantity: 3,
        kind: 'Return',
        tracking: '1Z',
      },
    ]);
  });

  test('reimbursements keep their amounts as text, reversals what they take back', async () => {
    const header =
      'approval-date,reimbursement-id,case-id,amazon-order-id,reason,sku,fnsku,asin,product-name,condition,currency-unit,amount-per-unit,amount-total,quantity-reimbursed-cash,quantity-reimbursed-inventory,quantity-reimbursed-total,original-reimbursement-id,original-reimbursement-type'.split(
        ',',
      );
    const row =
      '2026-10-11T12:00:00+00:00,R2,,,Reimbursement_Reversal,S1,X1,B1,T,New,USD,-12.30,-12.30,-1,0,-1,R1,Lost_Warehouse'.split(
        ',',
      );
    const { rows, refused } = await all(
      (report, drift) => readReimbursements(report, zone, drift),
      plain([header, row, row.map((cell) => (cell === '-12.30' ? '12,30' : cell))]),
    );
    expect(rows).toMatchObject([{ reimbursementId: 'R2', amountTotal: '-12.30', quantityCash: -1, originalId: 'R1' }]);
    expect(refused).toEqual(['3 amount-total "12,30" is not an amount']);
  });
});
