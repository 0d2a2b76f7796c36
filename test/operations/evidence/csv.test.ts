import { expect, test } from '@jest/globals';
import { asCsv } from '../../../src/operations/evidence/csv.ts';

test('cells are quoted where they must be, and no text is a formula', () => {
  const rows = [
    ['plain', 'a,b', 'say "no"', 'two\nlines'],
    ['=1+1', '-30.00', '-SKU', '@x'],
    [-5, null, '', '+1'],
  ];
  expect(asCsv(['a', 'b', 'c', 'd'], rows)).toBe(
    'a,b,c,d\r\nplain,"a,b","say ""no""","two\nlines"\r\n' + "'=1+1,-30.00,'-SKU,'@x\r\n" + "-5,,,'+1\r\n",
  );
});
