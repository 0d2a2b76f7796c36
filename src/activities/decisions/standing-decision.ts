/** Whether a decision about stock is one that was taken before, and whether it can hold where it is new. */
import { decidedBefore, type Carried, type DecidedBefore } from '../../domain/decisions/decided-before.ts';
import { explainDecidedAgainst } from '../../domain/decisions/render-decided-before.ts';
import { betweenPools, gapsLeft } from '../../domain/stock/gaps.ts';
import type { CloseGap, TakenDecision } from '../../domain/stock/stock-decisions.ts';
import type { Database } from '../../store/database.ts';
import { inboundCarriedOut } from '../../store/stock/decided-subjects.ts';
import { loadStockRun } from '../../store/stock/standings.ts';
import type { Standing, StockDecisionTaken } from '../../store/stock/stock-decisions.ts';
import type { Connection } from '../connection.ts';
import { foreignNow } from './foreign-now.ts';
import { refuseDecision } from './refuse-decision.ts';
import { shipmentNow } from './require-inbound.ts';
import { requireStockDecision } from './require-stock-decision.ts';

/**
 * The earlier decision that says the same already, or this one with what it covers.
 * @param earlier of its kind
 * @throws ApplicationFailure `STOCK_NOT_OPEN` where an earlier one stands against it, and as `requireStockDecision`
 */
export async function standingDecision(
  tx: Database,
  connection: Connection,
  { decision, by, why, at }: StockDecisionTaken,
  earlier: readonly DecidedBefore[],
): Promise<Standing> {
  const foreign = decision.kind === 'explainForeign' ? await foreignNow(tx, connection, decision) : null;
  const now = {
    ...(await carriedOut(tx, connection.name, decision, earlier)),
    isChanged: foreign?.isUndecided ?? false,
  };
  const before = decidedBefore({ ...decision, by, why, at }, earlier, now);
  if (before?.is === 'against') throw refuseDecision('STOCK_NOT_OPEN', explainDecidedAgainst(decision, before.earlier));
  if (before !== null) return { before: before.earlier };
  await requireStockDecision(tx, connection, decision, { ...now, stood: foreign?.stood ?? null });
  if (decision.kind === 'explainForeign' && foreign !== null)
    return { before: null, decision: { ...decision, stood: foreign.stood } };
  if (decision.kind === 'closeGap' && now.other !== null)
    return { before: null, decision: { ...decision, other: now.other } };
  return { before: null, decision };
}

const NOTHING: CarriedOut = {
  inbound: new Map(),
  shipment: { inTransit: 0, hasReceived: false },
  gap: 0,
  other: null,
};

interface CarriedOut extends Omit<Carried, 'isChanged'> {
  /** Of what Amazon moved between two pools, closed just so: the other one. */
  other: string | null;
}

async function carriedOut(
  tx: Database,
  name: string,
  decision: TakenDecision,
  earlier: readonly DecidedBefore[],
): Promise<CarriedOut> {
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
  const gaps = gapsLeft(run?.gaps ?? [], closed, run?.day ?? null);
  const left = gaps.find((one) => one.pool === pool && one.item === item && one.place === place);
  const moved = left === undefined ? null : betweenPools(left, gaps);
  return { ...NOTHING, gap: left?.units ?? 0, other: moved?.units === decision.units ? moved.other.pool : null };
}
