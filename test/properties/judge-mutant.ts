/**
 * What may become of a damaged report, and what is wrong.
 *
 * A control total sees what does not add up, and nothing else: where two amounts change places or a key becomes another
 * known one, the file adds up and is, for anyone who has nothing but the file, a true report of other facts. So a damaged
 * report ends well in one of these ways:
 *
 * - *refused*, with line and column (a packing that breaks has the place that was reached);
 * - *unknown*: exactly the undecided keys that a plain reader finds in it are named, and nothing is booked;
 * - *same*: its journal is that of the undamaged report, and every document gets what it got;
 * - *named*: it is the journal that the damaged file itself tells, and where that touches what others know too, they
 *   differ and say so: a document (missing, or settled for another amount), the neighbours in its chain (reserve,
 *   balance carried, no gap), a statement (payout, charge, returned transfer);
 * - *another true report*: as before, but the change lies between amounts that this file alone knows (fees, tax,
 *   reimbursements, advances, sales of other systems, the month of a cost), and nobody else can contradict.
 *
 * Everything else is *wrong*: an error that is no refusal, a report accepted that does not add up by the plain reader, a
 * journal that differs from what the plain reader finds in the damaged bytes, a change on clearing, reserve, balance due or
 * movements that nobody names, a naming where nothing changed.
 *
 * Meanings of keys that the generator does not have (damage can turn one key into another of the amount map) are taken
 * from the map: that page is tested for itself.
 */
import { classify } from '../../src/domain/mapping/classify.ts';
import { checkChain } from '../../src/domain/payouts/check-chain.ts';
import { differenceOf } from '../../src/domain/payouts/document-standing.ts';
import { folded } from './amount-kinds.ts';
import { bookedOn, plainJournal, type BookableRow } from './plain-journal.ts';
import { plainReport, type PlainReport } from './plain-report.ts';
import type { SettlementFacts } from './settlement-facts.ts';
import {
  bookedFigures,
  figuresText,
  followReport,
  tieableDocument,
  type JournalledReport,
  type RefusedReport,
} from './whole-path.ts';

export type Verdict = 'refused' | 'unknown' | 'same' | 'named' | 'another true report';
export interface Judgement {
  verdict: Verdict | 'wrong';
  why: string;
}

/** Judges what becomes of damaged bytes of the report of some facts, which itself must be journalled. */
export function judgeMutant(facts: SettlementFacts, original: JournalledReport, bytes: Uint8Array): Judgement {
  const wrong = (why: string): Judgement => ({ verdict: 'wrong', why });
  let followed: ReturnType<typeof followReport>;
  try {
    followed = followReport(bytes, { zone: facts.zone, documents: facts.documents });
  } catch (error) {
    return wrong(`an error that is no refusal: ${String(error)}`);
  }
  if (followed.end === 'refused')
    return hasPlace(followed, bytes)
      ? { verdict: 'refused', why: followed.problem.code }
      : wrong(`refused without a place: ${JSON.stringify(followed.problem.what)}`);
  let plain: PlainReport;
  try {
    plain = plainReport(bytes);
  } catch (error) {
    return wrong(`accepted, though a plain reader cannot read it: ${String(error)}`);
  }
  const rows = plain.rows.map((row) => ({ ...row, role: row.role ?? roleOfMap(row) }));
  const undecided = [
    ...new Set(
      rows
        .filter(({ role }) => role === null)
        .map((row) => [row.type, row.group, row.description].map(folded).join('\t')),
    ),
  ].sort();
  if (followed.end === 'unknown') {
    return figuresEqual(followed.keys, undecided)
      ? { verdict: 'unknown', why: undecided.join(' | ') }
      : wrong(`names ${followed.keys.join(' | ')}, undecided are ${undecided.join(' | ')}`);
  }
  if (undecided.length > 0) return wrong(`journalled, though undecided: ${undecided.join(' | ')}`);
  return judgeJournal(
    facts,
    original,
    followed,
    plain,
    rows.map((row) => ({ ...row, role: row.role! })),
  );
}

function judgeJournal(
  facts: SettlementFacts,
  original: JournalledReport,
  mutant: JournalledReport,
  plain: PlainReport,
  rows: readonly BookableRow[],
): Judgement {
  const wrong = (why: string): Judgement => ({ verdict: 'wrong', why });
  const sum = rows.reduce((total, row) => total + row.minor, 0n);
  if (sum !== plain.total || mutant.header.total !== plain.total)
    return wrong(`accepted, though rows come to ${sum} and the total is ${plain.total}`);
  const options = {
    start: plain.start,
    end: plain.end,
    zone: facts.zone,
    mode: 'invoice',
    splitAtMonthEnds: true,
    documents: facts.documents,
  } as const;
  const figures = bookedFigures(mutant.built.plan.parts);
  const expected = figuresText(plainJournal(rows, options));
  if (figuresText(figures) !== expected)
    return wrong(`the journal is\n${figuresText(figures)}\nand the file says\n${expected}`);
  const named = [...namedDocuments(facts, mutant), ...namedByOthers(original, mutant)];
  const clears = clearingText(rows, facts);
  const clearedBefore = clearingText(
    original.rows.map(({ row, meaning }) => ({
      type: row.transactionType,
      role: meaning,
      minor: row.amount,
      orderId: row.orderId ?? '',
      marketplace: row.marketplaceName ?? '',
      merchant: row.fulfillmentId?.toUpperCase() === 'MFN',
      at: Date.parse(row.postedAt) / 1000,
    })),
    facts,
  );
  if (named.length > 0) {
    const same =
      clears === clearedBefore && figuresText(figures) === figuresText(bookedFigures(original.built.plan.parts));
    // An id or an instant that changed may leave a document unfound though its amount is there.
    return { verdict: 'named', why: `${same ? 'the same journal; ' : ''}${named.join('; ')}` };
  }
  if (clears !== clearedBefore)
    return wrong(`nobody names what differs on clearing:\n${clearedBefore}\nbecame\n${clears}`);
  const changed = changedRoles(bookedFigures(original.built.plan.parts), figures);
  const known = changed.filter((role) =>
    [
      'clearing',
      'reserve-held',
      'reserve-released',
      'balance-due-to-amazon',
      'payouts-in-transit',
      'amazon-charges',
    ].includes(role),
  );
  if (known.length > 0) return wrong(`nobody names what differs on ${known.join(', ')}`);
  if (changed.length > 0 || mutant.header.currency !== facts.currency)
    return { verdict: 'another true report', why: changed.join(', ') };
  return { verdict: 'same', why: '' };
}

/** A place in the file: a line that it has, a column, and where bytes are named, the text that stands there. */
function hasPlace({ problem }: RefusedReport, bytes: Uint8Array): boolean {
  const { line, column, byteOffset, text, remedy } = problem;
  if (line === null || line < 1 || column === null || remedy === '') return false;
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (packed || byteOffset === null || text === null || !/^[ -~]+$/.test(text)) return true;
  return new TextDecoder('latin1').decode(bytes.subarray(byteOffset, byteOffset + text.length)) === text;
}

function roleOfMap({ type, group, description, role }: PlainReport['rows'][number]): string | null {
  return role === null
    ? null
    : (classify({ transactionType: type, amountType: group, amountDescription: description })?.role ?? null);
}

/** Rows that miss their document, documents that are settled for another amount, and documents that stay open since no row settles them. */
function namedDocuments(facts: SettlementFacts, { missing, groups }: JournalledReport): string[] {
  const settled = new Map<string, bigint>();
  for (const { document, documentPurpose, amount } of groups)
    if (document !== null)
      settled.set(document, (settled.get(document) ?? 0n) + (documentPurpose === 'INV' ? amount : -amount));
  const differing = facts.documents
    .map(tieableDocument)
    .filter(
      ({ externalId, total }) =>
        differenceOf({ total, settled: settled.get(externalId) ?? 0n, applied: 0n, variance: 0n, left: null }) !== 0n,
    );
  return [
    ...missing.map(({ kind, orderId, amount }) => `${kind} of ${orderId} for ${amount} misses its document`),
    ...differing.map(({ externalId }) =>
      settled.has(externalId) ? `${externalId} is settled for ${settled.get(externalId)}` : `${externalId} stays open`,
    ),
  ];
}

/** What the settlements before and after it, and the statements, say otherwise. */
function namedByOthers(original: JournalledReport, mutant: JournalledReport): string[] {
  const link = ({ header, rows }: JournalledReport) => {
    const of = (role: string) =>
      rows.filter(({ meaning }) => meaning === role).reduce((sum, { row }) => sum + row.amount, 0n);
    return {
      settlementId: header.settlementId,
      currency: header.currency,
      total: header.total,
      released: of('reserve-released'),
      held: of('reserve-held'),
      carriedIn: of('balance-due-to-amazon'),
    };
  };
  const [was, is] = [link(original), link(mutant)];
  const before = { ...was, settlementId: 'before', held: -was.released, total: was.carriedIn };
  const after = { ...was, settlementId: 'after', released: -was.held, carriedIn: was.total < 0n ? was.total : 0n };
  const gaps = (['start', 'end', 'settlementId'] as const).filter(
    (name) => original.header[name] !== mutant.header[name],
  );
  const money = ({ movements: { movements, returned }, header }: JournalledReport) =>
    [
      ...movements.map(
        ({ kind, amount, postedAt }) => `${header.currency} ${kind} ${amount} ${kind === 'payout' ? postedAt : ''}`,
      ),
      ...returned.map(({ amount }) => `returned ${amount}`),
    ]
      .sort()
      .join(', ');
  return [
    ...checkChain(before, is),
    ...checkChain(is, after),
    ...gaps.map((name) => `it follows on no settlement, or none on it: another ${name}`),
    ...(money(original) === money(mutant) ? [] : [`statements show ${money(original)}, not ${money(mutant)}`]),
  ];
}

/** What the rows bring to clearing, by order and kind. */
function clearingText(rows: readonly BookableRow[], facts: SettlementFacts): string {
  const sums = new Map<string, bigint>();
  for (const row of rows) {
    if (bookedOn(row, rows, { mode: 'invoice', documents: facts.documents }) !== 'clearing') continue;
    const name = `${row.orderId} ${folded(row.type)}`;
    sums.set(name, (sums.get(name) ?? 0n) + row.minor);
  }
  return figuresText(new Map([...sums].filter(([, minor]) => minor !== 0n)));
}

function changedRoles(before: ReadonlyMap<string, bigint>, after: ReadonlyMap<string, bigint>): string[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].filter(
    (name) => (before.get(name) ?? 0n) !== (after.get(name) ?? 0n),
  );
  return [...new Set(names.map((name) => name.split(' ')[1]!))].sort();
}

function figuresEqual(one: readonly string[], other: readonly string[]): boolean {
  return one.join('\n') === other.join('\n');
}
