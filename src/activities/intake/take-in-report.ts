/** One settlement report: its document stored as received, its settlement written down; or put aside until it can be read. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Readable } from 'node:stream';
import { payoutSubject } from '../../domain/exceptions/exception.ts';
import { renderMoney } from '../../domain/money/render-amount.ts';
import { SettlementParser } from '../../domain/settlement/parse-settlement.ts';
import { ReportError } from '../../domain/settlement/report-error.ts';
import { changeOfTotal, type SettlementHeader } from '../../domain/settlement/settlement.ts';
import { saveFile } from '../../store/files/files.ts';
import { writeMark } from '../../store/intake/marks.ts';
import { noteUnread, unreadInputs, type UnreadInput } from '../../store/intake/unread-inputs.ts';
import { recordRevision, type RecordedRevision } from '../../store/payouts/revisions.ts';
import { recordSettlement } from '../../store/payouts/settlements.ts';
import type { Connection } from '../connection.ts';
import { againAfter, endUnread, failureOfReport } from './report-patience.ts';

/** How the key of a report that was put aside begins; its id follows. */
export const UNREAD_REPORT = 'settlement report ';
/** A download that breaks off, or an address that is over, is asked for anew at once. */
const TRIES_AT_ONCE = 3;
const BETWEEN_TRIES_MS = 300;

interface ReportToTakeIn {
  reportId: string;
  documentId: string;
  span: UnreadInput['span'];
  /** In vain so far. */
  tries: number;
}

/** @returns whether a settlement was written down */
export async function takeInReport(connection: Connection, report: ReportToTakeIn): Promise<boolean> {
  const { db, name, settings } = connection;
  const stored = await storeDocument(connection, report);
  if ('failed' in stored) {
    await putAside(connection, report, stored.failed, { isAskedAgain: true });
    return false;
  }
  const { header, sha256, problem } = stored;
  const isOurs = header !== null && header.end > settings.cutOver;
  if (header === null) await putAside(connection, report, problem, { isAskedAgain: false });
  else if (report.tries > 0) await endReport(connection, report.reportId);
  if (isOurs) await recordReport(connection, header, sha256);
  await writeMark(db, name, `report:${report.reportId}`, sha256);
  return isOurs;
}

/** Reports that were put aside and are due again; each by itself. @returns how many settlements were written down */
export async function takeInUnread(connection: Connection): Promise<number> {
  let found = 0;
  for (const { key, againAt, documentId, span, tries } of await unreadInputs(
    connection.db,
    connection.name,
    UNREAD_REPORT,
  )) {
    if (documentId === null || againAt === null || (await connection.amazon.time(againAt)) < againAt) continue;
    const reportId = key.slice(UNREAD_REPORT.length);
    if (await takeInReport(connection, { reportId, documentId, span, tries })) found += 1;
  }
  return found;
}

type Stored = Awaited<ReturnType<typeof storeReport>>;

async function storeDocument(
  connection: Connection,
  { reportId, documentId, tries }: ReportToTakeIn,
): Promise<Stored | { failed: string }> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const document: Readable = await connection.amazon.openDocument(documentId);
      return await storeReport(connection, reportId, document);
    } catch (error) {
      const failed = failureOfReport(error);
      if (failed === null) throw error;
      if (tries > 0 || attempt === TRIES_AT_ONCE) return { failed };
      await wait(BETWEEN_TRIES_MS);
    }
  }
}

/** @param isAskedAgain else its bytes came whole, and are no better the next time */
async function putAside(
  connection: Connection,
  { reportId, documentId, span, tries: before }: ReportToTakeIn,
  problem: string,
  { isAskedAgain }: { isAskedAgain: boolean },
): Promise<void> {
  const tries = before + 1;
  const againAt = isAskedAgain ? againAfter(tries, await connection.amazon.time()) : null;
  const key = `${UNREAD_REPORT}${reportId}`;
  await noteUnread(connection.db, connection.name, { key, tries, againAt, documentId, span });
  const times = span === null ? '' : ` (${span.start} to ${span.end})`;
  const failed = isAskedAgain ? `had, ${tries} ${tries === 1 ? 'time' : 'times'} in vain` : 'read';
  await connection.raise({
    code: 'report-unreadable',
    key: reportId,
    subject: { kind: 'report', id: reportId },
    evidence: {
      what: `settlement report ${reportId}${times} cannot be ${failed}: ${problem}`,
      atStake: null,
      currency: null,
    },
    remedy: {
      kind: 'import',
      first:
        againAt === null
          ? 'Download it again (Seller Central › Payments › Reports repository) and import it'
          : `It is asked for again by itself after ${againAt}, later and later but within six hours. Where it stays so, download it (Seller Central › Payments › Reports repository) and import it`,
      file: 'settlement',
    },
  });
}

async function endReport(connection: Connection, reportId: string): Promise<void> {
  await endUnread(connection, `${UNREAD_REPORT}${reportId}`, { code: 'report-unreadable', key: reportId });
}

/** A report of the same time came another way. Two of one time are of two currencies, and nobody knows which this is. */
async function endReportOf(connection: Connection, { start, end }: SettlementHeader): Promise<void> {
  const same = (await unreadInputs(connection.db, connection.name, UNREAD_REPORT)).filter(
    ({ span }) => span?.start === start && span.end === end,
  );
  if (same.length === 1) await endReport(connection, same[0]!.key.slice(UNREAD_REPORT.length));
}

/** Stores the bytes while reading just far enough to know which settlement they are. */
export async function storeReport(
  connection: Connection,
  name: string,
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ header: SettlementHeader | null; sha256: string; problem: string }> {
  let header: SettlementHeader | null = null;
  let problem = 'it has no summary row';
  let reading = true;
  const parser = new SettlementParser({
    onHeader: (known) => {
      header = known;
    },
  });
  const sha256 = await saveFile(connection.db, name, bytes, await connection.now(), (piece) => {
    if (!reading) return;
    try {
      parser.push(piece);
    } catch (error) {
      if (!(error instanceof ReportError)) throw error;
      problem = error.message;
      reading = false;
    }
    if (header !== null) reading = false;
  });
  return { header, sha256, problem };
}

/** A settlement's first report, or one that Amazon issued again with other content: what was posted is reversed and posted anew, and people hear of it. */
export async function recordReport(
  connection: Connection,
  header: SettlementHeader,
  sha256: string,
): Promise<'new' | RecordedRevision['kind']> {
  const at = await connection.now();
  await endReportOf(connection, header);
  const stored = await recordSettlement(connection.db, connection.name, header, sha256, at);
  if (stored.sha256 === sha256) return stored.state === 'found' ? 'new' : 'known';
  const recorded = await recordRevision(connection.db, connection.name, header, sha256, at);
  if (recorded.kind === 'reissued') {
    await connection.raise({
      code: 'report-reissued',
      key: `${header.settlementId}:r${recorded.revision}`,
      subject: payoutSubject(header.settlementId),
      evidence: {
        what: `the report of settlement ${header.settlementId} was issued again with other content: ${renderMoney(header.total, header.currency)}, before ${renderMoney(stored.total, header.currency)}`,
        atStake: changeOfTotal(stored, header),
        currency: header.currency,
      },
      remedy: {
        kind: 'wait',
        until: `its journal is reversed and posted anew by itself. npx tieout status payout ${header.settlementId} says where it is`,
      },
    });
  }
  return recorded.kind;
}
