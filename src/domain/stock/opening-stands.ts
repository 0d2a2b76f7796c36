/**
 * NetSuite's side of the opening, pool by pool and item by item: its stand at the end of the day before `stock.from`, read when
 * that is approved (stock.md, *Opening*). What is dated earlier and entered until then is in it.
 */
import type { NetSuiteStand, OpeningStand } from './kept-stock.ts';
import { decisionsOf, type StockDecision } from './stock-decisions.ts';
import type { StockPolicy } from './stock-plan.ts';

/** What a stand is, or will be, of. */
type StandOf = Pick<NetSuiteStand, 'pool' | 'items'>;

/** That which holds of an item in a pool; null: it is not read yet. */
export function standOf(
  opening: Pick<OpeningStand, 'netsuite'> | null,
  at: { pool: string; item: string },
): NetSuiteStand | null {
  return opening?.netsuite.find((stand) => isOf(stand, at)) ?? null;
}

function isOf(of: StandOf, { pool, item }: { pool: string; item: string }): boolean {
  return isOfPool(of, pool) && (of.items === null || of.items.includes(item));
}

const isOfPool = (of: StandOf, pool: string): boolean => of.pool === null || of.pool === pool;

/** Whether every item of a pool is read. */
export function isPoolRead(stands: readonly StandOf[], pool: string): boolean {
  return stands.some((stand) => stand.items === null && isOfPool(stand, pool));
}

/** Items of a pool that were named and read; what is read of it later is of none of them. */
export function itemsRead(stands: readonly StandOf[], pool: string): string[] {
  return stands.flatMap((stand) => (isOfPool(stand, pool) ? (stand.items ?? []) : []));
}

/** What is approved and not read, in the order of the approvals; in `posting: plan` all counts as approved. */
export function standsToRead(
  { netsuite }: Pick<OpeningStand, 'netsuite'>,
  decisions: readonly StockDecision[],
  { pools, posting }: Pick<StockPolicy, 'pools' | 'posting'>,
): { pool: string; items: readonly string[] | null }[] {
  const wanted: { pool: string; items: readonly string[] | null }[] = [];
  for (const { name: pool } of pools) {
    const approved = decisionsOf(decisions, 'approveOpening').filter((one) => one.pool === pool);
    for (const { items } of posting === 'plan' ? [...approved, { items: null }] : approved) {
      const known = [...netsuite, ...wanted];
      const left = items?.filter((item) => !known.some((one) => isOf(one, { pool, item }))) ?? null;
      if (left === null ? !isPoolRead(known, pool) : left.length > 0) wanted.push({ pool, items: left });
    }
  }
  return wanted;
}
