import { expect, test } from '@jest/globals';
import type { ReceivableLine } from '../../../src/domain/stock/allot-receipt.ts';
import { closeLines } from '../../../src/domain/stock/close-lines.ts';

const line = (orderLine: string, quantity: number, more: Partial<ReceivableLine> = {}): ReceivableLine => ({
  orderLine,
  item: 'MUG',
  quantity,
  received: 0,
  closed: false,
  kit: null,
  ...more,
});
const units = (...counts: number[]) => counts.map((count, index) => ({ id: BigInt(index + 1), units: count }));

test('a line is closed when all that is open on it is to be closed', () => {
  expect(closeLines(units(2), [line('1', 3, { received: 1 })])).toEqual({ close: ['1'], done: [1n] });
});

test('a part of a line waits, until the rest was received or will not come either', () => {
  expect(closeLines(units(1), [line('1', 3)])).toEqual({ close: [], done: [] });
  expect(closeLines(units(1), [line('1', 3, { received: 2 })])).toEqual({ close: ['1'], done: [1n] });
  expect(closeLines(units(1, 2), [line('1', 3)])).toEqual({ close: ['1'], done: [1n, 2n] });
});

test('of several lines those are closed that fit, the smaller first', () => {
  expect(closeLines(units(1, 1), [line('1', 2), line('4', 1)])).toEqual({ close: ['4'], done: [1n] });
});

test('asked again it closes nothing more: what is closed counts', () => {
  const lines = [line('1', 1, { closed: true }), line('4', 1)];
  expect(closeLines(units(1), lines)).toEqual({ close: [], done: [1n] });
});

test('where nothing of the item is open any more, all of it is done', () => {
  expect(closeLines(units(1, 2), [line('1', 2, { closed: true })])).toEqual({ close: [], done: [1n, 2n] });
  expect(closeLines(units(1), [])).toEqual({ close: [], done: [1n] });
});

test('a member of a kit is closed by the line of the kit', () => {
  expect(closeLines(units(2), [line('2', 2, { kit: '1' })])).toEqual({ close: ['1'], done: [1n] });
});
