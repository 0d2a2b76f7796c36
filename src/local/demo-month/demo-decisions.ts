/** A decision as a decisions file states it: what was open, what an operator chose, and why. */
export type DemoDecision =
  | { kind: 'sku'; key: string; choice: string; why: string }
  | {
      kind: 'amount';
      key: [transactionType: string, amountType: string, amountDescription: string];
      choice: string;
      why: string;
    };

/** The two things of the demo month that wait for a person. */
export const DEMO_DECISIONS: readonly DemoDecision[] = [
  { kind: 'sku', key: 'BLU-MUG-2', choice: 'BLU-MUG', why: 'same UPC 036000291452: a new listing of the same mug' },
  {
    kind: 'amount',
    key: ['other-transaction', 'other-transaction', 'FBA Inbound Dock Fee'],
    choice: 'inbound',
    why: 'a cost of receiving stock, policy 4.2',
  },
];
