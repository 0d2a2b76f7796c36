import { describe, expect, test } from '@jest/globals';
import type { Purpose } from '../../../src/domain/documents/document-kinds.ts';
import { explainOrder, type KnownOrder, type OrderDocument } from '../../../src/domain/orders/explain-order.ts';
import type { OrderFact } from '../../../src/domain/orders/order-facts.ts';

const fact: OrderFact = {
  orderId: '112-0000001-0000001',
  purchasedAt: '2026-10-04T02:00:00Z',
  updatedAt: '2026-10-04T02:00:00Z',
  status: 'UNSHIPPED',
  fulfilledBy: 'AMAZON',
  channel: 'AMAZON',
  marketplaceId: 'ATVPDKIKX0DER',
  marketplaceName: 'Amazon.com',
  currency: 'USD',
  replaces: null,
  amazonCollectsTax: true,
  items: [{ orderItemId: '1', sku: 'A', asin: null, quantity: 1, amounts: { principal: 2000n, promotion: -100n } }],
};
const document = (purpose: Purpose, date: string, total = 0n, state = 'posted'): OrderDocument => ({
  externalId: `AMZ_x_${purpose}`,
  key: { purpose },
  state,
  netsuiteId: '9',
  tranId: null,
  date,
  trueDay: null,
  total,
  currency: 'USD',
});

function known(state: string, more: Partial<KnownOrder> = {}, blockedBy: string | null = null): KnownOrder {
  return {
    orderId: '112-0000001-0000001',
    order: { fact, state, blockedBy },
    documents: [],
    settled: [],
    applied: [],
    claims: [],
    exceptions: [],
    ...more,
  };
}
const story = (order: KnownOrder) => explainOrder(order, 'America/Los_Angeles');

describe('an order in words', () => {
  test('a document of a closed period stands under the day on which it is booked, with its true day', () => {
    const moved = { ...document('INV', '2026-10-01', 1900n), trueDay: '2026-09-30' };
    expect(story(known('seen', { documents: [document('IF', '2026-10-01'), moved] })).events.at(-1)).toEqual({
      date: '2026-10-01',
      what: 'IF 9, INV 9 (true day 2026-09-30)',
    });
  });
  test("is dated in the books' time zone and worth what Amazon says while it has no document", () => {
    expect(story(known('seen'))).toMatchObject({
      amount: { minor: 1900n, currency: 'USD' },
      events: [{ date: '2026-10-03', what: 'ordered at Amazon' }],
    });
  });

  test('has no amount while it is pending', () => {
    const pending = { ...fact, currency: null, items: [{ ...fact.items[0]!, amounts: null }] };
    expect(story({ ...known('pending'), order: { fact: pending, state: 'pending', blockedBy: null } })).toMatchObject({
      state: 'pending at Amazon',
      amount: null,
      waitsFor: 'Amazon: it has no price yet',
    });
  });

  test('waits for each SKU that NetSuite does not know and names the first in the command', () => {
    expect(story(known('waits', {}, 'A, B'))).toMatchObject({
      waitsFor: 'a NetSuite item for SKU A, B',
      next: 'npx tieout map-sku A ITEM --why "…"',
    });
  });

  test('shows the documents of one day together, behind the Sales Order', () => {
    const documents = [
      document('INV', '2026-10-05', 1900n),
      document('SO', '2026-10-05', 1900n),
      document('IF', '2026-10-05'),
    ];
    expect(story(known('billed', { documents })).events.map((event) => event.what)).toEqual([
      'ordered at Amazon',
      'SO 9',
      'INV 9, IF 9',
    ]);
  });

  test('is settled once payouts have applied the whole of its invoices and credit memos', () => {
    const documents = [
      document('SO', '2026-10-04', 1900n),
      document('INV', '2026-10-05', 1900n),
      document('CM', '2026-10-20', 1000n),
    ];
    const half = known('billed', { documents, applied: [{ document: 'AMZ_x_INV', amount: 1900n }] });
    expect(story(half)).toMatchObject({ state: 'dispatched and billed', waitsFor: 'a payout that settles it' });
    expect(story({ ...half, applied: [...half.applied, { document: 'AMZ_x_CM', amount: 1000n }] })).toMatchObject({
      state: 'settled',
      waitsFor: null,
    });
  });

  test('waits for dispatch when only a part of it has gone out', () => {
    expect(story(known('ordered', { documents: [document('INV', '2026-10-05', 500n)] }))).toMatchObject({
      state: 'dispatched in part',
      waitsFor: 'Amazon to dispatch it',
    });
  });

  test('leads to the exception that NetSuite caused', () => {
    expect(
      story(
        known('stopped', { documents: [document('SO', '2026-10-04', 1900n, 'rejected')], exceptions: [{ id: 12 }] }),
      ),
    ).toMatchObject({
      state: 'waits for a person',
      next: 'npx tieout exceptions 12',
      events: [{ what: 'ordered at Amazon' }, { what: 'SO rejected' }],
    });
  });

  test('is left to another system only where nothing of ours is there; else it says what is wrong', () => {
    expect(story(known('left-alone'))).toMatchObject({ state: 'left to another system', waitsFor: null });
    expect(story(known('left-alone', { documents: [document('CM', '2026-10-05', 500n)] }))).toMatchObject({
      state: 'booked here, owned by another system',
      waitsFor: 'a person to take our documents back in NetSuite',
    });
  });

  test('that is known by a settlement alone has not been taken in', () => {
    const settled = [
      {
        settlementId: '20001234561',
        firstRow: '2026-10-07T02:00:00Z',
        bankDate: '2026-10-16',
        bankAmount: 792142n,
        currency: 'USD',
      },
    ];
    expect(story({ ...known('x', { settled }), order: null })).toMatchObject({
      state: 'not taken in',
      amount: null,
      money: [
        { date: '2026-10-06', what: 'in payout 20001234561' },
        { date: '2026-10-16', what: 'bank line 7,921.42' },
      ],
    });
  });
});
