/** NetSuite's side of stock, as it becomes facts of the rules. */
import { describe, expect, test } from '@jest/globals';
import { openAuthorisations, type AuthorisationLine } from '../../../src/domain/stock/authorisations.ts';
import { whyNotCountable, type ItemNature } from '../../../src/domain/stock/countable.ts';
import { apartFromOnHand } from '../../../src/domain/stock/movement-control.ts';
import { transferOrdersOf, type TransferOrderFact } from '../../../src/domain/stock/transfer-orders.ts';

describe('an item', () => {
  const mug: ItemNature = {
    type: 'InvtPart',
    inactive: false,
    hasLots: false,
    hasSerialNumbers: false,
    inBins: false,
    inOtherUnit: false,
    members: [],
  };
  test.each<[Partial<ItemNature>, string | null]>([
    [{}, null],
    [{ type: 'Assembly' }, null],
    [{ type: 'Kit', members: [{ quantity: 2 }] }, null],
    [{ type: 'Kit', members: [] }, 'is a kit of which nothing is kept in stock'],
    [{ type: 'Kit', members: [{ quantity: 0.5 }] }, 'is a kit with a part of a unit in it'],
    [{ type: 'NonInvtPart' }, 'is not kept in stock (its type is NonInvtPart)'],
    [{ inactive: true }, 'is inactive'],
    [{ hasLots: true }, 'is counted by lots'],
    [{ hasSerialNumbers: true }, 'is counted by serial numbers'],
    [{ inBins: true }, 'is kept in bins'],
    [{ inOtherUnit: true }, 'has a stock unit that is not its base unit'],
  ])('%o', (change, why) => {
    expect(whyNotCountable({ ...mug, ...change })).toBe(why);
  });
});

describe('what was read of movements', () => {
  const at = (item: string, units: number) => ({ item, location: 'FBA US', units, onHand: units });

  test('agrees where sums are what is on hand; nothing on either side is none', () => {
    expect(apartFromOnHand([at('A', 5), at('B', 0)], [at('A', 5), at('C', 0)])).toEqual([]);
  });

  test('is apart by item and location', () => {
    expect(apartFromOnHand([at('A', 5), { ...at('A', 2), location: 'To Amazon' }], [at('A', 5), at('B', 1)])).toEqual([
      { item: 'A', location: 'To Amazon', moved: 2, onHand: 0 },
      { item: 'B', location: 'FBA US', moved: 0, onHand: 1 },
    ]);
  });
});

describe('an authorisation', () => {
  const line = (change: Partial<AuthorisationLine>): AuthorisationLine => ({
    netsuiteId: '900',
    externalId: null,
    otherRefNum: null,
    day: '2026-11-12',
    item: 'BLU-MUG',
    open: 1,
    ...change,
  });
  const ordersOf = (change: Partial<AuthorisationLine>) =>
    openAuthorisations('us', [line(change)]).map(({ orderId }) => orderId);

  test.each<[string, Partial<AuthorisationLine>, string[]]>([
    [
      'our key',
      { externalId: 'AMZ_us_RA_113-1111111-2222222-20261112T080000_1', otherRefNum: '9' },
      ['113-1111111-2222222'],
    ],
    ['the key of another connection', { externalId: 'AMZ_de_RA_113-1111111-2222222-20261112T080000_1' }, []],
    ['the PO number', { externalId: 'shop-77', otherRefNum: ' 114-3333333-4444444 ' }, ['114-3333333-4444444']],
    ['nothing of Amazon', { otherRefNum: 'phone call' }, []],
  ])('belongs to an order by %s', (_by, change, orders) => {
    expect(ordersOf(change)).toEqual(orders);
  });

  test('has one entry for an item that stands on two lines', () => {
    const otherRefNum = '114-3333333-4444444';
    expect(openAuthorisations('us', [line({ otherRefNum }), line({ otherRefNum, open: 2 })])).toMatchObject([
      { item: 'BLU-MUG', open: 3 },
    ]);
  });
});

describe('a transfer order', () => {
  const order = (change: Partial<TransferOrderFact>): TransferOrderFact => ({
    netsuiteId: '901',
    otherRefNum: 'FBA15DEMO1',
    memo: null,
    lines: [{ item: 'BLU-MUG', quantity: 30, fulfilled: 30, received: 24, closed: false }],
    fulfilled: [{ fulfilment: '910', day: '2026-10-04', item: 'BLU-MUG', units: 30 }],
    ...change,
  });
  const SHIPMENTS = ['FBA15DEMO1', 'FBA15DEMO2'];

  test('is fulfilled on its last day once each line is, or is closed', () => {
    const lines = [
      { item: 'BLU-MUG', quantity: 30, fulfilled: 30, received: 24, closed: false },
      { item: 'TEA', quantity: 5, fulfilled: 2, received: 0, closed: true },
    ];
    expect(transferOrdersOf([order({ lines })], SHIPMENTS)).toEqual([
      {
        netsuiteId: '901',
        shipmentId: 'FBA15DEMO1',
        fulfilled: '2026-10-04',
        open: [
          { item: 'BLU-MUG', units: 6 },
          { item: 'TEA', units: 2 },
        ],
        fulfilments: [{ day: '2026-10-04', item: 'BLU-MUG', units: 30 }],
      },
    ]);
    const partly = lines.map((line) => ({ ...line, closed: false }));
    expect(transferOrdersOf([order({ lines: partly })], SHIPMENTS)[0]!.fulfilled).toBeNull();
  });

  test('of which nothing left is one while something may leave, and none once it is closed', () => {
    const at = (closed: boolean) =>
      transferOrdersOf(
        [
          order({
            lines: [{ item: 'BLU-MUG', quantity: 30, fulfilled: 0, received: 0, closed }],
            fulfilled: [],
          }),
        ],
        SHIPMENTS,
      ).map(({ fulfilled, open }) => [fulfilled, open]);
    expect([at(false), at(true)]).toEqual([[[null, []]], []]);
  });

  test('that has left in part names its fulfilment: more may follow', () => {
    const lines = [{ item: 'BLU-MUG', quantity: 40, fulfilled: 30, received: 24, closed: false }];
    expect(transferOrdersOf([order({ lines })], SHIPMENTS)[0]!.open).toEqual([
      { item: 'BLU-MUG', units: 6, fulfilment: '910' },
    ]);
  });

  test('that left in several fulfilments is received from the oldest on', () => {
    const fulfilled = [
      { fulfilment: '910', day: '2026-10-03', item: 'BLU-MUG', units: 20 },
      { fulfilment: '911', day: '2026-10-05', item: 'BLU-MUG', units: 10 },
    ];
    const openAfter = (received: number) => {
      const lines = [{ item: 'BLU-MUG', quantity: 30, fulfilled: 30, received, closed: false }];
      return transferOrdersOf([order({ lines, fulfilled })], SHIPMENTS)[0]!.open.map(({ fulfilment, units }) => [
        fulfilment,
        units,
      ]);
    };
    expect(openAfter(0)).toEqual([
      ['910', 20],
      ['911', 10],
    ]);
    expect(openAfter(15)).toEqual([
      ['910', 5],
      ['911', 10],
    ]);
    expect(openAfter(24)).toEqual([['911', 6]]);
    expect(openAfter(30)).toEqual([]);
  });

  test.each<[Partial<TransferOrderFact>, string[]]>([
    [{ otherRefNum: null, memo: 'boxes of fba15demo2, by truck' }, ['FBA15DEMO2']],
    [{ otherRefNum: 'FBA15DEMO1', memo: 'after FBA15DEMO2' }, ['FBA15DEMO1']],
    [{ otherRefNum: 'FBA15DEMO10', memo: null }, []],
  ])('%o is of the shipment that it names as a word', (change, shipments) => {
    expect(transferOrdersOf([order(change)], SHIPMENTS).map(({ shipmentId }) => shipmentId)).toEqual(shipments);
  });
});
