/** The product's way from a report's bytes to its journal and what it applies, in the steps that the payout takes. */
import { gunzipSync } from 'node:zlib';
import { JournalBuilder, type BuiltJournal } from '../../src/domain/journal/build-journal.ts';
import { bookedRole, bookingContext } from '../../src/domain/mapping/booked-role.ts';
import { foldKey } from '../../src/domain/settlement/fold-key.ts';
import { createClassifier } from '../../src/domain/mapping/classify.ts';
import type { Role } from '../../src/domain/mapping/roles.ts';
import { INVOICE } from '../../src/domain/posting-modes/invoice.ts';
import type { PostingModeName } from '../../src/domain/posting-modes/posting-modes.ts';
import { instantOf } from '../../src/domain/money/instant.ts';
import type { JournalPart } from '../../src/domain/journal/journal-plan.ts';
import { expectedMovements, type ExpectedMovements } from '../../src/domain/matching/expected-movements.ts';
import { SettlementParser } from '../../src/domain/settlement/parse-settlement.ts';
import { ReportError } from '../../src/domain/settlement/report-error.ts';
import type { SettlementHeader, SettlementRow } from '../../src/domain/settlement/settlement.ts';
import { planApplications, type Application } from '../../src/domain/payouts/plan-applications.ts';
import { tieRows, type TieableDocument, type TiedGroup } from '../../src/domain/payouts/tie-rows.ts';
import { withOwnedTax } from '../../src/domain/payouts/rows-of-tax.ts';
import { clearedClaims, missingGroups, ownedTax, rowKey, tieable } from '../../src/domain/payouts/tieable.ts';
import type { DocumentFact } from './settlement-facts.ts';

export interface PathOptions {
  zone: string;
  mode?: PostingModeName;
  splitAtMonthEnds?: boolean;
  maxLinesPerPart?: number;
  documents?: readonly DocumentFact[];
  /** Bytes handed over at once. */
  chunk?: number;
}

export interface BookedRow {
  row: SettlementRow;
  meaning: Role;
  booked: Role;
}

export interface JournalledReport {
  end: 'journal';
  header: SettlementHeader;
  rows: BookedRow[];
  built: BuiltJournal;
  groups: TiedGroup[];
  missing: TiedGroup[];
  applications: Application[];
  movements: ExpectedMovements;
}
export interface RefusedReport {
  end: 'refused';
  problem: ReportError['problem'];
}
export interface UnknownReport {
  end: 'unknown';
  keys: string[];
}

/** What becomes of a report. @throws whatever else than a refusal comes out of the product: that is a fault. */
export function followReport(
  bytes: Uint8Array,
  options: PathOptions,
): JournalledReport | RefusedReport | UnknownReport {
  let parsed: { header: SettlementHeader; list: SettlementRow[] };
  try {
    parsed = readRows(unpacked(bytes), options.chunk ?? bytes.length);
  } catch (error) {
    if (error instanceof ReportError) return { end: 'refused', problem: error.problem };
    throw error;
  }
  return journalled(parsed.header, parsed.list, options);
}

/** All rows of a report that is accepted. @throws ReportError */
export function readRows(bytes: Uint8Array, chunk: number): { header: SettlementHeader; list: SettlementRow[] } {
  const list: SettlementRow[] = [];
  const parser = new SettlementParser({ onRow: (row) => list.push(row) });
  for (let at = 0; at < bytes.length; at += Math.max(1, chunk))
    parser.push(bytes.subarray(at, at + Math.max(1, chunk)));
  return { header: parser.finish().header, list };
}

/** Gzip is told by its first two bytes; one that cannot be unpacked is refused where the file is opened, with the place it got to. */
function unpacked(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return new Uint8Array(gunzipSync(bytes));
  } catch {
    throw new ReportError({
      code: 'report-truncated',
      what: 'The packed report breaks off.',
      line: 1,
      column: 'settlement-id',
    });
  }
}

function journalled(
  header: SettlementHeader,
  list: readonly SettlementRow[],
  options: PathOptions,
): JournalledReport | UnknownReport {
  const classify = createClassifier();
  const unknown = new Set(list.filter((row) => classify(row) === null).map(foldKey));
  if (unknown.size > 0) return { end: 'unknown', keys: [...unknown].sort() };
  const meaningOf = (row: SettlementRow): Role => classify(row)!.role;
  const plain = bookingContext(options.mode ?? 'invoice');
  const documents = (options.documents ?? []).map(tieableDocument);
  const candidates = list.flatMap((row) => tieable(row, meaningOf(row), plain) ?? []);
  // Nobody is registered: no document carries tax.
  const groups = tieRows(
    withOwnedTax(candidates, documents, () => false),
    documents,
  );
  const [clears, tax] = [clearedClaims(groups), ownedTax(groups)];
  const context = {
    ...plain,
    hasCreditMemo: (row: SettlementRow) => clears.has(rowKey(row)),
    carriesTax: (row: SettlementRow) => tax.has(rowKey(row)),
  };
  const rows = list.map((row): BookedRow => ({
    row,
    meaning: meaningOf(row),
    booked: bookedRole(meaningOf(row), row, context),
  }));
  const builder = new JournalBuilder({
    header,
    mode: plain.mode,
    mapVersion: 1,
    timeZoneOf: () => options.zone,
    splitAtMonthEnds: options.splitAtMonthEnds ?? true,
    ...(options.maxLinesPerPart === undefined ? {} : { maxLinesPerPart: options.maxLinesPerPart }),
  });
  for (const { row, meaning, booked } of rows) builder.add(row, meaning, booked);
  return {
    end: 'journal',
    header,
    rows,
    built: builder.finish(),
    groups,
    missing: missingGroups(groups),
    applications: planApplications(groups, INVOICE),
    movements: expectedMovements(header, rows),
  };
}

/** The documents' names say which of them they are. */
export function tieableDocument(fact: DocumentFact, index: number): TieableDocument {
  return {
    externalId: `${fact.kind === 'invoice' ? 'INV' : 'CM'}-${String(index).padStart(3, '0')}`,
    purpose: fact.kind === 'invoice' ? 'INV' : 'CM',
    orderId: fact.orderId,
    shipmentId: fact.shipmentId,
    at: instantOf(fact.at * 1000),
    total: fact.total,
    of: fact.of,
    skus: [],
    posted: true,
    settledElsewhere: false,
  };
}

/** Sums of a journal by `{day} {role}`, signed as in the report, without the payout line and the bridges. */
export function bookedFigures(parts: readonly JournalPart[]): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { date, lines } of parts) {
    for (const { role, debit, credit, payout } of lines) {
      if (payout || role === 'settlement-in-progress') continue;
      sums.set(`${date} ${role}`, (sums.get(`${date} ${role}`) ?? 0n) + credit - debit);
    }
  }
  return sums;
}

/** As text, in an order of its own: equal exactly when the sums are. */
export function figuresText(sums: ReadonlyMap<string, bigint>): string {
  return Array.from(sums, ([name, minor]) => `${name} ${minor}`)
    .sort()
    .join('\n');
}
