import type { SettlementImportInput, SettlementImportResult } from '../../contracts/payouts/settlement-import.ts';
import { onStore } from '../activity-proxies.ts';

/** Takes a stored report in that Amazon no longer lists, and starts its payout. */
export async function settlementImport({
  connection,
  sha256,
  policy,
}: SettlementImportInput): Promise<SettlementImportResult> {
  const store = onStore(policy);
  const result = await store.importSettlement({ connection, sha256 });
  await store.tellPayouts({ connection, policy });
  return result;
}
