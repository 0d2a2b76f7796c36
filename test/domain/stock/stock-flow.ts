/**
 * A flow in memory around the pure rules: what was read is added to, a run plans over it, keeps what the plan gives and posts
 * its documents to books of its own. The books are counted from what was posted, never from the plan's own sums.
 */
import { Balances } from '../../../src/domain/stock/balances.ts';
import { effectsOf } from '../../../src/domain/stock/document-effects.ts';
import { completeDays } from '../../../src/domain/stock/day-complete.ts';
import { AnswerRules } from '../../../src/domain/stock/answer-table.ts';
import {
  equationsOn,
  type DatedAnswer,
  type DatedLine,
  type DatedOffset,
} from '../../../src/domain/stock/equation-on.ts';
import { stockEquations, type EquationInput } from '../../../src/domain/stock/equation.ts';
import { settledBy, type Settled } from '../../../src/domain/stock/settled.ts';
import { externalIdOf } from '../../../src/domain/identifiers/external-id.ts';
import type { Answer, KeptRow, KeptStock, StockDocument } from '../../../src/domain/stock/kept-stock.ts';
import { LedgerTable } from '../../../src/domain/stock/ledger-table.ts';
import { mergeReport } from '../../../src/domain/stock/merge-report.ts';
import { stoodOf } from '../../../src/domain/stock/decided-foreign.ts';
import { grouped } from '../../../src/domain/stock/grouped.ts';
import { lineKey, openMovements, placeAt } from '../../../src/domain/stock/open-movements.ts';
import { differencesOf } from '../../../src/domain/stock/own-differences.ts';
import { undoneMovements } from '../../../src/domain/stock/undone.ts';
import { planStock } from '../../../src/domain/stock/plan-stock.ts';
import { openingBooked } from '../../../src/domain/stock/opening.ts';
import { locationOf, placeOf, poolOf, type NamedPlace, type Pool } from '../../../src/domain/stock/pools.ts';
import { heldByItem } from '../../../src/domain/stock/sku-units.ts';
import { SkuItems } from '../../../src/domain/stock/sku-items.ts';
import { decisionsOf, type StockDecision, type StoodLine } from '../../../src/domain/stock/stock-decisions.ts';
import type { LedgerBalance, LedgerRow, NetSuiteMovement } from '../../../src/domain/stock/stock-facts.ts';
import type {
  SkuMapping,
  StockEquation,
  StockFacts,
  StockPlan,
  StockPolicy,
  Units,
} from '../../../src/domain/stock/stock-plan.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };

export const poolNamed = (name: string, countries: readonly string[]): Pool => ({
  name,
  countries,
  marketplace: countries[0]!,
  locations: {
    sellable: `${name}-1`,
    unsellable: `${name}-2`,
    inTransit: `${name}-3`,
    removal: `${name}-4`,
    source: 'home',
  },
});

export const US = poolNamed('us', ['US']);

export const policyWith = (changes: Partial<StockPolicy> = {}): StockPolicy => ({
  connection: 'demo',
  pools: [US],
  from: '2026-10-01',
  graceDays: 3,
  limit: { units: 100, value: '1000.00' },
  inbound: 'inventory-transfer',
  removalDays: 14,
  accounts: {},
  leave: [],
  posting: 'live',
  ...changes,
});

export const ledgerRow = (changes: Partial<LedgerRow> & Pick<LedgerRow, 'day' | 'quantity'>): LedgerRow => ({
  fnsku: 'X1',
  sku: 'MUG',
  asin: 'B1',
  title: 'Mug',
  eventType: 'Adjustments',
  reason: '',
  reference: '',
  centre: 'ABE2',
  country: 'US',
  disposition: 'SELLABLE',
  reconciled: null,
  unreconciled: null,
  ...changes,
});

export const balance = (changes: Partial<LedgerBalance> & Pick<LedgerBalance, 'day' | 'ending'>): LedgerBalance => ({
  fnsku: 'X1',
  sku: 'MUG',
  asin: 'B1',
  disposition: 'SELLABLE',
  country: 'US',
  starting: 0,
  inTransit: 0,
  events: 0,
  ...changes,
});

/** A flow that has mugs, cups, packs of three mugs and a set of a mug and two cups, at 6.00 and 4.00. */
export function shopFlow(policy: Partial<StockPolicy> = {}, facts: Partial<StockFacts> = {}): StockFlow {
  const mapping = (sku: string, item: string, units = 1, members: SkuMapping['members'] = null): SkuMapping => ({
    sku,
    decided: '2026-09-01',
    item,
    units,
    members,
  });
  return new StockFlow(policy, {
    mappings: [
      mapping('MUG', 'mug'),
      mapping('CUP', 'cup'),
      mapping('PACK', 'mug', 3),
      mapping('SET', 'set', 1, [
        { item: 'mug', quantity: 1 },
        { item: 'cup', quantity: 2 },
      ]),
    ],
    costs: [
      { item: 'mug', averages: [{ location: 'us-1', cost: '6.00' }], lastPurchasePrice: null },
      { item: 'cup', averages: [{ location: 'us-1', cost: '4.00' }], lastPurchasePrice: null },
    ],
    ...facts,
  });
}

export class StockFlow {
  readonly policy: StockPolicy;
  readonly facts: Omit<Writable<StockFacts>, 'summarised' | 'uncountable' | 'internalIds'> & {
    summarised: Map<string, Set<string>>;
    internalIds: Map<string, string>;
    uncountable: Map<string, string>;
  };
  kept: KeptStock = {
    rows: [],
    settled: [],
    answers: [],
    offsets: [],
    documents: [],
    parts: new Map(),
    inboundDecided: [],
    closures: [],
    opening: null,
  };
  /** What NetSuite holds besides: of the opening, of movements. */
  readonly books: (Units & { day: string; source: string })[] = [];
  decisions: StockDecision[] = [];
  /** Lines that NetSuite has of documents of ours which somebody altered, by external id: none of one that he deleted. */
  readonly #altered = new Map<string, NetSuiteMovement[]>();
  #read = 0;

  constructor(policy: Partial<StockPolicy> = {}, facts: Partial<StockFacts> = {}) {
    this.policy = policyWith(policy);
    this.facts = {
      readAt: '2026-10-01T00:00:00Z',
      mappings: [],
      uncountable: new Map(),
      balances: new Balances([]),
      summarised: new Map(),
      returns: [],
      authorisations: [],
      removals: [],
      inbound: [],
      transferOrders: [],
      altered: [],
      standingFor: new Map(),
      transit: [],
      movements: [],
      transfersBetween: new Set(),
      gone: [],
      internalIds: new Map(),
      unfulfilled: [],
      costs: [],
      notRestocked: [],
      unseenReceipts: [],
      ...(facts as object),
    };
  }

  /** Rows as a first report has them. */
  addRows(...rows: readonly LedgerRow[]): KeptRow[] {
    if (rows.length === 0) return [];
    const days = rows.map(({ day }) => day).sort();
    const before = this.kept.rows.filter(({ origin }) => origin === 'ledger');
    const merged = mergeReport(
      before,
      // What is kept of these days is in the report too.
      {
        first: days[0]!,
        last: days.at(-1)!,
        rows: LedgerTable.of([...before.filter(({ day }) => day >= days[0]! && day <= days.at(-1)!), ...rows]),
        seen: this.#instant(),
      },
      { pools: this.policy.pools, balances: new Balances([]), summarised: new Set(), today: days.at(-1)! },
    );
    const fresh = [...merged.fresh];
    this.kept = { ...this.kept, rows: [...this.kept.rows, ...fresh] };
    return fresh;
  }

  summarise(day: string, ...balances: readonly LedgerBalance[]): void {
    for (const one of balances) this.facts.balances.add(one);
    for (const { name } of this.policy.pools) {
      const days = this.facts.summarised.get(name) ?? new Set<string>();
      this.facts.summarised.set(name, days.add(day));
    }
  }

  /** A posted line of NetSuite that is none of the plan's. */
  move(movement: Partial<NetSuiteMovement> & Pick<NetSuiteMovement, 'netsuiteId' | 'day' | 'item' | 'units'>): void {
    const whole: NetSuiteMovement = {
      line: 1,
      type: 'ItemShip',
      tranId: movement.netsuiteId,
      externalId: `AMZ_demo_IF_${movement.netsuiteId}_1`,
      memo: '',
      location: 'us-1',
      ...movement,
    };
    this.facts.movements.push(whole);
    this.#book(whole);
  }

  /** Somebody edits a movement in NetSuite: it moves so many units now, or is deleted. */
  edit(netsuiteId: string, units: number): void {
    const before = this.facts.movements.find((one) => one.netsuiteId === netsuiteId)!;
    this.facts.movements = this.facts.movements.flatMap((one) =>
      one !== before ? [one] : units === 0 ? [] : [{ ...one, units }],
    );
    if (units === 0) this.facts.gone.push({ document: netsuiteId, line: before.line });
    this.#book({ ...before, units: units - before.units });
  }

  /** Somebody edits a document of ours: its units at a place, or null where he deletes it. Returns its internal id. */
  alter(externalId: string, moved: readonly Omit<Units, 'pool'>[] | null): string {
    const document = this.kept.documents.find(({ key }) => externalIdOf(key) === externalId)!;
    const netsuiteId = this.facts.internalIds.get(externalId)!;
    const lines = (moved ?? []).map(({ place, item, units }, index): NetSuiteMovement => ({
      netsuiteId,
      line: index + 1,
      type: 'from' in document ? 'InvTrnfr' : 'of' in document ? 'ItemRcpt' : 'InvAdjst',
      tranId: netsuiteId,
      externalId,
      memo: document.memo,
      day: document.day,
      item,
      location: locationOf(this.policy.pools[0], place)!,
      units,
    }));
    for (const before of this.#differences(externalId)) this.#book({ ...before, units: -before.units });
    this.#altered.set(externalId, lines);
    for (const difference of this.#differences(externalId)) this.#book(difference);
    return netsuiteId;
  }

  #differences(externalId: string): NetSuiteMovement[] {
    const document = this.kept.documents.find(({ key }) => externalIdOf(key) === externalId)!;
    const lines = this.#altered.get(externalId);
    const netsuiteId = this.facts.internalIds.get(externalId)!;
    return lines === undefined ? [] : differencesOf({ document, netsuiteId, lines }, this.policy.pools);
  }

  /** What a person says of a movement, as NetSuite has it now. */
  explain(document: string, day: string, answers: readonly string[] = []): void {
    this.decisions.push({
      kind: 'explainForeign',
      id: `said ${this.decisions.length}`,
      day,
      document,
      choice: answers.length === 0 ? 'counter' : 'answers',
      rows: answers,
      stood: this.stood(document),
    });
  }

  /** What a decision about a movement would cover now. */
  stood(document: string): StoodLine[] {
    const facts = this.#whole();
    const movements = openMovements(facts, this.kept, this.policy, this.kept.opening);
    return stoodOf(document, movements, { facts, kept: this.kept });
  }

  #whole(): StockFacts {
    const movements = [
      ...this.facts.movements,
      ...[...this.#altered.keys()].flatMap((externalId) => this.#differences(externalId)),
    ];
    const { pools, from } = this.policy;
    const days = new Map(this.kept.documents.map(({ key, day }) => [externalIdOf(key), day]));
    const within = [...grouped(movements, ({ netsuiteId }) => netsuiteId)].filter(
      ([, lines]) => new Set(lines.flatMap(({ location }) => placeAt(pools, location)?.place ?? [])).size > 1,
    );
    return {
      ...this.facts,
      transfersBetween: new Set(within.map(([netsuiteId]) => netsuiteId)),
      movements: [
        ...movements,
        ...undoneMovements(this.kept.offsets, { pools, movements, days, from, internalIds: this.facts.internalIds }),
      ],
    };
  }

  /** NetSuite's stand at the end of the day before, which the opening is read from. */
  open(units: readonly Units[]): void {
    const before = this.facts.movements.filter(({ day }) => day < this.policy.from);
    this.kept = {
      ...this.kept,
      opening: {
        ...this.kept.opening!,
        netsuite: [
          {
            pool: null,
            items: null,
            units,
            movements: before.map(({ netsuiteId, line }) => ({ document: netsuiteId, line })),
            last: null,
          },
        ],
      },
    };
  }

  /** Plans once; keeps and posts what comes of it. */
  run(today: string): StockPlan {
    this.facts.readAt = this.#instant();
    this.facts.transit = this.netsuite('9999-12-31').filter(({ place }) => place === 'inTransit');
    const plan = planStock(this.#whole(), this.kept, this.decisions, this.policy, today);
    const released = new Set(plan.released);
    const parts = new Map(this.kept.parts);
    const keys = new Set(this.kept.documents.map(({ key }) => externalIdOf(key)));
    for (const { key } of plan.documents) {
      if (keys.has(externalIdOf(key))) throw new Error(`${externalIdOf(key)} was used before`);
      keys.add(externalIdOf(key));
      this.facts.internalIds.set(externalIdOf(key), String(70_000 + this.facts.internalIds.size));
      const name = `${key.purpose} ${key.businessKey}`;
      parts.set(name, Math.max(parts.get(name) ?? 0, key.part));
    }
    this.kept = {
      rows: [...this.kept.rows, ...plan.rows],
      settled: this.kept.settled,
      answers: [...this.kept.answers.filter((answer) => !released.has(answer)), ...plan.answers],
      offsets: [...this.kept.offsets, ...plan.offsets],
      documents: [...this.kept.documents, ...plan.documents].map((document) =>
        plan.approved.includes(externalIdOf(document.key)) ? { ...document, hold: null } : document,
      ),
      parts,
      inboundDecided: [...this.kept.inboundDecided, ...plan.inboundDecided],
      closures: [...this.kept.closures, ...plan.closures],
      opening: plan.opening ?? this.kept.opening,
    };
    for (const { authorisation, item, units } of plan.closures) this.#receive(authorisation, item, units);
    for (const document of plan.documents)
      if ('of' in document)
        for (const { item, units } of document.lines) this.#receive(document.of.netsuiteId, item, units);
    return plan;
  }

  #receive(netsuiteId: string, item: string, units: number): void {
    let left = units;
    this.facts.authorisations = this.facts.authorisations.map((one) => {
      if (one.netsuiteId !== netsuiteId || one.item !== item) return one;
      const taken = Math.min(left, one.open);
      left -= taken;
      return { ...one, open: one.open - taken };
    });
    this.facts.transferOrders = this.facts.transferOrders.map((order) =>
      order.netsuiteId !== netsuiteId
        ? order
        : {
            ...order,
            open: order.open.map((line) => (line.item === item ? { ...line, units: line.units - units } : line)),
          },
    );
  }

  /** What stands in NetSuite: documents that wait for an approval do not. */
  posted(): StockDocument[] {
    return this.kept.documents.filter(({ hold }) => hold === null);
  }

  /** NetSuite's units at the end of a day, by item and place. */
  netsuite(day: string): Units[] {
    const sums = new Map<string, Units>();
    const counted = (this.kept.opening?.netsuite ?? []).flatMap(({ movements }) => movements.map(lineKey));
    const late = this.facts.movements
      .filter(
        (one) => one.day < this.policy.from && !counted.includes(lineKey({ document: one.netsuiteId, line: one.line })),
      )
      .map(({ netsuiteId }) => netsuiteId);
    const stand = (this.kept.opening?.netsuite ?? []).flatMap(({ units: of }) =>
      of.map((one) => ({ ...one, day: '' })),
    );
    const movements = this.books.filter((one) => one.day >= this.policy.from || late.includes(one.source));
    const documents = this.posted().flatMap((document) =>
      effectsOf(document).map((effect) => ({ ...effect, day: document.day })),
    );
    for (const { pool, item, place, units, day: of } of [...stand, ...movements, ...documents]) {
      if (of > day) continue;
      const key = [pool, item, place].join(' ');
      const sum = sums.get(key) ?? { pool, item, place, units: 0 };
      sum.units += units;
      sums.set(key, sum);
    }
    return [...sums.values()];
  }

  equations(day: string): StockEquation[] {
    return stockEquations(this.#equation(day));
  }

  /** Of a day that is past, from the equations of a later one and what lies across the day. */
  equationsOn(day: string, last: string): StockEquation[] | null {
    const { policy, kept, facts } = this;
    const documents = this.posted();
    const days = new Map<string, DatedLine>();
    for (const document of documents)
      for (const [line] of document.lines.entries()) {
        const externalId = externalIdOf(document.key);
        const ref = { document: externalId, line };
        days.set(lineKey(ref), { kind: 'document', day: document.day, externalId, ...ref });
      }
    for (const { netsuiteId, line, day: of, externalId } of facts.movements) {
      const ref = { document: netsuiteId, line };
      days.set(lineKey(ref), { kind: 'movement', day: of, externalId, ...ref });
    }
    const rows = new Map(kept.rows.map((row) => [row.id, row]));
    const answers = kept.answers.flatMap(({ row, item, units, by, astride }): DatedAnswer[] => {
      const dated = by.kind === 'nothing' ? by : days.get(lineKey(by));
      if (dated === undefined || dated.day > last || rows.get(row)!.day > last) return [];
      return [{ row: rows.get(row)!, item, units, by: dated, isRowInOpening: astride?.inOpening === 'row' }];
    });
    const after = (one: { day: string }) => one.day > day;
    return equationsOn({
      policy,
      opening: kept.opening!,
      day,
      last: this.equations(last),
      amazon: heldByItem(facts.balances, new SkuItems(facts.mappings), policy.pools, day),
      netsuite: this.netsuite(day),
      answers: answers.filter(({ row, by }) => after(row) !== after(by)),
      offsets: kept.offsets.flatMap(({ line, against, ...offset }): DatedOffset[] => {
        const [one, other] = [line, against].map((ref) => days.get(lineKey(ref)));
        const isIn = one !== undefined && other !== undefined && one.day <= last && other.day <= last;
        return isIn && after(one) !== after(other) ? [{ ...offset, line: one, against: other }] : [];
      }),
      answeredSince: answers
        .filter(({ row }) => after(row))
        .flatMap(({ row, item, units }): Units[] => {
          const pool = row.pool ?? poolOf(policy.pools, row.country)?.name;
          return pool === undefined ? [] : [{ pool, item, place: placeOf(row.disposition), units }];
        }),
      openedSince: openingBooked(documents.filter((document) => after(document) && document.day <= last)),
    });
  }

  #equation(day: string): EquationInput {
    return {
      policy: this.policy,
      decisions: this.decisions,
      items: new SkuItems(this.facts.mappings),
      balances: this.facts.balances,
      opening: this.kept.opening!,
      rows: this.kept.rows,
      settled: [],
      answers: this.kept.answers,
      offsets: this.kept.offsets,
      documents: this.posted(),
      facts: this.#whole(),
      netsuite: this.netsuite(day),
      day,
    };
  }

  /** What is settled by a day, and the equation of a later one without it. */
  settled(by: string, today: string, day: string): { settled: Settled; equations: StockEquation[] } {
    const { policy, kept, decisions } = this;
    const facts = this.#whole();
    const settled = settledBy({
      policy,
      rules: new AnswerRules(decisionsOf(decisions, 'mapMovement')),
      items: new SkuItems(facts.mappings),
      rows: kept.rows,
      answers: kept.answers,
      offsets: kept.offsets,
      documents: this.posted(),
      movements: facts.movements,
      complete: completeDays(kept.rows, {
        pools: policy.pools,
        balances: facts.balances,
        summarised: facts.summarised,
        settled: kept.settled,
      }),
      day: by,
      today,
    });
    const rows = new Set(settled.rows);
    const documents = new Set(settled.documents);
    const lines = new Set(settled.movements.map(lineKey));
    const whole = this.#equation(day);
    const equations = stockEquations({
      ...whole,
      rows: whole.rows.filter(({ id }) => !rows.has(id)),
      answers: whole.answers.filter(({ row }) => !rows.has(row)),
      settled: settled.units,
      documents: whole.documents.filter(({ key }) => !documents.has(externalIdOf(key))),
      facts: {
        movements: facts.movements.filter(
          ({ netsuiteId, line }) => !lines.has(lineKey({ document: netsuiteId, line })),
        ),
      },
    });
    return { settled, equations };
  }

  /** `sellable / unsellable / in transit` of an item, as the worked example writes it. */
  places(item: string, day: string, pool = 'us'): string {
    const units = this.netsuite(day);
    const of = (place: NamedPlace) =>
      units.find((one) => one.pool === pool && one.item === item && one.place === place)?.units ?? 0;
    return [of('sellable'), of('unsellable'), of('inTransit')].join(' / ');
  }

  #book({ netsuiteId: source, day, item, location, units }: NetSuiteMovement): void {
    for (const { name, locations } of this.policy.pools)
      for (const place of Object.keys(locations) as NamedPlace[])
        if (locations[place] === location && place !== 'source')
          this.books.push({ day, pool: name, item, place, units, source });
  }

  #instant(): string {
    this.#read += 1;
    return `2026-01-01T00:00:00Z ${String(this.#read).padStart(6, '0')}`;
  }
}

/** `ADJ us-20261010-inventory-loss: MUG -2 sellable`: a document as people write it down. */
export function written(document: StockDocument): string {
  const { purpose, businessKey, part } = document.key;
  const lines = document.lines.map(({ item, units, place, unitCost }) =>
    [
      item,
      units > 0 && purpose === 'ADJ' ? `+${units}` : units,
      'from' in document ? '' : place.place,
      unitCost ? `@${unitCost}` : '',
    ]
      .filter((text) => text !== '')
      .join(' '),
  );
  return `${purpose} ${businessKey}${part > 1 ? ` ${part}` : ''}: ${lines.join(', ')}${document.hold ? ' (held)' : ''}`;
}

export function answersOf(answers: readonly Answer[], row: KeptRow): Answer[] {
  return answers.filter((answer) => answer.row === row.id);
}
