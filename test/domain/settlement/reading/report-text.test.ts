/** Files that a spreadsheet or another system has saved anew: the same report in other bytes, or one that is refused. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fileText, parse, refusal, v2Row, type Cells } from '../settlement-file.ts';

const golden = (name: string) => readFileSync(new URL(`../../../golden/settlements/${name}`, import.meta.url), 'utf8');
const text = golden('reserve-in-and-out-eur.txt').replaceAll('\r\n', '\n');
const whole = parse(text);

const utf16 = (written: string, bigEndian = false) => {
  const bytes = Buffer.from(`\ufeff${written}`, 'utf16le');
  return new Uint8Array(bigEndian ? bytes.swap16() : bytes);
};

describe('a report is the same', () => {
  const forms: Record<string, Uint8Array> = {
    'in UTF-16 little endian': utf16(text),
    'in UTF-16 big endian': utf16(text, true),
    'in UTF-16 with CR LF': utf16(text.replaceAll('\n', '\r\n')),
    'in UTF-16 with CR alone': utf16(text.replaceAll('\n', '\r')),
    'with CR alone': Buffer.from(text.replaceAll('\n', '\r')),
    'with CR alone and none at its end': Buffer.from(text.replace(/\n$/, '').replaceAll('\n', '\r')),
    'with a mark and CR alone': Buffer.from(`\ufeff${text.replaceAll('\n', '\r')}`),
    'with CR LF': Buffer.from(text.replaceAll('\n', '\r\n')),
    'with CR alone and one CR LF': Buffer.from(text.replaceAll('\n', '\r').replace(/(\r[^\r]*)\r/, '$1\r\n')),
    'with LF and one CR LF': Buffer.from(text.replace(/(\n[^\n]*)\n/, '$1\r\n')),
  };

  test.each(Object.entries(forms))('%s, in chunks of any size', (_, bytes) => {
    expect(parse(bytes)).toEqual(whole);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), (chunk) => expect(parse(bytes, chunk)).toEqual(whole)),
      { numRuns: 15 },
    );
  });

  test('in UTF-16 or with a mark, whatever character set its document was said to have', () => {
    expect(parse(utf16(text), 100, 'windows-1252')).toEqual(whole);
    expect(parse(Buffer.from(`\ufeff${text}`), 100, 'windows-1252')).toEqual(whole);
  });
});

describe('a refusal', () => {
  const row = fileText('1.00', [v2Row('1.00'), v2Row('x', { sku: 'Ü' })]);

  test('in a file with CR alone names the line and its byte', () => {
    expect(refusal(row.replaceAll('\n', '\r'))).toMatchObject({
      code: 'report-amount',
      line: 4,
      column: 'amount',
      byteOffset: row.indexOf('\tx\t') + 1,
    });
  });

  test('in UTF-16 names the line and no byte, which would be another one', () => {
    expect(refusal(utf16(row))).toMatchObject({ code: 'report-amount', line: 4, column: 'amount', byteOffset: null });
  });

  test('of UTF-16 that breaks off within a character, or is none', () => {
    expect(refusal(utf16(row).subarray(0, -1)).code).toBe('report-encoding');
    expect(refusal(Uint8Array.from([...utf16(row.slice(0, 900)), 0x00, 0xd8, 0x41, 0x00])).code).toBe(
      'report-encoding',
    );
  });

  test('of UTF-16 without its mark says so', () => {
    expect(refusal(utf16(row).subarray(2))).toMatchObject({
      code: 'report-not-settlement',
      evidence: ['it is UTF-16 without the mark that says so, or no text at all'],
    });
  });

  test('of a line that ends in CR among others that end in LF says so, and what is shown is no name of a column', () => {
    const lines = fileText('2.00', [v2Row('1.00', { 'order-id': '113-1111111-2222222' }), v2Row('1.00')]).split('\n');
    const mixed = refusal(`${lines.slice(0, 3).join('\n')}\r${lines.slice(3).join('\n')}`);
    expect(mixed).toMatchObject({
      code: 'report-columns',
      line: 3,
      column: '25',
      evidence: ['47 fields, the header has 24', expect.stringContaining('ends in CR alone')],
    });
  });

  test.each([
    ['semicolons', row.replaceAll('\t', ';'), 'separated by semicolons'],
    ['commas', row.replaceAll('\t', ','), 'separated by commas'],
    ['quotes', row.replace(/[^\t\n]+/g, '"$&"'), 'stand in quotes'],
  ])('of a file with %s says so', (_, file, words) => {
    expect(refusal(file)).toMatchObject({
      code: 'report-not-settlement',
      line: 1,
      evidence: expect.arrayContaining([expect.stringContaining(words)]),
    });
  });
});

describe('an id that was turned into a number is refused with its line and column', () => {
  const IDS = [
    'order-id',
    'merchant-order-id',
    'adjustment-id',
    'shipment-id',
    'order-item-code',
    'merchant-order-item-id',
    'merchant-adjustment-item-id',
    'promotion-id',
  ];
  const spelled = fc.constantFrom(
    '8E+13',
    '8.00E+13',
    '1.12E+16',
    '8,0E+13',
    '1.2345678E+9',
    '8e+13',
    '8.0E13',
    '1.12e16',
    '80000000001503.',
    '80000000001503.0',
    '80000000001503,00',
    '#####',
    '##',
  );

  test('in whatever column of ids, whatever the rows before', () => {
    fc.assert(
      fc.property(fc.constantFrom(...IDS), spelled, fc.nat(4), (column, id, before) => {
        const rows: Cells[] = [
          ...Array.from({ length: before }, () => v2Row('1.00', { [column]: '80000000001503' })),
          v2Row('1.00', { [column]: id }),
          v2Row('1.00', { [column]: id }),
        ];
        expect(refusal(fileText(`${rows.length}.00`, rows))).toMatchObject({
          code: 'report-number',
          line: 3 + before,
          column,
          text: id,
        });
      }),
    );
  });

  test('in the settlement id, which all rows repeat', () => {
    expect(
      refusal(
        fileText('1.00', [v2Row('1.00', { 'settlement-id': '2.83E+10' })], undefined, { 'settlement-id': '2.83E+10' }),
      ),
    ).toMatchObject({ code: 'report-number', line: 2, column: 'settlement-id', text: '2.83E+10' });
  });

  test.each([
    '8E13',
    'A8E+13',
    '8E+13A',
    '8E-13',
    'v2.0',
    'ORDER#1',
    '1.12.0',
    'S01-1234567-1234567',
    '12+5',
    '1.5',
    '#',
    '+1',
    'E+13',
  ])('but not "%s", which a seller may have chosen', (id) => {
    expect(parse(fileText('1.00', [v2Row('1.00', { 'merchant-order-id': id })])).list[0]!.merchantOrderId).toBe(id);
  });
});

describe('two SKUs under one order and order item code', () => {
  const item = (code: string, sku: string, cells: Cells = {}) =>
    v2Row('1.00', { 'order-id': '113-1111111-2222222', 'order-item-code': code, sku, ...cells });

  test('are refused, naming both lines, also with other items and rows without a SKU between', () => {
    expect(refusal(fileText('2.00', [item('80000000000000', 'A'), item('80000000000000', 'B')]))).toMatchObject({
      code: 'report-number',
      line: 4,
      column: 'order-item-code',
      what: 'Lines 3 and 4 have one order item code and two SKUs.',
    });
    expect(
      refusal(fileText('5.00', [item('X', 'A'), item('Y', 'B'), item('Y', 'B'), item('X', ''), item('X', 'B')])),
    ).toMatchObject({ line: 7, what: 'Lines 3 and 7 have one order item code and two SKUs.' });
  });

  test('are two items in two orders, under two codes, or where a code or a SKU is blank', () => {
    const rows = [
      item('1', 'A'),
      item('01', 'B'),
      item('', 'C'),
      item('', 'D'),
      item('2', ''),
      item('2', 'B'),
      item('1', 'B', { 'order-id': '113-1111111-3333333' }),
      item('1', 'B', { 'order-id': '' }),
    ];
    expect(parse(fileText(`${rows.length}.00`, rows)).rows).toBe(rows.length);
  });
});
