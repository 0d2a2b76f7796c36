import { createGunzip } from 'node:zlib';
import { Readable } from 'node:stream';
import { heartbeat } from '@temporalio/activity';
import { documentIs } from '../../domain/documents/document-states.ts';
import { payoutSubject } from '../../domain/exceptions/exception.ts';
import { SettlementParser } from '../../domain/settlement/parse-settlement.ts';
import { DOWNLOAD_AGAIN, ReportError } from '../../domain/settlement/report-error.ts';
import { documentsOfSettlement } from '../../store/documents/documents.ts';
import { forgetUnsent } from '../../store/documents/forget-documents.ts';
import { readFileChunks } from '../../store/files/files.ts';
import { pendingRevision, refuseRevision, takeUpRevision } from '../../store/payouts/revisions.ts';
import { setSettlementState, type StoredSettlement } from '../../store/payouts/settlements.ts';
import { stageRows } from '../../store/payouts/settlement-rows.ts';
import { analyseAfter } from '../../store/statistics.ts';
import type { Connection } from '../connection.ts';
import type { PayoutRef, StageResult } from '../../contracts/payouts/payout-activities.ts';
import { loadPayout } from './payout-setup.ts';
import { renderFigures } from '../../domain/settlement/render-report-error.ts';

/**
 * Reads the stored report as a stream and stages each row with its exact amount, in one transaction: a file that does
 * not sum to `total-amount`, or that cannot be read, stages nothing and becomes an exception with its place. A report
 * that was issued again takes the place of the one before it, unless postings of that are still under way.
 * Idempotent: staging again replaces the rows by the same ones.
 */
export async function stageSettlement(connection: Connection, input: PayoutRef): Promise<StageResult> {
  const { db } = connection;
  const { settlement } = await loadPayout(connection, input);
  const revision = await pendingRevision(db, connection.name, input.settlementId);
  if (revision && (await isSettledSoFar(connection, input))) {
    const staged = await stage(connection, input, revision.sha256);
    if ('problem' in staged) {
      await refuseRevision(db, connection.name, input.settlementId, revision.revision);
      await raiseRefused(connection, input, settlement, staged.problem, `:r${revision.revision}`);
    } else {
      await forgetUnsent(db, connection.name, input.settlementId, await connection.now());
      await takeUpRevision(db, connection.name, revision, staged.rows);
      return { result: 'staged', rows: staged.rows };
    }
  }
  if (settlement.state !== 'found' && settlement.state !== 'refused')
    return { result: 'staged', rows: settlement.rowCount };
  const staged = await stage(connection, input, settlement.sha256);
  if ('problem' in staged) {
    const { exception, sentence } = await raiseRefused(connection, input, settlement, staged.problem, '');
    await setSettlementState(db, connection.name, input.settlementId, 'refused');
    return { result: 'stopped', exception, sentence };
  }
  await setSettlementState(db, connection.name, input.settlementId, 'staged', { rowCount: staged.rows });
  for (const code of ['report-sum', 'report-unreadable'] as const)
    await connection.resolve(code, input.settlementId, 'a report that adds up came');
  return { result: 'staged', rows: staged.rows };
}

/** No document of the settlement is half-way to NetSuite: what was never sent, or refused for good, can be planned anew. */
async function isSettledSoFar(connection: Connection, input: PayoutRef): Promise<boolean> {
  const documents = await documentsOfSettlement(connection.db, connection.name, input.settlementId);
  return documents.every((document) => document.state === 'posted' || documentIs.notInNetSuite(document));
}

async function stage(
  connection: Connection,
  input: PayoutRef,
  sha256: string,
): Promise<{ rows: number } | { problem: ReportError['problem'] }> {
  try {
    let rows = 0;
    await stageRows(connection.store, connection.name, input.settlementId, async (put, drained) => {
      const parser = new SettlementParser({ onRow: put });
      for await (const chunk of unpacked(readFileChunks(connection.db, sha256))) {
        parser.push(chunk);
        await drained();
        heartbeat();
      }
      rows = parser.finish().rows;
    });
    await analyseAfter(connection.db, 'settlement_rows', rows);
    return { rows };
  } catch (error) {
    if (!(error instanceof ReportError)) throw error;
    return { problem: error.problem };
  }
}

async function raiseRefused(
  connection: Connection,
  input: PayoutRef,
  settlement: StoredSettlement,
  problem: ReportError['problem'],
  suffix: string,
): Promise<{ exception: number; sentence: string }> {
  const figures = renderFigures(problem, settlement.currency);
  const said = [problem.what, ...(figures === null ? [] : [`${figures}.`]), ...problem.evidence].join(' ');
  const sentence = `Report of settlement ${input.settlementId}${suffix === '' ? '' : ', issued again,'}: ${said}`;
  const exception = await connection.raise({
    code: problem.code === 'report-sum' ? 'report-sum' : 'report-unreadable',
    key: `${input.settlementId}${suffix}`,
    subject: payoutSubject(input.settlementId),
    evidence: { what: sentence, atStake: settlement.total, currency: settlement.currency },
    remedy: { kind: 'import', first: problem.remedy, file: 'settlement' },
  });
  return { exception, sentence };
}

/** Unpacks gzip, told by its first two bytes. @throws ReportError where it is damaged */
export async function* unpacked(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done) return;
  async function* all() {
    yield first.value as Uint8Array;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  }
  if (first.value[0] !== 0x1f || first.value[1] !== 0x8b) return yield* all();
  try {
    yield* Readable.from(all()).pipe(createGunzip());
  } catch (error) {
    if (!String((error as { code?: unknown }).code).startsWith('Z_')) throw error;
    throw new ReportError({
      code: 'report-truncated',
      what: 'The file is packed and cannot be unpacked: it is cut off or damaged.',
      remedy: DOWNLOAD_AGAIN,
    });
  }
}
