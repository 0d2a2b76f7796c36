/**
 * The path of the rules: bytes to rows with their identity, day by day as they come, each answered by its fulfilment, an
 * adjustment or nothing. The store is left out: what it would hand in and keep is made aside and not counted, with the indexes
 * that come with it (`planningIndexes`). Settling is told apart. The heap is bounded as a worker's is.
 */
import { readLedgerDetail } from '../../../src/clients/amazon/read-ledger.ts';
import { DriftNotes } from '../../../src/clients/amazon/read-payload.ts';
import { AnswerRules } from '../../../src/domain/stock/answer-table.ts';
import { Balances } from '../../../src/domain/stock/balances.ts';
import { externalIdOf } from '../../../src/domain/identifiers/external-id.ts';
import { FreshRows } from '../../../src/domain/stock/fresh-rows.ts';
import type { KeptRow, KeptStock } from '../../../src/domain/stock/kept-stock.ts';
import { mergeReport } from '../../../src/domain/stock/merge-report.ts';
import { LedgerTable } from '../../../src/domain/stock/ledger-table.ts';
import { lineKey } from '../../../src/domain/stock/open-movements.ts';
import { planningIndexes } from '../../../src/domain/stock/planning.ts';
import { planStock } from '../../../src/domain/stock/plan-stock.ts';
import { settledBy, type Settled } from '../../../src/domain/stock/settled.ts';
import type { NetSuiteMovement } from '../../../src/domain/stock/stock-facts.ts';
import type { SkuMapping, StockFacts, StockPolicy } from '../../../src/domain/stock/stock-plan.ts';
import { addDays, type Day } from '../../../src/domain/money/instant.ts';
import { plainPiecesOf } from '../../../src/operations/files/report-file.ts';
import { boundHeap } from '../../../src/workers/bounded-heap.ts';
import { FROM, fulfilmentsOf, Held, skuOf, SKUS } from '../generate.ts';
import type { Reading } from './reading.ts';

const POLICY: StockPolicy = {
  connection: 'demo',
  pools: [
    {
      name: 'us',
      countries: ['US'],
      marketplace: 'US',
      locations: { sellable: 'FBA US', unsellable: 'U', inTransit: 'T', removal: 'R', source: 'S' },
    },
  ],
  from: FROM,
  graceDays: 3,
  limit: { units: 100, value: '1000.00' },
  inbound: 'inventory-transfer',
  removalDays: 14,
  accounts: {},
  leave: [],
  posting: 'live',
};
const MAPPINGS: SkuMapping[] = Array.from({ length: SKUS }, (_, sku) => ({
  sku: skuOf(sku),
  decided: '2025-01-01',
  item: skuOf(sku),
  units: 1,
  members: null,
}));
const COSTS = MAPPINGS.map(({ item }) => ({
  item,
  averages: [{ location: 'FBA US', cost: '6.00' }],
  lastPurchasePrice: null,
}));

/** As the store hands in the rows of a day: made one after the other, by SKU. */
function asStored(told: FreshRows): KeptRow[] {
  const skus = told.numbers.map((number) => told.table.text(number, 'sku'));
  const order = told.numbers
    .map((_, at) => at)
    .sort((a, b) => (skus[a]! < skus[b]! ? -1 : skus[a]! > skus[b]! ? 1 : a - b));
  const stored = new FreshRows(told.table, told.seen, []);
  for (const at of order) stored.add(told.numbers[at]!, told.ids[at]!, told.pools[at]!);
  return [...stored];
}

class Flow {
  kept: KeptStock = {
    rows: [],
    settled: [],
    answers: [],
    offsets: [],
    documents: [],
    parts: new Map(),
    inboundDecided: [],
    closures: [],
    opening: {
      taken: `${FROM}T00:00:00Z`,
      amazon: [],
      netsuite: [{ pool: null, items: null, units: [], movements: [], last: null }],
      inbound: [],
    },
  };
  movements: NetSuiteMovement[] = [];
  /** Seconds in which facts were made, and kept for the next day: what the store does in the product. */
  apart = 0;
  readonly summarised = new Set<Day>();
  readonly held = new Held();
  number = 0;
  settled = 0;
  documents = 0;

  day(rows: LedgerTable): void {
    const day = rows.text(0, 'day');
    const seen = `${addDays(day, 1)}T12:00:00Z`;
    const { fresh: told } = mergeReport(
      [],
      { first: day, last: day, rows, seen },
      { pools: POLICY.pools, balances: new Balances([]), summarised: new Set(), today: day },
    );
    let fresh: KeptRow[] = [];
    const balances = this.aside(() => {
      fresh = asStored(told);
      this.summarised.add(day);
      this.movements.push(...fulfilmentsOf(this.number, rows.length));
      return new Balances(this.held.balancesOf(this.number, rows.length));
    });
    this.number += 1;
    this.plan(fresh, day, balances);
  }

  /** Seconds of what is measured beside reading, identity and answers. */
  readonly beside = { indexes: 0, settling: 0 };

  timed<T>(stage: 'indexes' | 'settling', work: () => T): T {
    const before = this.apart;
    const result = this.aside(work);
    this.beside[stage] += this.apart - before;
    return result;
  }

  aside<T>(work: () => T): T {
    const begin = performance.now();
    const result = work();
    this.apart += (performance.now() - begin) / 1000;
    return result;
  }

  plan(fresh: KeptRow[], today: Day, balances: Balances): void {
    const facts: StockFacts = {
      readAt: `${today}T12:00:00Z`,
      mappings: MAPPINGS,
      uncountable: new Map(),
      balances,
      summarised: new Map([['us', this.summarised]]),
      returns: [],
      authorisations: [],
      removals: [],
      inbound: [],
      transferOrders: [],
      transit: [],
      movements: this.movements,
      transfersBetween: new Set(),
      gone: [],
      internalIds: new Map(),
      unfulfilled: [],
      costs: COSTS,
      notRestocked: [],
      altered: [],
      standingFor: new Map(),
      unseenReceipts: [],
    };
    const kept = { ...this.kept, rows: [...this.kept.rows, ...fresh] };
    const indexes = this.timed('indexes', () => planningIndexes(facts, POLICY));
    const plan = planStock(facts, kept, [], POLICY, today, indexes);
    const answers = [...kept.answers, ...plan.answers];
    const documents = [...kept.documents, ...plan.documents];
    this.documents += plan.documents.length;
    const settled = this.timed('settling', () =>
      settledBy({
        policy: POLICY,
        rules: new AnswerRules([]),
        items: indexes.items,
        rows: kept.rows,
        answers,
        offsets: [],
        documents,
        movements: this.movements,
        complete: plan.complete,
        day: today,
        today,
      }),
    );
    this.aside(() => this.keep({ ...kept, answers, documents }, settled));
  }

  keep(kept: KeptStock, settled: Settled): void {
    const rows = new Set(settled.rows);
    const gone = new Set(settled.documents);
    const lines = new Set(settled.movements.map(lineKey));
    this.settled += rows.size;
    this.kept = {
      ...kept,
      rows: kept.rows.filter(({ id }) => !rows.has(id)),
      answers: kept.answers.filter(({ row }) => !rows.has(row)),
      documents: kept.documents.filter(({ key }) => !gone.has(externalIdOf(key))),
    };
    this.movements = this.movements.filter(
      ({ netsuiteId, line }) => !lines.has(lineKey({ document: netsuiteId, line })),
    );
  }
}

export async function read(file: string): Promise<Reading> {
  boundHeap();
  const flow = new Flow();
  let rows = 0;
  let day = new LedgerTable();
  for await (const { rows: batch } of readLedgerDetail(plainPiecesOf(file), new DriftNotes())) {
    rows += batch.length;
    for (let at = 0; at < batch.length; at += 1) {
      if (day.length > 0 && day.text(0, 'day') !== batch.text(at, 'day')) {
        flow.day(day);
        day = new LedgerTable();
      }
      day.take(batch, at);
    }
  }
  flow.day(day);
  return {
    rows,
    apart: flow.apart,
    beside: flow.beside,
    stock: { settled: flow.settled, open: flow.kept.rows.length, documents: flow.documents },
  };
}
