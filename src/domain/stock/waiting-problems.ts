/** What waits for a person, as problems: one for each thing that one answer ends. */
import { PAIR_DAYS } from './answer-pairs.ts';
import { isRedefinition } from './answer-table.ts';
import { problemOf } from './booking.ts';
import { grouped } from './grouped.ts';
import { decimalText, scaled } from './unit-cost.ts';
import type { Homeless, OpenPart, Wait } from './open-rows.ts';
import type { Planning } from './planning.ts';
import type { StockDocument } from './kept-stock.ts';
import { externalIdOf } from '../identifiers/external-id.ts';
import type { Booking } from './booking.ts';
import { alteredNear, renderAltered } from './own-fulfilments.ts';
import type { StockFacts, StockPolicy, StockProblem } from './stock-plan.ts';
import type { WaitingReason } from './waiting.ts';

/** What makes rows one problem, and what it says; reasons that end by themselves are none. */
const PROBLEMS: {
  [Reason in WaitingReason & StockProblem['code']]?: {
    keyOf: (part: OpenPart) => string;
    /** @param parts all of it */
    what: (part: OpenPart, planning: Planning, parts: readonly OpenPart[]) => string;
  };
} = {
  'item-not-countable': {
    keyOf: ({ item }) => item,
    what: ({ item }, { facts }) => `${item} cannot be counted: ${facts.uncountable.get(item) ?? ''}`,
  },
  'shipment-unbooked': {
    keyOf: ({ pool, item }) => `${pool} ${item}`,
    what: (_, planning, parts) => unbooked(parts, planning),
  },
  'receipt-unknown': {
    keyOf: ({ row }) => `${row.reference} ${row.sku}`,
    what: ({ row }) => `Amazon received ${row.sku} for ${row.reference || 'no shipment'}, which is not known`,
  },
  'inbound-over': {
    keyOf: ({ row }) => `${row.reference} ${row.sku}`,
    what: ({ row }, { policy }) =>
      `Amazon received more of ${row.sku} than was shipped in ${row.reference}${policy.inbound === 'theirs' ? ', or than its transfer order brought on its way' : ''}`,
  },
  'ledger-unknown': {
    keyOf: ({ row }) => `${row.eventType} ${row.reason}`,
    what: ({ row }) =>
      isRedefinition(row)
        ? `Amazon made units of one SKU those of another (${row.eventType} ${row.reason}), and the other half has not come within ${PAIR_DAYS} days`
        : `nobody knows what ${row.eventType} ${row.reason || 'without a reason'} is`,
  },
  'cost-unknown': {
    keyOf: ({ pool, item }) => `${pool} ${item}`,
    what: ({ item }) => `NetSuite knows no cost of ${item}, which would come in at nothing`,
  },
};

export function problemsOfWaits(waits: readonly Wait[], planning: Planning): StockProblem[] {
  return [...grouped(waits, ({ reason }) => reason)].flatMap(([, own]) => {
    const code = own[0]!.reason;
    const problem = code in PROBLEMS ? PROBLEMS[code as keyof typeof PROBLEMS] : undefined;
    if (problem === undefined) return [];
    return [...grouped(own, ({ part }) => problem.keyOf(part))].map(([key, alike]) => {
      const parts = alike.map(({ part }) => part);
      return problemOf(
        code as StockProblem['code'],
        alike.map(({ part }) => ({ part, units: part.open })),
        planning.costs,
        {
          key,
          what: problem.what(alike[0]!.part, planning, parts),
          ...(code === 'shipment-unbooked' && alteredFor(parts, planning.facts, planning.policy).length > 0
            ? { whose: 'ours' as const }
            : {}),
        },
      );
    });
  });
}

/** A fulfilment of ours that somebody altered or took away is named with both sides: what was planned, and what NetSuite has. */
function unbooked(parts: readonly OpenPart[], { facts, policy }: Planning): string {
  const { item } = parts[0]!;
  const altered = alteredFor(parts, facts, policy);
  if (altered.length > 0) return altered.map((one) => renderAltered(one, parts[0]!)).join('; ');
  const known = facts.unfulfilled.filter((one) => one.item === item).map(({ shipment }) => shipment);
  return known.length === 0
    ? 'Amazon shipped them, NetSuite has no fulfilment, and the shipments report no shipment that waits for one'
    : `Amazon shipped them and NetSuite has no fulfilment; not fulfilled yet: ${known.join(', ')}`;
}

/** Of rows of an item in a pool. */
function alteredFor(parts: readonly OpenPart[], { altered }: StockFacts, { pools }: StockPolicy) {
  const { item, pool } = parts[0]!;
  return alteredNear(altered, { item, pool, days: parts.map(({ row }) => row.day) }, pools);
}

/** Rows without a pool or an item, and SKUs of the opening and of shipments without an item. */
export function problemsOfHomeless(homeless: readonly Homeless[], planning: Planning): StockProblem[] {
  const { kept, facts, items, today } = planning;
  const known = (sku: string) => items.atEnd(sku, today) !== null;
  const elsewhere = [
    ...(kept.opening?.amazon ?? []).map(({ pool, sku, units }) => ({ pool, sku, units })),
    ...facts.inbound.flatMap(({ pool, items: lines }) =>
      lines.map(({ sku, shipped }) => ({ pool, sku, units: shipped })),
    ),
  ].filter(({ sku }) => !known(sku));
  const ofRows = [
    ...grouped(homeless, ({ reason, row }) => `${reason}\n${reason === 'sku-unknown' ? row.sku : row.country}`),
  ];
  const told = new Set(homeless.filter(({ reason }) => reason === 'sku-unknown').map(({ row }) => row.sku));
  return [
    ...ofRows.map(([, own]) => {
      const [{ row, reason, pool }] = own as [Homeless];
      return bare(reason, {
        key: reason === 'sku-unknown' ? row.sku : row.country,
        pool,
        sku: reason === 'sku-unknown' ? row.sku : null,
        units: own.reduce((sum, one) => sum + one.row.quantity, 0),
        day: row.day,
        rows: own.map((one) => one.row.id),
        what:
          reason === 'sku-unknown'
            ? `no item of NetSuite is ${row.sku}`
            : `the ledger has rows of ${row.country}, which belongs to no pool`,
      });
    }),
    ...[...grouped(elsewhere, ({ sku }) => sku)]
      .filter(([sku]) => !told.has(sku))
      .map(([sku, own]) =>
        bare('sku-unknown', {
          key: sku,
          pool: own[0]!.pool,
          sku,
          units: own.reduce((sum, { units }) => sum + units, 0),
          what: `no item of NetSuite is ${sku}`,
        }),
      ),
  ];
}

/** Documents that a person must let go, lines that have no cost and no row, receipts that did not rise. */
export function problemsOfDocuments(
  held: readonly StockDocument[],
  unpriced: readonly Booking[],
  { facts, costs }: Planning,
): StockProblem[] {
  return [
    ...held.map((document) => {
      const values = document.lines.map(({ item, units, place, unitCost }) =>
        unitCost === null ? costs.valueOf(item, units, place) : decimalText(BigInt(units) * scaled(unitCost)),
      );
      return bare('adjustment-large', {
        key: externalIdOf(document.key),
        pool: document.pool,
        item: document.lines.length === 1 ? document.lines[0]!.item : null,
        units: document.lines.reduce((sum, { units }) => sum + units, 0),
        value: values.includes(null) ? null : decimalText(values.reduce((sum, value) => sum + scaled(value!), 0n)),
        day: document.day,
        documents: [externalIdOf(document.key)],
        what: 'an adjustment is above the limit of the connection',
      });
    }),
    ...[...grouped(unpriced, ({ place, item }) => `${place.pool} ${item}`)].map(([key, own]) =>
      bare('cost-unknown', {
        key,
        pool: own[0]!.place.pool,
        item: own[0]!.item,
        units: own.reduce((sum, { units }) => sum + units, 0),
        day: own[0]!.head.day,
        what: `NetSuite knows no cost of ${own[0]!.item}, which would come in at nothing`,
      }),
    ),
    ...facts.notRestocked.map(({ document }) =>
      bare('receipt-not-restocked', {
        key: document,
        documents: [document],
        what: 'NetSuite took a receipt and no units rose: its preference Restock Returned Items is off',
      }),
    ),
  ];
}

function bare(
  code: StockProblem['code'],
  of: Partial<StockProblem> & Pick<StockProblem, 'key' | 'what'>,
): StockProblem {
  return {
    code,
    pool: null,
    sku: null,
    item: null,
    units: null,
    value: null,
    day: null,
    rows: [],
    documents: [],
    ...of,
  };
}
