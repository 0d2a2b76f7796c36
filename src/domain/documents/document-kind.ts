/** What is told of a kind of document: the columns of `document-kinds.ts`. */

/** Which locks of a period count. */
export type Locks = 'receivables' | 'general';

export interface DocumentKind {
  /** What people call one. */
  name: string;
  /** Whose it is: an order's, a payout's, the stock's, of tax that a person decides, or a month's. */
  of: 'order' | 'payout' | 'stock' | 'tax' | 'month';
  /** NetSuite's REST record; several where the type of an account decides. */
  recordTypes: readonly [string, ...string[]];
  /** `transaction.type` in SuiteQL under which it is found. */
  suiteqlTypes: readonly [string, ...string[]];
  /**
   * The sublist of its lines, and the side of the ledger on which their amounts are: revenue is a credit. `each` line says
   * its side, `none` has amounts. Of `apply` it is the side of receivable, whose documents are settled; clearing has the
   * other. What posts nothing (locks null) shows its amounts as what will come of it does.
   */
  lines: {
    sublist: 'item' | 'line' | 'other' | 'expense' | 'apply' | 'inventory';
    side: 'debit' | 'credit' | 'each' | 'none';
  };
  /**
   * What is compared when it is read back, besides type, day and memo: its `total`; its `lines`, since a journal's total is
   * one side or nothing; its `units`, since it has no total of ours (of stock summed per item and location); its total and what it has
   * `settled`.
   */
  compared: 'total' | 'lines' | 'units' | 'settled';
  /** Null for what has no posting period. */
  locks: Locks | null;
  /** Which plan it keeps (`document-plans.ts`); null while nothing posts it. */
  plan: string | null;
  /** What settles it, where it owns rows of a settlement: a payment pays invoices, a refund credit memos. */
  settledBy?: string;
  /** It waits for its own period whatever `closedPeriod` says: in another month it would be wrong. */
  staysOnItsDay?: true;
}
