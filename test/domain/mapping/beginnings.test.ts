import { describe, expect, test } from '@jest/globals';
import { beginningOf, covers } from '../../../src/domain/mapping/beginnings.ts';
import { amountOverrides, classify } from '../../../src/domain/mapping/classify.ts';
import { keyText } from '../../../src/domain/settlement/fold-key.ts';
import { key } from './keys.ts';

describe('the beginning that is offered', () => {
  test.each([
    [
      'FBAFees / FBA Rework Fee (Non-Apparel) for ASIN: B0ZZTEST01 (2026-04-01 to 2026-06-30) / Base fee',
      'FBAFees / FBA Rework Fee (Non-Apparel) for ASIN… / Base fee',
    ],
    [
      'AmazonFees / Eco-levy - GB - Packaging - (Period 01.07.2024 - 31.12.2024) / Base fee',
      'AmazonFees / Eco-levy - GB - Packaging… / Base fee',
    ],
    [
      'other-transaction / other-transaction / Peak surcharge, October 2026',
      'other-transaction / other-transaction / Peak surcharge… '.trim(),
    ],
    [
      'other-transaction / other-transaction / Peak surcharge 15 Oct 2026',
      'other-transaction / other-transaction / Peak surcharge…',
    ],
    [
      'other-transaction / other-transaction / Peak surcharge Q4 2026',
      'other-transaction / other-transaction / Peak surcharge…',
    ],
    [
      'other-transaction / other-transaction / Peak surcharge 10/2026 (B0ZZTEST01)',
      'other-transaction / other-transaction / Peak surcharge…',
    ],
    [
      'other-transaction / other-transaction / Peak surcharge 2026',
      'other-transaction / other-transaction / Peak surcharge…',
    ],
  ])('ends before the ASIN, date or period: %s', (text, beginning) => {
    const offered = beginningOf(key(text));
    expect(offered && keyText(offered)).toBe(beginning);
    expect(covers(offered!, key(text))).toBe(true);
  });

  test.each([
    'other-transaction / other-transaction / FBA Inbound Dock Fee',
    'AmazonFees / Decor 12 placement / Base fee',
    'Order / ItemTDS / TDS (Section 194-O)',
    'other-transaction / other-transaction / 2026-10-01 to 2026-10-31',
    'FBAFees / Fee B0ZZTEST01 / Base fee',
    'other-transaction / other-transaction / Item 2026104',
  ])('is none where nothing changes by the month, or too little would be left: %s', (text) => {
    expect(beginningOf(key(text))).toBeNull();
  });
});

describe('a decision for a beginning', () => {
  const decided = amountOverrides([
    { ...key('FBAFees / FBA Rework Fee… / Base fee'), role: 'fulfilment-fees' },
    { ...key('FBAFees / FBA Rework Fee for glass… / Base fee'), role: 'inbound' },
    { ...key('FBAFees / FBA Rework Fee for glass, large / Base fee'), role: 'removal' },
    { ...key('other-transaction / other-transaction / Peak surcharge…'), role: 'storage' },
  ]);
  const role = (text: string) => classify(key(text), decided)?.role ?? null;

  test('holds for what begins so, in any spelling, and for nothing else', () => {
    expect(role('FBA Fees / FBA_REWORK_FEE (Shoes) 2026-05 / BASE FEE')).toBe('fulfilment-fees');
    expect(role('FBAFees / FBA Rework Fee / Base fee')).toBe('fulfilment-fees');
    expect(role('other-transaction / other-transaction / Peak surcharge, October 2026')).toBe('storage');
    expect(role('FBAFees / FBA Rework / Base fee')).toBeNull();
    expect(role('FBAFees / FBA Rework Fee (Shoes) / Tax on fee')).toBeNull();
    expect(role('AmazonFees / FBA Rework Fee (Shoes) / Base fee')).toBeNull();
    expect(role('other-transaction / Peak surcharge / October')).toBeNull();
  });

  test('gives way to a longer one, and that to a decision for the key itself', () => {
    expect(role('FBAFees / FBA Rework Fee for glass, small / Base fee')).toBe('inbound');
    expect(role('FBAFees / FBA Rework Fee for glass, large / Base fee')).toBe('removal');
  });

  test('comes before the map', () => {
    const own = amountOverrides([
      { ...key('FBAFees / FBA Customer Returns Fee (Shoes)… / Base fee'), role: 'selling-fees' },
    ]);
    expect(classify(key('FBAFees / FBA Customer Returns Fee (Shoes) for ASIN: B0ZZTEST01 / Base fee'), own)?.role).toBe(
      'selling-fees',
    );
    expect(classify(key('FBAFees / FBA Customer Returns Fee (Hats) / Base fee'), own)?.role).toBe('fulfilment-fees');
  });

  test('of two with one beginning the later counts', () => {
    const twice = amountOverrides([
      { ...key('A / Long name… / c'), role: 'storage' },
      { ...key('a / long-name… / C'), role: 'inbound' },
    ]);
    expect(classify(key('A / Long name of it / c'), twice)?.role).toBe('inbound');
  });
});
