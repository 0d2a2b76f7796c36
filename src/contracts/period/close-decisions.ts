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

export interface CloseDecisions {
  carryItem: CarryItem;
  signOff: SignOff;
  reopen: Reopen;
  approveOpeningBalance: ApproveOpeningBalance;
}

/** Updates of a month's own workflow; the others are the decisions workflow's. */
export const OF_A_MONTH = ['carryItem', 'signOff', 'reopen'] as const satisfies (keyof CloseDecisions)[];
