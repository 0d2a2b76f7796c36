import type { ActivityPolicy } from '../activity-policy.ts';
import { onStore } from '../activity-proxies.ts';
import type { SettlementImportResult } from '../../activities/payouts/import-settlement.ts';

export interface SettlementImportInput {
  connection: string;
  sha256: string;
  policy: ActivityPolicy;
}

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
