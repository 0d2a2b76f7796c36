import { basename } from 'node:path';
import type { ApplicationFailure } from '@temporalio/common';
import {
  REPORT_REFUSED,
  SETTLEMENT_IMPORT,
  type SettlementImportResult,
} from '../../contracts/payouts/settlement-import.ts';
import { TieoutError } from '../../errors/tieout-error.ts';
import { databaseNow } from '../../store/decisions/waiting.ts';
import { saveFile } from '../../store/files/files.ts';
import type { ConnectionAtWork } from '../connection-at-work.ts';
import { plainBytesOf } from '../files/report-file.ts';
import { ANSWER_WITHIN_MS, givenBy, runImport } from '../files/run-import.ts';
import type { ReportRefused } from '../../contracts/payouts/settlement-import.ts';

/**
 * Takes in a report of this machine that Amazon no longer lists, and starts its payout. What cannot be read leaves its bytes
 * behind, so inspect it first (`inspect-file.ts`).
 * @throws TieoutError `report-before-cut-over`, `report-not-settlement`, `usage` for a person who may not, `not-running`
 */
export async function importSettlementFile(
  { client, store, connection, policy }: ConnectionAtWork,
  file: string,
  by: string,
): Promise<SettlementImportResult & { sha256: string }> {
  const sha256 = await saveFile(store.db, basename(file), plainBytesOf(file), await databaseNow(store.db)); // plain bytes: a packed copy is the same file
  const result = await runImport(
    client,
    SETTLEMENT_IMPORT,
    { connection, sha256, policy, ...givenBy(by) },
    (failure) => refused(failure, file),
    ANSWER_WITHIN_MS,
  );
  return { ...result, sha256 };
}

function refused(failure: ApplicationFailure, file: string): TieoutError | null {
  if (failure.type !== REPORT_REFUSED) return null;
  const late = (failure.details?.[0] as ReportRefused | undefined)?.reason === 'before-cut-over';
  return new TieoutError({
    code: late ? 'report-before-cut-over' : 'report-not-settlement',
    what: late ? failure.message : 'The report is refused.',
    notDone: 'Nothing was posted.',
    where: [late ? file : `${file}: ${failure.message}`],
    do: [
      late
        ? 'nothing: the books from before the cut-over hold it'
        : 'npx tieout settlement inspect FILE shows what is wrong',
    ],
  });
}
