import { bookedRole, type BookingContext } from '../../domain/mapping/booked-role.ts';
import { planApplications } from '../../domain/payouts/plan-applications.ts';
import { tieRows, type TieableRow, type TiedGroup } from '../../domain/payouts/tie-rows.ts';
import { withCorrections } from '../../domain/payouts/rows-of-corrections.ts';
import { withOwnedTax } from '../../domain/payouts/rows-of-tax.ts';
import {
  clearedClaims,
  documentsByRow,
  missingGroups,
  ownedTax,
  rowKey,
  tieable,
} from '../../domain/payouts/tieable.ts';
import type { Database } from '../../store/database.ts';
import { differencesOf } from '../../store/payouts/differences.ts';
import { dropPlannedApplications, paidAmong, planApplicationsOf } from '../../store/payouts/applications.ts';
import { answeringClaims, reopenRefunds } from '../../store/orders/refunds.ts';
import { rowsByOrder } from '../../store/payouts/rows-by-order.ts';
import { assignRows, type StagedRow } from '../../store/payouts/settlement-rows.ts';
import { postedCorrections } from '../../store/tax/corrections.ts';
import type { PayoutSetup } from './payout-setup.ts';
import type { SalesContext } from './sales-context.ts';
import { tieableDocuments } from './tieable-documents.ts';

/** A group that misses its document, without its rows; `line` is that of the first. */
export interface MissingGroup extends Omit<TiedGroup, 'rows'> {
  line: number;
  leftEarlier: boolean;
}

/** Where rows of a second of an order stand. */
type Second = { orderId: string | null; postedAt: string };
const secondOf = ({ orderId, postedAt }: Second) => `${orderId} ${postedAt}`;

/**
 * Ties a settlement's orders, a batch after the other: a row ties to documents of its own order only, wherever in the file
 * it stands, so that a settlement of any length takes the memory of a batch. In the caller's transaction, all of them or none.
 */
export async function tieOrders(
  tx: Database,
  setup: PayoutSetup,
  salesOf: (tx: Database, orderIds: readonly string[]) => Promise<SalesContext>,
): Promise<MissingGroup[]> {
  const {
    connection: { name, mode },
    settlement: { settlementId },
  } = setup;
  // A claim that a refund was told of once it stood with the journal stays there.
  const answers = await answeringClaims(tx, name, settlementId);
  const answering = new Set(answers.map(secondOf));
  const claims = new Set<string>();
  // What a person's decision applies in full is planned with it.
  const decided = new Set(
    (await differencesOf(tx, name, settlementId))
      .filter(({ choice, amount }) => choice === 'variance' || amount > 0n)
      .map(({ document }) => document),
  );
  const missing: MissingGroup[] = [];
  await dropPlannedApplications(tx, name, settlementId);
  for await (const rows of rowsByOrder(tx, name, settlementId)) {
    const sales = await salesOf(tx, [...new Set(rows.flatMap(({ orderId }) => orderId ?? []))]);
    const groups = await tieBatch(tx, setup, rows, sales, (row) => answering.has(secondOf(row)));
    await planApplicationsOf(
      tx,
      name,
      settlementId,
      planApplications(groups, mode).filter(({ document }) => !decided.has(document)),
    );
    for (const { rows: members, ...group } of missingGroups(groups))
      missing.push({ ...group, line: members[0]!.line, leftEarlier: sales.leftEarlier(group) });
    for (const row of rows)
      if (row.role === 'chargebacks-and-claims' && answering.has(secondOf(row))) claims.add(secondOf(row));
  }
  await reopenRefunds(
    tx,
    name,
    answers.filter((answer) => !claims.has(secondOf(answer))).map(({ refund }) => refund),
  );
  // People hear of them as the file has them.
  return missing.sort((a, b) => a.line - b.line);
}

/** Rows of some orders, all that the settlement has of them, with everything that is known of those. */
async function tieBatch(
  tx: Database,
  { connection: { name, mode }, settlement: { settlementId } }: PayoutSetup,
  rows: readonly StagedRow[],
  sales: SalesContext,
  isAnswered: (row: TieableRow) => boolean,
): Promise<TiedGroup[]> {
  const candidates = rows.flatMap((row) => {
    // What the journal has recognised stays there, and what has washed.
    if (row.part !== null && row.booked !== 'clearing') return [];
    const candidate = tieable(row, row.role!, sales);
    return candidate ? [{ ...candidate, cleared: row.part !== null }] : [];
  });
  const paid = await paidAmong(tx, name, settlementId, [...new Set(rows.flatMap(({ document }) => document ?? []))]);
  const before = new Map(rows.map((row) => [rowKey(row), row.document]));
  const heldBy = (row: TieableRow) => before.get(rowKey(row)) ?? null;
  const corrections = await postedCorrections(tx, name, [...new Set(rows.flatMap(({ orderId }) => orderId ?? []))]);
  const corrected = new Map(corrections.map(({ externalId, corrects }) => [externalId, corrects]));
  const standing = await tieableDocuments(
    tx,
    name,
    settlementId,
    candidates.map((row) => row.orderId),
  );
  const tied = tieRows(
    withOwnedTax(candidates, standing, expectedTax(rows, sales))
      .filter((row) => row.kind !== 'claim' || !isAnswered(row))
      .map((row) => {
        const held = heldBy(row) ?? '';
        return { ...row, held: paid.has(held) ? (corrected.get(held) ?? held) : null };
      }),
    standing,
  );
  const groups = withCorrections(tied, corrections);
  const documents = documentsByRow(groups);
  const clears = clearedClaims(groups);
  const tax = ownedTax(groups);
  const context: BookingContext = {
    ...sales,
    mode,
    hasCreditMemo: (row) => clears.has(rowKey(row)),
    carriesTax: (row) => tax.has(rowKey(row)),
  };
  await assignRows(
    tx,
    name,
    settlementId,
    rows.map((row) => ({
      line: row.line,
      ordinal: row.ordinal,
      role: row.role!,
      booked: row.part === null ? bookedRole(row.role!, row, context) : row.booked,
      part: row.part,
      document: documents.get(rowKey(row)) ?? null,
    })),
  );
  return groups;
}

/** Whether rows of tax that no document answers yet are those of one that will carry it, by the rows of the settlement themselves. */
export function expectedTax(
  rows: readonly StagedRow[],
  sales: Pick<SalesContext, 'expectsTax'>,
): (tax: readonly TieableRow[]) => boolean {
  const named = new Map(rows.map((row) => [rowKey(row), row]));
  return (tax) => sales.expectsTax(tax.map((row) => named.get(rowKey(row))!));
}
