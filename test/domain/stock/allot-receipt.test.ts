import { describe, expect, test } from '@jest/globals';
import { allotReceipt, type ArrivingUnits, type ReceivableLine } from '../../../src/domain/stock/allot-receipt.ts';

const line = (
  orderLine: string,
  item: string,
  quantity: number,
  more: Partial<ReceivableLine> = {},
): ReceivableLine => ({
  orderLine,
  item,
  quantity,
  received: 0,
  closed: false,
  kit: null,
  ...more,
});
const units = (item: string, count: number, location = 'sellable'): ArrivingUnits => ({
  item,
  name: item,
  units: count,
  location,
});
const of = (arriving: ArrivingUnits[], lines: ReceivableLine[]): string[] | string => {
  const made = allotReceipt(arriving, lines);
  return 'refused' in made
    ? made.refused
    : made.allotted.map(({ orderLine, quantity, location }) => `${orderLine}: ${quantity} at ${location}`);
};

describe('which lines a receipt names', () => {
  test('open units first, line by line', () => {
    const lines = [line('1', 'MUG', 2, { received: 1 }), line('4', 'MUG', 3), line('7', 'CUP', 1)];
    expect(of([units('MUG', 3)], lines)).toEqual(['1: 1 at sellable', '4: 2 at sellable']);
  });

  test('a line that is closed has nothing open', () => {
    const lines = [line('1', 'MUG', 2, { closed: true }), line('4', 'MUG', 2)];
    expect(of([units('MUG', 2)], lines)).toEqual(['4: 2 at sellable']);
  });

  test('two places take a line each', () => {
    const lines = [line('1', 'MUG', 1), line('4', 'MUG', 1)];
    expect(of([units('MUG', 1), units('MUG', 1, 'unsellable')], lines)).toEqual([
      '1: 1 at sellable',
      '4: 1 at unsellable',
    ]);
  });

  test('and cannot share one', () => {
    expect(of([units('MUG', 1), units('MUG', 1, 'unsellable')], [line('1', 'MUG', 2)])).toBe(
      'a line of MUG comes in at one location only, and this names two',
    );
  });

  test('more than is open goes to a line of the item all the same: NetSuite says whether it may', () => {
    expect(of([units('MUG', 3)], [line('1', 'MUG', 2), line('4', 'MUG', 1, { received: 1 })])).toEqual([
      '1: 3 at sellable',
    ]);
  });

  test('what has no line is refused', () => {
    expect(of([units('CUP', 1)], [line('1', 'MUG', 2)])).toBe('it has no line of CUP');
  });
});

describe('a kit', () => {
  const SET = [line('1', 'SET', 3), line('2', 'MUG', 6, { kit: '1' }), line('3', 'CUP', 3, { kit: '1' })];

  test('comes in as its own line', () => {
    expect(of([units('MUG', 4), units('CUP', 2)], SET)).toEqual(['1: 2 at sellable']);
  });

  test.each([
    ['without one of its members', [units('MUG', 4)]],
    ['with members of different counts', [units('MUG', 4), units('CUP', 1)]],
    ['with half a set', [units('MUG', 1), units('CUP', 1)]],
  ])('does not come in %s', (_, arriving) => {
    expect(of(arriving, SET)).toBe('a kit comes in whole, with all of its members, and these are not');
  });
});
