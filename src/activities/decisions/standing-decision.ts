/** Whether a decision about stock is one that was taken before, and whether it can hold where it is new. */
import { decidedBefore, type Carried, type DecidedBefore } from '../../domain/decisions/decided-before.ts';
import { explainDecidedAgainst } from '../../domain/decisions/render-decided-before.ts';
import { gapsLeft } from '../../domain/stock/gaps.ts';
import type { CloseGap, TakenDecision } from '../../domain/stock/stock-decisions.ts';
import type { Database } from '../../store/database.ts';
import { inboundCarriedOut } from '../../store/stock/decided-subjects.ts';
import { loadStockRun } from '../../store/stock/standings.ts';
import type { StockDecisionTaken } from '../../store/stock/stock-decisions.ts';
import type { Connection } from '../connection.ts';
import { refuseDecision } from './refuse-decision.ts';
import { shipmentNow } from './require-inbound.ts';
import { requireStockDecision } from './require-stock-decision.ts';

/**
 * The earlier decision that says the same already; null where this one is to be stored.
 * @param earlier of its kind
 * @throws ApplicationFailure `STOCK_NOT_OPEN` where an earlier one stands against it, and as `requireStockDecision`
 */
export async function standingDecision(
  tx: Database,
  connection: Connection,
  { decision, by, why, at }: StockDecisionTaken,
  earlier: readonly DecidedBefore[],
): Promise<DecidedBefore | null> {
  const now = await carriedOut(tx, connection.name, decision, earlier);
  const before = decidedBefore({ ...decision, by, why, at }, earlier, now);
  if (before?.is === 'against') throw refuseDecision('STOCK_NOT_OPEN', explainDecidedAgainst(decision, before.earlier));
  if (before === null) await requireStockDecision(tx, connection, decision, now);
  return before?.earlier ?? null;
}

const NOTHING: Carried = { inbound: new Map(), shipment: { inTransit: 0, hasReceived: false }, gap: 0 };

async function carriedOut(
  tx: Database,
  name: string,
  decision: TakenDecision,
  earlier: readonly DecidedBefore[],
): Promise<Carried> {
  if (decision.kind === 'decideInbound')
    return {
      ...NOTHING,
      inbound: await inboundCarriedOut(tx, name, decision),
      shipment: await shipmentNow(tx, name, decision),
    };
  if (decision.kind !== 'closeGap') return NOTHING;
  const run = await loadStockRun(tx, name);
  const closed = earlier.flatMap((one): CloseGap[] => (one.decision.kind === 'closeGap' ? [one.decision] : []));
  const { pool, item, place } = decision;
  const left = gapsLeft(run?.gaps ?? [], closed, run?.day ?? null).find(
    (one) => one.pool === pool && one.item === item && one.place === place,
  );
  return { ...NOTHING, gap: left?.units ?? 0 };
}
