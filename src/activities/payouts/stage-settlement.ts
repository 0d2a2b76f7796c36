import { createGunzip } from 'node:zlib';
import { Readable } from 'node:stream';
import { heartbeat } from '@temporalio/activity';
import { payoutWorkflowId } from '../../domain/identifiers/workflow-id.ts';
import { SettlementParser } from '../../domain/settlement/parse-settlement.ts';
import { ReportError } from '../../domain/settlement/report-error.ts';
import { raise } from '../../store/exceptions.ts';
import { readFileChunks } from '../../store/files.ts';
import { setSettlementState, stageRows } from '../../store/settlements.ts';
import type { Dependencies } from '../dependencies.ts';
import type { StageResult } from './payout-results.ts';
import { loadPayout, type PayoutRef } from './payout-setup.ts';

/**
 * Reads the stored report as a stream and stages each row with its exact amount, in one transaction: a file that does
 * not sum to `total-amount`, or that cannot be read, stages nothing and becomes an exception with its place.
 * Idempotent: staging again replaces the rows by the same ones.
 */
export function createStageSettlement(deps: Dependencies) {
  return async function stageSettlement(input: PayoutRef): Promise<StageResult> {
    const { settlement } = await loadPayout(deps, input);
    if (settlement.state !== 'found' && settlement.state !== 'refused') return { result: 'staged', rows: settlement.rowCount };
    try {
      let rows = 0;
      await stageRows(deps.store, input.connection, input.settlementId, async (put, drained) => {
        const parser = new SettlementParser({ onRow: put });
        for await (const chunk of unpacked(readFileChunks(deps.store.db, settlement.sha256))) {
          parser.push(chunk);
          await drained();
          heartbeat();
        }
        rows = parser.finish().rows;
      });
      await setSettlementState(deps.store.db, input.connection, input.settlementId, 'staged', { rowCount: rows });
      return { result: 'staged', rows };
    } catch (error) {
      if (!(error instanceof ReportError)) throw error;
      const { problem } = error;
      const sentence = `Report of settlement ${input.settlementId}: ${problem.what} ${problem.evidence.join(' ')}`.trim();
      const exception = await raise(deps.store.db, input.connection, {
        code: problem.code === 'report-sum' ? 'report-sum' : 'report-unreadable', key: input.settlementId, owner: 'finance', what: sentence,
        act: `${problem.remedy}; then tieout settlement import FILE, and send tryAgain to ${payoutWorkflowId(input.connection, input.settlementId)}`,
        atStake: settlement.total, currency: settlement.currency, subject: `payout:${input.settlementId}`,
      }, await deps.now());
      await setSettlementState(deps.store.db, input.connection, input.settlementId, 'refused');
      return { result: 'stopped', exception, sentence };
    }
  };
}

/** Unpacks gzip, told by its first two bytes. */
export async function* unpacked(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done) return;
  async function* all() {
    yield first.value as Uint8Array;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  }
  if (first.value[0] === 0x1f && first.value[1] === 0x8b) yield* Readable.from(all()).pipe(createGunzip());
  else yield* all();
}
