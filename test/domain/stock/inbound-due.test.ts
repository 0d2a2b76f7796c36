import { expect, test } from '@jest/globals';
import type { InboundFact } from '../../../src/domain/stock/stock-plan.ts';
import { shopFlow, written } from './stock-flow.ts';

const shipment = (shipped: number): InboundFact => ({
  shipmentId: 'FBA1',
  name: '',
  pool: 'us',
  destination: '',
  status: 'SHIPPED',
  items: [{ sku: 'MUG', fnsku: 'X1', shipped, received: 0 }],
  sent: '2026-10-05',
  closed: null,
});

/** 10 mugs leave on 5 October; on the 10th somebody says that the SKU is cups, and two more are shipped by the 20th. */
test('what is in transit of a SKU that is mapped elsewhere moves on the day of the decision, whenever that is looked at', () => {
  const flow = shopFlow({}, { inbound: [shipment(10)] });
  const documents = (day: string) => flow.run(day).documents.map(written);
  expect(documents('2026-10-06')).toEqual(['TRF FBA1-20261005-source-inTransit: mug 10']);
  flow.facts.mappings.push({ sku: 'MUG', decided: '2026-10-10', item: 'cup', units: 1, members: null });
  expect(documents('2026-10-15')).toEqual([
    'TRF FBA1-20261010-source-inTransit: cup 10',
    'TRF FBA1-20261010-inTransit-source: mug 10',
  ]);
  expect(documents('2026-10-16')).toEqual([]);
  flow.facts.inbound = [shipment(12)];
  expect(documents('2026-10-20')).toEqual(['TRF FBA1-20261020-source-inTransit: cup 2']);
});
