/**
 * The invariants of stock over generated months: the equation holds on every day of every run, NetSuite is Amazon but for
 * named terms and exactly so once people have decided, and planning again changes nothing.
 * `npm run stock` tries 10,000 days in months, and years: `STOCK_DAYS` in worlds of `STOCK_LENGTH` days.
 */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addDays, type Day } from '../../src/domain/money/instant.ts';
import { effectsOf } from '../../src/domain/stock/document-effects.ts';
import { LedgerTable } from '../../src/domain/stock/ledger-table.ts';
import { mergeReport } from '../../src/domain/stock/merge-report.ts';
import { placeOf, poolOf } from '../../src/domain/stock/pools.ts';
import { SkuItems } from '../../src/domain/stock/sku-items.ts';
import { identityOf } from '../../src/domain/stock/row-identity.ts';
import type { LedgerRow } from '../../src/domain/stock/stock-facts.ts';
import type { StockDecision } from '../../src/domain/stock/stock-decisions.ts';
import type { StockEquation, StockPlan, StockProblem, TermPart } from '../../src/domain/stock/stock-plan.ts';
import { StockFlow } from '../domain/stock/stock-flow.ts';
import { runs } from './runs.ts';
import {
  dayOf,
  FROM,
  POOLS,
  transferOrdersOf,
  worldOf,
  worldPlans,
  type World,
  type WorldPlan,
} from './stock-world.ts';

/** Days of a world. */
const LENGTH = Number(process.env['STOCK_LENGTH'] ?? '30');
/** Worlds that each property tries; fast-check goes on for ever over a number that is not whole. */
const WORLDS = Math.ceil(Number(process.env['STOCK_DAYS'] ?? '360') / LENGTH / 2);
/** Days after the last event by which everything that comes late has come. */
const AFTER = 25;
const SPAN = 35;

const ITEMS = ['a', 'b', 'c', 'd'];
const COSTS = ITEMS.map((item, index) => ({
  item,
  averages: item === 'b' ? [] : [{ location: 'us-1', cost: `${2 + index}.50` }],
  lastPurchasePrice: item === 'b' ? '1.25' : null,
}));

/** A world and the flow that reads it, day by day. */
export class Life {
  readonly flow: StockFlow;
  readonly world: World;
  readonly plan: WorldPlan;
  plans = 0;
  last: StockPlan | null = null;
  #decision = 0;

  constructor(plan: WorldPlan) {
    this.plan = plan;
    this.world = worldOf(plan);
    this.flow = new StockFlow(
      {
        pools: POOLS,
        from: FROM,
        limit: { units: 100, value: '300.00' },
        inbound: plan.isTheirs ? 'theirs' : 'inventory-transfer',
      },
      { costs: COSTS, transferOrders: transferOrdersOf(plan).map((order) => ({ ...order, fulfilled: null })) },
    );
  }

  /** What came since the last reading; then one run. */
  read(today: Day, decide: boolean): void {
    const { flow, world } = this;
    const { facts } = flow;
    const since = <T>(told: readonly { from: Day; of: T }[]) =>
      told.filter(({ from }) => (today === dayOf(0) ? from <= today : from === today)).map(({ of }) => of);
    for (const movement of since(world.movements)) flow.move(movement);
    facts.returns.push(...since(world.returns));
    facts.authorisations.push(...since(world.authorisations).filter(({ open }) => open > 0));
    facts.removals.push(...since(world.removals));
    facts.mappings.push(...since(world.mappings));
    facts.inbound = world.inbound(today);
    for (const { netsuiteId, fulfilled } of transferOrdersOf(this.plan))
      if (fulfilled! <= today)
        facts.transferOrders = facts.transferOrders.map((order) =>
          order.netsuiteId === netsuiteId ? { ...order, fulfilled } : order,
        );
    const lag = this.plan.summaryLag;
    const summarised = addDays(today, -lag);
    const first = today === dayOf(0);
    for (
      let day = first ? dayOf(-1) : summarised;
      day <= summarised || (first && day === dayOf(-1));
      day = addDays(day, 1)
    )
      if (day >= dayOf(-1) && !facts.summarised.get('us')?.has(day)) flow.summarise(day, ...world.balancesOf(day));
    this.#report(today);
    if (flow.kept.opening?.netsuite.length === 0) this.#open();
    if (decide && this.last !== null) this.#decide(today, this.last.problems);
    this.last = flow.run(today);
    this.plans += 1;
    if (flow.kept.opening?.netsuite.length === 0) this.#open();
  }

  /** A report of the last 35 days; on some days cut in the middle. */
  #report(today: Day): void {
    const { flow, world, plan } = this;
    const first = addDays(today, -SPAN + 1);
    const rows = world.rows
      .filter(({ from, until }) => from <= today && (until === null || today < until))
      .map(({ row }) => row)
      .filter(({ day }) => day >= first && day <= today && day >= dayOf(-3));
    const isCut = plan.cuts.includes(this.plans);
    const merged = mergeReport(
      flow.kept.rows,
      {
        first,
        last: today,
        rows: LedgerTable.of(isCut ? rows.filter((_row, index) => index % 3 !== 1) : rows),
        seen: `2026-01-01T00:00:00Z ${String(this.plans).padStart(6, '0')}`,
      },
      {
        pools: flow.policy.pools,
        balances: flow.facts.balances,
        summarised: flow.facts.summarised.get('us') ?? new Set(),
        today,
      },
    );
    const changed = new Map([...merged.takenBack, ...merged.changed].map((row) => [row.id, row]));
    flow.kept = {
      ...flow.kept,
      rows: [...flow.kept.rows.map((row) => changed.get(row.id) ?? row), ...merged.fresh],
    };
  }

  /** NetSuite at the end of the day before: what Amazon has, off by some, and what it has fulfilled by then. */
  #open(): void {
    const { flow, plan } = this;
    const items = new SkuItems(flow.facts.mappings);
    const ordered = !plan.isTheirs
      ? []
      : flow.kept.opening!.inbound.flatMap(({ pool, sku, open }) =>
          items
            .atEnd(sku, dayOf(-1))!
            .map(({ item, perSku }) => ({ pool, item, place: 'inTransit' as const, units: open * perSku })),
        );
    flow.open([
      // Under `theirs` NetSuite holds it in the transfer orders.
      ...ordered,
      ...POOLS.flatMap(({ name: pool }) =>
        ITEMS.map((item, index) => ({
          pool,
          item,
          place: index === 3 ? ('unsellable' as const) : ('sellable' as const),
          units: 900 + plan.openingOff[index + (pool === 'us' ? 0 : 4)]!,
        })),
      ),
    ]);
    for (const { name } of POOLS)
      flow.decisions.push({ kind: 'approveOpening', id: `open-${name}`, day: FROM, pool: name, items: null });
  }

  /** What people say to each problem. */
  #decide(day: Day, problems: readonly StockProblem[]): void {
    for (const problem of problems) {
      this.#decision += 1;
      const head = { id: `d${this.#decision}`, day };
      const said = answerTo(problem, this.#decision);
      const stood = said?.kind === 'explainForeign' ? { stood: this.flow.stood(said.document) } : {};
      if (said !== null) this.flow.decisions.push({ ...head, ...said, ...stood } as StockDecision);
    }
  }

  /** Every gap closed, as units of items. */
  closeGaps(day: Day): void {
    for (const { pool, item, place, terms } of this.flow.equations(day))
      if (terms.gap !== 0)
        this.flow.decisions.push({
          kind: 'closeGap',
          id: `gap-${day}-${pool}-${item}-${place}`,
          day,
          pool,
          item,
          place,
          units: terms.gap,
        });
  }
}

type Said = StockDecision extends infer D ? (D extends StockDecision ? Omit<D, 'id' | 'day'> : never) : never;

function answerTo({ code, key, rows, documents, sku }: StockProblem, turn: number): Said | null {
  switch (code) {
    case 'shipment-unbooked':
      return { kind: 'answerRows', rows, role: 'inventory-loss' };
    case 'fulfilment-unseen':
      return {
        kind: 'explainForeign',
        document: documents[0]!.replace(/^AMZ_demo_IF_|_1$/g, ''),
        choice: 'counter',
        rows: [],
      };
    case 'movement-foreign':
      return { kind: 'explainForeign', document: documents[0]!, choice: 'counter', rows: [] };
    case 'receipt-unknown':
      return {
        kind: 'decideInbound',
        shipmentId: key.slice(0, -1 - sku!.length),
        sku: sku!,
        choice: turn % 3 === 0 ? 'found' : 'take-from-source',
      };
    case 'inbound-over':
      return {
        kind: 'decideInbound',
        shipmentId: /Receipts\|\|(FBA\d)/.exec(rows[0]!)![1]!,
        sku: sku!,
        choice: turn % 2 === 0 ? 'found' : 'take-from-source',
      };
    case 'inbound-short':
      return {
        kind: 'decideInbound',
        shipmentId: documents[0]!,
        sku: sku!,
        choice: turn % 2 === 0 ? 'lost' : 'returned',
      };
    case 'ledger-unknown': {
      const [, , , eventType, reason] = rows[0]!.split('|') as [string, string, string, string, string];
      return { kind: 'mapMovement', eventType, reason, answer: (['adjust', 'pair', 'adjust'] as const)[turn % 3]! };
    }
    case 'adjustment-large':
      return { kind: 'approveAdjustment', document: documents[0]! };
    default:
      return null;
  }
}

/** All that a plan gives to keep. */
function news(plan: StockPlan) {
  const { rows, answers, offsets, documents, released, approved, closures, inboundDecided } = plan;
  return { rows, answers, offsets, documents, released, approved, closures, inboundDecided };
}
const NOTHING = {
  rows: [],
  answers: [],
  offsets: [],
  documents: [],
  released: [],
  approved: [],
  closures: [],
  inboundDecided: [],
};

/** Units that wait, by item and place, as the plan tells them. */
function waitingBy(plan: StockPlan): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { pool, item, place, units } of plan.waiting) {
    if (item === null) continue;
    const key = [pool, item, place].join(' ');
    sums.set(key, (sums.get(key) ?? 0) + units);
  }
  return sums;
}

/**
 * Gaps that must be there: what the balances have and no row says; rows before `from` that came after the balance; and a
 * row that is wrong, or missing, on the day of such a gap: no summary agrees with it, and the day stays out.
 */
function gapsBy({ flow, world }: Life): Map<string, number> {
  const items = new SkuItems(flow.facts.mappings);
  const gaps = new Map<string, number>();
  const add = (row: LedgerRow, count: number) => {
    for (const { item, perSku } of items.ofRow(row.sku, row.day) ?? []) {
      const key = [poolOf(POOLS, row.country)?.name, item, placeOf(row.disposition)].join(' ');
      gaps.set(key, (gaps.get(key) ?? 0) + count * row.quantity * perSku);
    }
  };
  for (const row of world.gaps) add(row, 1);
  const kept = flow.kept.rows.filter(
    ({ origin, takenBack, eventType }) => origin === 'ledger' && takenBack === null && eventType !== 'WhseTransfers',
  );
  for (const row of kept) if (row.day < FROM && row.seen > flow.kept.opening!.taken) add(row, -1);
  const counts = new Map<string, { row: LedgerRow; more: number }>();
  const count = (row: LedgerRow, more: number) => {
    const known = counts.get(identityOf(row)) ?? { row, more: 0 };
    counts.set(identityOf(row), known);
    known.more += more;
  };
  for (const row of kept) if (row.day >= FROM) count(row, 1);
  for (const { row, until } of world.rows)
    if (until === null && row.day >= FROM && row.eventType !== 'WhseTransfers') count(row, -1);
  for (const { row, more } of counts.values()) {
    if (more === 0) continue;
    expect(world.gaps.map(({ day }) => day)).toContain(row.day);
    add(row, -more);
  }
  return gaps;
}

/** What NetSuite holds in transit is what the shipments say, and nothing is left on its way home. */
function expectOtherPlaces(life: Life, today: Day, decided: boolean): void {
  const { flow, last } = life;
  const items = new SkuItems(flow.facts.mappings);
  const wanted = new Map<string, number>();
  for (const { pool, sku, inTransit } of last!.inbound)
    for (const { item, perSku } of items.atEnd(sku, today) ?? []) {
      const key = `${pool} ${item}`;
      wanted.set(key, (wanted.get(key) ?? 0) + inTransit * perSku);
    }
  if (life.plan.isTheirs && life.plan.remap === null) expectTransferOrders(life, wanted, decided);
  // An opening that waits for its approval has not brought them there.
  for (const { pool, item, place, units } of flow.kept.documents.filter(({ hold }) => hold !== null).flatMap(effectsOf))
    if (place === 'inTransit') wanted.set(`${pool} ${item}`, (wanted.get(`${pool} ${item}`) ?? 0) - units);
  for (const { pool, item, place, units } of flow.netsuite(addDays(today, 99)))
    if (place === 'inTransit' && !life.plan.isTheirs)
      expect([pool, item, units]).toEqual([pool, item, wanted.get(`${pool} ${item}`) ?? 0]);
    else if (place === 'removal' && addDays(FROM, life.plan.days + 20) < today) expect(units).toBe(0);
}

/**
 * Under `theirs` what is in transit is what the transfer orders have open, and what the location has beside them. What orders
 * have beyond that is theirs while the shipment goes on; once it is over and decided nothing of it is left.
 */
function expectTransferOrders({ flow, plan }: Life, wanted: ReadonlyMap<string, number>, decided: boolean): void {
  const isBeyond = ({ shipmentId, status }: (typeof flow.facts.inbound)[number]) =>
    (!decided || status === 'RECEIVING') && plan.shipments[Number(shipmentId.slice(3))]!.more > 0;
  const beyond = new Set(flow.facts.inbound.filter(isBeyond).map(({ pool }) => pool));
  const isOff = (pool: string) =>
    !decided && flow.facts.inbound.some((one) => one.pool === pool && one.status === 'CANCELLED');
  const ordered = new Map<string, number>();
  const add = (key: string, units: number) => ordered.set(key, (ordered.get(key) ?? 0) + units);
  for (const { shipmentId, open } of flow.facts.transferOrders) {
    const pool = flow.facts.inbound.find((one) => one.shipmentId === shipmentId)!.pool;
    for (const { item, units } of open) add(`${pool} ${item}`, units);
  }
  const stood = new Map<string, number>();
  for (const { pool, item, place, units } of flow.kept.opening!.netsuite.flatMap((stand) => stand.units))
    if (place === 'inTransit') stood.set(`${pool} ${item}`, (stood.get(`${pool} ${item}`) ?? 0) + units);
  for (const { pool, item, place, units } of flow.netsuite('2099-01-01'))
    if (place === 'inTransit') add(`${pool} ${item}`, units - (stood.get(`${pool} ${item}`) ?? 0));
  for (const [key, units] of ordered) {
    const pool = key.split(' ')[0]!;
    if (beyond.has(pool) || isOff(pool)) continue;
    expect([plan.shipments.length, key, units]).toEqual([plan.shipments.length, key, wanted.get(key) ?? 0]);
  }
}

/** No row is answered for more than it has, nor the other way round, and no document is too long. */
function expectWhole({ flow }: Life): void {
  const rows = new Map(flow.kept.rows.map((row) => [row.id, row]));
  const answered = new Map<string, { units: number; of: number }>();
  for (const { row: id, item, units, perSku } of flow.kept.answers) {
    const row = rows.get(id)!;
    const known = answered.get(`${id} ${item}`) ?? { units: 0, of: row.own?.units ?? row.quantity * perSku };
    answered.set(`${id} ${item}`, known);
    known.units += units;
  }
  expect([...answered].filter(([, { units, of }]) => units / of < 0 || units / of > 1)).toEqual([]);
  expect(flow.kept.documents.filter(({ lines }) => lines.length === 0 || lines.length > 200)).toEqual([]);
}

/** Roles on which stock may move value. */
const ROLES = ['cogs-returns', 'inventory-loss', 'liquidation', 'opening-balance'];

function live(plan: WorldPlan, decides: boolean): Life {
  const life = new Life(plan);
  for (let on = 0; on < plan.days + AFTER; on += 1) {
    const today = dayOf(on);
    life.read(today, decides);
    if ((life.flow.kept.opening?.netsuite ?? []).length === 0) continue;
    // Throws where the terms of an item are not the difference.
    life.flow.equations(today);
    life.flow.equations(dayOf(Math.floor(on / 2)));
  }
  return life;
}

describe('stock, over generated worlds', () => {
  test('the equation holds on every day of every run, whatever comes late, twice, cut or is taken back', () => {
    fc.assert(
      fc.property(worldPlans(LENGTH), (plan) => {
        const life = live(plan, false);
        const { flow, last } = life;
        const end = dayOf(plan.days + AFTER - 1);
        for (let on = 0; on < plan.days + AFTER; on += 1) flow.equations(dayOf(on));
        const waiting = waitingBy(last!);
        const gaps = gapsBy(life);
        const held = new Set(
          last!.problems.filter(({ code }) => code === 'adjustment-large').flatMap(({ documents }) => documents),
        );
        for (const { pool, item, place, terms, parts } of flow.equations(end)) {
          const key = [pool, item, place].join(' ');
          const ofHeld = flow.kept.answers
            .filter(({ by, item: of }) => by.kind === 'document' && held.has(by.document) && of === item)
            .filter(({ row }) => parts.waiting.some((part) => part.of.kind === 'row' && part.of.row === row))
            .reduce((sum, { units }) => sum + units, 0);
          expect([key, terms.waiting - ofHeld, terms.gap]).toEqual([key, waiting.get(key) ?? 0, gaps.get(key) ?? 0]);
        }
        expectOtherPlaces(life, end, false);
        expectWhole(life);
        for (const document of flow.kept.documents) if ('role' in document) expect(ROLES).toContain(document.role);
        expect(news(flow.run(end))).toEqual(NOTHING);
      }),
      runs(WORLDS),
    );
  });

  test('once people have decided, NetSuite holds what Amazon holds, at each place, and nothing is planned again', () => {
    fc.assert(
      fc.property(worldPlans(LENGTH), (plan) => {
        const life = live(plan, true);
        // By then no report has a day on which anything happened.
        const end = dayOf(plan.days + SPAN);
        for (let on = plan.days + AFTER; dayOf(on) <= end; on += 1) life.read(dayOf(on), true);
        life.closeGaps(end);
        life.read(addDays(end, 1), true);
        life.read(addDays(end, 2), true);
        const { flow, last } = life;
        for (const { pool, item, place, amazon, netsuite, terms } of flow.equations(addDays(end, 2)))
          expect({ pool, item, place, netsuite, terms }).toEqual({
            pool,
            item,
            place,
            netsuite: amazon,
            terms: { opening: 0, waiting: 0, ahead: 0, foreign: 0, gap: terms.gap },
          });
        expectOtherPlaces(life, addDays(end, 2), true);
        expectWhole(life);
        expect(last!.problems.filter(({ code }) => code !== 'pool-unknown')).toEqual([]);
        expect(news(flow.run(addDays(end, 2)))).toEqual(NOTHING);
      }),
      runs(WORLDS),
    );
  });

  test('what is settled changes no term of any later day, and over a month or more most rows are', () => {
    fc.assert(
      fc.property(worldPlans(LENGTH), (plan) => {
        const { flow } = live(plan, true);
        const today = dayOf(plan.days + AFTER - 1);
        for (const by of [dayOf(Math.floor(plan.days / 2)), today])
          for (const day of [by, today]) {
            const { equations } = flow.settled(by, today, day);
            expect(inOrder(equations)).toEqual(inOrder(flow.equations(day)));
          }
        const shipped = flow.kept.rows.filter(
          ({ eventType, origin, day }) => eventType === 'Shipments' && origin === 'ledger' && day >= FROM,
        );
        const { rows } = flow.settled(today, today, today).settled;
        settledShare.push(
          shipped.length === 0 ? 1 : shipped.filter(({ id }) => rows.includes(id)).length / shipped.length,
        );
      }),
      runs(WORLDS),
    );
    expect(settledShare.reduce((sum, share) => sum + share, 0) / settledShare.length).toBeGreaterThan(0.5);
  });

  test('the equation of a past day, from that of the last one, is the one over all that is known, part by part', () => {
    fc.assert(
      fc.property(worldPlans(LENGTH), fc.boolean(), (plan, decides) => {
        const { flow } = live(plan, decides);
        const last = dayOf(plan.days + AFTER - 1);
        for (let day = FROM; day < last; day = addDays(day, 1))
          expect(saidOf(flow.equationsOn(day, last)!)).toEqual(saidOf(flow.equations(day)));
      }),
      runs(WORLDS),
    );
  });
});

/** By item and place where anything stands: both sides, the terms, and the parts of each by what they are of. */
function saidOf(equations: readonly StockEquation[]): string[] {
  const sumsOf = (parts: readonly TermPart[]) => {
    const sums = new Map<string, number>();
    for (const { units, day, of } of parts) {
      const key = JSON.stringify([day, of]);
      sums.set(key, (sums.get(key) ?? 0) + units);
    }
    return [...sums].filter(([, units]) => units !== 0).sort(([a], [b]) => (a < b ? -1 : 1));
  };
  return equations
    .filter(({ amazon, netsuite, terms }) => [amazon, netsuite, ...Object.values(terms)].some((units) => units !== 0))
    .map(({ pool, item, place, day, amazon, netsuite, terms, parts }) =>
      JSON.stringify([
        [pool, item, place, day, amazon, netsuite, terms],
        [sumsOf(parts.waiting), sumsOf(parts.ahead), sumsOf(parts.foreign)],
      ]),
    )
    .sort();
}

const settledShare: number[] = [];
function inOrder(equations: readonly StockEquation[]): StockEquation[] {
  const keyOf = ({ pool, place, item }: StockEquation) => [pool, place, item].join(' ');
  return [...equations].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}
