/** A connection with stock on a real NetSuite simulator and a real store; what NetSuite holds is asked by bare HTTP. */
import type { Connection } from '../../../src/activities/connection.ts';
import { createNetSuiteClient } from '../../../src/clients/netsuite/create-netsuite-client.ts';
import { createLocalSlots } from '../../../src/clients/netsuite/slots.ts';
import type { ConnectionSettings } from '../../../src/config/connection.ts';
import { stockSchema } from '../../../src/config/stock.ts';
import type { StockDocument, StockLine } from '../../../src/domain/stock/kept-stock.ts';
import type { NamedPlace, Place } from '../../../src/domain/stock/pools.ts';
import { externalIdOf, memoStart } from '../../../src/domain/identifiers/external-id.ts';
import { planDocument, type DocumentIntent } from '../../../src/store/documents/documents.ts';
import { openExceptions } from '../../../src/store/exceptions/exceptions.ts';
import { loadDocumentNotes } from '../../../src/store/stock/document-notes.ts';
import { openAccount } from '../../simulators/netsuite/bare-account.ts';
import { exampleSeed } from '../../simulators/netsuite/example-seed.ts';
import { warehouseOf } from '../../simulators/netsuite/stock-documents.ts';
import type { FreshPostgres } from '../../store/fresh-postgres.ts';
import { connectionForTest } from '../connection-for-test.ts';

const NOON = Date.parse('2026-11-20T12:00:00Z');
export const CONNECTION = 'demo-us';
export const LOCATIONS: Record<NamedPlace, string> = {
  sellable: 'FBA US',
  unsellable: 'FBA US unsellable',
  inTransit: 'To Amazon',
  removal: 'From Amazon',
  source: 'Warehouse',
};
export const at = (place: Place) => ({ pool: 'us', place });
export const lineOf = (item: string, units: number, more: Partial<StockLine> = {}): StockLine => ({
  item,
  units,
  place: at('sellable'),
  unitCost: null,
  eventType: '',
  reason: '',
  ...more,
});

/** `GIFT-SET` is a kit of two SKU-A, one SKU-B and a wrapping that nobody counts. */
function seed() {
  const { locations, items, ...rest } = exampleSeed();
  return {
    ...rest,
    locations: [
      ...locations,
      ...Object.values(LOCATIONS)
        .slice(1)
        .map((name) => ({ name })),
    ],
    items: [
      ...items,
      {
        itemId: 'GIFT-SET',
        type: 'Kit' as const,
        displayName: 'Gift set',
        incomeAccount: '4000',
        members: [
          { itemId: 'SKU-A', quantity: 2 },
          { itemId: 'SKU-B', quantity: 1 },
          { itemId: 'AMZ-SHIPPING', quantity: 1 },
        ],
      },
    ],
  };
}

export async function openStockPosting({ store }: FreshPostgres) {
  const bare = await openAccount({ seed: seed(), switches: { autoApply: false } });
  const warehouse = await warehouseOf(bare);
  const { simulator } = bare;
  const clock = { later: 0 };
  const netsuite = createNetSuiteClient({
    account: simulator.account,
    baseUrl: simulator.url,
    tokenUrl: simulator.tokenUrl,
    clientId: simulator.clientId,
    certificateId: simulator.certificateId,
    privateKeyPem: simulator.privateKeyPem!,
    slots: createLocalSlots(3),
    timeoutMs: 1000,
    now: Date.now,
    log: () => {},
  });
  const { sellable, unsellable, inTransit, removal, source } = LOCATIONS;
  const connection: Connection = connectionForTest({
    store,
    settings: {
      name: CONNECTION,
      posting: 'live',
      postingMode: 'invoice',
      closedPeriod: 'wait',
      lostAnswerWaits: ['1s', '10m'],
      netsuite: { account: 'SIM_1', subsidiary: 'Example Inc' },
      accounts: { 'inventory-loss': '6300', 'cogs-returns': '5000', 'opening-balance': '3900' },
      fields: {},
      dimensions: { department: { byRole: { 'inventory-loss': 'Warehouse' } } },
      stock: stockSchema.parse({
        from: '2026-10-01',
        pools: [
          {
            name: 'us',
            countries: ['US'],
            marketplace: 'ATVPDKIKX0DER',
            sellable,
            unsellable,
            inTransit,
            removal,
            source,
          },
        ],
      }),
    } as unknown as ConnectionSettings,
    netsuite,
    realNow: () => NOON + clock.later,
    now: async () => '2026-11-20T12:00:00Z',
    latest: () => '2026-11-20T12:00:00Z',
    failPoint: () => {},
  });

  return {
    bare,
    warehouse,
    connection,
    /** Moves real time on, by which lost answers are waited for. */
    wait: (ms: number) => {
      clock.later += ms;
    },
    /** Writes a document down as planning does; hands back its external id. */
    async plan(document: Partial<StockDocument> & Pick<StockDocument, 'key' | 'lines'>): Promise<string> {
      const { key, day = '2026-10-28', ...plan } = document;
      const intent = {
        key,
        date: day,
        currency: 'USD',
        total: 0n,
        orderId: null,
        settlementId: null,
        plan: { pool: 'us', memo: memoStart(key), hold: null, shipmentId: null, ...plan },
      } as unknown as DocumentIntent<'adjustment' | 'transfer' | 'receipt'>;
      await planDocument(store.db, intent);
      return externalIdOf(key);
    },
    /** What is noted of a document, and null where nothing is. */
    note: async (externalId: string) =>
      (await loadDocumentNotes(store.db, CONNECTION)).find((note) => note.externalId === externalId) ?? null,
    open: async () => (await openExceptions(store.db, CONNECTION)).map(({ code, key }) => `${code} ${key}`),
    /** Head and inventory lines as NetSuite has them: `SKU-A -2 at FBA US (Adjustments M)`. */
    async held(externalId: string): Promise<{ head: string[]; lines: string[] }> {
      const heads = await bare.query(
        "SELECT type, TO_CHAR(trandate, 'YYYY-MM-DD') AS day, memo FROM transaction WHERE externalid = ? ORDER BY id",
        [externalId],
      );
      const lines = await bare.query(
        `SELECT BUILTIN.DF(tl.item) AS item, tl.quantity, BUILTIN.DF(tl.location) AS location, tl.memo FROM transactionline tl JOIN transaction t ON t.id = tl.transaction
         WHERE t.externalid = ? AND tl.isinventoryaffecting = 'T' ORDER BY tl.id`,
        [externalId],
      );
      return {
        head: heads.map(({ type, day, memo }) => `${type} ${day} ${memo}`),
        lines: lines.map(
          ({ item, quantity, location, memo }) =>
            `${item} ${quantity} at ${location}${memo === undefined ? '' : ` (${memo})`}`,
        ),
      };
    },
    /** What a document puts on an account, debit positive. */
    posted: async (externalId: string, account: string) =>
      (
        await bare.query(
          `SELECT NVL(SUM(tal.amount), 0) amount FROM transactionaccountingline tal JOIN account a ON a.id = tal.account JOIN transaction t ON t.id = tal.transaction
           WHERE t.externalid = ? AND a.acctnumber = ?`,
          [externalId, account],
        )
      )[0]?.['amount'] ?? '',
    onHand: async (place: NamedPlace, item = 'SKU-A') =>
      Number((await warehouse.held(LOCATIONS[place], item))?.['quantityonhand'] ?? '0'),
    /** Faults, switches, periods of the simulator. */
    admin: async (path: string, body: object) => {
      const { status, text } = await bare.admin('POST', path, body);
      if (status >= 300) throw new Error(`${path}: ${text}`);
    },
    /** Three of SKU-A and a shipping charge, sold, shipped and authorised to come back whole; NetSuite's id. */
    async authorised(items: object[] = [warehouse.goods('SKU-A', 3, 120)]): Promise<string> {
      const order = await warehouse.order([...items, { item: warehouse.ref('AMZ-SHIPPING'), amount: 5 }]);
      const from = (target: string, body: object) =>
        bare.create(`salesOrder/${order}/!transform/${target}`, { tranDate: '2026-10-21', ...body });
      await from('itemFulfillment', { shipStatus: { id: 'C' } });
      await from('invoice', {});
      return from('returnAuthorization', { orderStatus: { id: 'B' } });
    },
    close: () => bare.close(),
  };
}
export type StockPostingUnderTest = Awaited<ReturnType<typeof openStockPosting>>;
