/** What each kind of row becomes, by itself: the table of the design, one line a case. */
import { describe, expect, test } from '@jest/globals';
import { ANSWER_TABLE, ANSWER_TABLE_VERSION } from '../../../src/domain/stock/answer-table.ts';
import { oppositeOf } from '../../../src/domain/stock/row-identity.ts';
import { waitingWords } from '../../../src/domain/stock/render-stock.ts';
import type { LedgerRow } from '../../../src/domain/stock/stock-facts.ts';
import type { MapMovement } from '../../../src/domain/stock/stock-decisions.ts';
import type { RemovalShipment } from '../../../src/domain/stock/stock-facts.ts';
import { ledgerRow, shopFlow, written } from './stock-flow.ts';

const dayOf = (day: number) => `2026-10-${String(day).padStart(2, '0')}`;
/** `E -1 SELLABLE 9`: reason, quantity, disposition, day, SKU. */
const row = (text: string): LedgerRow => {
  const [reason, quantity, disposition = 'SELLABLE', day = '9', sku = 'MUG'] = text.split(' ') as [string, string];
  return ledgerRow({
    day: dayOf(Number(day)),
    reason,
    quantity: Number(quantity),
    disposition,
    sku,
    fnsku: `X-${sku}`,
  });
};
const booked = (rows: readonly LedgerRow[], day = 30, policy = {}) => {
  const flow = shopFlow(policy);
  flow.addRows(...rows);
  const documents = flow.run(dayOf(day)).documents.map(written);
  expect(flow.run(dayOf(day)).documents).toEqual([]);
  return documents;
};

test('the table, as data with a version', () => {
  expect(ANSWER_TABLE_VERSION).toBe(1);
  expect(ANSWER_TABLE.map(({ eventType, reasons, answer }) => [eventType, reasons, answer].join(' '))).toEqual([
    'Shipments  fulfilment',
    'Receipts  receipt',
    'CustomerReturns  return',
    'VendorReturns  removal',
    'WhseTransfers  none',
    'Adjustments E67HKUQP pair',
    'Adjustments M5ODGFN adjust',
    'Adjustments 34 redefinition',
  ]);
});

describe('single reasons', () => {
  test.each(['M', '5', 'O', 'D', 'G'])('%s takes out', (reason) => {
    expect(booked([row(`${reason} -2`)])).toEqual(['ADJ us-20261009-inventory-loss: mug -2 sellable']);
  });
  test.each(['F', 'N'])('%s brings in', (reason) => {
    expect(booked([row(`${reason} 2 DEFECTIVE`)])).toEqual(['ADJ us-20261009-inventory-loss: mug +2 unsellable @6.00']);
  });
  test('a connection may name another role for a reason', () => {
    expect(booked([row('M -2'), row('D -1')], 30, { accounts: { D: 'variance' } })).toEqual([
      'ADJ us-20261009-inventory-loss: mug -2 sellable',
      'ADJ us-20261009-variance: mug -1 sellable',
    ]);
  });
  test('lost and found comes to nothing over two days, each on its own', () => {
    expect(booked([row('M -1'), row('F 1 SELLABLE 11')])).toEqual([
      'ADJ us-20261009-inventory-loss: mug -1 sellable',
      'ADJ us-20261011-inventory-loss: mug +1 sellable @6.00',
    ]);
  });
  test('one line per item, place, event type and reason', () => {
    expect(booked([row('M -1'), row('M -2'), row('5 -1'), row('M -1 DEFECTIVE'), row('M -1 SELLABLE 9 CUP')])).toEqual([
      'ADJ us-20261009-inventory-loss: cup -1 sellable, mug -1 sellable, mug -3 sellable, mug -1 unsellable',
    ]);
  });
  test('a kit is its members', () => {
    expect(booked([row('M -2 SELLABLE 9 SET')])).toEqual([
      'ADJ us-20261009-inventory-loss: cup -4 sellable, mug -2 sellable',
    ]);
  });
});

describe('halves of a pair', () => {
  test.each<[string, string[], string[]]>([
    [
      'what leaves one place and enters the other is a transfer',
      ['E -1', 'P 1 WAREHOUSE_DAMAGED'],
      ['TRF us-20261009-sellable-unsellable: mug 1'],
    ],
    ['dated the later row', ['E -1', 'P 1 WAREHOUSE_DAMAGED 11'], ['TRF us-20261011-sellable-unsellable: mug 1']],
    ['back as well', ['Q -2 DEFECTIVE', 'P 2 SELLABLE'], ['TRF us-20261009-unsellable-sellable: mug 2']],
    ['what stays in a place is due nothing', ['H -1 CUSTOMER_DAMAGED', 'P 1 WAREHOUSE_DAMAGED'], []],
    [
      'summed per place',
      ['E -1', 'H -1 CUSTOMER_DAMAGED', 'P 2 WAREHOUSE_DAMAGED'],
      ['TRF us-20261009-sellable-unsellable: mug 1'],
    ],
    [
      'over midnight, within seven days',
      ['E -1', 'P 1 WAREHOUSE_DAMAGED 16'],
      ['TRF us-20261016-sellable-unsellable: mug 1'],
    ],
    [
      'and no further',
      ['E -1', 'P 1 WAREHOUSE_DAMAGED 17'],
      ['ADJ us-20261009-inventory-loss: mug -1 sellable', 'ADJ us-20261017-inventory-loss: mug +1 unsellable @6.00'],
    ],
    [
      'a pack and singles of one item are one item',
      ['E -1 SELLABLE 9 PACK', 'P 3 WAREHOUSE_DAMAGED'],
      ['TRF us-20261009-sellable-unsellable: mug 3'],
    ],
    [
      'another item is no other half',
      ['E -1', 'P 1 WAREHOUSE_DAMAGED 9 CUP'],
      ['ADJ us-20261009-inventory-loss: cup +1 unsellable @4.00, mug -1 sellable'],
    ],
  ])('%s', (_, rows, expected) => {
    expect(booked(rows.map(row))).toEqual(expected);
  });

  test('a rest waits seven days for its other half', () => {
    const flow = shopFlow();
    flow.addRows(row('E -2'), row('P 1 WAREHOUSE_DAMAGED'));
    expect(flow.run(dayOf(13)).documents.map(written)).toEqual(['TRF us-20261009-sellable-unsellable: mug 1']);
    expect(flow.run(dayOf(16))).toMatchObject({ documents: [], waiting: [{ reason: 'pair', units: -1 }] });
    expect(flow.run(dayOf(17)).documents.map(written)).toEqual(['ADJ us-20261009-inventory-loss: mug -1 sellable']);
  });
});

describe('product redefinitions', () => {
  test.each<[string, string[], string[]]>([
    [
      'out of one item and into the other, with the value that left',
      ['4 -2', '3 2 SELLABLE 10 CUP'],
      ['ADJ us-20261010-inventory-loss: mug -2 sellable, cup +2 sellable @6.00'],
    ],
    [
      'a pack into singles of another item: 18.00 over one',
      ['4 -1 SELLABLE 9 PACK', '3 1 SELLABLE 9 CUP'],
      ['ADJ us-20261009-inventory-loss: mug -3 sellable, cup +1 sellable @18.00'],
    ],
    [
      'into a kit: 6.00 over three units',
      ['4 -1 SELLABLE 9 CUP', '3 1 SELLABLE 9 SET'],
      // A cup is on both sides and stays; the other cup and the mug come for nothing that left.
      ['ADJ us-20261009-inventory-loss: cup +1 sellable @4.00, mug +1 sellable @6.00'],
    ],
    ['of one item on both sides nothing', ['4 -2', '3 2 SELLABLE 12'], []],
    [
      'of one item at another place a transfer',
      ['4 -2', '3 2 DEFECTIVE'],
      ['TRF us-20261009-sellable-unsellable: mug 2'],
    ],
    [
      'rows of one size first',
      ['4 -2', '4 -1 SELLABLE 9 CUP', '3 1', '3 2 SELLABLE 10 CUP'],
      [
        'ADJ us-20261009-inventory-loss: cup -1 sellable, mug +1 sellable @4.00',
        'ADJ us-20261010-inventory-loss: mug -2 sellable, cup +2 sellable @6.00',
      ],
    ],
  ])('%s', (_, rows, expected) => {
    const written = booked(rows.map(row));
    expect(written.map(sorted)).toEqual(expected.map(sorted));
  });

  test('is told from a kind of row that nobody knows', () => {
    const words = (reason: string) => waitingWords('ledger-unknown', { eventType: 'Adjustments', reason });
    expect([words('4'), words('Z')]).toEqual(['its other half has not come', 'nobody knows what it is']);
  });

  test('without its other half after seven days it is for a person', () => {
    const flow = shopFlow();
    flow.addRows(row('3 2'));
    expect(flow.run(dayOf(16)).waiting).toMatchObject([{ reason: 'pair' }]);
    expect(flow.run(dayOf(17)).problems).toMatchObject([
      {
        code: 'ledger-unknown',
        key: 'Adjustments 3',
        units: 2,
        what: 'Amazon made units of one SKU those of another (Adjustments 3), and the other half has not come within 7 days',
      },
    ]);
    flow.decisions.push({
      kind: 'mapMovement',
      id: '1',
      day: dayOf(17),
      eventType: 'Adjustments',
      reason: '3',
      answer: 'adjust',
    });
    expect(flow.run(dayOf(17)).documents.map(written)).toEqual([
      'ADJ us-20261009-inventory-loss: mug +2 sellable @6.00',
    ]);
  });
});

/** Lines of a document in the order of their text: what is tied stands by its tie. */
const sorted = (text: string): string => {
  const [head, lines] = text.split(': ') as [string, string];
  return `${head}: ${lines.split(', ').sort().join(', ')}`;
};

describe('anything else', () => {
  const decided = (answer: MapMovement['answer']): MapMovement => ({
    kind: 'mapMovement',
    id: '1',
    day: dayOf(20),
    eventType: 'Adjustments',
    reason: 'Z',
    answer,
  });

  test.each<[MapMovement['answer'], string[]]>([
    [
      'adjust',
      ['ADJ us-20261009-inventory-loss: mug -2 sellable', 'ADJ us-20261010-inventory-loss: mug +2 unsellable @6.00'],
    ],
    ['pair', ['TRF us-20261010-sellable-unsellable: mug 2']],
    ['outside', []],
  ])('waits for a person; %s', (answer, expected) => {
    const flow = shopFlow();
    flow.addRows(row('Z -2'), row('Z 2 DEFECTIVE 10'));
    expect(flow.run(dayOf(20)).problems).toMatchObject([{ code: 'ledger-unknown', key: 'Adjustments Z', units: 0 }]);
    flow.decisions.push(decided(answer));
    const plan = flow.run(dayOf(20));
    expect(plan.documents.map(written)).toEqual(expected);
    expect(plan).toMatchObject({ waiting: [], problems: [] });
  });

  test.each([
    ['an event type', { eventType: 'Conjuring', reason: '' }],
    ['a reason of more than one letter', { reason: 'EP' }],
    ['no reason', { reason: '' }],
  ])('%s that nobody knows', (_, changes) => {
    const flow = shopFlow();
    flow.addRows({ ...row('M -1'), ...changes });
    expect(flow.run(dayOf(20)).waiting).toMatchObject([{ reason: 'ledger-unknown' }]);
  });

  test('transfers between centres are due nothing', () => {
    expect(booked([{ ...row('M -1'), eventType: 'WhseTransfers', reason: '' }])).toEqual([]);
  });
});

describe('vendor returns', () => {
  const removed = (quantity: number, disposition = 'SELLABLE'): LedgerRow => ({
    ...row(`x ${quantity} ${disposition}`),
    eventType: 'VendorReturns',
    reason: '',
  });
  const line = (changes: Partial<RemovalShipment> = {}): RemovalShipment => ({
    orderId: 'R1',
    day: dayOf(9),
    sku: 'MUG',
    fnsku: 'X-MUG',
    disposition: 'Sellable',
    quantity: 4,
    kind: 'Return',
    tracking: 'T1',
    ...changes,
  });

  test.each<[string, RemovalShipment[], string[]]>([
    ['on their way home', [line()], ['TRF us-20261009-sellable-removal: mug 4']],
    ['without a line after grace as well', [], ['TRF us-20261009-sellable-removal: mug 4']],
    ['liquidated', [line({ kind: 'Liquidations' })], ['ADJ us-20261009-liquidation: mug -4 sellable']],
    [
      'three days apart',
      [line({ kind: 'Liquidations', day: dayOf(12) })],
      ['ADJ us-20261009-liquidation: mug -4 sellable'],
    ],
    [
      'four are too many',
      [line({ kind: 'Liquidations', day: dayOf(13) })],
      ['TRF us-20261009-sellable-removal: mug 4'],
    ],
    ['another quantity', [line({ kind: 'Liquidations', quantity: 3 })], ['TRF us-20261009-sellable-removal: mug 4']],
    [
      'unsellable',
      [line({ kind: 'Liquidations', disposition: 'Unsellable' })],
      ['TRF us-20261009-sellable-removal: mug 4'],
    ],
  ])('%s', (_, removals, expected) => {
    const flow = shopFlow({}, { removals });
    flow.addRows(removed(-4));
    expect(flow.run(dayOf(14)).documents.map(written)).toEqual(expected);
  });

  test('wait grace for their line, and one line tells of one row', () => {
    const flow = shopFlow({}, { removals: [line({ kind: 'Liquidations' })] });
    flow.addRows(removed(-4));
    flow.summarise(dayOf(8));
    flow.facts.summarised.get('us')!.add(dayOf(9));
    flow.facts.balances.add({ ...balanceOf(dayOf(9), -4) });
    expect(flow.run(dayOf(10)).documents.map(written)).toEqual(['ADJ us-20261009-liquidation: mug -4 sellable']);
    flow.addRows(removed(-4));
    flow.facts.balances.add({ ...balanceOf(dayOf(9), -8) });
    expect(flow.run(dayOf(10)).waiting).toMatchObject([{ reason: 'counterpart' }]);
    expect(flow.run(dayOf(13)).documents.map(written)).toEqual(['TRF us-20261009-sellable-removal: mug 4']);
  });

  test('arrive at home two weeks after they left', () => {
    const flow = shopFlow();
    flow.addRows(removed(-4), removed(-1, 'DEFECTIVE'));
    flow.run(dayOf(14));
    expect(flow.run(dayOf(22)).documents).toEqual([]);
    expect(flow.run(dayOf(23)).documents.map(written)).toEqual(['TRF us-20261023-removal-source: mug 5']);
    expect(flow.run(dayOf(30)).documents).toEqual([]);
  });

  test.each<[string, number, string[]]>([
    ['on its way, comes out of that', 20, ['TRF us-20261020-removal-sellable: mug 4']],
    ['arrived at home, comes out of the warehouse', 25, ['TRF us-20261025-source-sellable: mug 4']],
  ])('that Amazon takes back, %s', (_, day, expected) => {
    const flow = shopFlow();
    const [row] = flow.addRows(removed(-4));
    flow.run(dayOf(14));
    if (day > 23) flow.run(dayOf(23));
    const taken = { ...row!, takenBack: dayOf(day) };
    flow.kept = { ...flow.kept, rows: [taken, oppositeOf(taken, { day: dayOf(day), seen: '' })] };
    expect(flow.run(dayOf(day)).documents.map(written)).toEqual(expected);
    expect(flow.run(dayOf(31)).documents).toEqual([]);
  });
});

const balanceOf = (day: string, ending: number) => ({
  day,
  fnsku: 'X-MUG',
  sku: 'MUG',
  asin: 'B1',
  disposition: 'SELLABLE',
  country: 'US',
  starting: 0,
  inTransit: 0,
  ending,
  events: ending,
});
