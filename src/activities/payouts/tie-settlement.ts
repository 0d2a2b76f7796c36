import { orderSubject } from '../../domain/exceptions/exception.ts';
import { bookedRole, type BookingContext } from '../../domain/mapping/booked-role.ts';
import type { Role } from '../../domain/mapping/roles.ts';
import { compactInstant } from '../../domain/money/instant.ts';
import { planApplications } from '../../domain/payouts/plan-applications.ts';
import { tieRows, type TieableDocument, type TieableRow, type TiedGroup } from '../../domain/payouts/tie-rows.ts';
import { documentsByRow, missingGroups, rowKey, tieable } from '../../domain/payouts/tieable.ts';
import { differencesOf } from '../../store/differences.ts';
import { openKeys, raise, resolveException } from '../../store/exceptions.ts';
import { postedSalesDocuments } from '../../store/sales-documents.ts';
import { planApplicationsOf } from '../../store/payouts.ts';
import { assignRows, readRows, advanceSettlement, type StagedRow } from '../../store/settlements.ts';
import type { Dependencies } from '../dependencies.ts';
import type { TieResult } from './payout-results.ts';
import { loadPayout, type PayoutRef, type PayoutSetup } from './payout-setup.ts';
import { salesContext } from './sales-context.ts';

/**
 * Ties each order and refund row to the document that owns its amount, books every row, and plans what this payout
 * applies to each document. Idempotent: rows that a posted payment has applied keep their document.
 */
export function createTieSettlement(deps: Dependencies) {
  return async function tieSettlement(input: PayoutRef): Promise<TieResult> {
    const setup = await loadPayout(deps, input);
    const { settings } = setup.connection;
    const sales = await salesContext(deps, setup);
    const rows: StagedRow[] = [];
    for await (const row of readRows(deps.store.db, input.connection, input.settlementId)) rows.push(row);
    const candidates = rows.flatMap((row) => {
      // What the journal has recognised stays there: a memo that comes later for a claim is for a person to see.
      if (row.part !== null && row.booked !== 'clearing') return [];
      const candidate = tieable(row, row.role!, sales);
      return candidate ? [candidate] : [];
    });
    const groups = tieRows(candidates, await documentsFor(deps, input.connection, candidates));
    const documents = documentsByRow(groups);
    const context: BookingContext = { ...sales, mode: settings.postingMode, hasCreditMemo: (row) => documents.has(rowKey(row)) };
    await assignRows(deps.store.db, input.connection, input.settlementId, rows.map((row) => ({
      line: row.line, ordinal: row.ordinal, role: row.role!, booked: row.part === null ? bookedRole(row.role as Role, row, context) : row.booked, part: row.part,
      document: documents.get(rowKey(row)) ?? null,
    })));
    // What a person's decision applies in full is planned with it.
    const decided = new Set((await differencesOf(deps.store.db, input.connection, input.settlementId)).filter(({ choice, amount }) => choice === 'variance' || amount > 0n).map(({ document }) => document));
    await planApplicationsOf(deps.store.db, input.connection, input.settlementId, planApplications(groups).filter(({ document }) => !decided.has(document)));
    const missing = missingGroups(groups);
    // A connection that only plans has no documents to miss.
    if (settings.posting === 'live') await raiseMissing(deps, setup, missing);
    const earlier = settings.posting === 'plan' ? 0 : missing.filter((group) => group.kind === 'sale' && sales.leftEarlier(group)).length;
    if (earlier > 0) await advanceSettlement(deps.store.db, input.connection, input.settlementId, 'waits-documents');
    return { missing: missing.length, missingBeforeCutOver: earlier };
  };
}

async function documentsFor(deps: Dependencies, connection: string, rows: readonly TieableRow[]): Promise<TieableDocument[]> {
  const known = await postedSalesDocuments(deps.store.db, connection, [...new Set(rows.map((row) => row.orderId))]);
  return known.map((document) => ({
    externalId: document.externalId, kind: document.purpose === 'INV' ? 'invoice' : 'credit-memo', orderId: document.orderId,
    shipmentId: document.purpose === 'INV' ? document.shipmentId : null, at: document.at, total: document.total,
  }));
}

/** Raised, and applied later when the documents come: an order that misses its documents does not hold its payout. */
async function raiseMissing(deps: Dependencies, { connection, settlement }: PayoutSetup, missing: readonly TiedGroup[]): Promise<void> {
  const { name } = connection.settings;
  const at = await deps.now();
  const keyOf = (group: TiedGroup) => `${settlement.settlementId}:${group.kind}:${group.orderId}:${group.shipmentId ?? compactInstant(group.postedAt)}`;
  for (const group of missing) {
    await raise(deps.store.db, name, {
      code: 'document-missing', key: keyOf(group), subject: orderSubject(group.orderId), payout: settlement.settlementId,
      evidence: {
        what: `settlement ${settlement.settlementId} pays ${group.kind === 'sale' ? 'a sale' : 'a refund'} of order ${group.orderId} that has no ${group.kind === 'sale' ? 'invoice' : 'credit memo'} yet`,
        atStake: group.amount, currency: settlement.currency,
      },
      remedy: { kind: 'status', of: 'order', id: group.orderId },
    }, at);
  }
  const still = new Set(missing.map(keyOf));
  for (const key of await openKeys(deps.store.db, name, 'document-missing', `${settlement.settlementId}:`)) if (!still.has(key)) await resolveException(deps.store.db, name, 'document-missing', key, 'its document was posted', at);
}
