/** What makes up the terms of an equation, as people read it: which row or document, and what it waits for. */
import { renderDay } from '../../domain/clocks/render-dates.ts';
import type { Day } from '../../domain/money/instant.ts';
import type { Term } from '../../domain/stock/drift.ts';
import { isOfOrders, lineKey } from '../../domain/stock/open-movements.ts';
import { signedUnits, waitingWords } from '../../domain/stock/render-stock.ts';
import type { KeptRow } from '../../domain/stock/kept-stock.ts';
import type { StockEquation, TermPart } from '../../domain/stock/stock-plan.ts';
import type { Database } from '../../store/database.ts';
import { loadDocumentNotes } from '../../store/stock/document-notes.ts';
import {
  loadAnswersOfRows,
  loadCountered,
  loadMovementsOf,
  loadRowsById,
  loadStandingAgainst,
  type StandingAgainst,
} from '../../store/stock/equation-parts.ts';
import { loadStockDocuments, loadStockDocumentsPosted, type KeptDocument } from '../../store/stock/stock-documents.ts';
import { wordsOfRow } from './row-words.ts';
import { keysOfRow } from './exception-days.ts';
import type { StockException } from './stock-exceptions.ts';
import type { StockFigures } from './stock-figures.ts';

export interface ExplainedPart {
  /** With the sign that it has in the equation. */
  units: number;
  day: string;
  /** A row of Amazon's ledger by its id, or a document of NetSuite: ours by its external id, another by NetSuite's. */
  row: string | null;
  document: string | null;
  /** What it is, in a few words. */
  what: string;
  /** What it waits for, or why nothing answers it. */
  because: string;
  /** Number of the open exception about it. */
  exception: number | null;
  /** What to do about that. */
  act: string | null;
}

type ExplainedTerms = (equation: StockEquation, term: Term) => ExplainedPart[];

/** Looks up once what some equations name. A gap and the opening name no rows: they are told by themselves. */
export async function explainParts(
  db: Database,
  figures: StockFigures,
  equations: readonly StockEquation[],
  exceptions: readonly StockException[],
): Promise<ExplainedTerms> {
  const { connection } = figures;
  const parts = equations.flatMap((one) => Object.values(one.parts).flat());
  const rowIds = [...new Set(parts.flatMap(({ of }) => (of.kind === 'row' ? [of.row] : [])))];
  const answers = await loadAnswersOfRows(db, connection, rowIds);
  const named = [
    ...parts.flatMap(({ of }) => (of.kind === 'line' ? [of.document] : [])),
    ...answers.map(({ document }) => document),
  ];
  const known: Known = {
    figures,
    exceptions,
    rows: await loadRowsById(db, connection, rowIds),
    answers,
    documents: new Map(
      (await loadStockDocuments(db, connection, [...new Set(named)])).map((one) => [one.externalId, one]),
    ),
    movements: await loadMovementsOf(db, connection, [...new Set(named)]),
    posted: new Map(
      (await loadStockDocumentsPosted(db, connection, [...new Set(named)])).map((one) => [one.netsuiteId!, one]),
    ),
    against: await loadStandingAgainst(db, connection, [...new Set(named)]),
    countered: await loadCountered(db, connection, [...new Set(named)]),
    short: new Set(
      (await loadDocumentNotes(db, connection)).filter(({ short }) => short).map(({ externalId }) => externalId),
    ),
  };
  return (equation, term) => {
    if (term === 'opening') return openingPart(known, equation);
    if (term === 'gap') return gapPart(known, equation);
    return equation.parts[term].map((part) => explained(known, equation, part));
  };
}

interface Known {
  figures: StockFigures;
  exceptions: readonly StockException[];
  rows: ReadonlyMap<string, KeptRow>;
  answers: Awaited<ReturnType<typeof loadAnswersOfRows>>;
  documents: ReadonlyMap<string, KeptDocument>;
  movements: Awaited<ReturnType<typeof loadMovementsOf>>;
  /** Of ours, by NetSuite's internal id. */
  posted: ReadonlyMap<string, KeptDocument>;
  against: readonly StandingAgainst[];
  /** What documents of ours stand against. */
  countered: Awaited<ReturnType<typeof loadCountered>>;
  short: ReadonlySet<string>;
}

function explained(known: Known, equation: StockEquation, part: TermPart): ExplainedPart {
  const { units, day, of, ends } = part;
  if (of.kind === 'line') {
    const line = lineOf(known, of);
    return { units, day, row: null, ...line, because: ends === undefined ? line.because : otherHalf(ends) };
  }
  const row = known.rows.get(of.row);
  if (row === undefined) return { units, day, row: of.row, document: null, what: of.row, because: '', ...unraised };
  return { units, day, row: of.row, ...becauseOf(known, equation, row, ends), what: wordsOfRow(row) };
}

/** Of a day that is past. */
const otherHalf = (ends: Day): string => `what stands against it is dated ${renderDay(ends)}`;

const unraised = { exception: null, act: null };

function becauseOf(
  known: Known,
  { pool, item, place }: StockEquation,
  row: KeptRow,
  ends: Day | undefined,
): Pick<ExplainedPart, 'because' | 'document' | 'exception' | 'act'> {
  const waiting = known.figures.run?.waiting.find(
    (one) => one.row === row.id && (one.item === null || one.item === item) && one.place === place,
  );
  if (waiting !== undefined && ends === undefined) {
    const keys = keysOfRow(row, { pool, item });
    const { reason } = waiting;
    return {
      document: null,
      because: waitingWords(reason, row),
      ...raised(known, ({ code, key }) => code === reason && keys.includes(key)),
    };
  }
  const answer = known.answers.find((one) => one.row === row.id && one.item === item);
  if (answer === undefined)
    return { document: null, because: ends === undefined ? 'has no answer yet' : otherHalf(ends), ...unraised };
  if (answer.kind === 'movement')
    return { because: `answered by ${movementWords(known, answer.document)}`, document: answer.document, ...unraised };
  if (ends !== undefined)
    return { document: answer.document, because: `${answer.document} is dated ${renderDay(ends)}`, ...unraised };
  return { document: answer.document, ...planned(known, answer.document, item) };
}

/** Why a document of ours that answers a row does not stand in NetSuite that day. */
function planned(known: Known, externalId: string, item: string): Pick<ExplainedPart, 'because' | 'exception' | 'act'> {
  const document = known.documents.get(externalId);
  const about = raised(
    known,
    ({ code, key }) =>
      (code === 'adjustment-large' && key === externalId) ||
      (code === 'stock-missing' && key === `${externalId} ${item}`),
  );
  if (document?.document.hold) return { because: `${externalId} waits for an approval`, ...about };
  if (known.short.has(externalId)) return { because: `NetSuite lacks the units for ${externalId}`, ...about };
  if (document === undefined || document.state !== 'posted') return { because: `${externalId} is planned`, ...about };
  return { because: `${externalId} is dated ${renderDay(document.document.day)}`, ...unraised };
}

function lineOf(
  known: Known,
  { document, line }: { document: string; line: number },
): Omit<ExplainedPart, 'units' | 'day' | 'row'> {
  const own = known.documents.get(document);
  if (own !== undefined) {
    const later = known.countered.find(
      (one) => one.document === document && one.line === line && one.day > own.document.day,
    );
    return {
      document,
      what: `${document} of ${renderDay(own.document.day)}`,
      because:
        later === undefined
          ? "Amazon's ledger has no row of it yet"
          : `counters ${later.netsuiteId}, which somebody has dated ${renderDay(later.day)} in NetSuite: it ends with that day, or once ${later.netsuiteId} is dated as before`,
      ...unraised,
    };
  }
  const changed = changedLine(known, { document, line });
  if (changed !== null) return changed;
  const movement = known.movements.find((one) => one.netsuiteId === document && one.line === line);
  const isOrders = movement !== undefined && isOfOrders(movement, known.figures.connection);
  return {
    document,
    what: movementWords(known, document, line),
    because: isOrders ? "Amazon's ledger has no row of it yet" : 'is not ours, and answers no row',
    ...raised(
      known,
      ({ code, key }) =>
        (code === 'movement-foreign' && key === document) ||
        (code === 'fulfilment-unseen' && key === lineKey({ document, line })),
    ),
  };
}

/** A document of ours that somebody altered or deleted, or that stands against what NetSuite has no longer; null: neither. */
function changedLine(
  known: Known,
  { document, line }: { document: string; line: number },
): Omit<ExplainedPart, 'units' | 'day' | 'row'> | null {
  const about = (id: string) => raised(known, ({ code, key }) => code === 'movement-foreign' && key === id);
  const alone = known.against.find(
    (one) => one.document === document && one.line === line && about(one.netsuiteId).exception !== null,
  );
  if (alone !== undefined)
    return {
      document: alone.externalId,
      what: alone.externalId,
      because: `stands alone: NetSuite no longer has what it countered of ${document}`,
      ...about(alone.netsuiteId),
    };
  const own = known.posted.get(document);
  if (own === undefined) return null;
  const isThere = known.movements.some(({ netsuiteId }) => netsuiteId === document);
  return {
    document: own.externalId,
    what: `${own.externalId} of ${renderDay(own.document.day)}`,
    because: `was ${isThere ? 'altered' : 'deleted'} in NetSuite by somebody`,
    ...about(document),
  };
}

/** `ItemShip IF812 of 3 Oct 2026, −2`. */
function movementWords({ movements }: Known, netsuiteId: string, line?: number): string {
  const found = movements.find((one) => one.netsuiteId === netsuiteId && (line === undefined || one.line === line));
  if (found === undefined) return `NetSuite's ${netsuiteId}`;
  const { type, tranId, day, units, memo } = found;
  return `${type} ${tranId || netsuiteId} of ${renderDay(day)}${line === undefined ? '' : `, ${signedUnits(units)} in NetSuite`}${memo === '' ? '' : ` "${memo}"`}`;
}

function openingPart({ figures }: Known, { terms }: StockEquation): ExplainedPart[] {
  if (terms.opening === 0) return [];
  return [
    {
      units: terms.opening,
      day: figures.policy.from,
      row: null,
      document: null,
      what: `what Amazon held before ${renderDay(figures.policy.from)}, less what NetSuite did`,
      because: 'npx tieout stock opening shows it by item',
      ...unraised,
    },
  ];
}

function gapPart(known: Known, { pool, item, place, day, terms }: StockEquation): ExplainedPart[] {
  if (terms.gap === 0) return [];
  const { run } = known.figures;
  const since = run?.gaps.find((one) => one.pool === pool && one.item === item && one.place === place)?.since ?? day;
  return [
    {
      units: terms.gap,
      day: since,
      row: null,
      document: null,
      what: "Amazon's balance is not what its rows come to",
      because: 'later rows may end it',
      ...raised(known, ({ code, key }) => code === 'ledger-gap' && key === `${pool} ${item} ${place}`),
    },
  ];
}

function raised(
  { exceptions }: Known,
  isAbout: (exception: StockException) => boolean,
): Pick<ExplainedPart, 'exception' | 'act'> {
  const found = exceptions.find(isAbout);
  return found === undefined ? unraised : { exception: found.number, act: found.act };
}
