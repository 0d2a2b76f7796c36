import { describe, expect, test } from '@jest/globals';
import { reportNotice } from '../../../src/domain/settlement/render-report-error.ts';
import { ReportError } from '../../../src/domain/settlement/report-error.ts';
import { renderError } from '../../../src/errors/render-error.ts';
import { fileText, refusal, V1_COLUMNS, V2_COLUMNS, v2Row } from './settlement-file.ts';

describe('a report is refused', () => {
  test('when its rows do not sum to the total, with both figures and the difference', () => {
    const problem = refusal(fileText('7.50', [v2Row('10.00'), v2Row('-2.40')]));
    expect(problem).toMatchObject({
      code: 'report-sum',
      line: 2,
      column: 'total-amount',
      figures: { rows: 2, sum: 760n, total: 750n, difference: 10n },
    });
    const notice = reportNotice(new ReportError(problem), 'reports/1.txt', 'USD');
    expect(renderError(notice.notice)).toContain(
      'reports/1.txt: 2 rows sum to 7.60, total-amount on line 2 says 7.50;\n         difference 0.10',
    );
  });

  test('for an amount that is none, with line, column, byte and text', () => {
    const text = fileText('1,00', [v2Row('1,00'), v2Row('1.204,7x')]);
    const problem = refusal(text);
    expect(problem).toMatchObject({
      code: 'report-amount',
      line: 4,
      column: 'amount',
      text: '1.204,7x',
      byteOffset: text.indexOf('1.204,7x'),
    });
    expect(problem.what).toBe('Line 4 cannot be read: "1.204,7x" is not an amount.');
  });

  test.each(['', '1.00 USD', '(1.00)', '1.2.3', '1,2.00', '12,34.00', '1e3', '--1', '-', '1.005', '−1.00', '٣'])(
    'for the amount "%s"',
    (amount) => {
      expect(refusal(fileText('1.00', [v2Row('1.00'), v2Row(amount)]))).toMatchObject({
        code: 'report-amount',
        line: 4,
      });
    },
  );

  test.each([
    '09/06/25',
    '10/02/2026',
    '2026-13-02',
    '2026-02-30 00:00:00 UTC',
    '02.10.26',
    'yesterday',
    '2026-10-02 25:00:00 UTC',
    '2026-10-02 10:00:00 PST',
  ])('for the date "%s"', (date) => {
    expect(refusal(fileText('1.00', [v2Row('1.00', { 'posted-date-time': date })]))).toMatchObject({
      code: 'report-date',
      line: 3,
      column: 'posted-date-time',
      text: date,
    });
  });

  test('for a row that has no instant and only an ambiguous date', () => {
    expect(
      refusal(fileText('1.00', [v2Row('1.00', { 'posted-date-time': '', 'posted-date': '09/06/25' })])),
    ).toMatchObject({ code: 'report-date', column: 'posted-date' });
    expect(refusal(fileText('1.00', [v2Row('1.00', { 'posted-date-time': '', 'posted-date': '' })]))).toMatchObject({
      code: 'report-date',
      line: 3,
    });
  });

  test('for a settlement that ends before it starts', () => {
    expect(
      refusal(fileText('0.00', [], V2_COLUMNS, { 'settlement-end-date': '2026-09-01 00:00:00 UTC' })),
    ).toMatchObject({ code: 'report-date', line: 2 });
  });

  test('for a row in another currency', () => {
    expect(refusal(fileText('1.00', [v2Row('1.00', { currency: 'CAD' })]))).toMatchObject({
      code: 'report-currency',
      line: 3,
      column: 'currency',
      text: 'CAD',
    });
  });

  test('for a row of another settlement, or of none', () => {
    expect(refusal(fileText('1.00', [v2Row('1.00', { 'settlement-id': '2000123456' })]))).toMatchObject({
      code: 'report-foreign-row',
      line: 3,
      text: '2000123456',
    });
    expect(refusal(fileText('1.00', [v2Row('1.00', { 'settlement-id': '' })]))).toMatchObject({
      code: 'report-foreign-row',
      line: 3,
    });
    // After a good row, and after a blank line of as many fields, whose settlement is just as blank.
    expect(refusal(fileText('2.00', [v2Row('1.00'), v2Row('1.00', { 'settlement-id': '' })]))).toMatchObject({
      code: 'report-foreign-row',
      line: 4,
    });
    expect(refusal(fileText('2.00', [v2Row('1.00'), {}, v2Row('1.00', { 'settlement-id': '' })]))).toMatchObject({
      code: 'report-foreign-row',
      line: 5,
    });
    expect(
      refusal(
        fileText('3.00', [v2Row('1.00'), v2Row('1.00', { currency: 'USD' }), v2Row('1.00', { currency: 'EUR' })]),
      ),
    ).toMatchObject({ code: 'report-currency', line: 5 });
  });

  test('for a line with more fields than the header', () => {
    const lines = fileText('1.00', [v2Row('1.00')]).split('\n');
    lines[2] += '\tmore';
    expect(refusal(lines.join('\n'))).toMatchObject({ code: 'report-columns', line: 3, column: '25', text: 'more' });
  });

  test('for a header that repeats', () => {
    const text = fileText('1.00', [v2Row('1.00')]);
    expect(refusal(text + text)).toMatchObject({ code: 'report-columns', line: 4, what: 'Line 4 repeats the header.' });
  });

  test('for a needed column that is missing or stands twice', () => {
    expect(
      refusal(
        fileText(
          '1.00',
          [v2Row('1.00')],
          V2_COLUMNS.filter((name) => name !== 'amount-type'),
        ),
      ),
    ).toMatchObject({ code: 'report-columns', column: 'amount-type', line: 1 });
    expect(refusal(fileText('1.00', [v2Row('1.00')], [...V2_COLUMNS, 'sku']))).toMatchObject({
      code: 'report-columns',
      column: 'sku',
    });
    expect(
      refusal(
        fileText(
          '0.00',
          [],
          V1_COLUMNS.filter((name) => name !== 'price-amount'),
        ),
      ),
    ).toMatchObject({ code: 'report-columns' });
  });

  test('for a quantity that is no whole number', () => {
    expect(refusal(fileText('1.00', [v2Row('1.00', { 'quantity-purchased': '1.5' })]))).toMatchObject({
      code: 'report-quantity',
      column: 'quantity-purchased',
      line: 3,
    });
  });

  test('for a summary row that is none', () => {
    const lines = fileText('1.00', [v2Row('1.00')]).split('\n');
    expect(refusal([lines[0], ...lines.slice(2)].join('\n'))).toMatchObject({
      code: 'report-summary',
      line: 2,
      column: 'total-amount',
    });
    expect(refusal(fileText('1.00', [], V2_COLUMNS, { 'settlement-id': 'a b' }))).toMatchObject({
      code: 'report-summary',
    });
    expect(refusal(fileText('1.00', [], V2_COLUMNS, { currency: 'dollars' }))).toMatchObject({
      code: 'report-currency',
      line: 2,
    });
  });

  test('when it is cut off after its header, after its summary row, or inside its last line', () => {
    const text = fileText('3.00', [v2Row('1.00', { sku: 'SKU-1' }), v2Row('2.00', { sku: 'SKU-2' })]);
    const lines = text.split('\n');
    expect(refusal('')).toMatchObject({ code: 'report-truncated' });
    expect(refusal(`${lines[0]}\n`)).toMatchObject({ code: 'report-truncated', line: 2, column: 'total-amount' });
    expect(refusal(`${lines.slice(0, 2).join('\n')}\n`)).toMatchObject({ code: 'report-truncated', line: 2 });
    expect(refusal(text.slice(0, text.indexOf('2.00')))).toMatchObject({
      code: 'report-truncated',
      line: 4,
      column: 'amount',
    });
    expect(refusal(text.slice(0, text.indexOf('2.00') - 20))).toMatchObject({ code: 'report-truncated', line: 4 });
    expect(refusal(text.slice(0, text.indexOf('SKU-2') + 3))).toMatchObject({ code: 'report-truncated', line: 4 });
  });

  test('wherever it is cut off', () => {
    const text = fileText('3.00', [v2Row('1.00', { sku: 'SKU-1' }), v2Row('2.00', { sku: 'SKU-2' })]).trimEnd();
    for (let length = 0; length < text.length; length += 1)
      expect(refusal(text.slice(0, length)).code).toMatch(/^report-/);
  });

  test('when its bytes are not in the character set that it is said to have', () => {
    const bytes = Uint8Array.from(fileText('1.00', [v2Row('1.00', { sku: 'GR#N' })]), (character) =>
      character === '#' ? 0xdc : character.charCodeAt(0),
    );
    expect(refusal(bytes)).toMatchObject({ code: 'report-encoding', line: 3, column: 'sku' });
  });
});

describe('a file that is no settlement report is refused', () => {
  test.each([
    ['another report', 'sku\tasin\tprice\nA\tB\t1.00\n'],
    ['XML', '<?xml version="1.0"?><SettlementReport/>\n'],
    ['a text', 'Dear seller,\nplease find enclosed\n'],
    ['a file with commas', fileText('0.00', []).replaceAll('\t', ',')],
  ])('as %s', (_, text) => {
    expect(refusal(text)).toMatchObject({ code: 'report-not-settlement', line: 1, column: 'settlement-id' });
  });

  test('as bytes without sense', () => {
    expect(refusal(Uint8Array.from({ length: 5000 }, (_, index) => (index * 7919) % 256)).code).toBe(
      'report-not-settlement',
    );
  });

  test('as a file without line breaks that would fill the memory', () => {
    expect(refusal(new Uint8Array(2 << 20).fill(65)).code).toBe('report-not-settlement');
  });
});
