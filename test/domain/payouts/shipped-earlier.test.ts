import { describe, expect, test } from '@jest/globals';
import { isShippedEarlier, shipmentsMeant, type DatedShipment } from '../../../src/domain/payouts/shipped-earlier.ts';

const known = new Map<string, DatedShipment[]>([
  [
    'A',
    [
      { shipmentId: 'A1', earlier: true },
      { shipmentId: 'A2', earlier: false },
    ],
  ],
  [
    'B',
    [
      { shipmentId: 'B1', earlier: true },
      { shipmentId: 'B2', earlier: true },
    ],
  ],
  ['C', [{ shipmentId: null, earlier: true }]],
]);

describe('a sale row pays what was shipped before the cut-over', () => {
  test.each([
    ['by the shipment that it names', 'A', 'A1', true],
    ['not by another of the same order', 'A', 'A2', false],
    ['not where that shipment is unknown', 'A', 'A3', false],
    ['without an id, where all of the order left earlier', 'B', null, true],
    ['without an id, not where only some did', 'A', null, false],
    ['by a shipment without an id', 'C', 'C1', true],
    ['not where the order is unknown', 'D', 'D1', false],
  ])('%s', (_, orderId, shipmentId, earlier) => {
    expect(isShippedEarlier({ orderId, shipmentId }, known)).toBe(earlier);
  });

  test('and is unknown where none of the known shipments can be meant', () => {
    expect(
      [
        ['A', 'A3'],
        ['D', null],
        ['C', 'C1'],
      ].map(([orderId, shipmentId]) => shipmentsMeant({ orderId: orderId!, shipmentId: shipmentId! }, known).length),
    ).toEqual([0, 0, 1]);
  });
});
