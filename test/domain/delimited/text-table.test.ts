import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { TextTable } from '../../../src/domain/delimited/text-table.ts';

const encoder = new TextEncoder();

describe('a text by its bytes', () => {
  test('is what its bytes say, in whatever order and how often it is asked for', () => {
    const word = fc.oneof(
      fc.constantFrom(
        '',
        'PDX9',
        'PHX7',
        'SELLABLE',
        'B000000001',
        'B000000002',
        'Tasse, groß',
        '日本',
        'x'.repeat(300),
      ),
      fc.string({ maxLength: 12 }),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 80 }), (words) => {
        const table = new TextTable((text) => text);
        const bytes = encoder.encode(words.join('\t'));
        const read: string[] = [];
        let at = 0;
        for (const one of words) {
          const { length } = encoder.encode(one);
          read.push(table.of(bytes, at, at + length));
          at += length + 1;
        }
        expect(read).toEqual(words);
      }),
      { numRuns: 300 },
    );
  });

  test('is made once for what was seen before', () => {
    const made: string[] = [];
    const table = new TextTable((text) => {
      made.push(text);
      return text.toUpperCase();
    });
    const bytes = encoder.encode('mug cup mug');
    expect([table.of(bytes, 0, 3), table.of(bytes, 4, 7), table.of(bytes, 8, 11)]).toEqual(['MUG', 'CUP', 'MUG']);
    expect(made).toEqual(['mug', 'cup']);
  });

  test('a table that is full begins anew, and reads the same', () => {
    const table = new TextTable((text) => text);
    const begun = new Set<unknown>();
    for (let round = 0; round < 2; round += 1)
      for (let number = 0; number < 300_000; number += 1) {
        if (table.isFull) table.forget();
        begun.add(table.texts);
        const bytes = encoder.encode(String(number));
        if (table.of(bytes, 0, bytes.length) !== String(number)) throw new Error(`${number} is read as another text`);
      }
    expect(begun.size).toBe(3);
  });

  test('has the same number as often as it comes, in whatever way its bytes spell it, and each text another', () => {
    const spelling = fc.constantFrom<[string, Uint8Array]>(
      ['12" mug', encoder.encode('12" mug')],
      ['12" mug', encoder.encode('12"" mug')],
      ['\ufffd', encoder.encode('\ufffd')],
      ['\ufffd', Uint8Array.of(0xe9)],
      ['\ufffd', Uint8Array.of(0)],
      ['', new Uint8Array(0)],
      ['"', encoder.encode('""')],
      ['mug', encoder.encode('mug')],
      ['x'.repeat(300), encoder.encode('x'.repeat(300))],
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(spelling, fc.boolean())), (all) => {
        const table = new TextTable((text) => text.replaceAll('""', '"'));
        const numbers = new Map<string, number>();
        for (const [[text, bytes], isMade] of all) {
          const number = isMade ? table.numberOfText(text) : table.numberOf(bytes, 0, bytes.length);
          expect(table.texts[number]).toBe(text);
          expect(numbers.get(text) ?? number).toBe(number);
          numbers.set(text, number);
        }
        expect(new Set(numbers.values()).size).toBe(numbers.size);
      }),
    );
  });

  test('bytes that are no text are marked, and end nothing', () => {
    const table = new TextTable((text) => text);
    expect(table.of(Uint8Array.of(0x41, 0xe9, 0x42), 0, 3)).toBe('A\ufffdB');
  });
});
