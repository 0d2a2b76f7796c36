import { expect, test } from '@jest/globals';
import { otherSpelling, renderOtherSpelling } from '../../../src/domain/decisions/other-spelling.ts';

test.each<[string, string | null]>([
  ['BLU-MUG', null],
  ['blu-mug', 'BLU-MUG'],
  ['BLU-MUG ', 'BLU-MUG'],
  ['BLU MUG', null],
  ['tea  tin', 'TEA TIN'],
  ['TEATIN', 'TEA TIN'],
  ['TEA\u00a0TIN', 'TEA TIN'],
  ['LAMP', null],
  // Two that Amazon tells apart are both known.
  ['lamp-1', null],
  ['LAMP-1', null],
])('%j is written %j', (sku, written) => {
  expect(otherSpelling(sku, ['BLU-MUG', 'LAMP-1', 'TEA TIN', 'lamp-1'])).toBe(written);
});

test('is said with its blanks', () => {
  expect(renderOtherSpelling('BLU-MUG ', 'BLU-MUG')).toBe(
    'Amazon has told no SKU "BLU-MUG ", and writes "BLU-MUG": nothing is mapped by what was said unless Amazon comes to tell it so. Map "BLU-MUG".',
  );
});
