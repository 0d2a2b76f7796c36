/** Why figures of a month may still change: October in London, which ends at midnight UTC since the clocks went back. */
import { describe, expect, test } from '@jest/globals';
import { explainUnfinished, type OpenMonth, type SettlementSpan } from '../../../src/domain/tax/explain-unfinished.ts';

const NOVEMBERS: SettlementSpan = {
  currency: 'GBP',
  start: '2026-10-20T00:00:00Z',
  end: '2026-11-04T00:00:00Z',
  settlementId: '301',
  journalled: true,
};
const DONE: OpenMonth = {
  month: '2026-10',
  timeZone: 'Europe/London',
  read: ['orders', 'shipments', 'refunds'].map((what) => ({ what, upTo: '2026-11-01T00:00:00Z' })),
  unbilled: { shipments: 0, refunds: 0 },
  planned: 0,
  settlements: [NOVEMBERS],
  lastDocuments: new Map([['GBP', '2026-10-31']]),
};
const said = (over: Partial<OpenMonth>) => explainUnfinished({ ...DONE, ...over }).map(({ what }) => what);

test('nothing is left once Amazon is read beyond it and every settlement of it has its journals', () => {
  expect(said({})).toEqual([]);
  expect(said({ settlements: [], lastDocuments: new Map() })).toEqual([]);
});

describe('a month is unfinished', () => {
  test('while Amazon is not read to its last second', () => {
    const read = [
      { what: 'orders', upTo: '2026-10-31T23:59:59Z' },
      { what: 'shipments', upTo: null },
    ];
    expect(said({ read })).toEqual([
      "Amazon's orders have been read up to 31 Oct 2026 23:59Z, not to the end of 2026-10.",
      "Amazon's shipments have not been read.",
    ]);
  });

  test('while a dispatch, a refund or a plan of it has no document in NetSuite', () => {
    expect(said({ unbilled: { shipments: 1, refunds: 2 }, planned: 3 })).toEqual([
      '1 shipment of the month has no invoice yet.',
      '2 refunds of the month have no credit memo yet.',
      '3 documents of the month are planned and not in NetSuite.',
    ]);
  });

  test('while a settlement that reaches into it is open, not here, or without its journals', () => {
    const open = { ...NOVEMBERS, end: null, settlementId: null, journalled: false };
    const notHere = { ...NOVEMBERS, settlementId: null, journalled: false };
    expect(said({ settlements: [open] })).toEqual([
      'A settlement in GBP that began on 20 Oct 2026 has not ended: it may hold claims of the month.',
    ]);
    expect(said({ settlements: [notHere] })).toEqual([
      'The report of the settlement in GBP of 20 Oct–3 Nov 2026 is not here yet.',
    ]);
    expect(said({ settlements: [{ ...NOVEMBERS, journalled: false }] })).toEqual([
      'Settlement 301 of 20 Oct–3 Nov 2026 has not all its journals in NetSuite: its claims are not counted.',
    ]);
  });

  test('while nothing is known of the settlement that pays its last document, in each currency', () => {
    const lastDocuments = new Map([
      ['GBP', '2026-10-31'],
      ['EUR', '2026-10-12'],
    ]);
    const untold = ["No settlement in EUR is known that ends after 12 Oct 2026, the day of the month's last document."];
    expect(said({ lastDocuments })).toEqual(untold);
    const euros = { ...NOVEMBERS, currency: 'EUR', end: '2026-10-12T10:00:00Z' };
    expect(said({ lastDocuments, settlements: [NOVEMBERS, euros] })).toEqual(untold);
  });
});
