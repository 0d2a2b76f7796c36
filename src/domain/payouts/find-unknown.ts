import { parseExternalId } from '../identifiers/external-id.ts';
import { keyPart, settlementPart } from '../identifiers/key-part.ts';
import { parseSettlementKey } from '../identifiers/settlement-key.ts';

/**
 * External ids of a connection that NetSuite holds and of which the store knows nothing: it was restored from a backup, and
 * what was posted since has not been found again. The books are not tied over such a document.
 */
export function findUnknown(
  connection: string,
  held: readonly (string | null)[],
  known: ReadonlySet<string>,
  purged: Purged = NOTHING,
): string[] {
  const { orders, settlements } = purged;
  const gone = {
    orders: new Set([...orders].map(keyPart)),
    settlements: new Set([...settlements].map(settlementPart)),
  };
  return held.filter(
    (externalId): externalId is string =>
      externalId !== null &&
      !known.has(externalId) &&
      parseExternalId(externalId)?.connection === connection &&
      !isPurged(externalId, gone),
  );
}

/** Orders and settlements whose documents were deleted from the store when their retention had passed. */
export interface Purged {
  orders: ReadonlySet<string>;
  settlements: ReadonlySet<string>;
}
const NOTHING: Purged = { orders: new Set(), settlements: new Set() };

/** By ids as keys have them. The business key of an order's document begins with its id, and what follows is set off by a hyphen; ids have hyphens, too. */
function isPurged(externalId: string, { orders, settlements }: Purged): boolean {
  const { businessKey } = parseExternalId(externalId)!;
  const words = businessKey.split('-');
  return (
    settlements.has(parseSettlementKey(businessKey)?.settlementId ?? '') ||
    words.some((_, last) => orders.has(words.slice(0, last + 1).join('-')))
  );
}

/** Whether an external id is that of a document of this settlement: its journals, payments, movements. */
export function isOfSettlement(externalId: string, settlementId: string): boolean {
  const key = parseExternalId(externalId);
  return key !== null && parseSettlementKey(key.businessKey)?.settlementId === settlementPart(settlementId);
}
