import { plainPiecesOf } from '../../../src/operations/files/report-file.ts';
import { SettlementInspection } from '../../../src/domain/payouts/inspect-settlement.ts';
import type { Reading } from './reading.ts';

/** The whole path that `tieout settlement inspect` takes: bytes to checked sum, roles and balanced journal. */
export async function read(file: string): Promise<Reading> {
  const inspection = new SettlementInspection();
  for await (const chunk of plainPiecesOf(file)) inspection.push(chunk);
  const { rows, sum, header, journal } = inspection.finish();
  let open = 0n;
  for (const { debit, credit } of journal?.lines ?? []) open += debit - credit;
  return {
    rows,
    journal: { lines: journal?.lines.length ?? 0, open: String(open), sum: String(sum), total: String(header.total) },
  };
}
