import { describe, expect, test } from '@jest/globals';
import { isOver, renderInbound, type InboundToTell } from '../../../src/domain/stock/render-inbound.ts';

const shipment = (changes: Partial<InboundToTell['standings'][number]>, status = 'RECEIVING'): InboundToTell => ({
  shipmentId: 'FBA15DEMO1',
  status,
  sent: '2026-10-04',
  standings: [
    {
      shipmentId: 'FBA15DEMO1',
      pool: 'us',
      sku: 'BLU-MUG',
      shipped: 30,
      received: 24,
      decided: 0,
      inTransit: 6,
      over: 0,
      ...changes,
    },
  ],
});
const SETTING = { today: '2026-10-20', inboundDays: 30 };

describe('an inbound shipment in words', () => {
  test.each<[string, InboundToTell, typeof SETTING, boolean, string]>([
    [
      'that is being received',
      shipment({}),
      SETTING,
      false,
      'FBA15DEMO1 is RECEIVING: 24 of 30 units received; BLU-MUG 6 to come',
    ],
    [
      'that nobody closes',
      shipment({}),
      { ...SETTING, today: '2026-11-05' },
      false,
      'FBA15DEMO1 is RECEIVING: 24 of 30 units received; BLU-MUG 6 to come; not closed for more than 30 days',
    ],
    [
      'that was closed with less',
      shipment({}, 'CLOSED'),
      SETTING,
      false,
      'FBA15DEMO1 is CLOSED: 24 of 30 units received; BLU-MUG 6 to come; tieout decide-inbound FBA15DEMO1 SKU lost|returned|found|take-from-source ends it',
    ],
    [
      'of which more came',
      shipment({ received: 30, inTransit: 0, over: 2 }, 'CLOSED'),
      SETTING,
      false,
      'FBA15DEMO1 is CLOSED: 30 of 30 units received; BLU-MUG 2 over; tieout decide-inbound FBA15DEMO1 SKU lost|returned|found|take-from-source ends it',
    ],
    [
      'of which the rest was decided',
      shipment({ decided: 6, inTransit: 0 }, 'CLOSED'),
      SETTING,
      true,
      'FBA15DEMO1 is CLOSED: 24 of 30 units received',
    ],
    [
      'that is whole and not closed',
      shipment({ received: 30, inTransit: 0 }),
      SETTING,
      false,
      'FBA15DEMO1 is RECEIVING: 30 of 30 units received',
    ],
  ])('%s', (_, one, setting, over, sentence) => {
    expect(renderInbound(one, setting)).toBe(sentence);
    expect(isOver(one)).toBe(over);
  });
});
