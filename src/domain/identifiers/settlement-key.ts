import { externalIdOf } from './external-id.ts';
import { settlementPart } from './key-part.ts';

/**
 * Business keys of a settlement's documents. A report that Amazon issues again for the n-th time posts under
 * `{settlementId}-r{n}`, the reversal of what it replaces under `{settlementId}-x{n}`; the n-th difference that a person
 * settles on `variance` under `{settlementId}-v{n}`; the n-th further line of a movement under `-l{n}`, its n-th conversion
 * under `-c{n}`, and what the bank gave back for the n-th time, with the credit that comes after it, under `-b{n}`.
 */
const LETTERS = { revision: 'r', reversal: 'x', variance: 'v', line: 'l', conversion: 'c', return: 'b' } as const;

export type SettlementEntryKind = keyof typeof LETTERS;
export type SettlementEntry = { settlementId: string; kind: SettlementEntryKind; number: number };

const KINDS = new Map(Object.entries(LETTERS).map(([kind, letter]) => [letter as string, kind as SettlementEntryKind]));
const KEY = new RegExp(
  `^([A-Za-z0-9]+?|[A-Za-z0-9-]+?-h[0-9a-f]{12})(?:-([${[...KINDS.keys()].join('')}])([1-9]\\d*))?$`,
);

/** Revision 0 is the report as it first came. */
export function settlementKey(settlementId: string, revision: number): string {
  return revision === 0 ? settlementPart(settlementId) : entryKey(settlementId, 'revision', revision);
}

export const entryKey = (settlementId: string, kind: SettlementEntryKind, number: number) =>
  `${settlementPart(settlementId)}-${LETTERS[kind]}${number}`;
export const reversalKey = (settlementId: string, revision: number) => entryKey(settlementId, 'reversal', revision);
export const varianceKey = (settlementId: string, number: number) => entryKey(settlementId, 'variance', number);

/** External id of the journal that books the n-th of them. */
export const varianceJournal = (connection: string, settlementId: string, number: number) =>
  externalIdOf({ connection, purpose: 'JE', businessKey: varianceKey(settlementId, number), part: 1 });

/** Inverse of those above, with the settlement as its key has it ({@link settlementPart}); null when the text is no business key of a settlement. */
export function parseSettlementKey(businessKey: string): SettlementEntry | null {
  const match = KEY.exec(businessKey);
  if (!match) return null;
  return {
    settlementId: match[1]!,
    kind: KINDS.get(match[2] ?? 'r')!,
    number: match[3] === undefined ? 0 : Number(match[3]),
  };
}

/** Of the journals of one settlement and purpose, those that stand: no reversal among them takes them back. */
export function unreversed<
  D extends { externalId: string; key: { businessKey: string }; plan: { reverses?: string | undefined } },
>(documents: readonly D[]): D[] {
  const reversed = new Set(documents.map(({ plan }) => plan.reverses));
  return documents.filter(
    ({ externalId, key }) => parseSettlementKey(key.businessKey)?.kind === 'revision' && !reversed.has(externalId),
  );
}
