/** 30 packs of FBA1, of which Amazon had received 10 on 20 September and 2 on the 29th, and 15 since; three mugs are in a pack. */
import { describe, expect, test } from '@jest/globals';
import type { InboundFact } from '../../../src/domain/stock/stock-plan.ts';
import { balance, ledgerRow, shopFlow, written, type StockFlow } from './stock-flow.ts';

const BEFORE = '2026-09-30';
const RECEIVED_BEFORE = [
  { shipmentId: 'FBA1', sku: 'PACK', day: '2026-09-20', units: 10 },
  { shipmentId: 'FBA1', sku: 'PACK', day: '2026-09-29', units: 2 },
];
const shipment = (changes: Partial<InboundFact> = {}): InboundFact => ({
  shipmentId: 'FBA1',
  name: '',
  pool: 'us',
  destination: '',
  status: 'RECEIVING',
  items: [{ sku: 'PACK', fnsku: 'X3', shipped: 30, received: 27 }],
  sent: '2026-09-20',
  closed: null,
  ...changes,
});
const receipt = (day: string, quantity: number) =>
  ledgerRow({ day, eventType: 'Receipts', reference: 'FBA1', sku: 'PACK', fnsku: 'X3', quantity });

/** First read on 9 October; NetSuite had 54 mugs of it in transit, as the seller booked it. */
function readLate(inbound: InboundFact[]): StockFlow {
  const flow = shopFlow({}, { inbound, receivedBefore: RECEIVED_BEFORE });
  flow.summarise(BEFORE, balance({ day: BEFORE, ending: 0 }));
  flow.addRows(receipt('2026-09-29', 2), receipt('2026-10-06', 15));
  flow.run('2026-10-09');
  flow.open([{ pool: 'us', item: 'mug', place: 'inTransit', units: 54 }]);
  flow.decisions.push({ kind: 'approveOpening', id: '1', day: '2026-10-09', pool: 'us', items: null });
  return flow;
}

describe('what Amazon had received before stock began', () => {
  test('was not in transit then, by the ledger and not by what Amazon says now', () => {
    // Amazon says 28, of which the ledger does not tell one yet.
    const flow = readLate([shipment({ items: [{ sku: 'PACK', fnsku: 'X3', shipped: 30, received: 28 }] })]);
    expect(flow.kept.opening?.inbound).toEqual([
      { pool: 'us', shipmentId: 'FBA1', sku: 'PACK', shipped: 30, open: 18 },
    ]);
    // 18 packs are 54 mugs on both sides: nothing leaves the warehouse, 45 came.
    expect(flow.run('2026-10-09').documents.map(written)).toEqual([]);
    expect(flow.kept.documents.map(written)).toEqual(['TRF FBA1-20261006-inTransit-sellable: mug 45']);
    expect(flow.places('mug', '2026-10-09')).toBe('45 / 0 / 9');
  });

  test('of one that is closed no more was to come than came', () => {
    const flow = readLate([shipment({ status: 'CLOSED', closed: '2026-10-09' })]);
    expect(flow.kept.opening?.inbound).toMatchObject([{ open: 15 }]);
    expect(flow.run('2026-10-09')).toMatchObject({ problems: [] });
    expect(flow.kept.documents.map(written)).toContain('ADJ us-opening: mug -9 inTransit');
  });

  test('is in the next part of the opening where the shipment is first read after it', () => {
    const flow = readLate([]);
    flow.run('2026-10-09');
    expect(flow.kept.documents.map(written)).toEqual(['ADJ us-opening: mug -54 inTransit']);
    flow.facts.inbound.push(shipment());
    const plan = flow.run('2026-10-10');
    expect(plan.documents.map(written).sort()).toEqual([
      'ADJ us-opening 2: mug +54 inTransit @6.00',
      'TRF FBA1-20261006-inTransit-sellable: mug 45',
    ]);
    expect(plan.inbound).toMatchObject([{ shipped: 30, received: 27, inTransit: 3 }]);
    expect(flow.places('mug', '2026-10-10')).toBe('45 / 0 / 9');
    expect(flow.run('2026-10-11')).toMatchObject({ documents: [], opening: null });
  });

  test('ends what was booked of the whole shipment before that was known', () => {
    const flow = readLate([shipment({ sent: '2026-10-09' })]);
    flow.facts.receivedBefore = null;
    flow.kept = { ...flow.kept, opening: { ...flow.kept.opening!, inbound: [] }, documents: [], answers: [] };
    flow.run('2026-10-09');
    // 30 packs left once more, 12 of them were at Amazon: nine mugs are on their way, and 45 look so.
    expect(flow.places('mug', '2026-10-09')).toBe('45 / 0 / 45');
    flow.facts.receivedBefore = RECEIVED_BEFORE;
    flow.facts.inbound = [shipment()];
    flow.run('2026-10-10');
    expect(flow.places('mug', '2026-10-10')).toBe('45 / 0 / 9');
    expect(flow.run('2026-10-11').documents).toEqual([]);
  });
});

describe('one that left before and of which nothing has come', () => {
  const old = shipment({ status: 'SHIPPED', items: [{ sku: 'PACK', fnsku: 'X3', shipped: 30, received: 0 }] });
  /** As `readLate`, of a shipment of which the ledger has nothing; NetSuite has its 90 mugs in transit. */
  const readFirst = (inbound: InboundFact[]) => {
    const flow = shopFlow({}, { inbound, receivedBefore: [] });
    flow.summarise(BEFORE, balance({ day: BEFORE, ending: 0 }));
    flow.run('2026-10-09');
    flow.open([{ pool: 'us', item: 'mug', place: 'inTransit', units: 90 }]);
    flow.decisions.push({ kind: 'approveOpening', id: '1', day: '2026-10-09', pool: 'us', items: null });
    return flow;
  };

  test('is in the opening, and does not leave the warehouse once more', () => {
    const flow = readFirst([old]);
    expect(flow.run('2026-10-09').documents.map(written)).toEqual([]);
    expect(flow.kept.opening?.inbound).toMatchObject([{ shipmentId: 'FBA1', open: 30 }]);
    expect(flow.places('mug', '2026-10-09')).toBe('0 / 0 / 90');
  });

  test('nor where it is first read after the opening was taken: it is in the next part of that', () => {
    const flow = readFirst([]);
    flow.run('2026-10-09');
    expect(flow.kept.documents.map(written)).toEqual(['ADJ us-opening: mug -90 inTransit']);
    flow.facts.inbound.push(old);
    expect(flow.run('2026-10-10').documents.map(written)).toEqual(['ADJ us-opening 2: mug +90 inTransit @6.00']);
    expect(flow.places('mug', '2026-10-10')).toBe('0 / 0 / 90');
    expect(flow.run('2026-10-11')).toMatchObject({ documents: [], opening: null });
  });
});
