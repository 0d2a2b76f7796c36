/**
 * A decision about stock that is given where one about the same thing was taken before: the same once more changes nothing,
 * whoever gives it and why; another one replaces it where stock.md lets it, and is refused where the earlier one stands.
 */
import { epochMsOf, type Instant } from '../money/instant.ts';
import type { StockDecision, TakenDecision } from '../stock/stock-decisions.ts';

/** A decision that was taken, with who took it, why, and when. */
export interface DecidedBefore<D extends StockDecision = StockDecision> {
  decision: D;
  by: string;
  why: string;
  at: Instant;
}

/** What became of earlier decisions. */
export interface Carried {
  /** Decisions about shipments that were carried out, with the units that they were about. */
  inbound: ReadonlyMap<string, number>;
  /** Of the SKU of the shipment: units under way, and whether receipts wait to be taken in. */
  shipment: { inTransit: number; hasReceived: boolean };
  /** Units of the gap that are left, with what was closed since; zero where there is none. */
  gap: number;
  /** Of the movement something is open that no earlier decision covers: it was changed since. */
  isChanged: boolean;
}

/** `said`: it is decided just so. `against`: an earlier one stands, beside which it would do nothing or the opposite. Null: it is new. */
export type Before = { is: 'said' | 'against'; earlier: DecidedBefore } | null;

type Kind = StockDecision['kind'];
type Of<K extends Kind> = Extract<StockDecision, { kind: K }>;
type Taken<K extends Kind> = Extract<TakenDecision, { kind: K }>;
type Rule<K extends Kind> = (
  taken: Taken<K> & Pick<DecidedBefore, 'by' | 'why' | 'at'>,
  earlier: readonly DecidedBefore<Of<K>>[],
  carried: Carried,
) => Before;

const said = (earlier: DecidedBefore): Before => ({ is: 'said', earlier });
const against = (earlier: DecidedBefore): Before => ({ is: 'against', earlier });

/** Whether a choice about a shipment has something to move, or to wait for. */
export function isInboundOpen(
  choice: Of<'decideInbound'>['choice'],
  { inTransit, hasReceived }: Carried['shipment'],
): boolean {
  if (choice === 'take-from-source' || choice === 'found') return hasReceived;
  return inTransit > 0 || (choice === 'wait' && hasReceived);
}

const DAY_MS = 86_400_000;

const RULES: { readonly [K in Kind]: Rule<K> } = {
  /** The last word counts for what is not answered yet. */
  mapMovement({ eventType, reason, answer }, earlier) {
    const last = earlier.findLast(({ decision }) => decision.eventType === eventType && decision.reason === reason);
    return last?.decision.answer === answer ? said(last) : null;
  },
  /** The first word about a row is carried out. */
  answerRows({ rows, role }, earlier) {
    const deciding = rows.map((row) => earlier.find(({ decision }) => decision.rows.includes(row)));
    const other = deciding.find((one) => one !== undefined && one.decision.role !== role);
    if (other !== undefined) return against(other);
    return deciding.includes(undefined) ? null : said(deciding.at(-1)!);
  },
  /** What answers rows may be countered for the rest; what is countered has nothing left, unless it was changed since. */
  explainForeign({ document, choice, rows }, earlier, { isChanged }) {
    const own = isChanged ? [] : earlier.filter(({ decision }) => decision.document === document);
    const countered = own.find(({ decision }) => decision.choice === 'counter');
    if (countered !== undefined) return choice === 'counter' ? said(countered) : against(countered);
    if (choice === 'counter') return null;
    const answering = rows.map((row) => own.findLast(({ decision }) => decision.rows.includes(row)));
    return answering.includes(undefined) ? null : said(answering.at(-1)!);
  },
  /** Each is carried out once, for what is open then; what opens again is decided again. */
  decideInbound({ shipmentId, sku, choice }, earlier, { inbound, shipment }) {
    const own = earlier.filter(({ decision }) => decision.shipmentId === shipmentId && decision.sku === sku);
    const last = own.at(-1);
    if (last === undefined) return null;
    const pending = own.filter(({ decision }) => !inbound.has(decision.id));
    if (pending.length > 0) {
      if (last.decision.choice === choice) return said(last);
      const moving = pending.find(({ decision }) => decision.choice !== 'wait');
      return moving === undefined ? null : against(moving);
    }
    if (last.decision.choice !== choice) return null;
    const isStill =
      choice === 'wait' ? inbound.get(last.decision.id) === shipment.inTransit : !isInboundOpen(choice, shipment);
    return isStill ? said(last) : null;
  },
  /** Of a gap no more is closed than is left; a part of it once more within a day by the same words is the same part. */
  closeGap({ pool, item, place, units, by, why, at }, earlier, { gap }) {
    const last = earlier.findLast(
      ({ decision }) => decision.pool === pool && decision.item === item && decision.place === place,
    );
    if (last?.decision.units !== units) return null;
    const isSoon = epochMsOf(at) - epochMsOf(last.at) <= DAY_MS;
    return gap === 0 || (isSoon && last.by === by && last.why === why) ? said(last) : null;
  },
  /** All of a pool holds for each of its items. */
  approveOpening({ pool, items }, earlier) {
    const own = earlier.filter(({ decision }) => decision.pool === pool);
    const whole = own.find(({ decision }) => decision.items === null);
    if (whole !== undefined || items === null) return whole === undefined ? null : said(whole);
    const approving = items.map((item) => own.find(({ decision }) => decision.items!.includes(item)));
    return approving.includes(undefined) ? null : said(approving.at(-1)!);
  },
  approveAdjustment({ document }, earlier) {
    const approved = earlier.find(({ decision }) => decision.document === document);
    return approved === undefined ? null : said(approved);
  },
};

/** @param earlier decisions of its kind, in the order in which they were taken */
export function decidedBefore(
  taken: TakenDecision & Pick<DecidedBefore, 'by' | 'why' | 'at'>,
  earlier: readonly DecidedBefore[],
  carried: Carried,
): Before {
  // The table holds one rule for each kind, which the compiler cannot tie to the decisions of that kind.
  return (RULES[taken.kind] as Rule<Kind>)(
    taken,
    earlier.filter(({ decision }) => decision.kind === taken.kind),
    carried,
  );
}
