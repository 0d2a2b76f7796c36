import { CYCLE_COUNT } from './demo-stock.ts';

/** A decision as a decisions file states it: what was open, what an operator chose, and why. */
export type DemoDecision =
  | { kind: 'approveOpening'; pool: string; why: string }
  | { kind: 'decideInbound'; shipmentId: string; sku: string; choice: 'lost'; why: string }
  | { kind: 'explainForeign'; document: string; choice: 'counter'; why: string }
  | { kind: 'approveAccrual'; period: string; currency: string; why: string }
  | { kind: 'signOff'; period: string; why: string }
  | { kind: 'sku'; key: string; choice: string; why: string }
  | {
      kind: 'amount';
      key: [transactionType: string, amountType: string, amountDescription: string];
      choice: string;
      why: string;
    };

/** What of the demo month waits for a person: a SKU, an amount, three of stock, and its end: what is unsettled, and the signature. `demo/decisions.json` says the same. */
export const DEMO_DECISIONS: readonly DemoDecision[] = [
  { kind: 'sku', key: 'BLU-MUG-2', choice: 'BLU-MUG', why: 'same UPC 036000291452: a new listing of the same mug' },
  {
    kind: 'amount',
    key: ['other-transaction', 'other-transaction', 'FBA Inbound Dock Fee'],
    choice: 'inbound',
    why: 'a cost of receiving stock, policy 4.2',
  },
  {
    kind: 'approveOpening',
    pool: 'us',
    why: 'two red mugs more lie at Amazon than were booked, counted on 30 September',
  },
  {
    kind: 'decideInbound',
    shipmentId: 'FBA18ZN0LT90',
    sku: 'OAK-BRD-L',
    choice: 'lost',
    why: '24 were handed to the carrier, 22 arrived; claimed at Amazon',
  },
  {
    kind: 'explainForeign',
    document: CYCLE_COUNT,
    choice: 'counter',
    why: 'the count was of the warehouse, not of Amazon',
  },
  {
    kind: 'approveAccrual',
    period: '2026-10',
    currency: 'USD',
    why: 'fees of 29 to 31 October, which the next settlement brings',
  },
  { kind: 'signOff', period: '2026-10', why: 'every item ties' },
];
