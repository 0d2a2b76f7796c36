/** A reader of the demo's reports in a few lines, sharing nothing with the generator: cells by column name, amounts in cents. */
export interface PlainRow {
  cells: Record<string, string>;
  cents: number;
}
export interface PlainReport {
  header: string[];
  summary: Record<string, string>;
  totalCents: number;
  rows: PlainRow[];
}

export function plainReport(bytes: Uint8Array): PlainReport {
  const [header = [], ...lines] = Buffer.from(bytes)
    .toString('utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));
  const [summary = {}, ...rows] = lines.map((line) =>
    Object.fromEntries(header.map((column, index) => [column, line[index] ?? ''])),
  );
  return {
    header,
    summary,
    totalCents: centsOf(summary['total-amount']),
    rows: rows.map((cells) => ({ cells, cents: centsOf(cells['amount']) })),
  };
}

/** Whole cents, so that sums are exact. */
export function centsOf(text: string | undefined): number {
  const match = /^(-?)(\d+)\.(\d\d)$/.exec(text ?? '');
  if (!match) throw new Error(`"${text}" is not an amount with two decimals`);
  return Number(`${match[1]}${match[2]}${match[3]}`);
}

export function sumOf(rows: readonly PlainRow[]): number {
  return rows.reduce((sum, row) => sum + row.cents, 0);
}
