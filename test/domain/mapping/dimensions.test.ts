import { describe, expect, test } from '@jest/globals';
import { dimensionsOf, withDimensions, type DimensionRules } from '../../../src/domain/mapping/dimensions.ts';

const RULES: DimensionRules = {
  class: { default: 'Other', byMarketplace: { de: 'Germany', fr: 'France' }, byRole: { advertising: 'Marketing' } },
  department: { byRole: { storage: 'Warehouse' } },
};

describe('the dimensions of a journal line', () => {
  test.each([
    ['by its role before its marketplace', 'advertising', 'de', { class: 'Marketing' }],
    ['by its marketplace before the default', 'selling-fees', 'fr', { class: 'France' }],
    ['by the default', 'selling-fees', 'it', { class: 'Other' }],
    ['by the default where it is of no one marketplace', 'payouts-in-transit', null, { class: 'Other' }],
    ['each by its own rule', 'storage', 'de', { class: 'Germany', department: 'Warehouse' }],
  ] as const)('go %s', (_name, role, marketplace, expected) =>
    expect(dimensionsOf(RULES, role, marketplace)).toEqual(expected),
  );

  test('are none where the connection gives none, and a line then stays as it is', () => {
    const line = { role: 'storage' as const };
    expect(dimensionsOf({}, 'storage', 'de')).toEqual({});
    expect(withDimensions([line], () => ({}))[0]).toBe(line);
  });

  test('that a line has are kept', () => {
    expect(
      withDimensions([{ role: 'storage' as const, dimensions: { class: 'Germany' } }], () => ({ class: 'Other' })),
    ).toEqual([{ role: 'storage', dimensions: { class: 'Germany' } }]);
  });
});
