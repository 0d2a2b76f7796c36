import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  firstPiece,
  nextPiece,
  readPlace,
  writePlace,
  type FinanceWindow,
} from '../../../src/clients/amazon/finance-windows.ts';

const NOW = '2026-11-24T00:00:00Z';
const DAY_MS = 86_400_000;
const piecesOf = (whole: FinanceWindow): FinanceWindow[] => {
  const pieces: FinanceWindow[] = [];
  for (let piece: FinanceWindow | null = firstPiece(whole, NOW); piece !== null; piece = nextPiece(piece, whole, NOW))
    pieces.push(piece);
  return pieces;
};

test('a short window is one piece, as it was asked for', () => {
  expect(piecesOf({ after: '2026-10-01T00:00:00Z', before: null })).toEqual([
    { after: '2026-10-01T00:00:00Z', before: null },
  ]);
  expect(piecesOf({ after: '2026-10-01T00:00:00Z', before: '2026-10-02T00:00:00Z' })).toEqual([
    { after: '2026-10-01T00:00:00Z', before: '2026-10-02T00:00:00Z' },
  ]);
});

test('a long one is cut without gap or overlap, and no piece is longer than 180 days', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2000 }), fc.boolean(), (days, open) => {
      const whole = {
        after: new Date(Date.parse(NOW) - days * DAY_MS).toISOString().replace('.000', ''),
        before: open ? null : NOW,
      };
      const pieces = piecesOf(whole);
      expect(pieces[0]!.after).toBe(whole.after);
      expect(pieces.at(-1)!.before).toBe(whole.before);
      pieces.forEach((piece, index) => {
        if (index > 0) expect(piece.after).toBe(pieces[index - 1]!.before);
        expect(Date.parse(piece.before ?? NOW) - Date.parse(piece.after)).toBeLessThanOrEqual(180 * DAY_MS);
      });
    }),
  );
});

test('a place comes back as it was written, and what is none is refused', () => {
  const place = { piece: { after: '2026-10-01T00:00:00Z', before: null }, token: 'x="' };
  expect(readPlace(writePlace(place))).toEqual(place);
  expect(() => readPlace('abc')).toThrow('none that this client gave out');
  expect(() => readPlace('{}')).toThrow('none that this client gave out');
});
