/**
 * A second reader of settlement reports, as plain as can be and sharing no code with the product: whole file in memory,
 * split at tabs, amounts as whole cents. It adds each file by order and by key, so that nothing agrees by accident.
 */
export interface PlainSettlement {
  id: string;
  total: bigint;
  sum: bigint;
  byOrder: Map<string, bigint>;
  byKey: Map<string, bigint>;
}

const cents = (text: string) => {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:[.,](\d+))?$/.exec(text.trim())!;
  const minor = BigInt(whole + fraction.padEnd(2, '0'));
  return sign === '-' ? -minor : minor;
};

/** `byOrder` adds only the rows whose key `counts`. */
export function plainSettlement(text: string, counts: (key: string) => boolean = () => true): PlainSettlement {
  const [head, summary, ...rows] = text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => line.split('\t'));
  const cell = (row: string[], name: string) => (row[head!.indexOf(name)] ?? '').trim();
  const amountColumns = head!.filter(
    (name) => name === 'amount' || (name.endsWith('-amount') && name !== 'total-amount'),
  );
  const byOrder = new Map<string, bigint>();
  const byKey = new Map<string, bigint>();
  let sum = 0n;
  for (const row of rows) {
    for (const column of amountColumns.filter((name) => cell(row, name) !== '')) {
      const amount = cents(cell(row, column));
      const key =
        column === 'amount'
          ? [cell(row, 'transaction-type'), cell(row, 'amount-type'), cell(row, 'amount-description')].join(' / ')
          : [cell(row, 'transaction-type'), column, cell(row, column.replace('amount', 'type'))].join(' / ');
      sum += amount;
      if (counts(key)) byOrder.set(cell(row, 'order-id'), (byOrder.get(cell(row, 'order-id')) ?? 0n) + amount);
      byKey.set(key, (byKey.get(key) ?? 0n) + amount);
    }
  }
  return { id: summary![0]!, total: cents(cell(summary!, 'total-amount')), sum, byOrder, byKey };
}
