import { parseExternalId } from '../identifiers/external-id.ts';
import { parseSettlementKey } from '../identifiers/settlement-key.ts';

/**
 * External ids of a connection that NetSuite holds and of which the store knows nothing: it was restored from a backup, and
 * what was posted since has not been found again. The books are not tied over such a document.
 */
export function findUnknown(connection: string, held: readonly (string | null)[], known: ReadonlySet<string>): string[] {
  return held.filter((externalId): externalId is string => externalId !== null && !known.has(externalId) && parseExternalId(externalId)?.connection === connection);
}

/** Whether an external id is that of a document of this settlement: its journals, payments, movements. */
export function isOfSettlement(externalId: string, settlementId: string): boolean {
  const key = parseExternalId(externalId);
  return key !== null && parseSettlementKey(key.businessKey)?.settlementId === settlementId;
}
