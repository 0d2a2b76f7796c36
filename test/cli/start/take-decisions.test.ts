import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { openDecisions, readDecisions, suggestedDecisions, updateOf, type FileDecision } from '../../../src/cli/start/take-decisions.ts';
import type { StoredException } from '../../../src/store/exceptions.ts';

const base = { connection: 'demo-us', owner: 'finance', payout: null, evidence: { what: '', atStake: null, currency: null }, remedy: { kind: 'look', where: '' }, openedAt: '2026-10-28T00:00:00Z', closedAt: null, resolution: null } as const;
const SKU: StoredException = { ...base, id: 41, code: 'sku-unknown', key: 'BLU-MUG-2', subject: { kind: 'sku', id: 'BLU-MUG-2' } };
const DOCK: StoredException = { ...base, id: 42, code: 'unknown-amount', key: 'folded', subject: { kind: 'amount', id: '["other-transaction","other-transaction","FBA Inbound Dock Fee"]' } };
const ODD: StoredException = { ...base, id: 43, code: 'unknown-amount', key: 'folded', subject: { kind: 'amount', id: '["Order","Zorb","Quux"]' } };
const FILE: FileDecision[] = [
  { kind: 'sku', key: 'BLU-MUG-2', choice: 'BLU-MUG', why: 'same UPC' },
  { kind: 'amount', key: ['other-transaction', 'other-transaction', 'FBA Inbound Dock Fee'], choice: 'inbound' },
];

describe('the decisions of a file', () => {
  test('go to each connection that has them open, and to no other', () => {
    expect(openDecisions(FILE, [SKU])).toEqual([FILE[0]]);
    expect(openDecisions(FILE, [DOCK, ODD])).toEqual([FILE[1]]);
    expect(openDecisions(FILE, [])).toEqual([]);
  });

  test('are sent as an operator would send them', () => {
    expect(FILE.map((decision) => updateOf(decision, 'decisions-file'))).toEqual([
      { update: 'mapSku', args: { sku: 'BLU-MUG-2', item: 'BLU-MUG', by: 'decisions-file', why: 'same UPC' } },
      { update: 'mapAmount', args: { transactionType: 'other-transaction', amountType: 'other-transaction', amountDescription: 'FBA Inbound Dock Fee', role: 'inbound', by: 'decisions-file' } },
    ]);
  });
});

test('a role that no person may choose is refused before anything is started, with its place', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'tieout-decisions-')), 'decisions.json');
  writeFileSync(file, JSON.stringify([FILE[1], { kind: 'amount', key: ['Debt Adjustment', 'x', 'y'], choice: 'balance-due-to-amazon' }]));
  expect(() => readDecisions(file)).toThrow(expect.objectContaining({ notice: expect.objectContaining({ code: 'decisions-file', where: [expect.stringMatching(/^\[1\]\.choice.*: balance-due-to-amazon is no choice for an amount: .*set-off/)] }) }));
});

test('what is offered is taken only where something is', () => {
  expect(suggestedDecisions([SKU, DOCK, ODD])).toMatchObject([{ kind: 'amount', key: ['other-transaction', 'other-transaction', 'FBA Inbound Dock Fee'], choice: 'inbound' }]);
});
