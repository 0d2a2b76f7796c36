/** Damages to a report: what a transfer, a spreadsheet, a hasty hand or a careless script can do to it. */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';

/** One damage; `dice` decides its places. */
export interface Mutation {
  damage: Damage;
  dice: readonly number[];
}

type Damage = keyof typeof DAMAGES;

export const mutation: fc.Arbitrary<Mutation> = fc.record({
  damage: fc.constantFrom(
    ...([
      'flip bits',
      'set bytes',
      'delete bytes',
      'insert bytes',
      'double bytes',
      'cut',
      'drop rows',
      'double rows',
      'swap rows',
      'move rows',
      'drop a pair',
      'double a pair',
      'empty a field',
      'swap cells',
      'swap cells',
      'swap amounts',
      'shift an amount',
      'shift an amount',
      'other key',
      'other order',
      'other spelling',
      'other number',
      'other date',
      'merchant',
      'swap headers',
      'rename a column',
      'drop a column',
      'double a column',
      'move a column',
      'shift cells',
      'drop the header',
      'drop the summary',
      'double the summary',
      'spreadsheet ids',
      'round an id',
      'CR line ends',
      'glue to itself',
      'glue without header',
      'other encoding',
      'other line breaks',
      'quotes',
      'cut gzip',
      'flip gzip',
      'glue gzip',
      'negate',
    ] as const),
  ),
  dice: fc.array(fc.nat(1_000_000), { minLength: 6, maxLength: 6 }),
});

/** The damaged file. */
export function mutate(bytes: Uint8Array, { damage, dice }: Mutation): Uint8Array {
  return DAMAGES[damage](bytes, new Dice(dice));
}

class Dice {
  readonly #numbers: readonly number[];
  #at = 0;

  constructor(numbers: readonly number[]) {
    this.#numbers = numbers;
  }

  /** A number from 0 to `below` − 1; 0 where there is none. */
  below(below: number): number {
    const number = this.#numbers[this.#at % this.#numbers.length]! + Math.floor(this.#at / this.#numbers.length) * 7919;
    this.#at += 1;
    return below < 1 ? 0 : number % below;
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)]!;
  }
}

/** A report as cells: the header, the summary row and the rest. */
type Cells = string[][];
const bytesOf = (text: string) => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
const onCells = (change: (cells: Cells, dice: Dice) => void) => (bytes: Uint8Array, dice: Dice) => {
  const cells = textOf(bytes)
    .split('\n')
    .map((line) => line.split('\t'));
  if (cells.length > 3) change(cells, dice);
  return bytesOf(cells.map((line) => line.join('\t')).join('\n'));
};
const onBytes = (change: (bytes: number[], dice: Dice) => void) => (bytes: Uint8Array, dice: Dice) => {
  const list = [...bytes];
  change(list, dice);
  return Uint8Array.from(list);
};

const columnOf = (cells: Cells, name: string) =>
  cells[0]!.findIndex((cell) => cell.replace('\ufeff', '').trim().toLowerCase() === name);
/** Lines of amounts; where the file has blank lines among them, blank ones too. */
const row = (cells: Cells, dice: Dice) => 2 + dice.below(cells.length - 3);
/** Places of filled amounts. */
function amountCells(cells: Cells): { line: number; column: number }[] {
  const columns = cells[0]!.flatMap((name, column) =>
    /(^|-)amount\r?$/i.test(name.trim()) && !/total-/i.test(name) ? [column] : [],
  );
  return cells.flatMap((line, at) =>
    at < 2
      ? []
      : columns.filter((column) => (line[column] ?? '').trim() !== '').map((column) => ({ line: at, column })),
  );
}
const negated = (text: string) => (text.trim().startsWith('-') ? text.replace('-', '') : `-${text.trimStart()}`);
/** A cent more or less, where the text is of a plain shape; what it was otherwise. */
function shifted(text: string, by: bigint): string {
  const match = /^(-?)(\d+)([.,])(\d\d)( *)\r?$/.exec(text);
  if (!match) return text;
  const minor = (match[1] === '-' ? -1n : 1n) * BigInt(match[2]! + match[4]!) + by;
  const digits = String(minor < 0n ? -minor : minor).padStart(3, '0');
  return `${minor < 0n ? '-' : ''}${digits.slice(0, -2)}${match[3]}${digits.slice(-2)}${match[5]}`;
}
/** Two rows whose amounts come to zero. */
function pair(cells: Cells): [number, number] | null {
  const filled = amountCells(cells);
  for (const one of filled) {
    const other = filled.find(
      (cell) =>
        cell.line !== one.line &&
        cells[cell.line]![cell.column]!.trim() === negated(cells[one.line]![one.column]!).trim(),
    );
    if (other) return [one.line, other.line];
  }
  return null;
}

const DAMAGES = {
  'flip bits': onBytes((bytes, dice) => {
    for (let count = 1 + dice.below(3); count > 0; count -= 1) bytes[dice.below(bytes.length)]! ^= 1 << dice.below(8);
  }),
  'set bytes': onBytes((bytes, dice) => {
    for (let count = 1 + dice.below(3); count > 0; count -= 1)
      bytes[dice.below(bytes.length)] = dice.pick([0, 9, 10, 13, 32, 44, 45, 46, 48, 49, 57, 65, 195, 255]);
  }),
  'delete bytes': onBytes((bytes, dice) => {
    bytes.splice(dice.below(bytes.length), 1 + dice.below(dice.pick([1, 4, 200])));
  }),
  'insert bytes': onBytes((bytes, dice) => {
    bytes.splice(
      dice.below(bytes.length),
      0,
      ...Array.from({ length: 1 + dice.below(4) }, () => dice.pick([9, 10, 13, 32, 44, 46, 48, 49, 45, 0, 65])),
    );
  }),
  'double bytes': onBytes((bytes, dice) => {
    const at = dice.below(bytes.length);
    bytes.splice(at, 0, ...bytes.slice(at, at + 1 + dice.below(120)));
  }),
  cut: onBytes((bytes, dice) => {
    bytes.splice(dice.below(bytes.length));
  }),
  'drop rows': onCells((cells, dice) => {
    cells.splice(row(cells, dice), 1 + dice.below(3));
  }),
  'double rows': onCells((cells, dice) => {
    const at = row(cells, dice);
    cells.splice(at, 0, ...cells.slice(at, at + 1 + dice.below(3)).map((line) => [...line]));
  }),
  'swap rows': onCells((cells, dice) => {
    const [one, other] = [row(cells, dice), row(cells, dice)];
    [cells[one], cells[other]] = [cells[other]!, cells[one]!];
  }),
  'move rows': onCells((cells, dice) => {
    const moved = cells.splice(row(cells, dice), 1 + dice.below(4));
    cells.splice(Math.min(cells.length - 1, row(cells, dice)), 0, ...moved);
  }),
  'drop a pair': onCells((cells) => {
    const two = pair(cells);
    if (two) for (const line of two.sort((a, b) => b - a)) cells.splice(line, 1);
  }),
  'double a pair': onCells((cells) => {
    const two = pair(cells);
    if (two) cells.splice(2, 0, ...two.map((line) => [...cells[line]!]));
  }),
  'empty a field': onCells((cells, dice) => {
    const line = cells[dice.below(cells.length)]!;
    line[dice.below(line.length)] = '';
  }),
  'swap cells': onCells((cells, dice) => {
    const [one, other] = [cells[row(cells, dice)]!, cells[row(cells, dice)]!];
    const column = dice.below(Math.min(one.length, other.length));
    [one[column], other[column]] = [other[column]!, one[column]!];
  }),
  'swap amounts': onCells((cells, dice) => {
    const filled = amountCells(cells);
    if (filled.length < 2) return;
    const [one, other] = [dice.pick(filled), dice.pick(filled)];
    const kept = cells[one.line]![one.column]!;
    cells[one.line]![one.column] = cells[other.line]![other.column]!;
    cells[other.line]![other.column] = kept;
  }),
  'shift an amount': onCells((cells, dice) => {
    const filled = amountCells(cells);
    if (filled.length < 2) return;
    const [one, other, by] = [dice.pick(filled), dice.pick(filled), BigInt(1 + dice.below(500))];
    cells[one.line]![one.column] = shifted(cells[one.line]![one.column]!, by);
    cells[other.line]![other.column] = shifted(cells[other.line]![other.column]!, -by);
  }),
  'other key': onCells((cells, dice) => {
    const column = columnOf(
      cells,
      dice.pick(['amount-type', 'amount-description', 'transaction-type', 'price-type', 'item-related-fee-type']),
    );
    const line = cells[row(cells, dice)]!;
    if (column >= 0 && column < line.length)
      line[column] = dice.pick([
        'Order',
        'Refund',
        'ItemPrice',
        'ItemFees',
        'Principal',
        'Tax',
        'Commission',
        'Storage Fee',
        'other-transaction',
        'Novelty Fee',
        'Current Reserve Amount',
      ]);
  }),
  'other order': onCells((cells, dice) => {
    const column = columnOf(cells, dice.pick(['order-id', 'shipment-id', 'order-item-code', 'sku', 'adjustment-id']));
    const line = cells[row(cells, dice)]!;
    if (column >= 0 && column < line.length)
      line[column] = dice.pick(['113-1000000-2000000', '113-9999999-9999999', 'X', '']);
  }),
  'other spelling': onCells((cells, dice) => {
    const line = cells[row(cells, dice)]!;
    const column = dice.below(line.length);
    line[column] = dice.pick([
      (text: string) => text.toUpperCase(),
      (text: string) => ` ${text} `,
      (text: string) => text.replaceAll(' ', '_'),
      (text: string) => `${text}\u00a0`,
      (text: string) => `"${text}"`,
    ])(line[column]!);
  }),
  'other number': onCells((cells, dice) => {
    const cell = dice.pick(amountCells(cells));
    if (!cell) return;
    const text = cells[cell.line]![cell.column]!;
    cells[cell.line]![cell.column] = dice.pick([
      text.replace('.', ','),
      text.replace(',', '.'),
      `${text}0`,
      `0${text}`,
      `${text}e2`,
      `(${text})`,
      `+${text}`,
      `$${text}`,
      text.replace(/[.,]\d*/, ''),
      '0.00',
      `${text}-`,
      text.replace('-', '\u2212'),
    ]);
  }),
  'other date': onCells((cells, dice) => {
    const line = cells[1 + dice.below(cells.length - 2)]!;
    const columns = cells[0]!.flatMap((name, column) =>
      /date/i.test(name) && (line[column] ?? '') !== '' ? [column] : [],
    );
    if (columns.length === 0) return;
    const column = dice.pick(columns);
    line[column] = dice.pick([
      line[column]!.replace('-', '/'),
      '03/04/26',
      '2026-02-30 10:00:00 UTC',
      '2025-12-31 23:59:59 UTC',
      '31.01.2026 10:00:00 UTC',
      line[column]!.slice(0, 10),
      '46123',
      line[column]!.replace('UTC', 'PST'),
      line[column]!.replace('2026', '0026'),
    ]);
  }),
  merchant: onCells((cells, dice) => {
    const column = columnOf(cells, 'fulfillment-id');
    const line = cells[row(cells, dice)]!;
    if (column >= 0 && column < line.length) line[column] = dice.pick(['MFN', 'mfn', 'AFN', '']);
  }),
  'swap headers': onCells((cells, dice) => {
    const head = cells[0]!;
    const [one, other] = [dice.below(head.length), dice.below(head.length)];
    [head[one], head[other]] = [head[other]!, head[one]!];
  }),
  'rename a column': onCells((cells, dice) => {
    const head = cells[0]!;
    const at = dice.below(head.length);
    head[at] = dice.pick([`${head[at]}-x`, head[at]!.replace('-', '_'), '', 'betrag', head[at]!.slice(1)]);
  }),
  'drop a column': onCells((cells, dice) => {
    const at = dice.below(cells[0]!.length);
    for (const line of cells) if (line.length > at) line.splice(at, 1);
  }),
  'double a column': onCells((cells, dice) => {
    const at = dice.below(cells[0]!.length);
    for (const line of cells) if (line.length > at) line.splice(at, 0, line[at]!);
  }),
  'move a column': onCells((cells, dice) => {
    const [from, to] = [dice.below(cells[0]!.length - 1), dice.below(cells[0]!.length - 1)];
    for (const line of cells) if (line.length > Math.max(from, to) + 1) line.splice(to, 0, ...line.splice(from, 1));
  }),
  'shift cells': onCells((cells, dice) => {
    const line = cells[row(cells, dice)]!;
    const at = dice.below(line.length);
    if (dice.below(2) === 0) line.splice(at, 0, '');
    else line.splice(at, 1);
  }),
  'drop the header': onCells((cells) => {
    cells.splice(0, 1);
  }),
  'drop the summary': onCells((cells) => {
    cells.splice(1, 1);
  }),
  'double the summary': onCells((cells) => {
    cells.splice(1, 0, [...cells[1]!]);
  }),
  'spreadsheet ids': onCells((cells, dice) => {
    const spelled = dice.pick([
      (text: string) => `${text[0]}E+${text.length - 1}`,
      (text: string) => `${text[0]}.${text.slice(1, 3)}E+${text.length - 1}`,
      (text: string) => `${text[0]},${text.slice(1, 3)}E+${text.length - 1}`,
      (text: string) => `${text}.0`,
      () => '########',
    ]);
    const column = columnOf(
      cells,
      dice.pick(['order-item-code', 'order-item-code', 'adjustment-id', 'merchant-order-item-id', 'settlement-id']),
    );
    for (const line of cells.slice(1)) if (/^\d{6,}$/.test(line[column] ?? '')) line[column] = spelled(line[column]!);
  }),
  /** Fifteen digits is what a spreadsheet keeps; here fewer, so that items become one. */
  'round an id': onCells((cells, dice) => {
    const column = columnOf(cells, 'order-item-code');
    const keep = 1 + dice.below(6);
    for (const line of cells.slice(2))
      if (/^\d{8,}$/.test(line[column] ?? ''))
        line[column] = line[column]!.slice(0, keep).padEnd(line[column]!.length, '0');
  }),
  'CR line ends': (bytes: Uint8Array) => bytesOf(textOf(bytes).replaceAll('\r\n', '\n').replaceAll('\n', '\r')),
  'glue to itself': (bytes: Uint8Array) => Uint8Array.from([...bytes, ...bytes]),
  'glue without header': (bytes: Uint8Array) => {
    const text = textOf(bytes);
    return bytesOf(`${text}${text.slice(text.indexOf('\n') + 1)}`);
  },
  'other encoding': (bytes: Uint8Array, dice: Dice) => {
    const text = textOf(bytes);
    return dice.pick([
      () => new Uint8Array(Buffer.from(text, 'utf16le')),
      () => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le')),
      () => new Uint8Array(Buffer.from(text, 'latin1')),
      () => bytesOf(Buffer.from(bytes).toString('latin1')),
      () => bytesOf(`\ufeff${text}`),
      () => bytesOf(Buffer.from(bytes).toString('base64')),
    ])();
  },
  'other line breaks': (bytes: Uint8Array, dice: Dice) =>
    bytesOf(
      textOf(bytes)
        .replaceAll('\r\n', '\n')
        .replaceAll('\n', dice.pick(['\r\n', '\r', '\n\n', '\n\r'])),
    ),
  quotes: (bytes: Uint8Array, dice: Dice) =>
    bytesOf(textOf(bytes).replaceAll('\t', dice.pick(['"\t"', ';', ',', ' ', '\t\t']))),
  'cut gzip': (bytes: Uint8Array, dice: Dice) => {
    const packed = gzipSync(bytes);
    return new Uint8Array(packed.subarray(0, 2 + dice.below(packed.length - 2)));
  },
  'flip gzip': (bytes: Uint8Array, dice: Dice) => {
    const packed = new Uint8Array(gzipSync(bytes));
    packed[2 + dice.below(packed.length - 2)]! ^= 1 << dice.below(8);
    return packed;
  },
  'glue gzip': (bytes: Uint8Array) => Uint8Array.from([...gzipSync(bytes), ...gzipSync(bytes)]),
  negate: onCells((cells, dice) => {
    const filled = amountCells(cells);
    for (const { line, column } of dice.below(3) === 0 ? filled : filled.slice(0, 2))
      cells[line]![column] = negated(cells[line]![column]!);
  }),
} as const;
