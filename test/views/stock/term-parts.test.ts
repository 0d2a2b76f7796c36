/** Why a row or a document stands in a term, in words: one of each kind. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { externalIdOf } from '../../../src/domain/identifiers/external-id.ts';
import type { Adjustment, KeptRow } from '../../../src/domain/stock/kept-stock.ts';
import { identityOf, rowId } from '../../../src/domain/stock/row-identity.ts';
import type { TermPart } from '../../../src/domain/stock/stock-plan.ts';
import { settlePosted } from '../../../src/store/documents/posted.ts';
import { noteDocument } from '../../../src/store/stock/document-notes.ts';
import { insertLedgerRows } from '../../../src/store/stock/ledger-rows.ts';
import { replaceMovements } from '../../../src/store/stock/netsuite-movements.ts';
import { loadStockRun, saveStandings, saveStockRun } from '../../../src/store/stock/standings.ts';
import { planStockDocuments } from '../../../src/store/stock/stock-documents.ts';
import { stockItemView } from '../../../src/views/stock/stock-item-view.ts';
import { ledgerRow } from '../../domain/stock/ledger-row.ts';
import { plain } from '../plain-json.ts';
import { startStoredWorld, type StoredWorld } from '../stored-world.ts';
import { equation, STOCK, storeStock } from './stored-stock.ts';

const C = 'demo-us';
let world: StoredWorld;

const row = (reason: string, origin: KeptRow['origin'] = 'ledger'): KeptRow => {
  const of = ledgerRow({ sku: 'LAMP', reason, reference: `ref-${reason}`, quantity: -1 });
  const id = rowId(identityOf(of), 1);
  return { ...of, id, pool: 'us', origin, seen: '2026-10-21T00:00:00Z', takenBack: null, opposes: null, own: null };
};
const adjustment = (role: Adjustment['role'], hold: Adjustment['hold'] = null): Adjustment => ({
  key: { connection: C, purpose: 'ADJ', businessKey: `us-20261010-${role}`, part: 1 },
  pool: 'us',
  day: '2026-10-22',
  memo: '',
  hold,
  shipmentId: null,
  role,
  accountOf: null,
  lines: [
    {
      item: 'LAMP',
      units: -1,
      place: { pool: 'us', place: 'sellable' },
      unitCost: null,
      eventType: 'Adjustments',
      reason: 'M',
    },
  ],
});
const [HELD, SHORT, PLANNED, LATER] = [
  adjustment('inventory-loss', 'adjustment-large'),
  adjustment('liquidation'),
  adjustment('cogs-returns'),
  adjustment('opening-balance'),
];
const idOf = ({ key }: Adjustment) => externalIdOf(key);

beforeAll(async () => {
  world = await startStoredWorld({ stock: STOCK });
  const { db } = world.store;
  await storeStock(world.store);
  const rows = ['M', '5', 'D', 'G', 'E', 'Z', 'O'].map((reason) =>
    row(reason, reason === 'O' ? 'taken-back' : 'ledger'),
  );
  const [large, short, planned, later, moved, unknown, bare] = rows.map(({ id }) => id) as string[];
  await insertLedgerRows(db, C, rows);
  await planStockDocuments(db, [HELD, SHORT, PLANNED, LATER], 'USD');
  await settlePosted(db, idOf(LATER), '8100', '2026-10-22T12:00:00Z');
  await noteDocument(db, C, { externalId: idOf(SHORT), short: true });
  const movement = {
    netsuiteId: '9200',
    line: 1,
    tranId: 'IF812',
    memo: '',
    item: 'LAMP',
    location: 'FBA US',
    units: -1,
  };
  const fulfilment = { ...movement, type: 'ItemShip', externalId: 'AMZ_demo-us_IF_112-1-S1_1', day: '2026-10-21' };
  await replaceMovements(db, C, ['9200'], [fulfilment]);
  const answered = [
    [large, 'document', idOf(HELD)],
    [short, 'document', idOf(SHORT)],
    [planned, 'document', idOf(PLANNED)],
    [later, 'document', idOf(LATER)],
    [moved, 'movement', '9200'],
  ] as const;
  await db
    .insertInto('stock_answers')
    .values(
      answered.map(([id, kind, document]) => ({
        connection: C,
        row_id: id!,
        item: 'LAMP',
        units: -1,
        kind,
        document,
        line: 0,
        nothing_group: null,
        nothing_day: null,
        per_sku: 1,
        source: null,
        astride: null,
      })),
    )
    .execute();
  const part = (of: TermPart['of'], units: number): TermPart => ({ units, day: '2026-10-10', of });
  const waiting = [large, short, planned, later, moved, unknown, bare].map((id) => part({ kind: 'row', row: id! }, -1));
  const ahead = [
    part({ kind: 'line', document: idOf(LATER), line: 0 }, 1),
    part({ kind: 'line', document: '9200', line: 1 }, 1),
  ];
  await saveStandings(db, C, [
    equation('LAMP', [5, 10], {
      terms: { opening: 0, waiting: -7, ahead: 2, foreign: 0, gap: 0 },
      parts: { waiting, ahead, foreign: [] },
    }),
  ]);
  const run = (await loadStockRun(db, C))!;
  const unexplained = {
    pool: 'us',
    day: '2026-10-10',
    sku: 'LAMP',
    item: 'LAMP',
    place: 'sellable',
    units: -1,
  } as const;
  await saveStockRun(db, C, { ...run, waiting: [{ ...unexplained, row: unknown!, reason: 'ledger-unknown' }] });
});
afterAll(() => world.stop());

test('each part says what it is and what it waits for', async () => {
  const simulated = { ...world.source, world: { ...world.source.world, simulators: {} } };
  const view = plain((await stockItemView(simulated, world.source.settings, 'LAMP'))!);
  const told = (term: string) =>
    view.items[0]!.places[0]!.steps.find((step) => step.term === term)!.parts.map(({ what, because }) => [
      what,
      because,
    ]);
  const lost = (reason: string) => `Adjustments ${reason} −1 of LAMP (ref-${reason}, PHX7)`;
  expect(told('waiting')).toEqual([
    [lost('M'), `${idOf(HELD)} waits for an approval`],
    [lost('5'), `NetSuite lacks the units for ${idOf(SHORT)}`],
    [lost('D'), `${idOf(PLANNED)} is planned`],
    [lost('G'), `${idOf(LATER)} is dated 22 Oct 2026`],
    [lost('E'), 'answered by ItemShip IF812 of 21 Oct 2026'],
    [lost('Z'), 'nobody knows what it is'],
    [`${lost('O')}, taken back by Amazon`, 'has no answer yet'],
  ]);
  expect(told('ahead')).toEqual([
    [`${idOf(LATER)} of 22 Oct 2026`, "Amazon's ledger has no row of it yet"],
    ['ItemShip IF812 of 21 Oct 2026, −1 in NetSuite', "Amazon's ledger has no row of it yet"],
  ]);
});
