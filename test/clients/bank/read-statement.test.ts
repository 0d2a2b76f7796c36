import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readStatement } from '../../../src/clients/bank/read-statement.ts';
import { StatementError } from '../../../src/clients/bank/statement-error.ts';
import { csvStatement, ofxStatement } from '../../../src/simulators/bank/statement.ts';

const read = (text: string | Buffer, columns?: Record<string, string>) => readStatement('bank.file', Buffer.from(text as string), columns);
const refusalOf = (text: string, columns?: Record<string, string>): StatementError => {
  try {
    read(text, columns);
  } catch (error) {
    if (error instanceof StatementError) return error;
    throw error;
  }
  throw new Error('it was read');
};

const SGML = `OFXHEADER:100
DATA:OFXSGML
VERSION:102

<OFX>
<SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>20261103<LANGUAGE>ENG</SONRS></SIGNONMSGSRSV1>
<BANKMSGSRSV1><STMTTRNRS><TRNUID>1
<STMTRS>
<CURDEF>USD
<BANKACCTFROM><BANKID>121000248<ACCTID>000123456789<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST>
<DTSTART>20261001<DTEND>20261103
<STMTTRN>
<TRNTYPE>CREDIT
<DTPOSTED>20261102120000[-5:EST]
<TRNAMT>+20.02
<FITID>021000021234567
<NAME>AMAZON.COM SVCS
<MEMO>EDI PYMNTS R&amp;D {braces} A < B &#233;
</STMTTRN>
<STMTTRN>
<TRNTYPE>DEBIT
<DTPOSTED>20261103
<TRNAMT>-1234567,5
<FITID>2
<MEMO>
<NAME>AMZN CHARGE
</BANKTRANLIST>
<LEDGERBAL><BALAMT>99.00<DTASOF>20261103</LEDGERBAL>
</STMTRS></STMTTRNRS></BANKMSGSRSV1>
</OFX>
`;
const SGML_LINES = [
  { date: '2026-11-02', amount: 2002n, currency: 'USD', description: 'AMAZON.COM SVCS EDI PYMNTS R&D {braces} A < B é', transactionId: '021000021234567' },
  { date: '2026-11-03', amount: -123456750n, currency: 'USD', description: 'AMZN CHARGE', transactionId: '2' },
];

describe('OFX', () => {
  test('version 1 is read: exact amounts, odd text, elements without end tags or value', () => {
    expect(read(SGML)).toEqual({ account: { id: '000123456789', tail: '6789' }, currency: 'USD', lines: SGML_LINES });
  });

  test('without any line break is the same statement', () => {
    expect(read(SGML.replaceAll('\n', '')).lines).toEqual(SGML_LINES);
  });

  test('version 2 is read: end tags, CDATA, comments, a payee, another currency', () => {
    const xml = `<?xml version="1.0" encoding="UTF-8"?><?OFX OFXHEADER="200" VERSION="211"?><!-- <STMTTRN> -->
      <OFX><CREDITCARDMSGSRSV1><CCSTMTTRNRS><CCSTMTRS><CURDEF>EUR</CURDEF><CCACCTFROM><ACCTID>4111-9</ACCTID></CCACCTFROM><BANKTRANLIST>
      <STMTTRN><TRNTYPE>DEBIT</TRNTYPE><DTPOSTED>20261102235959.000[+1:CET]</DTPOSTED><TRNAMT>-0.50</TRNAMT><FITID>A&amp;lt;1</FITID>
        <PAYEE><NAME>Amazon Payments</NAME><CITY>X</CITY></PAYEE><CCACCTTO><ACCTID>other</ACCTID></CCACCTTO><MEMO><![CDATA[Gebühr <b>]]></MEMO></STMTTRN>
      <STMTTRN><DTPOSTED>20261103</DTPOSTED><TRNAMT>1200</TRNAMT><FITID>B</FITID><NAME/><CURRENCY><CURRATE>160.1</CURRATE><CURSYM>JPY</CURSYM></CURRENCY></STMTTRN>
      <STMTTRN><DTPOSTED>20261103</DTPOSTED><TRNAMT>7.00</TRNAMT><FITID>C</FITID><NAME>conv</NAME><ORIGCURRENCY><CURRATE>1.1</CURRATE><CURSYM>USD</CURSYM></ORIGCURRENCY></STMTTRN>
      </BANKTRANLIST></CCSTMTRS></CCSTMTTRNRS></CREDITCARDMSGSRSV1></OFX>`;
    expect(read(xml)).toEqual({
      account: { id: '4111-9', tail: '11-9' }, currency: null,
      lines: [
        { date: '2026-11-02', amount: -50n, currency: 'EUR', description: 'Amazon Payments Gebühr <b>', transactionId: 'A&lt;1' },
        { date: '2026-11-03', amount: 1200n, currency: 'JPY', description: '', transactionId: 'B' },
        { date: '2026-11-03', amount: 700n, currency: 'EUR', description: 'conv', transactionId: 'C' },
      ],
    });
  });

  test('in Windows-1252 keeps its letters', () => {
    expect(read(Buffer.from(SGML.replace('AMZN CHARGE', 'Gebühr'), 'latin1')).lines[1]!.description).toBe('Gebühr');
  });

  test('names the place of an amount that is none', () => {
    expect(refusalOf(SGML.replace('+20.02', '1,234.56'))).toMatchObject({ place: { line: 16, column: 9 }, field: 'TRNAMT', text: '1,234.56', message: expect.stringContaining('"1,234.56" is not an amount in USD') });
    expect(refusalOf(SGML.replace('+20.02', '20.025')).message).toContain('line 16');
  });

  test.each([
    ['a date that is none', SGML.replace('20261103\n<TRNAMT>', '20261331\n<TRNAMT>'), 'DTPOSTED): "20261331" is not a date'],
    ['a transaction without an amount', SGML.replace('<TRNAMT>+20.02\n', ''), 'TRNAMT): a transaction lacks it'],
    ['no currency', SGML.replace('<CURDEF>USD\n', ''), 'names no currency'],
    ['a file that is cut off', SGML.slice(0, 700), 'ends before </OFX>'],
    ['no statement', 'OFXHEADER:100\n<OFX></OFX>', 'holds no bank or card statement'],
    ['two accounts', SGML.replace('</STMTTRNRS>', '</STMTTRNRS><STMTTRNRS><STMTRS><CURDEF>USD<BANKACCTFROM><ACCTID>2</BANKACCTFROM></STMTRS></STMTTRNRS>'), 'statements of 2 accounts'],
  ])('is refused for %s', (_, text, message) => expect(refusalOf(text).message).toContain(message));
});

describe('CSV', () => {
  const CSV = 'date,amount,currency,description,transaction-id\r\n2026-11-02,20.02,USD,"AMAZON, ""SVCS""\nEDI",T1\r\n2026-11-03,-0.50,usd,,\r\n';

  test('is read with quotes, line breaks inside them, and lines without an id', () => {
    expect(read(CSV)).toEqual({
      account: { id: null, tail: null }, currency: 'USD',
      lines: [
        { date: '2026-11-02', amount: 2002n, currency: 'USD', description: 'AMAZON, "SVCS"\nEDI', transactionId: 'T1' },
        { date: '2026-11-03', amount: -50n, currency: 'USD', description: '', transactionId: null },
      ],
    });
  });

  test('with headers of its own is read by a mapping, whatever the order and the separator', () => {
    const text = '\uFEFFText;Währung;Betrag;Tag\nGutschrift;EUR;1141.18;2026-11-02\n';
    expect(read(text, { date: 'Tag', amount: 'Betrag', currency: 'Währung', description: 'Text' }).lines)
      .toEqual([{ date: '2026-11-02', amount: 114118n, currency: 'EUR', description: 'Gutschrift', transactionId: null }]);
  });

  test.each([
    ['an amount with a comma', 'date,amount,currency,description\n2026-11-02,"1,50",USD,x', { line: 2, column: 12 }, 'amount'],
    ['too many decimals', 'date,amount,currency,description\n2026-11-02,1,JPY,x\n2026-11-02,1.5,JPY,y', { line: 3, column: 12 }, 'amount'],
    ['a day that the calendar does not have', 'date,amount,currency,description\n2026-02-30,1.50,USD,x', { line: 2, column: 1 }, 'date'],
    ['a day in another order', 'date,amount,currency,description\n11/02/2026,1.50,USD,x', { line: 2, column: 1 }, 'date'],
    ['a currency that is none', 'date,amount,currency,description\n2026-11-02,1.50,$,x', { line: 2, column: 17 }, 'currency'],
    ['a row that is cut off', 'date,amount,currency,description\n2026-11-02,1.50', { line: 2, column: 1 }, 'currency'],
  ])('is refused for %s, naming line and column', (_, text, place, field) => expect(refusalOf(text)).toMatchObject({ place, field, file: 'bank.file' }));

  test('counts lines rightly behind a field that spans two', () => {
    expect(refusalOf('date,amount,currency,description\n2026-11-02,1.50,USD,"a\nb"\n2026-11-02,x,USD,c').place).toEqual({ line: 4, column: 12 });
  });

  test('is refused when columns are missing, a quote stays open, or there is nothing', () => {
    expect(refusalOf('date,amount\n').message).toContain('the header lacks currency, description');
    expect(refusalOf('date,amount,currency,description\n2026-11-02,1,USD,"x').message).toContain('does not end');
    expect(refusalOf('date,amount,currency,description\n2026-11-02,1,USD,"x"y').message).toContain('text follows a closing quote');
    expect(refusalOf('').message).toContain('the file is empty');
  });
});

test('what the simulated bank writes in either form is read as the same lines, whatever the words', () => {
  const line = fc.record({
    date: fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10)),
    cents: fc.integer({ min: -99_999_999, max: 99_999_999 }),
    words: fc.string({ minLength: 1, maxLength: 60 }).map((text) => `A ${text.replace(/\s+/g, ' ').trim()}`.trim()),
    id: fc.stringMatching(/^[A-Z0-9&<>"]{1,12}$/),
  });
  fc.assert(fc.property(fc.array(line, { maxLength: 8 }), (drawn) => {
    const decimalOf = (cents: number) => `${cents < 0 ? '-' : ''}${Math.floor(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, '0')}`;
    const lines = drawn.map(({ date, cents, words, id }) => ({ date, amount: decimalOf(cents), currency: 'USD', description: words, transactionId: id }));
    const expected = drawn.map(({ date, cents, words, id }) => ({ date, amount: BigInt(cents), currency: 'USD', description: words, transactionId: id }));
    const statement = { account: 'bank' as const, accountId: '77', lines };
    expect(read(csvStatement(statement)).lines).toEqual(expected);
    expect(read(ofxStatement(statement)).lines).toEqual(expected);
  }));
});
