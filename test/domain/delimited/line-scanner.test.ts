import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { LineScanner } from '../../../src/domain/delimited/line-scanner.ts';

interface Seen {
  number: number;
  fields: string[];
  offset: number;
  ascii: boolean;
  terminated: boolean;
}

function scan(bytes: Uint8Array, chunk: number): Seen[] {
  const seen: Seen[] = [];
  const scanner = new LineScanner('utf-8', (line) => {
    if (line.isBlankLine()) return;
    seen.push({
      number: line.number,
      fields: Array.from({ length: line.fields }, (_, field) => line.text(field)),
      offset: line.offsetOf(0),
      ascii: line.isAscii(),
      terminated: line.terminated,
    });
  });
  const buffer = new Uint8Array(Math.min(chunk, bytes.length));
  for (let at = 0; at < bytes.length; at += chunk) {
    const piece = bytes.subarray(at, at + chunk);
    buffer.set(piece);
    scanner.push(buffer.subarray(0, piece.length)); // the same buffer again and again
  }
  scanner.finish();
  return seen;
}

/** The same by splitting the text. */
function split(text: string): Seen[] {
  const bytesOf = (part: string) => new TextEncoder().encode(part).length;
  const lines = text.split('\n');
  let offset = 0;
  return lines
    .map((line, index) => {
      const fields = line.replace(/\r$/, '').split('\t');
      const begin = offset + /^ */.exec(fields[0]!)![0].length;
      offset += bytesOf(line) + 1;
      return {
        number: index + 1,
        fields: fields.map((field) => field.replace(/^ +| +$/g, '')),
        offset: begin,
        ascii: /^[\0-\x7f]*$/.test(line.replace(/\r$/, '')),
        terminated: index < lines.length - 1,
      };
    })
    .filter(({ fields }) => fields.some((field) => field !== ''));
}

const field = fc.string({
  unit: fc.constantFrom('a', '7', '-', ' ', 'é', '漢', '\u000b', '\u0001', '\u0010', '~'),
  maxLength: 9,
});
const line = fc.array(field, { minLength: 1, maxLength: 30 }).map((fields) => fields.join('\t'));
const text = fc
  .tuple(fc.array(line, { maxLength: 12 }), fc.constantFrom('\n', '\r\n'), fc.boolean())
  .map(([lines, end, last]) => lines.join(end) + (last ? end : ''));

describe('lines and fields', () => {
  test('are those of the text, wherever its chunks break', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 50 }), (written, chunk) => {
        const bytes = new TextEncoder().encode(written);
        expect(scan(bytes, chunk)).toEqual(split(written));
        expect(scan(bytes, bytes.length + 1)).toEqual(split(written));
      }),
    );
  });

  test('are those of the text where lines are like the one before or hold what was expected, and only the same is called the same', () => {
    // Zero bytes and a byte of which only the highest bit is set are equal as numbers of eight bytes.
    const like = fc.constantFrom(
      '',
      '',
      'Order',
      'Order 2',
      '\0\0\0\0\0\0\0\0\0',
      '\0\0\0\0\0\0\0\u0080\0',
      '12345678',
      '123456789 123456789',
      '\r',
    );
    const fields = fc.array(like, { minLength: 5, maxLength: 8 });
    const changes = fc.array(
      fc.record({ at: fc.integer({ min: 0, max: 7 }), to: like, width: fc.constantFrom(0, 0, 0, 0, 5, 8) }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(
        fields,
        changes,
        fc.constantFrom('\n', '\r\n'),
        fc.integer({ min: 1, max: 400 }),
        (first, list, end, chunk) => {
          const lines = [['head', ...first]];
          for (const { at, to, width } of list) {
            const next = [...lines.at(-1)!];
            next[1 + at] = to;
            lines.push(Array.from({ length: width === 0 ? next.length : width + 1 }, (_, field) => next[field] ?? ''));
          }
          const bytes = Uint8Array.from(lines.map((line) => line.join('\t') + end).join(''), (letter) =>
            letter.charCodeAt(0),
          );
          let before: string[] = [];
          let expected: string[] = [];
          let seen = 0;
          const scanner = new LineScanner('latin1', (line) => {
            if (line.number === 1) line.differUpTo(4);
            // The character set that the label stands for has the euro sign at this byte.
            const raw = Array.from({ length: line.fields }, (_, field) => line.text(field).replaceAll('€', '\u0080'));
            const text = `${lines[line.number - 1]!.join('\t')}${end}`.replace(/\r?\n$/, '');
            // What no column can hold is told as U+FFFD.
            expect(raw).toEqual(text.replaceAll('\0', '\ufffd').split('\t'));
            expect(line.isAscii()).toBe(!raw.join('').includes('\u0080'));
            for (const field of raw.keys())
              if (line.isSameSince(line.number - 1, field)) expect(raw[field]).toBe(before[field]);
            if (line.isAsExpected()) expect(raw.slice(2, 4)).toEqual(expected);
            const pair = line.pair(2);
            if (pair !== null) {
              line.expect(2, pair);
              expected = raw.slice(2, 4);
            }
            before = raw;
            seen += 1;
          });
          for (let at = 0; at < bytes.length; at += chunk) scanner.push(bytes.slice(at, at + chunk));
          scanner.finish();
          expect(seen).toBe(lines.length);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('are found in a file of many blocks, with lines longer than a block', () => {
    const lines = Array.from(
      { length: 4000 },
      (_, index) => `${index}\t${'x'.repeat(index % 977 === 5 ? 150_000 : index % 60)}\té${index}`,
    );
    const written = lines.join('\n');
    expect(scan(new TextEncoder().encode(written), 100_000)).toEqual(split(written));
  });

  test('a line of more than a million bytes is no line of a report', () => {
    expect(() => scan(new TextEncoder().encode('x'.repeat(1_100_000)), 4096)).toThrow(
      'Line 1 has more than a million bytes',
    );
  });
});
