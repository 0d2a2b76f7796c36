import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readStatement } from '../../../src/clients/bank/read-statement.ts';
import type { StatementForm } from '../../../src/config/statement-form.ts';
import { StatementError } from '../../../src/clients/bank/statement-error.ts';
import { csvStatement, ofxStatement } from '../../../src/simulators/bank/statement.ts';

const read = (text: string | Buffer, form?: StatementForm) =>
  readStatement('bank.file', Buffer.from(text as string), form);
const refusalOf = (text: string | Buffer, form?: StatementForm): StatementError => {
  try {
    read(text, form);
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
  {
    date: '2026-11-02',
    amount: 2002n,
    currency: 'USD',
    description: 'AMAZON.COM SVCS EDI PYMNTS R&D {braces} A < B é',
    transactionId: '021000021234567',
  },
  { date: '2026-11-03', amount: -123456750n, currency: 'USD', description: 'AMZN CHARGE', transactionId: '2' },
];

describe('OFX', () => {
  test('version 1 is read: exact amounts, odd text, elements without end tags or value', () => {
    expect(read(SGML)).toEqual({
      account: { id: '000123456789', tail: '6789' },
      currency: 'USD',
      lines: SGML_LINES,
      leftOut: [],
    });
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
      account: { id: '4111-9', tail: '11-9' },
      currency: null,
      lines: [
        {
          date: '2026-11-02',
          amount: -50n,
          currency: 'EUR',
          description: 'Amazon Payments Gebühr <b>',
          transactionId: 'A&lt;1',
        },
        { date: '2026-11-03', amount: 1200n, currency: 'JPY', description: '', transactionId: 'B' },
        { date: '2026-11-03', amount: 700n, currency: 'EUR', description: 'conv', transactionId: 'C' },
      ],
      leftOut: [],
    });
  });

  test('in Windows-1252 keeps its letters', () => {
    expect(read(Buffer.from(SGML.replace('AMZN CHARGE', 'Gebühr'), 'latin1')).lines[1]!.description).toBe('Gebühr');
  });

  test('names the place of an amount that is none', () => {
    expect(refusalOf(SGML.replace('+20.02', '1,234.56'))).toMatchObject({
      problem: { place: { line: 16, column: 9 }, field: 'TRNAMT', text: '1,234.56' },
      message: expect.stringContaining('"1,234.56" is not an amount in USD'),
    });
    expect(refusalOf(SGML.replace('+20.02', '20.025')).message).toContain('line 16');
  });

  test.each([
    [
      'a date that is none',
      SGML.replace('20261103\n<TRNAMT>', '20261331\n<TRNAMT>'),
      'DTPOSTED): "20261331" is not a date',
    ],
    ['a transaction without an amount', SGML.replace('<TRNAMT>+20.02\n', ''), 'TRNAMT): a transaction lacks it'],
    ['no currency', SGML.replace('<CURDEF>USD\n', ''), 'names no currency'],
    ['a file that is cut off', SGML.slice(0, 700), 'ends before </OFX>'],
    ['no statement', 'OFXHEADER:100\n<OFX></OFX>', 'holds no bank or card statement'],
    [
      'two accounts',
      SGML.replace(
        '</STMTTRNRS>',
        '</STMTTRNRS><STMTTRNRS><STMTRS><CURDEF>USD<BANKACCTFROM><ACCTID>2</BANKACCTFROM></STMTRS></STMTTRNRS>',
      ),
      'statements of 2 accounts',
    ],
  ])('is refused for %s', (_, text, message) => expect(refusalOf(text).message).toContain(message));
});

describe('an OFX whose lines are written otherwise is read with all of them', () => {
  const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');
  const forms: Record<string, string | Buffer> = {
    'attributes on a transaction': SGML.replaceAll('<STMTTRN>', '<STMTTRN id="7" xml:lang=\'en\'>'),
    'an attribute without quotes': SGML.replaceAll('<STMTTRN>', '<STMTTRN id=7>'),
    'blanks in the root tag': SGML.replace('<OFX>', '<OFX >').replace(/^[^]*?(?=<OFX)/, ''),
    'a line break in the root tag': SGML.replace('<OFX>', '<OFX\n>').replace(/^[^]*?(?=<OFX)/, ''),
    'a namespace': SGML.replace(/^[^]*?(?=<OFX)/, '')
      .replace(/<(\/?)([A-Z]+[A-Z0-9]*)>/g, '<$1ns:$2>')
      .replace('<ns:OFX>', '<ns:OFX xmlns:ns="http://ofx.net/types/2003/04">'),
    'lower case': SGML.replace(/<\/?[A-Z0-9]+>/g, (tag) => tag.toLowerCase()),
    'UTF-16 with its mark': utf16(SGML),
    'UTF-16 the other way round': utf16(SGML).swap16(),
    'UTF-16 without its mark': Buffer.from(SGML, 'utf16le'),
    'UTF-16 the other way round without its mark': Buffer.from(SGML, 'utf16le').swap16(),
    'CR line ends': SGML.replaceAll('\n', '\r'),
    'a transaction in a comment and one in CDATA': SGML.replace(
      '</BANKTRANLIST>',
      '<!-- <STMTTRN> --></BANKTRANLIST>',
    ).replace('<LANGUAGE>ENG', '<LANGUAGE><![CDATA[<STMTTRN>]]>'),
    'a comment in a value, and CDATA in a part of it': SGML.replace(
      '<NAME>AMAZON.COM SVCS',
      '<NAME>AMAZON<!-- x -->.COM <![CDATA[SVCS]]>',
    ),
  };

  test.each(Object.entries(forms))('%s', (_, text) => expect(read(text).lines).toEqual(SGML_LINES));

  test.each([
    [
      'a blank before the name of a tag',
      SGML.replace('<STMTTRN>', '< STMTTRN>'),
      'it holds 2 transactions, of which 1 could be read',
    ],
    ['a transaction of nothing', SGML.replace('<STMTTRN>', '<STMTTRN/><STMTTRN>'), 'a transaction lacks it'],
    ['an investment account', SGML.replaceAll('STMTRS>', 'INVSTMTRS>'), 'an investment account'],
    [
      'transactions whose tags are broken',
      SGML.replaceAll('<STMTTRN>', '<STMTTRN id="7>'),
      'it holds 2 transactions, of which 0 could be read',
    ],
    ['no text', Buffer.concat([Buffer.from(SGML), Buffer.from([0, 0, 1])]), 'it is no text'],
  ])('or is refused: %s', (_, text, message) => expect(refusalOf(text).message).toContain(message));

  test('and one without any transaction is read as none', () => {
    expect(read(SGML.replace(/<STMTTRN>[^]*(?=<\/BANKTRANLIST>)/, '')).lines).toEqual([]);
  });
});

describe('the CSV of a bank', () => {
  const file = (name: string) => readFileSync(new URL(`statements/${name}.csv`, import.meta.url));
  const AUGUST = {
    date: '2026-08-06',
    amount: 4400n,
    currency: 'USD',
    description: 'AMAZON MKTPLACE PMTS',
    transactionId: '1',
  };

  test('with our headers is read behind the line by which a spreadsheet names its separator, and in UTF-16', () => {
    expect(read(file('excel-sep-line')).lines).toEqual([AUGUST]);
    expect(read(file('utf16-own-headers')).lines).toEqual([AUGUST]);
    expect(read('sep=;\ndate;amount;currency;description\n2026-08-06;44.00;USD;A,B\n').lines[0]!.description).toBe(
      'A,B',
    );
  });

  test('with headers of its own is refused with them and with a form that reads it', () => {
    const { problem } = refusalOf(file('chase'));
    expect(problem).toMatchObject({
      what: 'the header lacks date, currency',
      headers: ['Details', 'Posting Date', 'Description', 'Amount', 'Type', 'Balance', 'Check or Slip #'],
    });
    expect(problem.suggestion).toEqual({
      form: {
        columns: { date: 'Posting Date', amount: 'Amount', description: 'Description' },
        dateForm: 'MM/DD/YYYY',
        decimal: '.',
        currency: 'USD',
      },
      doubts: ['the dates may as well be DD/MM/YYYY', 'no column names the currency, USD is a guess'],
    });
    expect(read(file('chase'), problem.suggestion!.form).lines).toMatchObject([
      { date: '2026-08-06', amount: 4400n, currency: 'USD', description: expect.stringContaining('AMAZON') },
    ]);
  });

  test('with debit and credit, decimal commas and a payer beside the purpose is read by the form that is offered', () => {
    const { suggestion } = refusalOf(file('deutsche-bank')).problem;
    expect(suggestion).toEqual({
      form: {
        columns: {
          date: 'Buchungstag',
          debit: 'Soll',
          credit: 'Haben',
          description: 'Begünstigter / Auftraggeber+Verwendungszweck',
          currency: 'Währung',
        },
        dateForm: 'DD.MM.YYYY',
        decimal: ',',
      },
      doubts: [],
    });
    expect(read(file('deutsche-bank'), suggestion!.form).lines).toEqual([
      {
        date: '2026-08-06',
        amount: 104400n,
        currency: 'EUR',
        description: 'AMAZON PAYMENTS EUROPE SCA X1T3ST Amazon.de',
        transactionId: null,
      },
    ]);
  });

  const GERMAN: StatementForm = {
    columns: { date: 'Buchung', debit: 'Soll', credit: 'Haben', description: 'Text' },
    dateForm: 'DD.MM.YYYY',
    decimal: ',',
    currency: 'EUR',
  };
  const german = (...rows: string[]) =>
    ['Konto;DE00 1234', 'Zeitraum;"1.8.2026 bis\n31.8.2026"', '', 'Buchung;Text;Soll;Haben', ...rows, ''].join('\n');

  test('is read below what stands before its header, and its last rows that are no lines are named', () => {
    expect(
      read(
        german(
          '6.8.2026;AMAZON;;1.044,00',
          '7.8.26 ;x;;1'.replace('26 ', '2026'),
          'Kontostand;31.08.2026;;9.999,00',
          ';;;',
          ';Summe;;',
        ),
        GERMAN,
      ),
    ).toMatchObject({
      lines: [
        { date: '2026-08-06', amount: 104400n },
        { date: '2026-08-07', amount: 100n },
      ],
      leftOut: [
        { line: 8, text: 'Kontostand 31.08.2026 9.999,00' },
        { line: 10, text: 'Summe' },
      ],
    });
  });

  test('takes what goes out with a minus or without, as long as the file does one of them', () => {
    expect(read(german('6.8.2026;A;12,50;', '7.8.2026;B;;3,00'), GERMAN).lines.map(({ amount }) => amount)).toEqual([
      -1250n,
      300n,
    ]);
    expect(
      read(german('6.8.2026;A;-12,50;', '7.8.2026;B;0,00;3,00'), GERMAN).lines.map(({ amount }) => amount),
    ).toEqual([-1250n, 300n]);
  });

  test.each([
    ['a minus on some debits', german('6.8.2026;A;-12,50;', '7.8.2026;B;3,00;'), 'some debits have a minus', 6],
    ['a credit below zero', german('6.8.2026;A;;-12,50'), 'a credit below zero', 6],
    ['both', german('6.8.2026;A;1,00;1,00'), 'a debit and a credit', 6],
    ['neither', german('6.8.2026;A;;'), 'neither a debit nor a credit', 6],
    ['a line without its date', german('6.8.2026;A;;1,00', ';B;;2,00'), '"" is not a date like DD.MM.YYYY', 7],
    [
      'a date that is cut off, at the end too',
      german('6.8.2026;A;;1,00', '7.8.20;B;;2,00'),
      '"7.8.20" is not a date like DD.MM.YYYY',
      7,
    ],
    ['rows that are all none', german('Kontostand;A;;1,00'), 'none of the 1 rows below the header is a line', 6],
    ['more fields than the header', german('6.8.2026;A;B;;1,00'), 'more fields than the header', 6],
  ])('is refused as a whole for %s', (_, text, message, line) => {
    const refused = refusalOf(text, GERMAN);
    expect(refused.message).toContain(message);
    expect(refused.problem.place!.line).toBe(line);
  });

  test("is refused where its own word on the currency is another than the command's, named or not", () => {
    const text = 'Tag;Betrag;Text;Währung\n2026-08-06;1,00;AMAZON;EUR\n';
    const form: StatementForm = {
      columns: { date: 'Tag', amount: 'Betrag', description: 'Text' },
      decimal: ',',
      currency: 'USD',
    };
    expect(refusalOf(text, form).message).toContain('the line is in EUR, and the statement is said to be in USD');
    expect(read(text, { ...form, currency: 'EUR' }).lines).toHaveLength(1);
  });

  test('is refused for a column that stands twice', () => {
    expect(
      refusalOf('Tag;Betrag;Betrag;Text\n2026-08-06;1;2;x\n', {
        columns: { date: 'Tag', amount: 'Betrag', description: 'Text' },
        currency: 'EUR',
      }).message,
    ).toContain('the column "Betrag" stands twice');
  });

  test('with headers like ours and dates and amounts that are not is offered the form that reads it', () => {
    expect(refusalOf('Date,Amount,Currency,Description\n31/08/2026,"1,044.00",GBP,AMAZON\n').problem).toMatchObject({
      place: { line: 2, column: 1 },
      suggestion: {
        form: {
          columns: { date: 'Date', amount: 'Amount', currency: 'Currency', description: 'Description' },
          dateForm: 'DD/MM/YYYY',
          decimal: '.',
        },
        doubts: [],
      },
    });
  });

  test('whose names say nothing is refused with its headers and no guess', () => {
    expect(refusalOf('a;b;c\n1;2;3\n').problem).toMatchObject({ headers: ['a', 'b', 'c'], suggestion: null });
  });
});

describe('an amount in a CSV', () => {
  const amount = (text: string, decimal: '.' | ',', currency = 'EUR') => {
    try {
      return read(`date;amount;description\n2026-08-06;"${text}";x\n`, { columns: {}, decimal, currency }).lines[0]!
        .amount;
    } catch (error) {
      if (error instanceof StatementError) return null;
      throw error;
    }
  };

  test.each<[string, '.' | ',', bigint | null]>([
    ['1.044,00', ',', 104400n],
    ['1 044,00', ',', 104400n],
    ['1\u202f044,5', ',', 104450n],
    ["1'044,00", ',', 104400n],
    ['1,044.00', '.', 104400n],
    ['1,044', '.', 104400n],
    ['12,345,678.9', '.', 1234567890n],
    [',50', ',', 50n],
    ['+12,50', ',', 1250n],
    ['12,50-', ',', -1250n],
    ['-12,50 €', ',', -1250n],
    ['€ -12,50', ',', -1250n],
    ['EUR 12,50', ',', 1250n],
    ['\u221212,50', ',', -1250n],
    ['(12,50)', ',', -1250n],
    ['-€12,50', ',', -1250n],
    ['1,044.00', ',', null],
    ['1.044,00', '.', null],
    ['1,044', ',', null],
    ['1,000', ',', null],
    ['1.044', '.', null],
    ['1.04,00', ',', null],
    ['1.044 044,00', ',', null],
    ['10,44.00', '.', null],
    ['$12,50', ',', null],
    ['12,50 USD', ',', null],
    ['--1,00', ',', null],
    ['-1,00-', ',', null],
    ['(-1,00)', ',', null],
    ['12,50 S', ',', null],
    ['', ',', null],
    ['-', ',', null],
    ['1e3', '.', null],
  ])('"%s" with the mark "%s"', (text, decimal, minor) => expect(amount(text, decimal)).toBe(minor));

  test('with three digits behind its mark is refused, since they are thousands to the other half of the world', () => {
    expect(refusalOf('date,amount,currency,description\n2026-08-06,1.000,JPY,x\n').message).toContain(
      'is not an amount in JPY',
    );
    expect(refusalOf('date,amount,currency,description\n2026-08-06,1.040,USD,x\n').message).toContain(
      'is not an amount in USD',
    );
    expect(read('date,amount,currency,description\n2026-08-06,1.040,KWD,x\n').lines[0]!.amount).toBe(1040n);
  });

  test('is what a bank wrote, however it groups and signs it', () => {
    const style = fc.record({
      mark: fc.constantFrom<'.' | ','>('.', ','),
      group: fc.constantFrom('', ' ', "'", '\u00a0', 'other'),
      sign: fc.constantFrom('before', 'behind', 'brackets'),
      money: fc.constantFrom('', 'EUR ', ' €'),
    });
    fc.assert(
      fc.property(fc.integer({ min: -999_999_999, max: 999_999_999 }), style, (cents, { mark, group, sign, money }) => {
        const digits = String(Math.abs(cents)).padStart(3, '0');
        const grouped = digits
          .slice(0, -2)
          .replace(/\B(?=(\d{3})+$)/g, group === 'other' ? (mark === '.' ? ',' : '.') : group);
        const plain = `${grouped}${mark}${digits.slice(-2)}`;
        const signed =
          cents >= 0 ? plain : sign === 'before' ? `-${plain}` : sign === 'behind' ? `${plain}-` : `(${plain})`;
        const text =
          sign === 'brackets' && cents < 0 ? signed : money.startsWith(' ') ? `${signed}${money}` : `${money}${signed}`;
        expect(amount(text, mark)).toBe(BigInt(cents));
      }),
    );
  });
});

describe('CSV', () => {
  const CSV =
    'date,amount,currency,description,transaction-id\r\n2026-11-02,20.02,USD,"AMAZON, ""SVCS""\nEDI",T1\r\n2026-11-03,-0.50,usd,,\r\n';

  test('is read with quotes, line breaks inside them, and lines without an id', () => {
    expect(read(CSV)).toEqual({
      account: { id: null, tail: null },
      currency: 'USD',
      lines: [
        { date: '2026-11-02', amount: 2002n, currency: 'USD', description: 'AMAZON, "SVCS"\nEDI', transactionId: 'T1' },
        { date: '2026-11-03', amount: -50n, currency: 'USD', description: '', transactionId: null },
      ],
      leftOut: [],
    });
  });

  test('with headers of its own is read by a mapping, whatever the order and the separator', () => {
    const text = '\uFEFFText;Währung;Betrag;Tag\nGutschrift;EUR;1141.18;2026-11-02\n';
    expect(
      read(text, { columns: { date: 'Tag', amount: 'Betrag', currency: 'Währung', description: 'Text' } }).lines,
    ).toEqual([
      { date: '2026-11-02', amount: 114118n, currency: 'EUR', description: 'Gutschrift', transactionId: null },
    ]);
  });

  test.each([
    [
      'an amount with a comma',
      'date,amount,currency,description\n2026-11-02,"1,50",USD,x',
      { line: 2, column: 12 },
      'amount',
    ],
    [
      'too many decimals',
      'date,amount,currency,description\n2026-11-02,1,JPY,x\n2026-11-02,1.5,JPY,y',
      { line: 3, column: 12 },
      'amount',
    ],
    [
      'a day that the calendar does not have',
      'date,amount,currency,description\n2026-02-30,1.50,USD,x',
      { line: 2, column: 1 },
      'date',
    ],
    [
      'a day in another order',
      'date,amount,currency,description\n11/02/2026,1.50,USD,x',
      { line: 2, column: 1 },
      'date',
    ],
    [
      'a currency that is none',
      'date,amount,currency,description\n2026-11-02,1.50,$,x',
      { line: 2, column: 17 },
      'currency',
    ],
    ['a row that is cut off', 'date,amount,currency,description\n2026-11-02,1.50', { line: 2, column: 1 }, 'currency'],
  ])('is refused for %s, naming line and column', (_, text, place, field) =>
    expect(refusalOf(text).problem).toMatchObject({ place, field, file: 'bank.file' }),
  );

  test('counts lines rightly behind a field that spans two', () => {
    expect(
      refusalOf('date,amount,currency,description\n2026-11-02,1.50,USD,"a\nb"\n2026-11-02,x,USD,c').problem.place,
    ).toEqual({ line: 4, column: 12 });
  });

  test('is refused when columns are missing, a quote stays open, or there is nothing', () => {
    expect(refusalOf('date,amount\n').message).toContain('the header lacks currency, description');
    expect(refusalOf('date,amount,currency,description\n2026-11-02,1,USD,"x').message).toContain('does not end');
    expect(refusalOf('date,amount,currency,description\n2026-11-02,1,USD,"x"y').message).toContain(
      'text follows a closing quote',
    );
    expect(refusalOf('').message).toContain('the file is empty');
  });
});

test('what the simulated bank writes in either form is read as the same lines, whatever the words', () => {
  const line = fc.record({
    date: fc
      .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10)),
    cents: fc.integer({ min: -99_999_999, max: 99_999_999 }),
    words: fc.string({ minLength: 1, maxLength: 60 }).map((text) => `A ${text.replace(/\s+/g, ' ').trim()}`.trim()),
    id: fc.stringMatching(/^[A-Z0-9&<>"]{1,12}$/),
  });
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), (drawn) => {
      const decimalOf = (cents: number) =>
        `${cents < 0 ? '-' : ''}${Math.floor(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, '0')}`;
      const lines = drawn.map(({ date, cents, words, id }) => ({
        date,
        amount: decimalOf(cents),
        currency: 'USD',
        description: words,
        transactionId: id,
      }));
      const expected = drawn.map(({ date, cents, words, id }) => ({
        date,
        amount: BigInt(cents),
        currency: 'USD',
        description: words,
        transactionId: id,
      }));
      const statement = { account: 'bank' as const, accountId: '77', lines };
      expect(read(csvStatement(statement)).lines).toEqual(expected);
      expect(read(ofxStatement(statement)).lines).toEqual(expected);
    }),
  );
});
