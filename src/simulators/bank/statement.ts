/** A line of a bank or card statement; `amount` signed as the bank sees it, `date` as `2026-10-16`. */
export interface StatementLine {
  date: string;
  amount: string;
  currency: string;
  description: string;
  transactionId: string;
}

export interface Statement {
  account: 'bank' | 'card';
  accountId: string;
  lines: readonly StatementLine[];
}

/** CSV with the headers date, amount, currency, description, transaction-id; quotes by RFC 4180. */
export function csvStatement({ lines }: Statement): string {
  const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const rows = lines.map((line) => [line.date, line.amount, line.currency, line.description, line.transactionId]);
  return [['date', 'amount', 'currency', 'description', 'transaction-id'], ...rows]
    .map((cells) => `${cells.map(quoted).join(',')}\r\n`)
    .join('');
}

/**
 * OFX 1.0.2 in its SGML form: a header of KEY:VALUE lines, elements without closing tags. A bank statement is BANKMSGSRSV1,
 * a card statement CREDITCARDMSGSRSV1. One statement has one currency, so each currency makes a STMTRS of its own.
 */
export function ofxStatement(statement: Statement): string {
  const currencies = [...new Set(statement.lines.map((line) => line.currency))];
  const [set, response, block] =
    statement.account === 'bank'
      ? ['BANKMSGSRSV1', 'STMTTRNRS', 'STMTRS']
      : ['CREDITCARDMSGSRSV1', 'CCSTMTTRNRS', 'CCSTMTRS'];
  const header = [
    'OFXHEADER:100',
    'DATA:OFXSGML',
    'VERSION:102',
    'SECURITY:NONE',
    'ENCODING:USASCII',
    'CHARSET:1252',
    'COMPRESSION:NONE',
    'OLDFILEUID:NONE',
    'NEWFILEUID:NONE',
  ];
  const statements = (currencies.length ? currencies : ['USD']).map((currency, index) => {
    const lines = statement.lines.filter((line) => line.currency === currency);
    const days = lines.map((line) => line.date).sort();
    const account =
      statement.account === 'bank'
        ? [
            '<BANKACCTFROM>',
            '<BANKID>121000248',
            `<ACCTID>${statement.accountId}`,
            '<ACCTTYPE>CHECKING',
            '</BANKACCTFROM>',
          ]
        : ['<CCACCTFROM>', `<ACCTID>${statement.accountId}`, '</CCACCTFROM>'];
    return [
      `<${response}>`,
      `<TRNUID>${index + 1}`,
      '<STATUS>',
      '<CODE>0',
      '<SEVERITY>INFO',
      '</STATUS>',
      `<${block}>`,
      `<CURDEF>${currency}`,
      ...account,
      '<BANKTRANLIST>',
      `<DTSTART>${ofxDay(days[0])}`,
      `<DTEND>${ofxDay(days.at(-1))}`,
      ...lines.flatMap((line) => [
        '<STMTTRN>',
        `<TRNTYPE>${line.amount.startsWith('-') ? 'DEBIT' : 'CREDIT'}`,
        `<DTPOSTED>${ofxDay(line.date)}`,
        `<TRNAMT>${line.amount}`,
        `<FITID>${escaped(line.transactionId)}`,
        `<NAME>${escaped(line.description.slice(0, 32))}`,
        `<MEMO>${escaped(line.description)}`,
        '</STMTTRN>',
      ]),
      '</BANKTRANLIST>',
      `</${block}>`,
      `</${response}>`,
    ].join('\r\n');
  });
  return [...header, '', '<OFX>', `<${set}>`, ...statements, `</${set}>`, '</OFX>', ''].join('\r\n');
}

function ofxDay(day: string | undefined): string {
  return `${(day ?? '1970-01-01').replaceAll('-', '')}120000`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
