import type { SettlementImportInput, SettlementImportResult } from '../../contracts/payouts/settlement-import.ts';
import { onStore } from '../activity-proxies.ts';

/** Takes a stored report in that Amazon no longer lists, and starts its payout. */
export async function settlementImport({
  connection,
  sha256,
  policy,
  given,
}: SettlementImportInput): Promise<SettlementImportResult> {
  const store = onStore(policy);
  const result = await store.importSettlement({ connection, sha256, ...(given === undefined ? {} : { given }) });
  await store.tellPayouts({ connection, policy });
  return result;
}
