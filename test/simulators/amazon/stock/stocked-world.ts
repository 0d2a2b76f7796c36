import type { AmazonWorld } from '../../../../src/simulators/amazon/world.ts';
import type { WorldStock } from '../../../../src/simulators/amazon/stock/world-stock.ts';
import { item, order, shipment, smallWorld } from '../small-world.ts';

/**
 * October of one mug and its pack of three, small enough to be known by heart: 40 mugs and 10 packs at the end of 30
 * September; two mugs and a pack sent on 3 October; 24 of 30 received; returns, damage, two lost and one found.
 */
export const OCTOBER: WorldStock = {
  opened: '2026-09-30',
  opening: [
    {
      sku: 'BLU-MUG',
      fnsku: 'X001BLUMUG',
      asin: 'B0BLUMUG01',
      title: 'Mug, blue',
      country: 'US',
      centre: 'PDX9',
      units: 40,
    },
    {
      sku: 'BLU-MUG-3P',
      fnsku: 'X001BLUMU3',
      asin: 'B0BLUMUG03',
      title: 'Mug, three',
      country: 'US',
      centre: 'PDX9',
      units: 10,
    },
    {
      sku: 'OLD-CUP',
      fnsku: 'X001OLDCUP',
      asin: 'B0OLDCUP01',
      title: 'Cup "old"',
      country: 'US',
      centre: 'ONT8',
      units: 7,
    },
  ],
  inbound: [
    {
      shipment: 'FBA15DEMO1',
      name: 'Mugs of October',
      country: 'US',
      centre: 'PDX9',
      items: { 'BLU-MUG': 30 },
      history: [
        { at: '2026-10-02T16:00:00Z', status: 'WORKING' },
        { at: '2026-10-04T16:00:00Z', status: 'SHIPPED' },
        { at: '2026-10-06T15:00:00Z', status: 'RECEIVING' },
        { at: '2026-10-20T16:00:00Z', status: 'CLOSED' },
      ],
    },
  ],
  events: [
    { at: '2026-10-06T18:00:00Z', type: 'receive', sku: 'BLU-MUG', units: 24, shipment: 'FBA15DEMO1', inRowsOf: 8 },
    { at: '2026-10-09T18:00:00Z', type: 'convert', sku: 'BLU-MUG', units: 1, reason: 'E', into: 'WAREHOUSE_DAMAGED' },
    { at: '2026-10-10T18:00:00Z', type: 'adjust', sku: 'BLU-MUG', units: -2, reason: 'M', id: 'lost' },
    { at: '2026-10-12T18:00:00Z', type: 'adjust', sku: 'BLU-MUG', units: 1, reason: 'F', settles: 'lost' },
    { at: '2026-10-14T18:00:00Z', type: 'dispose', sku: 'BLU-MUG', units: 1, disposition: 'WAREHOUSE_DAMAGED' },
    { at: '2026-10-14T18:00:00Z', type: 'dispose', sku: 'BLU-MUG', units: 1, disposition: 'CUSTOMER_DAMAGED' },
  ],
  returns: [
    { at: '2026-10-08T15:00:00Z', order: '111-0000011-0000011', sku: 'BLU-MUG', disposition: 'SELLABLE' },
    {
      at: '2026-10-08T15:00:00Z',
      order: '111-0000012-0000012',
      sku: 'BLU-MUG',
      disposition: 'CUSTOMER_DAMAGED',
      reason: 'DEFECTIVE',
    },
  ],
};

/** A world with this stock, and orders that leave on 3 October at 17:00 in Portland. */
export function stockedWorld(stock: Partial<WorldStock> = {}, over: Partial<AmazonWorld> = {}): AmazonWorld {
  const sent = (orderId: string, sku: string, quantity: number, shipmentId: string) => ({
    order: order(orderId, {
      items: [item(sku, { quantity, orderItemId: `9${shipmentId}` })],
      history: [
        { at: '2026-10-02T10:00:00Z', status: 'UNSHIPPED' },
        { at: '2026-10-04T00:00:00Z', status: 'SHIPPED' },
      ],
    }),
    shipment: {
      ...shipment(orderId, shipmentId, '2026-10-04T00:00:00Z', { sku, quantity, orderItemId: `9${shipmentId}` }),
      publishedAt: '2026-10-04T02:00:00Z',
    },
  });
  const all = [
    sent('111-0000011-0000011', 'BLU-MUG', 1, 'B7mug1'),
    sent('111-0000012-0000012', 'BLU-MUG', 1, 'B7mug2'),
    sent('111-0000013-0000013', 'BLU-MUG-3P', 1, 'B7pack'),
  ];
  return smallWorld({
    catalogue: [],
    orders: all.map((each) => each.order),
    shipments: all.map((each) => each.shipment),
    refunds: [],
    settlements: [],
    bankLines: [],
    stock: { ...OCTOBER, ...stock },
    ...over,
  });
}

/** Germany and Britain under one account. */
export const EUROPE: AmazonWorld['marketplaces'] = [
  { id: 'A1F83G8C2ARO7P', name: 'Amazon.co.uk', currency: 'GBP', countryCode: 'GB' },
  { id: 'A1PA6795UKMFR9', name: 'Amazon.de', currency: 'EUR', countryCode: 'DE' },
];
