/**
 * A connection with stock of which both sides are put into the store by hand: rows and balances as Amazon's reports tell
 * them, movements as NetSuite does. BLU-MUG is an item of that name at 6.00, TEA one at 2.00. What planning plans is posted
 * into books that only know its lines.
 */
import { planStock } from '../../../src/activities/stock/plan-stock.ts';
import { squareStock } from '../../../src/activities/stock/square-stock.ts';
import { MONTHS_MARK } from '../../../src/activities/stock/take-in-balances.ts';
import { readMarkOf } from '../../../src/activities/stock/stock-reading.ts';
import type { StockPlanned, StockSquared } from '../../../src/contracts/stock/stock-activities.ts';
import { lineEffects } from '../../../src/domain/stock/document-effects.ts';
import { FreshRows } from '../../../src/domain/stock/fresh-rows.ts';
import type { KeptRow } from '../../../src/domain/stock/kept-stock.ts';
import { LedgerTable } from '../../../src/domain/stock/ledger-table.ts';
import { identityOf, oppositeOf, rowId } from '../../../src/domain/stock/row-identity.ts';
import type { TakenDecision } from '../../../src/domain/stock/stock-decisions.ts';
import type { LedgerRow, NetSuiteMovement } from '../../../src/domain/stock/stock-facts.ts';
import { daysBetween } from '../../../src/domain/stock/summary-days.ts';
import { settlePosted } from '../../../src/store/documents/posted.ts';
import { openExceptions } from '../../../src/store/exceptions/exceptions.ts';
import { writeMark } from '../../../src/store/intake/marks.ts';
import { saveBalances, saveMonths } from '../../../src/store/stock/ledger-balances.ts';
import { loadLedgerDay, saveLedgerDay } from '../../../src/store/stock/ledger-rows.ts';
import { replaceMovements } from '../../../src/store/stock/netsuite-movements.ts';
import { saveMatchedSkus, saveNetSuiteStock } from '../../../src/store/stock/netsuite-stock.ts';
import { loadStockDocuments } from '../../../src/store/stock/stock-documents.ts';
import { storeStockDecision } from '../../../src/store/stock/stock-decisions.ts';
import { loadStockFigures } from '../../../src/views/stock/stock-figures.ts';
import type { FreshPostgres } from '../../store/fresh-postgres.ts';
import { openStockConnection } from './stock-connection.ts';

const FROM = '2026-10-01';
const OPENED = '2026-09-30';
const LOCATIONS = {
  sellable: 'FBA US',
  unsellable: 'FBA US unsellable',
  inTransit: 'To Amazon',
  removal: 'From Amazon',
  source: 'Warehouse',
};
const COSTS: Record<string, string> = { 'BLU-MUG': '6.00', TEA: '2.00' };

/** A row of the ledger: a mug that can be sold, unless something else is said. */
export const row = (changes: Partial<LedgerRow> & Pick<LedgerRow, 'day' | 'quantity'>): LedgerRow => ({
  fnsku: 'X1',
  sku: 'BLU-MUG',
  asin: 'B1',
  title: 'Mug, blue',
  eventType: 'Adjustments',
  reason: 'M',
  reference: '',
  centre: 'PDX9',
  country: 'US',
  disposition: 'SELLABLE',
  reconciled: null,
  unreconciled: null,
  ...changes,
});
/** A line of NetSuite's at `FBA US`: an adjustment of mugs by somebody else, unless something else is said. */
export const line = (
  changes: Partial<NetSuiteMovement> & Pick<NetSuiteMovement, 'netsuiteId' | 'day' | 'units'>,
): NetSuiteMovement => ({
  line: 1,
  type: 'InvAdjst',
  tranId: `T${changes.netsuiteId}`,
  externalId: null,
  memo: '',
  item: 'BLU-MUG',
  location: LOCATIONS.sellable,
  ...changes,
});

export async function openPlannedStock(postgres: FreshPostgres) {
  const { connection, name, at } = openStockConnection(postgres);
  const { db } = connection;
  const input = { connection: name };
  const mugs = new Map<string, number>();
  let now = '2026-10-20T18:00:00Z';
  let documents = 0;
  const uncountable = new Map<string, string>();

  /** Both sides were read just now. */
  const read = async () => {
    await writeMark(db, name, readMarkOf('ledger'), now);
    await saveNetSuiteStock(db, name, {
      currency: 'USD',
      readAt: now,
      items: Object.entries(COSTS).map(([item, cost], index) => ({
        item,
        netsuiteId: String(index + 1),
        members: null,
        uncountable: uncountable.get(item) ?? null,
        lastPurchasePrice: null,
        averages: [{ location: LOCATIONS.sellable, cost }],
      })),
      onHand: Object.keys(COSTS).map((item) => ({
        location: LOCATIONS.sellable,
        item,
        onHand: 1000,
        committed: 0,
        available: 1000,
      })),
      authorisations: [],
      transferOrders: [],
    });
  };
  const stored = async () =>
    loadStockDocuments(
      db,
      name,
      (await db.selectFrom('documents').select('external_id').where('connection', '=', name).execute()).map(
        ({ external_id: id }) => id,
      ),
    );

  return {
    connection,
    name,
    read,
    /** Why an item cannot be counted; it is read so from now on. */
    cannotCount: (item: string, why: string) => void uncountable.set(item, why),
    /** The clock goes to there, and both sides are read. */
    async goTo(instant: string) {
      now = instant;
      at(instant);
      await read();
    },
    /** What Amazon held of mugs at the end of the day before `stock.from`; the months before it were read. */
    async opens(units: number) {
      await saveMatchedSkus(db, name, [
        { sku: 'BLU-MUG', item: 'BLU-MUG', matchedOn: FROM },
        { sku: 'TEA', item: 'TEA', matchedOn: FROM },
      ]);
      await writeMark(db, name, MONTHS_MARK, '2026-10-04T12:00:00Z');
      mugs.set(OPENED, units);
      await this.summarise(OPENED);
    },
    /** Of a SKU that last moved in a month long ago. */
    slow: (sku: string, units: number, day: string) =>
      saveMonths(db, name, [
        {
          day,
          fnsku: `X-${sku}`,
          sku,
          asin: '',
          disposition: 'SELLABLE',
          country: 'US',
          starting: units,
          inTransit: 0,
          ending: units,
          events: 0,
        },
      ]),
    /** The summary of all days up to this one: what mugs end in is carried on where nobody says otherwise (`ends`). */
    async summarise(to: string, ends: Record<string, number> = {}) {
      for (const [day, units] of Object.entries(ends)) mugs.set(day, units);
      const days = daysBetween(OPENED, to);
      let units = 0;
      const balances = days.map((day) => {
        const starting = units;
        units = mugs.get(day) ?? units;
        return {
          day,
          fnsku: 'X1',
          sku: 'BLU-MUG',
          asin: 'B1',
          disposition: 'SELLABLE',
          country: 'US',
          starting,
          inTransit: 0,
          ending: units,
          events: day === OPENED ? 0 : units - starting,
        };
      });
      await saveBalances(db, name, { balances, days }, now);
    },
    /** Rows that the ledger tells now. Returns their ids. */
    async tells(...rows: LedgerRow[]): Promise<string[]> {
      const kept = rows.map((one): KeptRow => ({
        ...one,
        id: rowId(identityOf(one), 1),
        pool: 'us',
        origin: 'ledger',
        seen: now,
        takenBack: null,
        opposes: null,
        own: null,
      }));
      for (const one of kept)
        await saveLedgerDay(db, name, {
          day: one.day,
          fresh: new FreshRows(new LedgerTable(), now, [one]),
          takenBack: [],
          changed: [],
          digest: one.id,
          rows: 1,
        });
      return kept.map(({ id }) => id);
    },
    /** A later report has the row no longer. */
    async takesBack(id: string) {
      const day = now.slice(0, 10);
      const known = (await loadLedgerDay(db, name, id.slice(0, 10))).find((one) => one.id === id)!;
      const opposite = oppositeOf(known, { day, seen: now });
      await saveLedgerDay(db, name, {
        day,
        fresh: new FreshRows(new LedgerTable(), now, [opposite]),
        takenBack: [],
        changed: [],
        digest: 'gone',
        rows: 0,
      });
      await saveLedgerDay(db, name, {
        day: known.day,
        fresh: new FreshRows(new LedgerTable(), now, []),
        takenBack: [{ ...known, takenBack: day }],
        changed: [],
        digest: 'gone',
        rows: 0,
      });
    },
    /** What NetSuite has of a document now; without lines it has it no longer. */
    moves: (netsuiteId: string, ...lines: Omit<Parameters<typeof line>[0], 'netsuiteId'>[]) =>
      replaceMovements(
        db,
        name,
        [netsuiteId],
        lines.map((one) => line({ netsuiteId, ...one })),
      ),
    decide: (decision: TakenDecision) =>
      storeStockDecision(db, name, { decision, by: 'maria', why: 'counted', at: now, day: now.slice(0, 10) }),
    plan: (): Promise<StockPlanned> => planStock(connection, input),
    square: (): Promise<StockSquared> => squareStock(connection, input),
    /** Plans, posts what may be sent, and reads it back a minute later. Names of what was posted. */
    async run(): Promise<string[]> {
      const { send } = await planStock(connection, input);
      for (const externalId of send) await this.post(externalId);
      now = new Date(Date.parse(now) + 60_000).toISOString();
      await this.goTo(now);
      const { complete = [] } = await planStock(connection, input);
      await squareStock(connection, { ...input, complete });
      return send.map(nameOf);
    },
    /** As NetSuite takes it: a line for each effect at our places. */
    async post(externalId: string) {
      const [{ document }] = (await loadStockDocuments(db, name, [externalId])) as [
        Awaited<ReturnType<typeof loadStockDocuments>>[number],
      ];
      documents += 1;
      const netsuiteId = String(9000 + documents);
      await settlePosted(db, externalId, netsuiteId, now);
      await replaceMovements(
        db,
        name,
        [netsuiteId],
        lineEffects(document)
          .filter(({ place }) => place !== 'source')
          .map(({ place, item, units }, index) =>
            line({
              netsuiteId,
              line: index + 1,
              day: document.day,
              externalId,
              item,
              units,
              location: LOCATIONS[place as keyof typeof LOCATIONS],
            }),
          ),
      );
    },
    /** `ADJ us-20261010-inventory-loss: BLU-MUG -2` of every document that was ever planned, in order. */
    documents: async () =>
      (await stored()).map(
        ({ document, externalId }) =>
          `${nameOf(externalId)}: ${document.lines.map(({ item, units }) => `${item} ${units}`).join(', ')}`,
      ),
    netsuiteIdOf: async (name: string) =>
      (await stored()).find(({ externalId }) => nameOf(externalId) === name)!.netsuiteId!,
    /** How many answers there are, and how many of them are settled. */
    async answers() {
      const rows = await db.selectFrom('stock_answers').select('settled').where('connection', '=', name).execute();
      return { all: rows.length, settled: rows.filter(({ settled }) => settled).length };
    },
    /** Amazon, NetSuite and the terms that are not zero at the end of a day, by what is known now, of mugs that can be sold. */
    async stands(day: string, item = 'BLU-MUG') {
      const world = { temporal: { uiUrl: null }, simulators: {} };
      const figures = await loadStockFigures({ store: { db }, world }, connection.settings, day);
      const found = figures!.equations.find((one) => one.item === item && one.place === 'sellable');
      return found === undefined
        ? null
        : {
            amazon: found.amazon,
            netsuite: found.netsuite,
            ...Object.fromEntries(Object.entries(found.terms).filter(([, units]) => units !== 0)),
          };
    },
    open: async () => (await openExceptions(db, name)).map(({ code, key }) => `${code} ${key}`).sort(),
  };
}
export type PlannedStock = Awaited<ReturnType<typeof openPlannedStock>>;

/** `AMZ_stock-1_ADJ_us-opening_1` is `ADJ us-opening`, a later part `ADJ us-opening 2`. */
function nameOf(externalId: string): string {
  const [, , purpose, key, part] = externalId.split('_');
  return `${purpose} ${key}${part === '1' ? '' : ` ${part}`}`;
}
