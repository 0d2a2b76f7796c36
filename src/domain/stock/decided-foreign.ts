/**
 * What decisions about movements of others cover (`explainForeign`): what NetSuite had of them when they were taken. What is
 * changed later is decided anew.
 */
import { externalIdOf, parseExternalId } from '../identifiers/external-id.ts';
import type { Role } from '../mapping/roles.ts';
import { adjustmentHead, compactDay, counterName, isCounter, keyText, type Booking } from './booking.ts';
import { rowless } from './decided-inbound.ts';
import { foreignName } from './foreign.ts';
import type { StockDocument } from './kept-stock.ts';
import { partKey, type OpenMovement } from './open-movements.ts';
import { isOfStock } from './own-differences.ts';
import type { Planning } from './planning.ts';
import { openOfOrders, takeFromOrders } from './transfer-orders.ts';
import { decisionsOf, type ExplainForeign, type StockDecision, type StoodLine } from './stock-decisions.ts';
import { isDeleted, pairedUnits, presentAgainst, standingAgainst } from './undone.ts';

/** `transaction.type` of an adjustment, whose account its counter takes. */
const ADJUSTMENT = 'InvAdjst';

type Facts = Pick<Planning, 'kept' | 'facts'>;

/** What NetSuite has of the open lines of a document, as a decision about it keeps them. */
export function stoodOf(document: string, movements: readonly OpenMovement[], facts: Facts): StoodLine[] {
  return linesOf(document, movements, facts).map((line) => stoodLine(line, facts.kept));
}

export function stoodLine(
  line: Pick<OpenMovement, 'ref' | 'pool' | 'place' | 'movement'>,
  kept: Pick<Planning['kept'], 'offsets'>,
): StoodLine {
  const { ref, pool, place, movement } = line;
  const units = movement.units - pairedUnits(line, kept);
  return { ...ref, pool, place, item: movement.item, units, day: movement.day };
}

/** Whether something of a document is open that no decision covers: it was never decided, or was changed since. */
export function isUndecided(
  document: string,
  movements: readonly OpenMovement[],
  facts: Facts & Pick<Planning, 'decisions'>,
): boolean {
  const covers = new Covers(facts);
  return linesOf(document, movements, facts).some((line) => covers.left(line) !== line.open);
}

function linesOf(document: string, movements: readonly OpenMovement[], facts: Facts): OpenMovement[] {
  return movements.filter(
    (line) =>
      line.open !== 0 && !line.inStand && (line.ref.document === document || foreignName(line, facts) === document),
  );
}

export class Covers {
  readonly #byLine = new Map<string, ExplainForeign[]>();
  readonly #stood = new Map<string, number>();
  readonly #facts: Facts;

  constructor({ decisions, ...facts }: Facts & { decisions: readonly StockDecision[] }) {
    this.#facts = facts;
    for (const decision of decisionsOf(decisions, 'explainForeign'))
      if (decision.stood === undefined) this.#add(decision.document, decision);
      else
        for (const line of decision.stood) {
          this.#add(partKey(line, line), decision);
          this.#stood.set(partKey(line, line), line.units);
        }
  }

  /** Decisions that cover something of a line, in the order in which they were taken. */
  of(line: OpenMovement): readonly ExplainForeign[] {
    return [...(this.#byLine.get(line.ref.document) ?? []), ...(this.#byLine.get(keyOf(line)) ?? [])];
  }

  /** Units of what is open that are covered: of a line as the last decision knew it, less what stands against it already. */
  left(line: OpenMovement): number {
    const { open, movement, ref } = line;
    const stood = this.#stood.get(keyOf(line));
    if (stood === undefined) {
      if (this.of(line).length === 0) return 0;
      const isCarriedOut = standingAgainst(ref, this.#facts.kept).some(isCounterId);
      return isCarriedOut ? 0 : open;
    }
    const left = stood - (movement.units - open - pairedUnits(line, this.#facts.kept));
    return Math.sign(left) === Math.sign(open) ? Math.sign(open) * Math.min(Math.abs(left), Math.abs(open)) : 0;
  }

  #add(key: string, decision: ExplainForeign): void {
    this.#byLine.set(key, [...(this.#byLine.get(key) ?? []), decision]);
  }
}

const isCounterId = (externalId: string): boolean => {
  const key = parseExternalId(externalId);
  return key !== null && isCounter(key);
};

const keyOf = ({ ref, pool, place, movement }: OpenMovement): string =>
  partKey(ref, { pool, place, item: movement.item });

/** The opposite of units of a movement, on the day of the decision. */
export function counterOf(
  line: OpenMovement,
  open: number,
  { day, planning }: { day: string; planning: Planning },
): Booking {
  const { movement, ref, pool, place } = line;
  line.open -= open;
  const { role, accountOf } = accountFor(line, planning);
  return {
    head: adjustmentHead(pool, day, role, {
      name: counterName(pool, foreignName(line, planning)),
      isDecided: true,
      ...(accountOf === null ? {} : { accountOf }),
    }),
    item: movement.item,
    units: -open,
    place: { pool, place },
    eventType: '',
    // The line that it counters: each has one of its own, so that none comes to nothing beside another.
    reason: String(movement.line),
    unitCost: null,
    tie: null,
    shares: [],
    source: null,
    against: [{ place: { pool, place }, units: -open, other: ref }],
  };
}

/**
 * A receipt of ours that came out of a transfer order and was deleted is made once more: its units are under way again, and an
 * adjustment would leave them there. Null: the order has them no longer, or not all of it is open.
 */
export function receiptAgain(
  line: OpenMovement,
  { day, planning, covers }: { day: string; planning: Planning; covers: Covers },
): Booking[] | null {
  const { movement, ref, pool, place, open } = line;
  const plan = planOf(movement.externalId, planning);
  if (!isDeleted(movement) || plan === undefined || !('of' in plan) || plan.of.kind !== 'transfer-order') return null;
  const { netsuiteId } = plan.of;
  const { shipmentId } = plan;
  const order = planning.facts.transferOrders.find((one) => one.netsuiteId === netsuiteId);
  if (order === undefined || shipmentId === null || open >= 0 || covers.left(line) !== open) return null;
  if (openOfOrders([order], movement.item) < -open) return null;
  line.open = 0;
  return takeFromOrders([order], movement.item, -open).map(({ units, of }) =>
    rowless(
      {
        purpose: 'IR',
        pool,
        day,
        businessKey: `${keyText(shipmentId)}-${compactDay(day)}`,
        shipmentId,
        isDecided: true,
        of,
      },
      { item: movement.item, units, place: { pool, place }, against: [{ place: { pool, place }, units, other: ref }] },
    ),
  );
}

/** Undefined: of somebody else, or of a document that is kept no longer. */
export function planOf(externalId: string | null, { kept }: Pick<Planning, 'kept'>): StockDocument | undefined {
  return kept.documents.find(({ key }) => externalIdOf(key) === externalId);
}

/** That of the adjustment that is countered; of a document of ours that of its plan; else `inventory-loss`. */
function accountFor(line: OpenMovement, planning: Planning): { role: Role; accountOf: string | null } {
  const { movement, ref } = line;
  if (movement.units === 0) {
    const [counter] = presentAgainst(ref, planning);
    const plan = planOf(counter?.externalId ?? null, planning);
    const isAdjustment = counter !== undefined && plan !== undefined && 'role' in plan;
    return { role: roleOf(plan), accountOf: isAdjustment ? counter.netsuiteId : null };
  }
  const plan = isOfStock(movement, planning.policy.connection) ? planOf(movement.externalId, planning) : undefined;
  if (movement.type === ADJUSTMENT) return { role: roleOf(plan), accountOf: ref.document };
  return { role: roleOf(plan), accountOf: plan !== undefined && 'role' in plan ? plan.accountOf : null };
}

/** What a document of ours booked on: a receipt against an authorisation on the cost of returns. */
function roleOf(plan: StockDocument | undefined): Role {
  if (plan === undefined || 'from' in plan) return 'inventory-loss';
  if ('role' in plan) return plan.role;
  return plan.of.kind === 'authorisation' ? 'cogs-returns' : 'inventory-loss';
}
