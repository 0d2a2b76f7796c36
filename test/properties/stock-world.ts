/**
 * Generated months of a seller's stock at Amazon: every kind of event in two pools, with packs, a kit and a SKU that is
 * mapped late, told by reports that come late, cut short, twice, and take rows back. The truth is the list of events; reports,
 * balances, fulfilments and authorisations are rendered from it.
 */
import fc from 'fast-check';
import { addDays, type Day } from '../../src/domain/money/instant.ts';
import type { LedgerBalance, LedgerRow, NetSuiteMovement } from '../../src/domain/stock/stock-facts.ts';
import type { CustomerReturn, RemovalShipment } from '../../src/domain/stock/stock-facts.ts';
import type { InboundFact, OpenAuthorisation, SkuMapping } from '../../src/domain/stock/stock-plan.ts';
import type { TransferOrder } from '../../src/domain/stock/transfer-order.ts';
import { balance, ledgerRow, poolNamed } from '../domain/stock/stock-flow.ts';

export const FROM = '2026-03-01';
export const POOLS = [poolNamed('us', ['US']), poolNamed('eu', ['GB', 'DE'])] as const;
const COUNTRIES = ['US', 'GB', 'DE'] as const;
const POOL_OF: Readonly<Record<string, 'us' | 'eu'>> = { US: 'us', GB: 'eu', DE: 'eu' };

/** `late` is unknown at first; `kit` is one a and two b. */
export const SKUS = ['one', 'pack', 'kit', 'other', 'late'] as const;
type Sku = (typeof SKUS)[number];

/** Units of items in one of a SKU, by its first mapping. */
const ITEMS: Readonly<Record<Sku, readonly { item: string; perSku: number }[]>> = {
  one: [{ item: 'a', perSku: 1 }],
  pack: [{ item: 'a', perSku: 3 }],
  kit: [
    { item: 'a', perSku: 1 },
    { item: 'b', perSku: 2 },
  ],
  other: [{ item: 'c', perSku: 1 }],
  late: [{ item: 'd', perSku: 2 }],
};

const KINDS = [
  'shipped',
  'shipped',
  'shipped-unbooked',
  'shipped-elsewhere',
  'fulfilled-only',
  'received',
  'received-back',
  'received-unknown',
  'returned',
  'removed',
  'between-centres',
  'pair',
  'pair-half',
  'single',
  'found-and-lost',
  'redefined',
  'redefined-half',
  'unknown',
  'gap',
  'foreign',
  'no-pool',
] as const;

export interface WorldEvent {
  kind: (typeof KINDS)[number];
  /** Days from `FROM`; a few before it. */
  on: number;
  sku: number;
  country: number;
  units: number;
  /** Days by which rows, counterparts and other reports come later, or lie apart. */
  late: number;
  apart: number;
  /** What else of the kind differs. */
  choice: number;
  /** The row is told twice: it happened twice. */
  isDouble: boolean;
  /** A further row that a report has for some days and the next no longer. */
  isTakenBack: boolean;
}

export interface WorldPlan {
  days: number;
  events: readonly WorldEvent[];
  /** Days after which the summary of a day comes. */
  summaryLag: number;
  /** Which reports are cut: of the reading of that day. */
  cuts: readonly number[];
  /** A second mapping of `other`, on that day: another item, or other units. */
  remap: { on: number; item: string; units: number } | null;
  /** `more`: units of the SKU that its transfer order brings beyond it; `isCalledOff`: it is cancelled in place of closed. */
  shipments: readonly {
    country: number;
    sku: number;
    shipped: number;
    sent: number;
    closed: number | null;
    more: number;
    isCalledOff: boolean;
  }[];
  openingOff: readonly number[];
  /** Somebody makes transfer orders for the shipments. */
  isTheirs: boolean;
}

export function worldPlans(days: number): fc.Arbitrary<WorldPlan> {
  const event = fc.record({
    kind: fc.constantFrom(...KINDS),
    on: fc.integer({ min: -5, max: days - 1 }),
    sku: fc.nat(SKUS.length - 1),
    country: fc.nat(2),
    units: fc.integer({ min: 1, max: 6 }),
    late: fc.constantFrom(0, 0, 0, 1, 2, 6),
    apart: fc.integer({ min: -4, max: 4 }),
    choice: fc.nat(11),
    isDouble: fc.boolean(),
    isTakenBack: fc.integer({ min: 0, max: 9 }).map((one) => one === 0),
  });
  return fc.record({
    days: fc.constant(days),
    events: fc.array(event, { minLength: 1, maxLength: days * 3, size: 'max' }),
    summaryLag: fc.integer({ min: 1, max: 3 }),
    cuts: fc.array(fc.nat(days + 20), { maxLength: 4 }),
    remap: fc.option(
      fc.record({
        on: fc.integer({ min: 3, max: days - 2 }),
        item: fc.constantFrom('b', 'c'),
        units: fc.constantFrom(1, 2),
      }),
    ),
    shipments: fc.array(
      fc.record({
        country: fc.nat(2),
        sku: fc.nat(3),
        shipped: fc.integer({ min: 5, max: 40 }),
        sent: fc.integer({ min: -6, max: days - 5 }),
        closed: fc.option(fc.integer({ min: 5, max: days })),
        more: fc.constantFrom(0, 0, 0, 3),
        isCalledOff: fc.integer({ min: 0, max: 5 }).map((one) => one === 0),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    isTheirs: fc.boolean(),
    openingOff: fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 8, maxLength: 8 }),
  });
}

/** A row with the days between which reports have it. */
interface ToldRow {
  row: LedgerRow;
  from: Day;
  /** It never happened: from that day on no report has it, and no balance ever counts it. */
  until: Day | null;
}
/** What becomes known on a day. */
interface Told<T> {
  from: Day;
  of: T;
}

export interface World {
  rows: ToldRow[];
  movements: Told<NetSuiteMovement>[];
  returns: Told<CustomerReturn>[];
  authorisations: Told<OpenAuthorisation>[];
  removals: Told<RemovalShipment>[];
  mappings: Told<SkuMapping>[];
  inbound: (today: Day) => InboundFact[];
  /** Balances of the keys that change on a day; of the day before `FROM` all. */
  balancesOf: (day: Day) => LedgerBalance[];
  /** Units that are in the balances, and that no row explains. */
  gaps: LedgerRow[];
}

/** So much of everything is at Amazon at first that nothing ever runs out. */
const AT_FIRST = 5000;

export function worldOf(plan: WorldPlan): World {
  const world: World = {
    rows: [],
    movements: [],
    returns: [],
    authorisations: [],
    removals: [],
    mappings: mappingsOf(plan),
    inbound: () => [],
    balancesOf: () => [],
    gaps: [],
  };
  plan.events.forEach((event, index) => tell(event, index, plan, world));
  world.inbound = (today) => inboundOf(plan, today);
  world.balancesOf = balancesBy(world);
  return world;
}

/** Transfer orders of shipments on the day on which they are made; fulfilled two days later. */
export function transferOrdersOf({ shipments, isTheirs }: WorldPlan): TransferOrder[] {
  if (!isTheirs) return [];
  return shipments.map(({ sku, shipped, sent, more }, index) => ({
    netsuiteId: `to${index}`,
    shipmentId: `FBA${index}`,
    fulfilled: dayOf(sent + 2),
    open: ITEMS[SKUS[sku]!].map(({ item, perSku }) => ({ item, units: (shipped + more) * perSku })),
    fulfilments: [],
  }));
}

export const dayOf = (on: number): Day => addDays(FROM, on);

function mappingsOf({ days, remap }: WorldPlan): Told<SkuMapping>[] {
  const first = (sku: Sku, item: string, units: number, members: SkuMapping['members'] = null) => ({
    from: dayOf(-9),
    of: { sku, decided: dayOf(-30), item, units, members },
  });
  return [
    first('one', 'a', 1),
    first('pack', 'a', 3),
    first('kit', 'kit', 1, [
      { item: 'a', quantity: 1 },
      { item: 'b', quantity: 2 },
    ]),
    first('other', 'c', 1),
    { from: dayOf(days - 3), of: { sku: 'late', decided: dayOf(days - 3), item: 'd', units: 2, members: null } },
    ...(remap === null
      ? []
      : [
          {
            from: dayOf(remap.on),
            of: { sku: 'other', decided: dayOf(remap.on), item: remap.item, units: remap.units, members: null },
          },
        ]),
  ];
}

function inboundOf({ shipments }: WorldPlan, today: Day): InboundFact[] {
  return shipments
    .map(({ country, sku, shipped, sent, closed, isCalledOff }, index) => {
      const isEnded = closed !== null && dayOf(closed) <= today;
      return {
        shipmentId: `FBA${index}`,
        name: '',
        pool: POOL_OF[COUNTRIES[country]!]!,
        destination: 'ABE2',
        status: !isEnded ? 'RECEIVING' : isCalledOff ? 'CANCELLED' : 'CLOSED',
        items: [{ sku: SKUS[sku]!, fnsku: `X-${SKUS[sku]!}`, shipped, received: 0 }],
        sent: dayOf(sent),
        closed: isEnded && !isCalledOff ? dayOf(closed) : null,
      };
    })
    .filter(({ sent }) => sent <= today);
}

function tell(event: WorldEvent, index: number, plan: WorldPlan, world: World): void {
  const { kind, on, units, late, apart, choice } = event;
  const sku = SKUS[event.sku]!;
  const country = COUNTRIES[event.country]!;
  const day = dayOf(on);
  const base = { day, sku, fnsku: `X-${sku}`, country, asin: `B-${sku}` };
  const add = (changes: Partial<LedgerRow> & { quantity: number }) => {
    const row = ledgerRow({ ...base, ...changes });
    const told = { row, from: addDays(row.day, late), until: null };
    world.rows.push(told, ...(event.isDouble ? [{ ...told }] : []));
    if (event.isTakenBack && row.day >= FROM) world.rows.push({ ...told, until: addDays(told.from, 5) });
  };
  const times = event.isDouble ? 2 : 1;
  const fulfil = (of: Day, at: string, told: Day) => {
    for (const [line, { item, perSku }] of ITEMS[sku].entries())
      world.movements.push({
        from: told < of ? of : told,
        of: {
          netsuiteId: `if${index}`,
          line: line + 1,
          type: 'ItemShip',
          tranId: `IF${index}`,
          externalId: `AMZ_demo_IF_if${index}_1`,
          memo: '',
          day: of,
          item: item,
          location: `${at}-1`,
          units: -units * perSku * times,
        },
      });
  };
  const pool = POOL_OF[country]!;
  const shipped = () => add({ eventType: 'Shipments', quantity: -units, centre: 'ABE2' });
  switch (kind) {
    case 'shipped':
      shipped();
      // Without a mapping of its own at that time there would be no fulfilment.
      fulfil(addDays(day, Math.max(-3, Math.min(3, apart))), pool, addDays(day, choice % 5));
      return;
    case 'shipped-unbooked':
      return shipped();
    case 'shipped-elsewhere':
      shipped();
      fulfil(day, pool === 'us' ? 'eu' : 'us', day);
      return;
    case 'fulfilled-only':
      return fulfil(day, pool, addDays(day, late));
    case 'received':
    case 'received-back': {
      const number = choice % plan.shipments.length;
      const shipment = plan.shipments[number]!;
      return add({
        eventType: 'Receipts',
        reference: `FBA${number}`,
        country: COUNTRIES[shipment.country]!,
        sku: SKUS[shipment.sku]!,
        fnsku: `X-${SKUS[shipment.sku]!}`,
        day: dayOf(Math.max(on, shipment.sent)),
        quantity: kind === 'received' ? units * 2 : -units,
        disposition: choice === 7 ? 'DEFECTIVE' : 'SELLABLE',
      });
    }
    case 'received-unknown':
      return add({ eventType: 'Receipts', reference: 'FBAOTHER', quantity: choice % 4 === 0 ? -units : units });
    case 'returned': {
      const disposition = choice % 2 === 0 ? 'SELLABLE' : 'CUSTOMER_DAMAGED';
      const orderId = `112-${String(index).padStart(7, '0')}-0000001`;
      add({ eventType: 'CustomerReturns', disposition, quantity: units });
      if (choice % 3 !== 0)
        world.returns.push({
          from: addDays(day, Math.max(0, late)),
          of: {
            ...base,
            day: addDays(day, Math.sign(apart)),
            orderId,
            quantity: units * times,
            centre: 'ABE2',
            disposition,
            reason: '',
            status: '',
            plate: `LPN${index}`,
          },
        });
      if (choice % 5 !== 0)
        for (const { item, perSku } of ITEMS[sku])
          world.authorisations.push({
            from: addDays(day, choice % 7),
            of: { netsuiteId: `ra${index}`, orderId, day, item, open: (units - (choice % 2)) * perSku },
          });
      return;
    }
    case 'removed': {
      const isSellable = choice % 2 === 0;
      add({
        eventType: 'VendorReturns',
        quantity: -units,
        reference: 'RO',
        disposition: isSellable ? 'SELLABLE' : 'DEFECTIVE',
      });
      if (choice % 3 !== 0)
        world.removals.push({
          from: addDays(day, late),
          of: {
            orderId: `RO${index}`,
            day: addDays(day, Math.max(-3, Math.min(3, apart))),
            sku,
            fnsku: base.fnsku,
            disposition: isSellable ? 'Sellable' : 'Unsellable',
            quantity: units,
            kind: choice % 4 === 1 ? 'Liquidations' : 'Return',
            tracking: `T${index}`,
          },
        });
      return;
    }
    case 'between-centres':
      add({ eventType: 'WhseTransfers', quantity: -units });
      return add({ eventType: 'WhseTransfers', quantity: units, centre: 'LAX9', day: addDays(day, Math.abs(apart)) });
    case 'pair': {
      const [reason, from] = (
        [
          ['E', 'SELLABLE'],
          ['H', 'CUSTOMER_DAMAGED'],
          ['Q', 'SELLABLE'],
          ['K', 'DEFECTIVE'],
        ] as const
      )[choice % 4]!;
      add({ reason, quantity: -units, disposition: from });
      return add({
        reason: 'P',
        quantity: units,
        disposition: 'WAREHOUSE_DAMAGED',
        day: addDays(day, Math.abs(apart) * 2),
      });
    }
    case 'pair-half':
      return add({
        reason: choice % 2 === 0 ? 'E' : 'P',
        quantity: choice % 2 === 0 ? -units : units,
        disposition: choice % 2 === 0 ? 'SELLABLE' : 'WAREHOUSE_DAMAGED',
      });
    case 'single':
      return add(
        choice < 6
          ? { reason: ['M', '5', 'O', 'D', 'G', 'M'][choice]!, quantity: -units * (choice === 5 ? 30 : 1) }
          : { reason: choice % 2 === 0 ? 'F' : 'N', quantity: units, disposition: choice > 9 ? 'EXPIRED' : 'SELLABLE' },
      );
    case 'found-and-lost':
      add({ reason: 'M', quantity: -units });
      return add({ reason: 'F', quantity: units, day: addDays(day, Math.abs(apart)) });
    case 'redefined': {
      const other = SKUS[(event.sku + 1 + (choice % 3)) % SKUS.length]!;
      add({ reason: '4', quantity: -units });
      return add({
        reason: '3',
        quantity: units,
        sku: choice % 4 === 0 ? sku : other,
        fnsku: `X-${other}`,
        day: addDays(day, Math.abs(apart)),
        disposition: choice === 9 ? 'DEFECTIVE' : 'SELLABLE',
      });
    }
    case 'redefined-half':
      return add({ reason: '3', quantity: units });
    case 'unknown':
      return add(
        choice % 2 === 0
          ? { reason: 'Z', quantity: -units }
          : { eventType: 'Conjuring', quantity: units, reason: choice > 6 ? 'A' : '' },
      );
    case 'gap':
      if (day >= FROM) world.gaps.push(ledgerRow({ ...base, quantity: choice % 2 === 0 ? units : -units }));
      return;
    case 'foreign':
      if (day >= FROM)
        world.movements.push({
          from: addDays(day, late),
          of: {
            netsuiteId: `x${index}`,
            line: 1,
            type: choice === 3 ? 'ItemRcpt' : choice === 4 ? 'ItemShip' : 'InvAdjst',
            tranId: `X${index}`,
            externalId: choice % 2 === 0 ? null : 'somebody',
            memo: '',
            day,
            item: ['a', 'b', 'c'][choice % 3]!,
            location: `${pool}-${1 + (choice % 2)}`,
            units: choice === 4 ? -units : units,
          },
        });
      return;
    case 'no-pool':
      return add({ country: 'JP', reason: 'M', quantity: -units });
  }
}

/** Running balances of what happened; some of the units are between centres. */
function balancesBy({ rows, gaps }: World): World['balancesOf'] {
  const counted = [...rows.filter(({ until }) => until === null).map(({ row }) => row), ...gaps].filter(
    ({ eventType }) => eventType !== 'WhseTransfers',
  );
  const byKey = new Map<string, { row: LedgerRow; first: number }>();
  const keyOf = (row: LedgerRow) => [row.fnsku, row.sku, row.country, row.disposition].join('|');
  for (const country of COUNTRIES)
    for (const sku of SKUS) {
      const row = ledgerRow({ day: FROM, quantity: 0, sku, fnsku: `X-${sku}`, asin: `B-${sku}`, country });
      byKey.set(keyOf(row), { row, first: AT_FIRST });
    }
  for (const row of counted)
    if (!byKey.has(keyOf(row))) byKey.set(keyOf(row), { row, first: row.disposition === 'SELLABLE' ? 0 : 100 });
  const ofKey = new Map([...byKey.keys()].map((key) => [key, counted.filter((row) => keyOf(row) === key)]));
  return (day) =>
    [...byKey].flatMap(([key, { row, first }]) => {
      const own = ofKey.get(key)!;
      if (day >= FROM && !own.some((one) => one.day === day)) return [];
      const held = first + own.filter((one) => one.day <= day).reduce((sum, one) => sum + one.quantity, 0);
      const inTransit = held % 3;
      const { fnsku, sku, asin, disposition, country } = row;
      return [balance({ day, fnsku, sku, asin, disposition, country, ending: held - inTransit, inTransit })];
    });
}
