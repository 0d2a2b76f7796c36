import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readDecisions, updateOf, type FileDecision } from '../../../src/operations/decisions/decision-file.ts';
import type { OpenSubjects } from '../../../src/operations/decisions/open-subjects.ts';
import { openDecisions, suggestedDecisions } from '../../../src/operations/decisions/open-decisions.ts';
import { amountSubject, orderSubject, payoutSubject } from '../../../src/domain/exceptions/exception.ts';
import { foldKey } from '../../../src/domain/settlement/fold-key.ts';
import type { StoredException } from '../../../src/store/exceptions/exceptions.ts';
import type { StoredMovement } from '../../../src/store/payouts/planned-movements.ts';

const base = {
  connection: 'demo-us',
  owner: 'finance',
  payout: null,
  evidence: { what: '', atStake: null, currency: null },
  remedy: { kind: 'look', where: '' },
  openedAt: '2026-10-28T00:00:00Z',
  opened: 1,
  openSince: '2026-10-28T00:00:00Z',
  closedAt: null,
  resolution: null,
} as const;
const amountOf = (
  id: number,
  [transactionType, amountType, amountDescription]: [string, string, string],
): StoredException => ({
  ...base,
  remedy: { kind: 'map-amount', key: [transactionType, amountType, amountDescription], role: null, beginning: null },
  id,
  code: 'unknown-amount',
  key: foldKey({ transactionType, amountType, amountDescription }),
  subject: amountSubject([transactionType, amountType, amountDescription]),
});
const SKU: StoredException = {
  ...base,
  remedy: { kind: 'map-sku', sku: 'BLU-MUG-2' },
  id: 41,
  code: 'sku-unknown',
  key: 'BLU-MUG-2',
  subject: { kind: 'sku', id: 'BLU-MUG-2' },
};
const DOCK = amountOf(42, ['other-transaction', 'other-transaction', 'FBA Inbound Dock Fee']);
const ODD = amountOf(43, ['Order', 'Zorb', 'Quux']);
const DIFFERS: StoredException = {
  ...base,
  remedy: { kind: 'settle-difference', first: 'Look', document: 'AMZ_demo-us_INV_114-1_1' },
  id: 44,
  code: 'document-differs',
  key: 'AMZ_demo-us_INV_114-1_1',
  subject: payoutSubject('27000000001'),
  payout: '27000000001',
};
const GAP: StoredException = {
  ...base,
  id: 45,
  code: 'chain-broken',
  key: '27000000002',
  subject: payoutSubject('27000000002'),
  payout: '27000000002',
  remedy: { kind: 'open-chain', settlementId: '27000000002' },
};
const UNTOLD: StoredException = {
  ...base,
  id: 47,
  code: 'document-missing',
  key: '27000000002:refund:117-1:x',
  subject: orderSubject('117-1'),
  payout: '27000000002',
  remedy: { kind: 'book-refund', orderId: '117-1', settlementId: '27000000002' },
};
const BACK: StoredException = {
  ...base,
  id: 46,
  code: 'transfer-failed',
  key: '27000000001',
  subject: payoutSubject('27000000001'),
  payout: '27000000001',
};
const FILE: FileDecision[] = [
  { kind: 'sku', key: 'BLU-MUG-2', choice: 'BLU-MUG', why: 'same UPC' },
  { kind: 'amount', key: ['other-transaction', 'other-transaction', 'FBA Inbound Dock Fee'], choice: 'inbound' },
];
const why = 'case 1234';

const movement = (
  externalId: string,
  kind: StoredMovement['kind'],
  state: StoredMovement['state'],
): StoredMovement => ({
  externalId,
  settlementId: '27000000001',
  kind,
  amount: 100n,
  currency: 'USD',
  traceId: null,
  bankLine: null,
  date: null,
  state,
  postedOn: '2026-10-10',
});
const line = (amount: string, date = '2026-10-12') => ({ date, amount, description: 'AMAZON' });
const open = (given: Partial<OpenSubjects>): OpenSubjects => ({
  exceptions: [],
  movements: [],
  freeLines: [],
  moves: new Map(),
  invoices: new Set(),
  closes: new Map(),
  signed: new Set(),
  confirmed: new Set(),
  unknownFinances: [],
  marks: new Map(),
  opening: null,
  numbers: new Map(),
  ...given,
});
const sent = (decision: FileDecision, subjects: Partial<OpenSubjects>) =>
  openDecisions([decision], open(subjects), 'maria').length === 1;

describe('the decisions of a file', () => {
  const names = (exceptions: StoredException[]) =>
    openDecisions(FILE, open({ exceptions }), 'maria').map(({ update }) => update);

  test('go to each connection that has them open, and to no other', () => {
    expect(names([SKU])).toEqual(['mapSku']);
    expect(names([DOCK, ODD])).toEqual(['mapAmount']);
    expect(names([])).toEqual([]);
  });

  test('are sent as an operator would send them', () => {
    expect(FILE.map((decision) => updateOf(decision, 'decisions-file'))).toEqual([
      { update: 'mapSku', args: { sku: 'BLU-MUG-2', item: 'BLU-MUG', by: 'decisions-file', why: 'same UPC' } },
      {
        update: 'mapAmount',
        args: {
          transactionType: 'other-transaction',
          amountType: 'other-transaction',
          amountDescription: 'FBA Inbound Dock Fee',
          role: 'inbound',
          by: 'decisions-file',
          why: 'no reason given in the file',
        },
      },
    ]);
    expect(updateOf({ kind: 'openChain', settlementId: '27000000002', by: 'carla', why }, 'decisions-file')).toEqual({
      update: 'openChain',
      args: { settlementId: '27000000002', by: 'carla', why },
    });
    expect(updateOf({ kind: 'openChain', settlementId: '27000000002', why }, 'decisions-file')).toEqual({
      update: 'openChain',
      args: { settlementId: '27000000002', by: 'decisions-file', why },
    });
  });

  test('about a difference go to the document that has one', () => {
    const decision: FileDecision = {
      kind: 'settleDifference',
      document: 'AMZ_demo-us_INV_114-1_1',
      choice: 'variance',
      why,
    };
    expect(sent(decision, { exceptions: [DIFFERS] })).toBe(true);
    expect(sent(decision, { exceptions: [{ ...DIFFERS, key: 'AMZ_demo-us_INV_114-2_1' }] })).toBe(false);
  });

  test('that are only words go to the exception of their number', () => {
    expect(sent({ kind: 'noteException', exception: DIFFERS.id, why }, { exceptions: [DIFFERS] })).toBe(true);
    expect(sent({ kind: 'noteException', exception: DIFFERS.id + 1, why }, { exceptions: [DIFFERS] })).toBe(false);
  });

  test('about tax go to the document whose rows say otherwise', () => {
    const document = 'AMZ_demo-us_INV_114-1_1';
    const remedy = { kind: 'correct-tax', order: '114-1', document } as const;
    const differs = { ...DIFFERS, code: 'tax-collector-differs', remedy } as const;
    expect(sent({ kind: 'correctTax', document, why }, { exceptions: [differs] })).toBe(true);
    expect(sent({ kind: 'correctTax', document, why }, { exceptions: [DIFFERS] })).toBe(false);
  });

  test('about prices go to the marketplace that is asked for them, by its domain or its id', () => {
    const remedy = { kind: 'confirm-prices', first: '', marketplace: 'amazon.co.uk' } as const;
    const key = 'A1F83G8C2ARO7P inclusive order amazon';
    const asked = { ...DIFFERS, code: 'prices-differ', key, remedy } as const;
    for (const marketplace of ['amazon.co.uk', 'A1F83G8C2ARO7P'])
      expect(sent({ kind: 'confirmPrices', marketplace, why }, { exceptions: [asked] })).toBe(true);
    expect(sent({ kind: 'confirmPrices', marketplace: 'amazon.de', why }, { exceptions: [asked] })).toBe(false);
    // A setting that would agree is set, and confirmed by nobody.
    const named = { ...asked, remedy: { kind: 'set-up', where: '' } } as const;
    expect(sent({ kind: 'confirmPrices', marketplace: 'amazon.co.uk', why }, { exceptions: [named] })).toBe(false);
  });

  test('about tax of another country go as often as they stand there, however their amounts are typed', () => {
    const moved = { orderId: '202-1', from: 'GB', to: 'DE', net: '100.00', tax: '20.00' };
    expect(sent({ kind: 'moveTax', ...moved, why }, {})).toBe(true);
    expect(sent({ kind: 'moveTax', ...moved, why }, { moves: new Map([['202-1 GB DE 100 20', 1]]) })).toBe(false);
    const twice = (decided: number) =>
      openDecisions(
        [
          { kind: 'moveTax', ...moved, why },
          { kind: 'moveTax', ...moved, net: '100', tax: '020.0', why },
        ],
        open({ moves: new Map([['202-1 GB DE 100 20', decided]]) }),
        'maria',
      ).length;
    expect([0, 1, 2, 3].map(twice)).toEqual([2, 1, 0, 0]);
  });

  test("about Amazon's invoices go once", () => {
    const invoice = {
      number: 'UK-1',
      date: '2026-10-31',
      jurisdiction: 'GB',
      role: 'storage',
      net: '40.00',
      tax: '8.00',
    };
    const decision = { kind: 'bookFeeInvoice', ...invoice, treatment: 'charged', why } as const;
    expect(sent(decision, {})).toBe(true);
    expect(sent(decision, { invoices: new Set(['UK-1']) })).toBe(false);
  });

  test('about a gap go to the settlement after it', () => {
    expect(sent({ kind: 'openChain', settlementId: '27000000002', why }, { exceptions: [GAP] })).toBe(true);
    expect(sent({ kind: 'openChain', settlementId: '27000000001', why }, { exceptions: [GAP] })).toBe(false);
  });
});

test('a refund is booked once the settlement has told the rows that miss their document', () => {
  const book = (orderId: string, settlementId: string): FileDecision => ({
    kind: 'bookRefund',
    orderId,
    settlementId,
    why,
  });
  expect(sent(book('117-1', '27000000002'), { exceptions: [UNTOLD] })).toBe(true);
  expect(sent(book('117-2', '27000000002'), { exceptions: [UNTOLD] })).toBe(false);
  expect(sent(book('117-1', '27000000001'), { exceptions: [UNTOLD] })).toBe(false);
  // Amazon has told it, and its memo is on its way.
  expect(
    sent(book('117-1', '27000000002'), {
      exceptions: [{ ...UNTOLD, remedy: { kind: 'status', of: 'order', id: '117-1' } }],
    }),
  ).toBe(false);
});

describe('a decision about stock is sent', () => {
  const raised = (remedy: StoredException['remedy']): Partial<OpenSubjects> => ({
    exceptions: [{ ...base, id: 48, code: 'ledger-unknown', key: 'k', subject: { kind: 'item', id: 'A' }, remedy }],
  });
  test.each<[string, StoredException['remedy'], FileDecision, FileDecision]>([
    [
      'about a kind of rows',
      { kind: 'map-movement', eventType: 'Adjustments', reason: 'X' },
      { kind: 'mapMovement', eventType: 'Adjustments', reason: 'X', answer: 'pair', why },
      { kind: 'mapMovement', eventType: 'Adjustments', reason: 'Y', answer: 'pair', why },
    ],
    [
      'about some of the rows of an exception',
      { kind: 'answer-rows', first: '', rows: ['a', 'b'], role: null },
      { kind: 'answerRows', rows: ['b'], role: 'inventory-loss', why },
      { kind: 'answerRows', rows: ['b', 'c'], role: 'inventory-loss', why },
    ],
    [
      'about a movement',
      { kind: 'explain-foreign', first: '', document: '4711' },
      { kind: 'explainForeign', document: '4711', choice: 'counter', why },
      { kind: 'explainForeign', document: '4712', choice: 'counter', why },
    ],
    [
      'about a shipment, by a choice that it has',
      { kind: 'decide-inbound', shipmentId: 'FBA1', sku: 'A', choices: ['lost', 'wait'] },
      { kind: 'decideInbound', shipmentId: 'FBA1', sku: 'A', choice: 'lost', why },
      { kind: 'decideInbound', shipmentId: 'FBA1', sku: 'A', choice: 'found', why },
    ],
    [
      'about a gap of just these units',
      { kind: 'close-gap', pool: 'us', item: 'A', place: 'sellable', units: -2 },
      { kind: 'closeGap', pool: 'us', item: 'A', place: 'sellable', units: -2, why },
      { kind: 'closeGap', pool: 'us', item: 'A', place: 'sellable', units: -1, why },
    ],
    [
      'about an adjustment that is held',
      { kind: 'approve-adjustment', document: 'AMZ_x' },
      { kind: 'approveAdjustment', document: 'AMZ_x', why },
      { kind: 'approveAdjustment', document: 'AMZ_y', why },
    ],
  ])('%s', (_, remedy, asked, other) => {
    expect([sent(asked, raised(remedy)), sent(other, raised(remedy)), sent(asked, {})]).toEqual([true, false, false]);
  });

  test('about a movement by its number in NetSuite, once that waits', () => {
    const subjects = raised({ kind: 'explain-foreign', first: '', document: '4711' });
    const counter = (document: string): FileDecision => ({ kind: 'explainForeign', document, choice: 'counter', why });
    const numbers = new Map([['4711', 'ADJ10005']]);
    expect(sent(counter('ADJ10005'), { ...subjects, numbers })).toBe(true);
    expect([sent(counter('ADJ10006'), { ...subjects, numbers }), sent(counter('ADJ10005'), { numbers })]).toEqual([
      false,
      false,
    ]);
  });

  test('about an opening once it is taken, until it is approved', () => {
    const all: FileDecision = { kind: 'approveOpening', pool: 'us', why };
    const mugs: FileDecision = { ...all, items: ['BLU-MUG'] };
    expect(sent(all, {})).toBe(false);
    expect(sent(all, { opening: new Map() })).toBe(true);
    const some = new Map([['us', new Set(['BLU-MUG'])]]);
    expect([sent(all, { opening: some }), sent(mugs, { opening: some })]).toEqual([true, false]);
    expect(sent(mugs, { opening: new Map([['us', 'all']]) })).toBe(false);
  });
});

const free = (amount: string) => ({ number: 1, ...line(amount) });

describe('lines for a movement are assigned', () => {
  const match = (name: string, amounts = ['1.00']): FileDecision => ({
    kind: 'matchDeposit',
    settlementId: '27000000001',
    movement: name,
    lines: amounts.map((amount) => line(amount)),
    why,
  });
  const movements = [
    movement('AMZ_demo-us_DEP_27000000001_1', 'payout', 'expected'),
    movement('AMZ_demo-us_DEP_27000000001_10', 'micro-deposit', 'expected'),
    movement('AMZ_demo-us_DEP_27000000001_2', 'micro-deposit', 'matched'),
  ];

  test('once all of them are read and nobody has them', () => {
    expect(sent(match('payout', ['1.00', '2.00']), { movements, freeLines: [free('1.00')] })).toBe(false);
    expect(sent(match('payout', ['1.00', '2.00']), { movements, freeLines: [free('1.00'), free('2.00')] })).toBe(true);
  });
  test('while the movement is awaited, and not once it has its line', () => {
    const freeLines = [free('1.00')];
    expect(
      sent(match('payout'), { movements: [movement('AMZ_demo-us_DEP_27000000001_1', 'payout', 'failed')], freeLines }),
    ).toBe(true);
    expect(
      sent(match('payout'), { movements: [movement('AMZ_demo-us_DEP_27000000001_1', 'payout', 'posted')], freeLines }),
    ).toBe(false);
    expect(sent(match('payout'), { freeLines })).toBe(false);
  });
  test('to the n-th micro deposit in the order of rows, also beyond the ninth', () => {
    expect(sent(match('micro-1'), { movements, freeLines: [free('1.00')] })).toBe(false);
    expect(sent(match('micro-2'), { movements, freeLines: [free('1.00')] })).toBe(true);
    expect(sent(match('charge-1'), { movements, freeLines: [free('1.00')] })).toBe(false);
  });
  test('to a return while the transfer counts as failed', () => {
    expect(sent(match('return'), { exceptions: [BACK], freeLines: [free('1.00')] })).toBe(true);
    expect(sent(match('return'), { movements, freeLines: [free('1.00')] })).toBe(false);
  });
});

test('a role that no person may choose is refused before anything is started, with its place', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'tieout-decisions-')), 'decisions.json');
  writeFileSync(
    file,
    JSON.stringify([FILE[1], { kind: 'amount', key: ['Debt Adjustment', 'x', 'y'], choice: 'balance-due-to-amazon' }]),
  );
  expect(() => readDecisions(file, 'Nothing was started.')).toThrow(
    expect.objectContaining({
      notice: expect.objectContaining({
        code: 'decisions-file',
        where: [
          expect.stringMatching(/^decision 2, choice: balance-due-to-amazon is no choice for an amount: .*set-off/),
        ],
      }),
    }),
  );
});

test('what is offered is taken only where something is', () => {
  expect(suggestedDecisions([SKU, DOCK, ODD])).toMatchObject([
    { kind: 'amount', key: ['other-transaction', 'other-transaction', 'FBA Inbound Dock Fee'], choice: 'inbound' },
  ]);
});
