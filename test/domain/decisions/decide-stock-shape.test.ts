import { describe, expect, test } from '@jest/globals';
import { decideStockShape } from '../../../src/domain/decisions/decide-stock-shape.ts';
import type { StockDecision } from '../../../src/domain/stock/stock-decisions.ts';

const SAID = { by: 'maria', why: 'case 1234' };
const ROW = '2026-10-10|X1|BLU-MUG|Shipments|||PDX9|US|SELLABLE|-2#1';
const RIGHT: { [K in StockDecision['kind']]: object } = {
  mapMovement: { eventType: 'Adjustments', reason: 'X', answer: 'pair' },
  answerRows: { rows: [ROW], role: 'inventory-loss' },
  explainForeign: { document: '4711', choice: 'counter' },
  decideInbound: { shipmentId: 'FBA15DEMO1', sku: 'BLU-MUG', choice: 'lost' },
  closeGap: { pool: 'us', item: 'BLU-MUG', place: 'sellable', units: -2 },
  approveOpening: { pool: 'us' },
  approveAdjustment: { document: 'AMZ_demo-us_ADJ_us-20261010-inventory-loss_2' },
};
const KINDS = Object.keys(RIGHT) as StockDecision['kind'][];

describe.each(KINDS)('%s', (kind) => {
  test('is right with its fields, who and why', () => {
    expect(decideStockShape(kind, { ...RIGHT[kind], ...SAID })).toBeNull();
  });

  test('is wrong without who, without why, and with nothing', () => {
    expect(decideStockShape(kind, { ...RIGHT[kind], why: 'w' })).toBe(`${kind} needs \`by\`, who decides.`);
    expect(decideStockShape(kind, { ...RIGHT[kind], by: 'maria', why: ' ' })).toContain('needs `why`');
    expect(decideStockShape(kind, null)).not.toBeNull();
  });
});

test.each<[StockDecision['kind'], object]>([
  ['mapMovement', { reason: '' }],
  ['explainForeign', { choice: 'answers', rows: [ROW] }],
  ['explainForeign', { rows: [] }],
  ['decideInbound', { shipmentId: '' }],
  ['closeGap', { units: 3, place: 'unsellable' }],
  ['approveOpening', { items: ['BLU-MUG'] }],
  ['answerRows', { role: 'opening-balance' }],
])('%s is right with %j', (kind, changes) => {
  expect(decideStockShape(kind, { ...RIGHT[kind], ...SAID, ...changes })).toBeNull();
});

test.each<[StockDecision['kind'], object, string]>([
  ['mapMovement', { eventType: ' ' }, '`eventType`'],
  ['mapMovement', { reason: undefined }, '`reason`'],
  ['mapMovement', { answer: 'book' }, '"book" is not a choice; there are adjust, pair, outside.'],
  ['answerRows', { rows: [] }, '`rows`'],
  ['answerRows', { rows: ROW }, '`rows`'],
  ['answerRows', { role: 'inventory-los' }, '"inventory-los" is not a role'],
  ['answerRows', { role: 'clearing' }, 'clearing is no choice for stock'],
  ['explainForeign', { document: '' }, '`document`'],
  ['explainForeign', { choice: 'ignore' }, 'there are counter, answers'],
  ['explainForeign', { choice: 'answers' }, 'with `answers` needs `rows`'],
  ['explainForeign', { rows: [ROW] }, 'a movement that is countered answers none'],
  ['decideInbound', { shipmentId: 7 }, '`shipmentId`'],
  ['decideInbound', { sku: '' }, '`sku`'],
  ['decideInbound', { choice: 'gone' }, 'there are wait, lost, returned, take-from-source, found'],
  ['closeGap', { place: 'inTransit' }, 'there are sellable, unsellable'],
  ['closeGap', { units: 0 }, '`units`'],
  ['closeGap', { units: 1.5 }, '`units`'],
  ['approveOpening', { pool: '' }, '`pool`'],
  ['approveOpening', { items: [] }, '`items`'],
  ['approveAdjustment', { document: ' ' }, '`document`'],
])('%s is wrong with %j', (kind, changes, sentence) => {
  expect(decideStockShape(kind, { ...RIGHT[kind], ...SAID, ...changes })).toContain(sentence);
});
