/** Which rows of a settlement a document should own, and how rows are booked once they are tied. */
import { isWithheldTaxRow } from '../journal/marketplace-tax.ts';
import { isClaimRow, isDocumentRow, isMerchantRow, isOwnedType, type BookingContext } from '../mapping/booked-role.ts';
import { foldText } from '../settlement/fold-key.ts';
import type { Role } from '../mapping/roles.ts';
import { compactInstant } from '../money/instant.ts';
import type { SettlementRow } from '../settlement/settlement.ts';
import type { TieableRow, TiedGroup } from './tie-rows.ts';

/** A row as the tie step sees it, or null when the journal, the old books or another system own it. */
export function tieable(
  row: SettlementRow,
  meaning: Role,
  context: Omit<BookingContext, 'mode' | 'hasCreditMemo' | 'carriesTax'>,
): TieableRow | null {
  if (row.orderId === null || context.isBeforeCutOver?.(row) || isMerchantRow(meaning, row, context)) return null;
  const tax = meaning === 'marketplace-tax';
  const claim = (tax || meaning === 'chargebacks-and-claims') && isClaimRow(row);
  if (!claim && !isDocumentRow(meaning, row) && !(tax && isOwnedType(row.transactionType))) return null;
  const sale = foldText(row.transactionType) === 'order';
  if (sale && context.isShippedBeforeCutOver(row)) return null;
  return {
    line: row.line,
    ordinal: row.ordinal,
    kind: claim ? 'claim' : sale ? 'sale' : 'refund',
    orderId: row.orderId,
    shipmentId: row.shipmentId,
    sku: row.sku,
    postedAt: row.postedAt,
    amount: row.amount,
    ...(tax ? { tax: true as const } : {}),
    ...(tax && isWithheldTaxRow(row) ? { withheld: true as const } : {}),
  };
}

/** Key of a row inside its file. */
export function rowKey(row: { line: number; ordinal: number }): string {
  return `${row.line}.${row.ordinal}`;
}

/** Document of each tied row. */
export function documentsByRow(groups: readonly TiedGroup[]): Map<string, string> {
  const documents = new Map<string, string>();
  for (const group of groups) {
    if (group.document === null) continue;
    for (const row of group.rows) documents.set(rowKey(row), group.document);
  }
  return documents;
}

/** Groups that still need a document: claims that clear against none are the journal's, and rows that come to zero need none. */
export function missingGroups(groups: readonly TiedGroup[]): TiedGroup[] {
  return groups.filter(
    (group) => group.document === null && group.amount !== 0n && (group.kind !== 'claim' || clears(group)),
  );
}

/** Key of what is raised while a group misses its document. */
export function missingKey(
  settlementId: string,
  { kind, orderId, shipmentId, postedAt }: Pick<TiedGroup, 'kind' | 'orderId' | 'shipmentId' | 'postedAt'>,
): string {
  return `${settlementId}:${kind}:${orderId}:${shipmentId ?? compactInstant(postedAt)}`;
}

/** A claim clears where its memo is there or on its way, and where a journal says so already. */
function clears(group: TiedGroup): boolean {
  return group.document !== null || group.awaits !== null || group.rows.some((row) => row.cleared === true);
}

/** Rows of tax that a document owns, or will once it is there, by key; the others wash or are `sales-tax-payable`. */
export function ownedTax(groups: readonly TiedGroup[]): Set<string> {
  return new Set(
    groups
      .filter((group) => group.kind !== 'claim' || clears(group))
      .flatMap((group) => group.rows.filter(({ tax }) => tax === true).map(rowKey)),
  );
}

/** Rows of claims that clear against a memo, by key; the others are the journal's. */
export function clearedClaims(groups: readonly TiedGroup[]): Set<string> {
  return new Set(
    groups.filter((group) => group.kind === 'claim' && clears(group)).flatMap((group) => group.rows.map(rowKey)),
  );
}
