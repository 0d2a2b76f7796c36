import { describe, expect, test } from '@jest/globals';
import { explainStockProblem } from '../../../src/domain/exceptions/explain-stock-problem.ts';
import { renderExceptionTitle } from '../../../src/domain/exceptions/render-exception.ts';
import { renderRemedy } from '../../../src/domain/exceptions/render-remedy.ts';
import { identityOf, rowId } from '../../../src/domain/stock/row-identity.ts';
import type { StockProblem } from '../../../src/domain/stock/stock-plan.ts';
import { ledgerRow } from '../stock/ledger-row.ts';

const AT = { currency: 'USD', today: '2026-10-23' };
const problem = (changes: Partial<StockProblem>): StockProblem => ({
  code: 'ledger-gap',
  key: 'us BLU-MUG sellable',
  pool: 'us',
  sku: null,
  item: 'BLU-MUG',
  units: null,
  value: null,
  day: null,
  rows: [],
  documents: [],
  what: 'something is wrong',
  ...changes,
});
const row = (changes = {}) => rowId(identityOf(ledgerRow(changes)), 1);

test('the evidence names units, cost and age', () => {
  const said = (changes: Partial<StockProblem>, at = AT) => explainStockProblem(problem(changes), at).evidence;
  expect(said({ units: 6, value: '36.00', day: '2026-10-20' })).toEqual({
    what: 'something is wrong (6 units of BLU-MUG, 36.00 USD, since 20 Oct 2026, 3 days)',
    atStake: 3600n,
    currency: 'USD',
  });
  // Costs have more digits than a currency, and half a cent is one.
  expect(said({ units: -1, value: '-6.3325', day: '2026-10-23' })).toMatchObject({
    what: 'something is wrong (−1 unit of BLU-MUG, 6.33 USD, since 23 Oct 2026)',
    atStake: 633n,
  });
  expect(said({ units: 1, value: '0.005' }).atStake).toBe(1n);
  expect(said({ units: 1, value: '12.5' }, { ...AT, currency: 'JPY' }).atStake).toBe(13n);
  expect(said({ units: 2 }).what).toBe('something is wrong (2 units of BLU-MUG, no cost known)');
  expect(said({ units: 2, item: null, sku: 'A' }).what).toBe('something is wrong (2 units of A)');
  expect(said({}).what).toBe('something is wrong');
});

describe('what a problem is about, and what ends it', () => {
  test.each<[Partial<StockProblem> & Pick<StockProblem, 'code' | 'key'>, title: string, command: string | null]>([
    [{ code: 'sku-unknown', key: 'A 1', item: null }, 'no NetSuite item for SKU A 1', 'map-sku "A 1" ITEM'],
    [
      { code: 'shipment-unbooked', key: 'us BLU-MUG', rows: [row()] },
      'shipped, not fulfilled: item BLU-MUG',
      'answer-rows 7 --role ROLE',
    ],
    [
      { code: 'fulfilment-unseen', key: '4711:2', documents: ['AMZ_demo-us_IF_114-1_1'] },
      'fulfilled, not shipped: document AMZ_demo-us_IF_114-1_1',
      'explain-foreign 4711 counter',
    ],
    [
      { code: 'receipt-unknown', key: 'FBA9 BLU MUG', sku: 'BLU MUG' },
      'received for nothing known: shipment FBA9 BLU MUG',
      'Look at npx tieout stock events "BLU MUG" for what was received, and look in Seller Central for its shipment, then decide: npx tieout decide-inbound FBA9 "BLU MUG" take-from-source --why "…" (or found, wait)',
    ],
    [
      { code: 'receipt-unknown', key: ' BLU-MUG', sku: 'BLU-MUG' },
      'received for nothing known: shipment BLU-MUG',
      'decide-inbound "" BLU-MUG take-from-source',
    ],
    [
      { code: 'inbound-short', key: 'FBA15DEMO1 BLU-MUG', sku: 'BLU-MUG', documents: ['FBA15DEMO1'] },
      'not all received: shipment FBA15DEMO1 BLU-MUG',
      'npx tieout inbound FBA15DEMO1 and at the shipment in Seller Central, then decide: npx tieout decide-inbound FBA15DEMO1 BLU-MUG wait --why "…" (or lost, returned)',
    ],
    [
      { code: 'inbound-over', key: 'FBA15DEMO1 BLU-MUG', sku: 'BLU-MUG' },
      'more received than shipped: shipment FBA15DEMO1 BLU-MUG',
      'decide-inbound FBA15DEMO1 BLU-MUG take-from-source --why "…" (or found, wait)',
    ],
    [
      {
        code: 'ledger-unknown',
        key: 'Odd Event ',
        rows: [row({ sku: 'A|B', eventType: 'Odd Event', reason: '' })],
      },
      'no answer in the ledger: movement Odd Event',
      'map-movement "Odd Event" "" adjust --why "…" (or pair, outside)',
    ],
    [
      { code: 'ledger-unknown', key: 'Adjustments 4', rows: [row({ reason: '4' })] },
      'no answer in the ledger: movement Adjustments 4',
      'Look in Seller Central for the other half; where none will come, adjust each of these rows by itself: npx tieout map-movement Adjustments 4 adjust --why "…"',
    ],
    [
      { code: 'ledger-gap', key: 'us BLU MUG unsellable', item: 'BLU MUG', units: -2 },
      'gap in the ledger: item BLU MUG',
      'close-gap us "BLU MUG" unsellable -2',
    ],
    [{ code: 'item-not-countable', key: 'BLU-MUG' }, 'cannot be counted: item BLU-MUG', 'stock.leave'],
    [
      { code: 'receipt-not-restocked', key: 'AMZ_x', documents: ['AMZ_x'], rows: [row()] },
      'not restocked: document AMZ_x',
      'Switch on Restock Returned Items in NetSuite (Setup > Accounting > Accounting Preferences > Order Management). Once a day the oldest receipt that waits is tried: if it rises, the others follow, and what this one lacks comes in by an adjustment. Where none waits, or its units shall be there now: npx tieout answer-rows 7 --role cogs-returns',
    ],
    [
      { code: 'receipt-not-restocked', key: 'AMZ_x', documents: ['AMZ_x'] },
      'not restocked: document AMZ_x',
      'Restock Returned Items',
    ],
    [
      { code: 'stock-missing', key: 'AMZ_x opening', documents: ['AMZ_x'], item: 'opening' },
      'not in stock: item opening',
      'Look at npx tieout stock --item opening for what else moved it',
    ],
    [{ code: 'cost-unknown', key: 'us BLU-MUG' }, 'no cost: item BLU-MUG', 'Give the item a cost'],
    [
      { code: 'adjustment-large', key: 'AMZ_x', documents: ['AMZ_x'] },
      'above the limit: document AMZ_x',
      'Look at its lines (npx tieout stock BLU-MUG), then let it go: npx tieout approve-adjustment AMZ_x',
    ],
    [
      { code: 'movement-foreign', key: '4711', documents: ['AMZ_x'], whose: 'ours' },
      'moved in NetSuite: document AMZ_x',
      'restore what was planned by another document: npx tieout explain-foreign 4711 counter',
    ],
    [
      { code: 'movement-foreign', key: '4711', documents: ['AMZ_x'], whose: 'alone' },
      'moved in NetSuite: document AMZ_x',
      'take the counter back by another document: npx tieout explain-foreign 4711 counter',
    ],
    [
      { code: 'movement-foreign', key: '4711', documents: ['4711'] },
      'moved in NetSuite: document 4711',
      'explain-foreign 4711 counter --why "…" (or answers --rows ROW …)',
    ],
    [
      { code: 'movements-apart', key: 'us BLU-MUG sellable' },
      'movements apart from on hand: item BLU-MUG',
      "Compare in NetSuite the item's transactions",
    ],
    [{ code: 'ledger-truncated', key: 'ledger' }, 'ledger not whole: report GET_LEDGER_DETAIL_VIEW_DATA', 'Nothing:'],
    [{ code: 'snapshot-truncated', key: 'us' }, 'inventory not whole: report inventory us', 'Nothing:'],
    [{ code: 'pool-unknown', key: 'MX', item: null, pool: null }, 'in no pool: country MX', 'Name MX under'],
  ])('$code', (changes, title, command) => {
    const raised = explainStockProblem(problem(changes), AT);
    expect(renderExceptionTitle({ ...raised, payout: null })).toBe(title);
    expect(renderRemedy(raised.remedy, 7)).toContain(command);
  });

  test('rows are named by their ids where the exception has no number yet', () => {
    const { remedy } = explainStockProblem(problem({ code: 'shipment-unbooked', rows: [row()] }), AT);
    expect(renderRemedy(remedy)).toContain(`answer-rows "${row()}" --role`);
  });

  test.each<[string, string, string]>([
    ['within `inboundDays` of its closing', '2026-10-31', 'wait --why "…" (or lost, returned)'],
    ['later', '2026-11-02', 'lost --why "…" (or returned, wait)'],
  ])('what is short is waited for first: %s', (_, today, command) => {
    const short = problem({ code: 'inbound-short', key: 'FBA1 MUG', sku: 'MUG', day: '2026-10-01' });
    const { remedy } = explainStockProblem(short, { currency: 'USD', today, inboundDays: 30 });
    expect(renderRemedy(remedy)).toContain(`npx tieout decide-inbound FBA1 MUG ${command}`);
  });
});
