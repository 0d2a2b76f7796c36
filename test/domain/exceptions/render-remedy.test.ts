import { describe, expect, test } from '@jest/globals';
import type { Remedy } from '../../../src/domain/exceptions/exception.ts';
import { quoted, renderCommand, renderRemedy } from '../../../src/domain/exceptions/render-remedy.ts';

const DOCK: Remedy = {
  kind: 'map-amount',
  key: ['other-transaction', 'other-transaction', 'FBA Inbound "Dock" Fee'],
  role: null,
  beginning: null,
};

describe('what ends an exception', () => {
  test('is a command that names its number, where that says enough', () => {
    expect(renderRemedy(DOCK, 42)).toBe('npx tieout map-amount 42 ROLE --why "…"');
    expect(renderRemedy(DOCK)).toBe(
      'npx tieout map-amount other-transaction other-transaction \'FBA Inbound "Dock" Fee\' ROLE --why "…"',
    );
  });

  test('says what comes first', () => {
    expect(renderRemedy({ kind: 'try-again', first: 'Mend it', of: 'order', id: '112-1' })).toBe(
      'Mend it, then npx tieout try-again order 112-1',
    );
    expect(renderRemedy({ kind: 'import', first: 'Download it again', file: 'settlement' })).toBe(
      'Download it again: npx tieout settlement import FILE',
    );
  });

  test('of a refund is to wait for its settlement, then to look, then to book it', () => {
    expect(renderRemedy({ kind: 'book-refund', orderId: '117-1', settlementId: null })).toBe(
      'Wait for the settlement that pays it: its rows say what the refund came to; then, unless Amazon has told it in full: npx tieout book-refund 117-1 --settlement SETTLEMENT --why "…"',
    );
    expect(renderRemedy({ kind: 'book-refund', orderId: '117-1', settlementId: '2' })).toBe(
      'Look at npx tieout status order 117-1; where Amazon does not tell the refund, book it from the settlement\'s rows: npx tieout book-refund 117-1 --settlement 2 --why "…"',
    );
  });

  test('is a sentence where no command does it', () => {
    expect(renderCommand({ kind: 'wait', until: 'it carries on by itself' })).toBeNull();
    expect(renderRemedy({ kind: 'wait', until: 'it carries on by itself' })).toBe('Nothing: it carries on by itself');
  });
});

describe('a word of a command', () => {
  test.each([
    ['BLU-MUG', 'BLU-MUG'],
    ['a b', '"a b"'],
    ['$(rm)', "'$(rm)'"],
    ["it's `x`", "'it'\\''s `x`'"],
    ['-x', '"-x"'],
  ])('%s is taken for one by a shell', (text, word) => {
    expect(quoted(text)).toBe(word);
  });
});
