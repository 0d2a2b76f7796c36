/**
 * OFX, bank and card statements (Open Financial Exchange 1.6 and 2.2, chapter 11): version 1 is SGML, whose elements
 * with a value have no end tag, version 2 is XML. Both are read as a run of tags with the text that follows each, so
 * that neither line breaks nor end tags matter.
 */
import { parseMinor } from '../../domain/money/money.ts';
import { placeOf, StatementError } from './statement-error.ts';
import { readDay, statementOf, type BankStatement, type BankStatementLine } from './statement.ts';

interface Tag {
  name: string;
  end: boolean;
  text: string;
  at: number;
}
type Field = { text: string; at: number };
type Fields = Map<string, Field>;

/** Blocks inside a transaction whose elements are not the transaction's own. */
const INNER_BLOCKS = new Set(['CURRENCY', 'ORIGCURRENCY', 'PAYEE', 'BANKACCTTO', 'CCACCTTO', 'IMAGEDATA']);
const STATEMENTS = new Set(['STMTRS', 'CCSTMTRS']);
const EXPORT_AGAIN = 'Export the statement again as OFX, QFX or CSV';

/** The root element, however it is written: blanks, attributes, a namespace. */
const ROOT = /<(?:[\w.-]+:)?OFX(?:\s[^<>]*)?>/i;

/** True when the text is OFX: its header or its root element stands in it. */
export function isOfx(text: string): boolean {
  return /^\s*OFXHEADER\s*:|<\?OFX\b/i.test(text) || ROOT.test(text);
}

/** @throws StatementError */
export function readOfxStatement(file: string, text: string): BankStatement {
  const refuse = (what: string, field?: string, found?: Field): StatementError =>
    new StatementError({
      file,
      what,
      advice: EXPORT_AGAIN,
      ...(field ? { field } : {}),
      ...(found ? { place: placeOf(text, found.at), text: found.text } : {}),
    });
  const tags = [...tagsOf(text)];
  if (!tags.some(({ name, end }) => name === 'OFX' && end)) throw refuse('the file ends before </OFX>');

  const accounts = new Set<string>();
  const lines: BankStatementLine[] = [];
  let currency: string | null = null;
  let statements = 0;
  for (const block of blocksOf(tags)) {
    switch (block.kind) {
      case 'statement':
        statements += 1;
        currency = null;
        break;
      case 'currency':
        currency = block.text;
        break;
      case 'account':
        accounts.add(block.text);
        break;
      case 'transaction':
        lines.push(lineOf(block.fields, currency, refuse));
    }
  }
  if (tags.some(({ name, end }) => name === 'INVSTMTRS' && !end))
    throw refuse('it holds the statement of an investment account');
  if (statements === 0) throw refuse('it holds no bank or card statement');
  const held = transactionsSeen(text);
  if (held !== lines.length)
    throw refuse(
      `it holds ${held} ${held === 1 ? 'transaction' : 'transactions'}, of which ${lines.length} could be read`,
    );
  if (accounts.size > 1) throw refuse(`it holds statements of ${accounts.size} accounts`);
  return statementOf([...accounts][0] ?? null, lines);
}

type Block =
  | { kind: 'statement' }
  | { kind: 'currency'; text: string }
  | { kind: 'account'; text: string }
  | { kind: 'transaction'; fields: Fields };

/** What matters, in the order of the file. A transaction ends with its end tag, or where the next one begins. */
function* blocksOf(tags: readonly Tag[]): Generator<Block> {
  let fields: Fields | null = null;
  let inner: string | null = null;
  for (const { name, end, text, at } of tags) {
    if (name === 'STMTTRN' || (end && name === 'BANKTRANLIST')) {
      if (fields) yield { kind: 'transaction', fields };
      fields = !end && name === 'STMTTRN' ? new Map() : null;
      inner = null;
    } else if (fields && INNER_BLOCKS.has(name)) inner = end ? null : name;
    else if (fields && !end && text !== '') fields.set(inner ? `${inner}.${name}` : name, { text, at });
    else if (!end && STATEMENTS.has(name)) yield { kind: 'statement' };
    else if (!fields && name === 'CURDEF' && text) yield { kind: 'currency', text: text.toUpperCase() };
    else if (!fields && name === 'ACCTID' && text) yield { kind: 'account', text };
  }
}

/** A second, cruder look: what begins like a transaction, outside of comments and CDATA. */
function transactionsSeen(text: string): number {
  return [
    ...text.replace(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>/g, '').matchAll(/<\s*(?:[\w.-]+:)?STMTTRN(?![\w.-])/gi),
  ].length;
}

/** Tags, with a namespace and attributes that nobody asks for, and what only looks like one. */
const ANY_TAG =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<(\/?)(?:[A-Za-z][\w.-]*:)?([A-Za-z][\w.]*)(?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>/]+))*\s*(\/?)>/g;

function* tagsOf(text: string): Generator<Tag> {
  let open: Omit<Tag, 'text'> | null = null;
  let from = 0;
  for (const match of text.matchAll(ANY_TAG)) {
    if (!match[2]) continue;
    if (open) yield { ...open, text: valueOf(text.slice(from, match.index)) };
    from = match.index + match[0].length;
    open = { name: match[2].toUpperCase(), end: match[1] === '/', at: from };
  }
  if (open) yield { ...open, text: valueOf(text.slice(from)) };
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** One pass, so that `&amp;lt;` stays `&lt;`; what is no entity stays as it is. */
function valueOf(raw: string): string {
  const pieces = raw.replace(/<!--[\s\S]*?-->/g, '').split(/(<!\[CDATA\[[\s\S]*?\]\]>)/);
  return pieces
    .map((piece) => (piece.startsWith('<![CDATA[') ? piece.slice(9, -3) : resolved(piece)))
    .join('')
    .trim();
}

function resolved(raw: string): string {
  return raw.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi,
    (whole, decimal: string | undefined, hex: string | undefined, name: string | undefined) => {
      if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex!, 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

function lineOf(
  fields: Fields,
  statementCurrency: string | null,
  refuse: (what: string, field?: string, found?: Field) => StatementError,
): BankStatementLine {
  const required = (name: string): Field => {
    const found = fields.get(name);
    if (!found) throw refuse('a transaction lacks it', name, [...fields.values()][0]);
    return found;
  };
  // CURRENCY says that the amount is in another currency than the statement's; ORIGCURRENCY that it was converted already.
  const currency = fields.get('CURRENCY.CURSYM')?.text.toUpperCase() ?? statementCurrency;
  if (!currency || !/^[A-Z]{3}$/.test(currency)) throw refuse('the statement names no currency', 'CURDEF');
  const amount = required('TRNAMT');
  const minor = parseMinor(plainDecimal(amount.text), currency);
  if (minor === null) throw refuse(`"${amount.text}" is not an amount in ${currency}`, 'TRNAMT', amount);
  const posted = required('DTPOSTED');
  const date = readDay(posted.text.replace(/^(\d{4})(\d\d)(\d\d)(?:\d{2,6}(?:\.\d+)?)?(?:\[.*\])?$/, '$1-$2-$3'));
  if (date === null) throw refuse(`"${posted.text}" is not a date`, 'DTPOSTED', posted);
  return {
    date,
    amount: minor,
    currency,
    description: descriptionOf(fields),
    transactionId: fields.get('FITID')?.text ?? null,
  };
}

/** With a point, whichever mark the file has: OFX allows both and no other. */
function plainDecimal(text: string): string {
  return text.replace(/^([+-]?\d+),(\d+)$/, '$1.$2').replace(/^([+-]?)\./, '$10.');
}

/** NAME is cut off at 32 characters; MEMO often begins with all of it. */
function descriptionOf(fields: Fields): string {
  const name = fields.get('NAME')?.text ?? fields.get('PAYEE.NAME')?.text ?? '';
  const memo = fields.get('MEMO')?.text ?? '';
  if (memo.startsWith(name)) return memo;
  return memo === '' || name.includes(memo) ? name : `${name} ${memo}`;
}
