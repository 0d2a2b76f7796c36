import { expect, test } from '@jest/globals';
import { netsuiteInTransit, transitSides } from '../../../src/domain/stock/in-transit.ts';
import { InboundBook } from '../../../src/domain/stock/inbound-book.ts';
import type { Receipt } from '../../../src/domain/stock/kept-stock.ts';
import { SkuItems } from '../../../src/domain/stock/sku-items.ts';
import type { InboundFact } from '../../../src/domain/stock/stock-plan.ts';
import { US } from './stock-flow.ts';

const shipment = (shipmentId: string, status: string, sent: string | null): InboundFact => ({
  shipmentId,
  pool: 'us',
  name: '',
  status,
  destination: 'PDX9',
  items: [{ sku: 'MUG', fnsku: 'X1', shipped: 10, received: 0 }],
  sent,
  closed: null,
});
const NOTHING = { rows: [], answers: [], documents: [], inboundDecided: [], opening: null };

test('what the seller has announced and not sent is not on its way', () => {
  const inbound = [shipment('FBA1', 'WORKING', null), shipment('FBA2', 'SHIPPED', '2026-10-03')];
  const book = new InboundBook({ inbound, transit: [] }, NOTHING, 'inventory-transfer');
  expect(book.standings().map(({ shipmentId, inTransit }) => [shipmentId, inTransit])).toEqual([
    ['FBA1', 0],
    ['FBA2', 10],
  ]);
});

test('a receipt of a transfer order that is only planned takes out of what the order has under way; an item that is left is no side', () => {
  const receipt: Receipt = {
    key: { connection: 'demo', purpose: 'IR', businessKey: 'FBA2-20261007', part: 1 },
    pool: 'us',
    day: '2026-10-07',
    memo: '',
    hold: null,
    shipmentId: 'FBA2',
    of: { kind: 'transfer-order', netsuiteId: '77' },
    lines: [
      { item: 'mug', units: 4, place: { pool: 'us', place: 'sellable' }, unitCost: null, eventType: '', reason: '' },
    ],
  };
  const standings = [
    { shipmentId: 'FBA2', pool: 'us', sku: 'MUG', shipped: 10, received: 4, decided: 0, inTransit: 6, over: 0 },
  ];
  const netsuite = netsuiteInTransit(
    { pools: [US], inbound: 'theirs' },
    {
      onHand: [{ location: US.locations.inTransit, item: 'jug', onHand: 2 }],
      transferOrders: [
        {
          netsuiteId: '77',
          shipmentId: 'FBA2',
          fulfilled: '2026-10-03',
          open: [{ item: 'mug', units: 10 }],
          fulfilments: [],
        },
      ],
      standings,
      planned: [receipt],
    },
  );
  expect(netsuite.map(({ item, units }) => [item, units])).toEqual([
    ['jug', 2],
    ['mug', 6],
  ]);
  const items = new SkuItems([{ sku: 'MUG', decided: '2026-09-01', item: 'mug', units: 1, members: null }]);
  const sides = (leave: string[]) =>
    transitSides({ inbound: standings, inTransit: netsuite }, { items, day: '2026-10-08', leave }).map((one) => [
      one.item,
      one.amazon,
      one.netsuite,
    ]);
  expect(sides([])).toEqual([
    ['mug', 6, 6],
    ['jug', 0, 2],
  ]);
  expect(sides(['jug'])).toEqual([['mug', 6, 6]]);
});
