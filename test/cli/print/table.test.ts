import { describe, expect, test } from '@jest/globals';
import { cut, renderFields, renderParts, renderTable, type Column } from '../../../src/cli/print/table.ts';

const COLUMNS: Column[] = [
  { align: 'right', head: '#', key: true },
  { align: 'left', head: 'What', key: true, gives: true },
  { align: 'right', head: 'At stake' },
  { align: 'left', head: 'Acts', wide: true },
];
const ROWS = [
  ['42', 'no account: FBA Inbound Dock Fee', '6,814.67', 'Finance'],
  ['41', 'no NetSuite item for SKU BLU-MUG-2', '−214.91', 'Operations'],
];

describe('a table', () => {
  test('aligns its columns below their heads', () => {
    expect(renderTable(COLUMNS, ROWS, 80)).toEqual([
      ' #  What                                At stake',
      '42  no account: FBA Inbound Dock Fee    6,814.67',
      '41  no NetSuite item for SKU BLU-MUG-2   −214.91',
    ]);
  });

  test('has more columns where there is room for them', () => {
    expect(renderTable(COLUMNS, ROWS, 110)).toEqual([
      ' #  What                                At stake  Acts',
      '42  no account: FBA Inbound Dock Fee    6,814.67  Finance',
      '41  no NetSuite item for SKU BLU-MUG-2   −214.91  Operations',
    ]);
  });

  test('cuts descriptions where it is too wide, never amounts', () => {
    const long = [
      [
        '7',
        'an amount type of which the report says much more than a line of the terminal can hold',
        '12,345,678,901.23',
      ],
    ];
    const lines = renderTable(COLUMNS, long, 72);
    expect(lines).toEqual([
      '#  What                                                         At stake',
      '7  an amount type of which the report says much more…  12,345,678,901.23',
    ]);
    expect(lines[1]).toHaveLength(72);
  });

  test('is pairs of lines below 72 cells: what names the row, then the values with their heads', () => {
    expect(renderTable(COLUMNS, ROWS, 71)).toEqual([
      '42  no account: FBA Inbound Dock Fee',
      '  At stake 6,814.67',
      '41  no NetSuite item for SKU BLU-MUG-2',
      '  At stake −214.91',
    ]);
  });

  test('names a row without a name the total, and leaves empty cells out, where it is narrow', () => {
    const columns: Column[] = [
      { align: 'left', head: 'Journal' },
      { align: 'right', head: 'Debit' },
      { align: 'right', head: 'Credit' },
    ];
    expect(
      renderTable(
        columns,
        [
          ['clearing', '', '65.99'],
          ['', '65.99', '65.99'],
        ],
        40,
      ),
    ).toEqual(['clearing', '  Credit 65.99', 'total', '  Debit 65.99 · Credit 65.99']);
  });

  test('counts cells, not characters', () => {
    expect(
      renderTable(
        [{ align: 'left' }, { align: 'right' }],
        [
          ['青いマグ', '1.00'],
          ['mug', '2.00'],
        ],
        80,
      ),
    ).toEqual(['青いマグ  1.00', 'mug       2.00']);
    expect(cut('青いマグ', 6)).toBe('青い…');
  });
});

describe('parts of a line', () => {
  test('stay whole while they fit, so that no amount is torn from its name', () => {
    expect(renderParts(['Rows 1,455', 'sum 6,814.67', 'total-amount 6,814.67', 'difference 0.00 ✓'], 40)).toEqual([
      'Rows 1,455 · sum 6,814.67',
      'total-amount 6,814.67',
      'difference 0.00 ✓',
    ]);
  });
});

describe('named fields', () => {
  const fields: [string, string | null][] = [
    ['what', 'no account for it'],
    ['acts', null],
    ['do', 'npx tieout map-amount 42 inbound'],
  ];

  test('stand beside their names, without those that have nothing to say', () => {
    expect(renderFields(80, 0, fields)).toEqual(['what  no account for it', 'do    npx tieout map-amount 42 inbound']);
  });

  test('stand under their names below 72 cells', () => {
    expect(renderFields(60, 0, [...fields, ['', 'and this goes on']])).toEqual([
      'what',
      '  no account for it',
      'do',
      '  npx tieout map-amount 42 inbound',
      '  and this goes on',
    ]);
  });
});
