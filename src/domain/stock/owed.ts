/**
 * What Amazon owes (stock.md, *What Amazon owes*): units that it lost, damaged or kept, money that it paid short or took
 * back. It posts nothing. Costs are NetSuite's; the last day of a claim is empty where it is not known.
 */
import type { Day } from '../money/instant.ts';
import { grouped } from './grouped.ts';
import { claimDays } from './claim-windows.ts';
import { hasPassed } from './day-complete.ts';
import type { InboundDecided, KeptRow } from './kept-stock.ts';
import { placeOf, poolOf, type Place, type Pool } from './pools.ts';
import type { SkuItems } from './sku-items.ts';
import type { CustomerReturn, Reimbursement } from './stock-facts.ts';
import type { InboundFact, InboundStanding, OpenAuthorisation } from './stock-plan.ts';
import { decimalText, scaled, valueOf, type UnitCosts } from './unit-cost.ts';

/**
 * `damaged-by-others`: `H K U`, which Amazon mostly does not pay, apart from what it lost or damaged itself.
 * `paid-in-other-currency`: in another than that of the costs, so nobody can say here whether it was enough.
 */
export type OwedKind =
  | 'lost-or-damaged'
  | 'damaged-by-others'
  | 'not-returned'
  | 'inbound-short'
  | 'paid-below-cost'
  | 'paid-in-other-currency'
  | 'payment-reversed';

export interface Owed {
  kind: OwedKind;
  pool: string | null;
  /** Empty where only the item is known. */
  sku: string;
  item: string | null;
  /** Amazon's, where a SKU is named; else NetSuite's. */
  units: number;
  /** Decimal text, of the units, of what is short where it was paid below cost; null where no cost is known. */
  cost: string | null;
  references: readonly string[];
  day: Day;
  lastDay: Day | null;
}

export interface OwedFacts {
  rows: readonly KeptRow[];
  authorisations: readonly OpenAuthorisation[];
  /** The pool that an order was shipped from. */
  poolOfOrder: (orderId: string) => string | null;
  shipments: readonly InboundFact[];
  standings: readonly InboundStanding[];
  /** What people decided about shipments that came short or over, and was carried out. */
  inboundDecided: readonly InboundDecided[];
  reimbursements: readonly Reimbursement[];
  /** Lines of the returns report, and rows of `Receipts`. */
  returns: readonly CustomerReturn[];
  receipts: readonly KeptRow[];
  /** First day of which the reports are known: what closed before may have been paid. */
  from: Day;
}

interface Setting {
  pools: readonly Pool[];
  items: SkuItems;
  costs: UnitCosts;
  /** Of the costs; null until NetSuite's are read: no cost is known then. */
  currency: string | null;
  today: Day;
}

/** So long Amazon has to find a unit, or to pay it, before it is owed. */
const SETTLING_DAYS = 10;
const OWN_FAULT = ['M', '5', 'E', '6', '7'];
const FAULT_OF_OTHERS = ['H', 'K', 'U'];
const FOUND = ['F', 'N'];
/** Reasons of the rows from which it is told. */
export const OWED_REASONS: readonly string[] = [...OWN_FAULT, ...FAULT_OF_OTHERS, ...FOUND];

export function owedByAmazon(facts: OwedFacts, setting: Setting): Owed[] {
  return [
    ...lostOrDamaged(facts, setting),
    ...notReturned(facts, setting),
    ...inboundShort(facts, setting),
    ...paidBelowCost(facts, setting),
    ...reversed(facts, setting),
  ];
}

function lostOrDamaged({ rows }: OwedFacts, setting: Setting): Owed[] {
  return rows.flatMap((row): Owed[] => {
    const { eventType, reason, unreconciled, takenBack, origin, day, sku } = row;
    const isOwn = OWN_FAULT.includes(reason);
    if (eventType !== 'Adjustments' || !(isOwn || FAULT_OF_OTHERS.includes(reason))) return [];
    if (origin !== 'ledger' || takenBack !== null || !unreconciled || !hasPassed(day, SETTLING_DAYS - 1, setting.today))
      return [];
    const units = Math.abs(unreconciled);
    return [
      {
        kind: isOwn ? 'lost-or-damaged' : 'damaged-by-others',
        ...ofSku(
          sku,
          units,
          day,
          { pool: poolOf(setting.pools, row.country)?.name ?? null, place: placeOf(row.disposition) },
          setting,
        ),
        references: row.reference === '' ? [] : [row.reference],
        day,
        lastDay: claimDays(row.country, 'centre', day)?.last ?? null,
      },
    ];
  });
}

/** From the first day of the window on: until then the unit may still come. */
function notReturned({ authorisations, poolOfOrder }: OwedFacts, { pools, costs, today }: Setting): Owed[] {
  return authorisations.flatMap((one): Owed[] => {
    const pool = pools.find(({ name }) => name === poolOfOrder(one.orderId));
    const window = pool === undefined ? null : claimDays(pool.countries[0]!, 'return', one.day);
    if (one.open <= 0 || window === null || today < window.first) return [];
    return [
      {
        kind: 'not-returned',
        pool: pool!.name,
        sku: '',
        item: one.item,
        units: one.open,
        cost: costs.valueOf(one.item, one.open, { pool: pool!.name, place: 'sellable' }),
        references: [one.orderId],
        day: one.day,
        lastDay: window.last,
      },
    ];
  });
}

/** Reasons of a reimbursement for units that Amazon never received. */
const LOST_INBOUND = 'lost_inbound';

/**
 * What was shipped, neither received nor sent back, once the shipment is closed. Booking it as lost changes nothing of that: a
 * reimbursement does, which names no shipment, so that it pays those of its SKU that were sent before it, the first closed first.
 */
function inboundShort(
  { shipments, standings, inboundDecided, reimbursements, from }: OwedFacts,
  setting: Setting,
): Owed[] {
  const known = new Map(shipments.map((shipment) => [shipment.shipmentId, shipment]));
  const closed = standings
    .flatMap((standing) => {
      const { sent = null, closed: day = null } = known.get(standing.shipmentId) ?? {};
      return day === null || day < from ? [] : [{ standing, sent: sent ?? day, day }];
    })
    .sort((a, b) => (a.day === b.day ? 0 : a.day < b.day ? -1 : 1));
  const paid = reimbursements
    .filter((one) => !isReversal(one) && one.reason.toLowerCase() === LOST_INBOUND)
    .map(({ sku, day, quantityCash, quantityInventory }) => ({ sku, day, units: quantityCash + quantityInventory }));
  return closed.flatMap(({ standing, sent, day }): Owed[] => {
    const { shipmentId, pool, sku } = standing;
    let units = shortOf(standing, inboundDecided);
    for (const payment of paid.filter((one) => one.sku === sku && one.day >= sent)) {
      const some = Math.max(0, Math.min(units, payment.units));
      units -= some;
      payment.units -= some;
    }
    if (units <= 0) return [];
    return [
      {
        kind: 'inbound-short',
        ...ofSku(sku, units, day, { pool, place: 'inTransit' }, setting),
        references: [shipmentId],
        day,
        lastDay: null,
      },
    ];
  });
}

/** In transit, or booked as lost; what came late after that was found, or still waits above what was shipped. */
function shortOf({ shipmentId, sku, inTransit, over }: InboundStanding, decided: OwedFacts['inboundDecided']): number {
  const unitsOf = (...choices: InboundDecided['choice'][]) =>
    decided
      .filter((one) => one.shipmentId === shipmentId && one.sku === sku && choices.includes(one.choice))
      .reduce((sum, { units }) => sum + units, 0);
  return inTransit + unitsOf('lost') - over - unitsOf('found', 'take-from-source');
}

const isReversal = ({ originalId }: Reimbursement): boolean => originalId !== '';

function paidBelowCost({ reimbursements }: OwedFacts, setting: Setting): Owed[] {
  return reimbursements.flatMap((one): Owed[] => {
    const { sku, day, quantityCash, amountTotal, reimbursementId } = one;
    if (isReversal(one) || quantityCash <= 0) return [];
    const owed = ofSku(sku, quantityCash, day, { pool: null, place: 'sellable' }, setting);
    if (owed.cost !== null && one.currency !== setting.currency)
      return [{ kind: 'paid-in-other-currency', ...owed, references: [reimbursementId], day, lastDay: null }];
    if (owed.cost === null || scaled(amountTotal) >= scaled(owed.cost)) return [];
    const cost = decimalText(scaled(owed.cost) - scaled(amountTotal));
    return [{ kind: 'paid-below-cost', ...owed, cost, references: [reimbursementId], day, lastDay: null }];
  });
}

/**
 * Money taken back is right where the unit came back: found or given since the first payment, returned by the customer whose
 * order was paid, or received late of a shipment that was closed, where that had been paid as lost.
 */
function reversed(facts: OwedFacts, setting: Setting): Owed[] {
  const { reimbursements, rows } = facts;
  const reversals = grouped(reimbursements.filter(isReversal), ({ sku }) => sku);
  return [...reversals].flatMap(([sku, own]): Owed[] => {
    const originals = new Set(own.map(({ originalId }) => originalId));
    const about = [...reimbursements.filter(({ reimbursementId }) => originals.has(reimbursementId)), ...own];
    const since = about.map(({ day }) => day).sort()[0]!;
    const found = rows
      .filter(
        (row) =>
          row.sku === sku &&
          row.day >= since &&
          row.quantity > 0 &&
          row.takenBack === null &&
          FOUND.includes(row.reason),
      )
      .reduce((sum, { quantity }) => sum + quantity, 0);
    const back = found + returnedOf(about, facts) + receivedLate(about, facts, since);
    const taken = own.reduce((sum, one) => sum + Math.abs(one.quantityCash) + Math.abs(one.quantityInventory), 0);
    if (taken <= back) return [];
    const day = own
      .map((one) => one.day)
      .sort()
      .at(-1)!;
    return [
      {
        kind: 'payment-reversed',
        ...ofSku(sku, taken - back, day, { pool: null, place: 'sellable' }, setting),
        references: own.map(({ reimbursementId }) => reimbursementId),
        day,
        lastDay: null,
      },
    ];
  });
}

/** Never reaches the ledger: what Amazon damaged itself it keeps, and pays. */
const KEPT_BY_AMAZON = 'DAMAGED';

/** Units of one SKU that customers sent back of the orders that reimbursements name. */
function returnedOf(about: readonly Reimbursement[], { returns }: OwedFacts): number {
  const orders = new Set(about.flatMap(({ orderId }) => (orderId === '' ? [] : [orderId])));
  return returns
    .filter(
      ({ orderId, sku, disposition }) => orders.has(orderId) && sku === about[0]!.sku && disposition !== KEPT_BY_AMAZON,
    )
    .reduce((sum, { quantity }) => sum + quantity, 0);
}

function receivedLate(about: readonly Reimbursement[], { receipts, shipments }: OwedFacts, since: Day): number {
  if (!about.some(({ reason }) => reason.toLowerCase() === LOST_INBOUND)) return 0;
  const closed = new Map(shipments.map(({ shipmentId, closed: day }) => [shipmentId, day]));
  return receipts
    .filter(({ sku, day, takenBack, reference }) => {
      const over = closed.get(reference) ?? null;
      return sku === about[0]!.sku && day >= since && takenBack === null && over !== null && over <= day;
    })
    .reduce((sum, { quantity }) => sum + quantity, 0);
}

/** Units of a SKU with what they cost; a kit is worth its members. */
function ofSku(
  sku: string,
  units: number,
  day: Day,
  at: { pool: string | null; place: Place },
  { items, costs, pools }: Setting,
): Pick<Owed, 'pool' | 'sku' | 'item' | 'units' | 'cost'> {
  const place = { pool: at.pool ?? pools[0]?.name ?? '', place: at.place };
  const parts = items.ofRow(sku, day) ?? [];
  const values = parts.map(({ item, perSku }) => {
    const cost = costs.of(item, place);
    return cost === null ? null : valueOf(units * perSku, cost);
  });
  const isKnown = values.length > 0 && !values.includes(null);
  return {
    pool: at.pool,
    sku,
    item: parts.length === 1 ? parts[0]!.item : null,
    units,
    cost: isKnown ? decimalText(values.reduce<bigint>((sum, value) => sum + value!, 0n)) : null,
  };
}
