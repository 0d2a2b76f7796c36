/**
 * Business keys of a settlement's documents. A report that Amazon issues again for the n-th time posts under
 * `{settlementId}-r{n}`, the reversal of what it replaces under `{settlementId}-x{n}`; the n-th difference that a person
 * settles on `variance` under `{settlementId}-v{n}`.
 */
export type SettlementEntry = { settlementId: string; kind: 'revision' | 'reversal' | 'variance'; number: number };

const LETTERS = { revision: 'r', reversal: 'x', variance: 'v' } as const;
const KEY = /^([A-Za-z0-9]+?)(?:-([rxv])([1-9]\d*))?$/;

/** Revision 0 is the report as it first came. */
export function settlementKey(settlementId: string, revision: number): string {
  return revision === 0 ? settlementId : `${settlementId}-r${revision}`;
}

export const reversalKey = (settlementId: string, revision: number) => `${settlementId}-${LETTERS.reversal}${revision}`;
export const varianceKey = (settlementId: string, number: number) => `${settlementId}-${LETTERS.variance}${number}`;

/** Inverse of the three above; null when the text is no business key of a settlement. */
export function parseSettlementKey(businessKey: string): SettlementEntry | null {
  const match = KEY.exec(businessKey);
  if (!match) return null;
  const kind = match[2] === 'x' ? 'reversal' : match[2] === 'v' ? 'variance' : 'revision';
  return { settlementId: match[1]!, kind, number: match[3] === undefined ? 0 : Number(match[3]) };
}

/** Of the documents of one settlement and purpose, those that stand: no reversal among them takes them back. */
export function standing<D extends { externalId: string; key: { businessKey: string }; plan: unknown }>(documents: readonly D[]): D[] {
  const reversed = new Set(documents.map(({ plan }) => (plan as { reverses?: string } | null)?.reverses));
  return documents.filter(({ externalId, key }) => parseSettlementKey(key.businessKey)?.kind === 'revision' && !reversed.has(externalId));
}
