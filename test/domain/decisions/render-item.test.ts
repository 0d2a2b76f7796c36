import { expect, test } from '@jest/globals';
import { renderItem, renderUnits } from '../../../src/domain/decisions/render-item.ts';

test('units are said where they are not one', () => {
  expect([renderItem('TEA-TIN'), renderItem('TEA-TIN', 1), renderItem('TEA-TIN', 3)]).toEqual([
    'TEA-TIN',
    'TEA-TIN',
    'TEA-TIN × 3',
  ]);
  expect([renderUnits({ sku: 'TEA-TIN' }), renderUnits({ sku: 'TEA-TIN-3', units: 3 })]).toEqual([
    '',
    '; one TEA-TIN-3 is 3 units of it',
  ]);
});
