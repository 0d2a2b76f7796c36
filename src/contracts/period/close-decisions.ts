/** What people decide about months (close.md, *Sign-off*); amounts are decimal texts. */

/** An open item's difference in a currency, as it is at this moment; without a currency, of what is counted. */
export interface CarryItem {
  period: string;
  item: string;
  currency?: string;
  amount: string;
  by: string;
  why: string;
}

/** What is unsettled of a month in a currency is accrued; with `none` it is left to the settlements that bring it. */
export interface ApproveAccrual {
  period: string;
  currency: string;
  none?: boolean;
  by: string;
  why: string;
}

/** `why` is the signer's comment. */
export interface SignOff {
  period: string;
  by: string;
  why: string;
}

export interface Reopen {
  period: string;
  by: string;
  why: string;
}

/** What stood on an account before the first month; `account` as the close names it. */
export interface ApproveOpeningBalance {
  account: string;
  currency: string;
  amount: string;
  by: string;
  why: string;
}

/** What a kind of amount that Finances tells means; `path` with `/…` at its end is all below it, too. */
export interface MapFinances {
  transactionType: string;
  path: string;
  role: string;
  by: string;
  why: string;
}

export interface CloseDecisions {
  carryItem: CarryItem;
  approveAccrual: ApproveAccrual;
  signOff: SignOff;
  reopen: Reopen;
  approveOpeningBalance: ApproveOpeningBalance;
  mapFinances: MapFinances;
}

/** Updates of a month's own workflow; the others are the decisions workflow's. */
export const OF_A_MONTH = [
  'carryItem',
  'approveAccrual',
  'signOff',
  'reopen',
] as const satisfies (keyof CloseDecisions)[];
