/** `--json` is the document of the view, nothing more and nothing less. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { bankLinesView } from '../../src/views/bank/bank-lines-view.ts';
import { doctorView } from '../../src/views/doctor/doctor-view.ts';
import { documentLinesView } from '../../src/views/documents/document-lines-view.ts';
import { explainedLineView } from '../../src/views/documents/explained-line-view.ts';
import { stockDocumentView } from '../../src/views/documents/stock-document-view.ts';
import { exceptionView } from '../../src/views/exceptions/exception-view.ts';
import { exceptionsView } from '../../src/views/exceptions/exceptions-view.ts';
import { orderView } from '../../src/views/orders/order-view.ts';
import { payoutView } from '../../src/views/payouts/payout-view.ts';
import { inboundView } from '../../src/views/inbound/inbound-view.ts';
import { ledgerEventsView } from '../../src/views/stock/ledger-events-view.ts';
import { openingView } from '../../src/views/stock/opening-view.ts';
import { owedView } from '../../src/views/stock/owed-view.ts';
import { stockItemView } from '../../src/views/stock/stock-item-view.ts';
import { stockView } from '../../src/views/stock/stock-view.ts';
import { balancesOnView } from '../../src/views/period/balances-on-view.ts';
import { profitView } from '../../src/views/period/profit-view.ts';
import { vatView } from '../../src/views/tax/vat-view.ts';
import { statusView } from '../../src/views/status/status-view.ts';
import { saveBalancesOn } from '../../src/store/period/balances-on.ts';
import { saveProfit } from '../../src/store/profit/profit-facts.ts';
import { lastOfOctober } from '../store/stored-balances.ts';
import { octoberProfit } from '../store/stored-profit.ts';
import { SETTLED_ORDER, storePayouts, storeWaiting } from '../store/stored-payouts.ts';
import { STOCK, storeStock } from '../views/stock/stored-stock.ts';
import { startStoredWorld, type StoredWorld } from '../views/stored-world.ts';
import { tieout } from './tieout.ts';

const JOURNAL = 'AMZ_demo-us_JE_20001234561_1';
const TRANSFER = 'AMZ_demo-us_TRF_FBA15DEMO1-20261006-inTransit-sellable_1';
const US = ['demo-us'];

let world: StoredWorld;
let source: StoredWorld['source'];

beforeAll(async () => {
  world = await startStoredWorld({ stock: STOCK });
  // As the command finds it: no UI of Temporal's runs.
  source = { ...world.source, world: { ...world.source.world, temporal: { uiUrl: null } } };
  await storePayouts(world.store);
  await storeWaiting(world.store);
  await storeStock(world.store);
  await saveProfit(world.store.db, 'demo-us', octoberProfit());
  await saveBalancesOn(world.store.db, 'demo-us', lastOfOctober());
});
afterAll(() => world.stop());

test.each<[string, () => Promise<unknown>]>([
  [`status order ${SETTLED_ORDER}`, () => orderView(source, SETTLED_ORDER)],
  ['status payout 20001234562', () => payoutView(source, '20001234562')],
  ['exceptions', () => exceptionsView(source, US)],
  ['exceptions 2', () => exceptionView(source, US, 2)],
  [`explain ${JOURNAL}`, () => documentLinesView(source, JOURNAL)],
  [`explain ${JOURNAL}:3`, () => explainedLineView(source, JOURNAL, 3, 'sums')],
  [`explain ${JOURNAL}:1 --rows`, () => explainedLineView(source, JOURNAL, 1, 'rows')],
  [`explain ${TRANSFER}`, () => stockDocumentView(source, TRANSFER, null)],
  [`explain ${TRANSFER}:1`, () => stockDocumentView(source, TRANSFER, 1)],
  ['bank lines', () => bankLinesView(source, US, { account: null, unmatched: false })],
  ['stock', async () => [await stockView(source, source.settings)]],
  ['stock --on 2026-10-12', async () => [await stockView(source, source.settings, '2026-10-12')]],
  ['stock BLU-MUG', async () => [await stockItemView(source, source.settings, 'BLU-MUG')]],
  ['stock opening', async () => [await openingView(source, source.settings)]],
  ['stock owed', async () => [await owedView(source, source.settings)]],
  ['stock events BLU-MUG', () => ledgerEventsView(source, US, { sku: 'BLU-MUG', from: '' })],
  ['inbound', () => inboundView(source, US, null)],
  // It owes no tax, so NetSuite is not asked.
  ['vat 2026-10', async () => [await vatView(source, { month: '2026-10', netsuite: null, amazon: null })]],
  ['profit 2026-10', async () => [await profitView(source, source.settings, '2026-10', { by: 'sku' })]],
  // Temporal is away.
  [
    'balances --on 2026-10-31',
    async () => [await balancesOnView(source, '2026-10-31', { notAsked: 'Temporal does not answer.' })],
  ],
  ['status', async () => [await statusView(source, source.settings, null)]],
])('tieout %s', async (command, view) => {
  const { stdout } = await tieout(...command.split(' '), '--connection', 'demo-us', '--json');
  expect(JSON.parse(stdout)).toStrictEqual(await view());
});

test('tieout doctor', async () => {
  expect(JSON.parse((await tieout('doctor', '--json')).stdout)).toStrictEqual(await doctorView());
});
