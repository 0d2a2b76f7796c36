import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readDecisions, readMappings, updateOf } from '../../../src/operations/decisions/decision-file.ts';
import { TieoutError } from '../../../src/errors/tieout-error.ts';

const file = join(mkdtempSync(join(tmpdir(), 'tieout-decisions-')), 'decisions.json');
function written(decisions: unknown): string {
  writeFileSync(file, typeof decisions === 'string' ? decisions : JSON.stringify(decisions));
  return file;
}
const read = (decisions: unknown, by = readDecisions) => by(written(decisions), 'Nothing was decided.');
function refusal(decisions: unknown, by = readDecisions): string[] {
  try {
    read(decisions, by);
  } catch (error) {
    if (error instanceof TieoutError && error.code === 'decisions-file') return error.notice.where;
    throw error;
  }
  return [];
}

test('every decision is taken by the name of its update, with its fields', () => {
  const decisions = [
    { kind: 'sku', key: 'A', choice: 'B' },
    { kind: 'amount', key: ['a', 'b', 'c'], choice: 'inbound', why: 'w' },
    { kind: 'mapSku', sku: 'A', item: 'B', why: 'w' },
    {
      kind: 'mapAmount',
      transactionType: 'a',
      amountType: 'b',
      amountDescription: 'c',
      role: 'inbound',
      by: 'maria',
      why: 'w',
    },
    { kind: 'settleDifference', document: 'AMZ_demo-us_INV_1_1', choice: 'leave', why: 'w' },
    { kind: 'openChain', settlementId: '1', why: 'w' },
    {
      kind: 'matchDeposit',
      settlementId: '1',
      movement: 'micro-2',
      lines: [{ number: 3 }, { date: '2026-10-24', amount: '200.00', description: 'AMAZON' }],
      why: 'w',
    },
    { kind: 'bookRefund', orderId: '117-0000001-0000001', settlementId: '1', why: 'w' },
    { kind: 'correctTax', document: 'AMZ_demo-uk_INV_1_1', why: 'w' },
    { kind: 'confirmPrices', marketplace: 'amazon.co.uk', why: 'w' },
    { kind: 'placeSale', orderId: '202-1', country: 'US', why: 'w' },
    { kind: 'moveTax', orderId: '202-1', from: 'GB', to: 'DE', net: '100.00', tax: '20.00', why: 'w' },
    {
      kind: 'bookFeeInvoice',
      number: 'UK-1',
      date: '2026-10-31',
      jurisdiction: 'GB',
      role: 'storage',
      net: '40.00',
      tax: '8.00',
      treatment: 'charged',
      why: 'w',
    },
    {
      kind: 'noteException',
      exception: 42,
      reason: 'amazon-case',
      reference: '1234',
      assignee: 'ben',
      until: '2026-10-30',
      why: 'w',
    },
    { kind: 'readAgain', what: 'refunds', from: '2026-10-01T00:00:00Z', why: 'w' },
    { kind: 'approveAccrual', period: '2026-10', currency: 'USD', why: 'w' },
    { kind: 'approveAccrual', period: '2026-10', currency: 'USD', none: true, by: 'maria', why: 'w' },
    { kind: 'mapFinances', transactionType: 'ServiceFee', path: 'NewFee/…', role: 'storage', why: 'w' },
    { kind: 'mapMovement', eventType: 'Adjustments', reason: '', answer: 'outside', why: 'w' },
    {
      kind: 'answerRows',
      rows: ['2026-10-10|X1|BLU-MUG|Shipments|||PDX9|US|SELLABLE|-2#1'],
      role: 'inventory-loss',
      why: 'w',
    },
    { kind: 'explainForeign', document: '4711', choice: 'counter', why: 'w' },
    { kind: 'explainForeign', document: '4711', choice: 'answers', rows: ['a', 'b'], why: 'w' },
    { kind: 'decideInbound', shipmentId: 'FBA15DEMO1', sku: 'BLU-MUG', choice: 'lost', by: 'maria', why: 'w' },
    { kind: 'closeGap', pool: 'us', item: 'BLU-MUG', place: 'unsellable', units: -2, why: 'w' },
    { kind: 'approveOpening', pool: 'us', why: 'w' },
    { kind: 'approveOpening', pool: 'us', items: ['BLU-MUG'], why: 'w' },
    { kind: 'approveAdjustment', document: 'AMZ_demo-us_ADJ_us-20261010-inventory-loss_2', why: 'w' },
  ];
  expect(read(decisions)).toEqual(decisions);
});

test('what is wrong is named by decision and field', () => {
  expect(refusal('[{]')).toEqual([expect.stringContaining('JSON')]);
  expect(refusal({})).toEqual([expect.stringMatching(/^the file: .*array/)]);
  expect(
    refusal([
      { kind: 'sku', key: 'A', choice: 'B' },
      { kind: 'opnChain', settlementId: '1', why: 'w' },
    ]),
  ).toEqual([expect.stringMatching(/^decision 2, kind: /)]);
  expect(refusal([{ kind: 'openChain', settlementId: '1' }])).toEqual([expect.stringMatching(/^decision 1, why: /)]);
  expect(refusal([{ kind: 'openChain', settlementId: '1', why: 'w', until: 'x' }])).toEqual([
    expect.stringMatching(/^decision 1: .*until/),
  ]);
  expect(refusal([{ kind: 'bookRefund', settlementId: '1', why: 'w' }])).toEqual([
    expect.stringMatching(/^decision 1, orderId: /),
  ]);
  expect(
    refusal([{ kind: 'matchDeposit', settlementId: '1', movement: 'refund', lines: [{ number: 3 }], why: 'w' }]),
  ).toEqual(['decision 1, movement: is payout, return, micro-N or charge-N']);
  expect(refusal([{ kind: 'readAgain', what: 'fees', from: '2026-10-01', why: 'w' }])).toEqual([
    expect.stringMatching(/^decision 1, what: /),
    expect.stringMatching(/^decision 1, from: /),
  ]);
  expect(
    refusal([
      { kind: 'answerRows', rows: ['a'], role: 'clearing', why: 'w' },
      { kind: 'explainForeign', document: '4711', choice: 'answers', why: 'w' },
      { kind: 'explainForeign', document: '4711', choice: 'counter', rows: ['a'], why: 'w' },
      { kind: 'decideInbound', shipmentId: 'FBA1', sku: 'A', choice: 'gone', why: 'w' },
      { kind: 'closeGap', pool: 'us', item: 'A', place: 'sellable', units: 0, why: 'w' },
    ]),
  ).toEqual([
    expect.stringMatching(/^decision 1, role: clearing is no choice for stock/),
    'decision 2: names rows with answers, and only then',
    'decision 3: names rows with answers, and only then',
    expect.stringMatching(/^decision 4, choice: /),
    'decision 5, units: is a whole number signed as the gap, and not 0',
  ]);
  for (const units of [0, -3, 1.5, 1_000_001])
    expect(refusal([{ kind: 'sku', key: 'A', choice: 'B', units }])).toEqual([
      `decision 1, units: "${units}" is not how many units of an item a SKU is: a whole number from 1 to 1000000`,
    ]);
});

test('a SKU is an item and a number of units, in either form, and a file of mappings holds nothing else', () => {
  const mappings = [
    { kind: 'sku', key: 'TEA-TIN-3', choice: 'TEA-TIN', units: 3, why: 'a pack of three' },
    { kind: 'mapSku', sku: 'TEA-TIN-6', item: 'TEA-TIN', units: 6, by: 'maria', why: 'a pack of six' },
    { kind: 'sku', key: 'TEA-TIN-1', choice: 'TEA-TIN' },
  ];
  expect(readMappings(written(mappings), 'Nothing was mapped.').map((mapping) => updateOf(mapping, 'ben'))).toEqual([
    {
      update: 'mapSku',
      args: { sku: 'TEA-TIN-3', item: 'TEA-TIN', units: 3, by: 'ben', why: 'a pack of three' },
    },
    {
      update: 'mapSku',
      args: { sku: 'TEA-TIN-6', item: 'TEA-TIN', units: 6, by: 'maria', why: 'a pack of six' },
    },
    {
      update: 'mapSku',
      args: { sku: 'TEA-TIN-1', item: 'TEA-TIN', by: 'ben', why: 'no reason given in the file' },
    },
  ]);
  expect(refusal([...mappings, { kind: 'openChain', settlementId: '1', why: 'w' }], readMappings)).toEqual([
    expect.stringMatching(/^decision 4, kind: /),
  ]);
});
