/** Which roles a person may choose for an amount key. */
import { isOwnedType } from './booked-role.ts';
import { isRevenueRole, isRole, type Role } from './roles.ts';

const key = (description: string, amountType = 'other-transaction') =>
  `--same-as "other-transaction / ${amountType} / ${description}"`;

/**
 * Roles with mechanics of their own, and which role or command serves instead. What is booked on them is only right where
 * a rule takes it out again (a line of a statement, the next settlement, a document); a row that a person sends there stays
 * for ever, so the books would tie over a balance that nothing explains.
 */
const NO_CHOICE: Readonly<Partial<Record<Role, string>>> = {
  'balance-due-to-amazon': `only a negative total puts it there and the next settlement takes it out. A set-off against another account of yours is set-off; a new spelling of that row is mapped by ${key('Payable to Amazon')}`,
  'amazon-charges': `it waits for its line on card or bank. What Amazon charges for is a cost: name the role of that cost; a new spelling of the charge itself is mapped by ${key('Successful charge')}`,
  'payouts-in-transit': `it waits for its line of a statement. A transfer that failed or a micro deposit in new words is mapped by ${key('Failed Disbursement')} or ${key('Micro Deposit')}`,
  'reserve-held': `the next settlement must release it. Money that Amazon holds back under a new name is mapped by ${key('Current Reserve Amount')}; a loan is loans`,
  'reserve-released': `it answers what a settlement held back. A reserve given back under a new name is mapped by ${key('Previous Reserve Amount Balance')}; a loan is loans`,
  'opening-balance':
    'only what the old books hold stands there, by the cut-over. Name what the amount is: the role of its cost or income',
  'settlement-in-progress': 'it only bridges the parts of a journal. An amount that nobody can name yet is suspense',
  clearing:
    'only what an invoice or credit memo owns stands there. Name what the amount is: product-sales, shipping-income, promotions or refunds on an order, else the role of its cost or income',
  receivable:
    'only invoices and credit memos stand there. Name what the amount is: product-sales or refunds on an order, else the role of its cost or income',
  bank: `only a line of a statement moves it. What Amazon took from the account is mapped by ${key('Successful charge')}, what it pays for is the role of that cost`,
  card: `only a line of a statement moves it. What Amazon took from the card is mapped by ${key('Successful charge')}, what it pays for is the role of that cost`,
  conversion: 'only payouts that were converted stand there. A fee for converting is selling-fees',
  accrued: "only accruals of a month's end stand there. Name what the amount is: the role of its cost or income",
  'marketplace-tax':
    "it washes with the tax withheld of the same order. Tax that you owe is sales-tax-payable, tax that an office gives back is tax-withheld, tax on Amazon's fees is tax-on-fees; " +
    'a new spelling of a tax row is mapped by --same-as "Order / ItemPrice / Tax" or "Order / ItemWithheldTax / MarketplaceFacilitatorTax-Principal"',
};

/** Whether an amount key may be sent to a role by a person's choice. */
export function isChosenRole(role: Role): boolean {
  return NO_CHOICE[role] === undefined;
}

/**
 * Why rows of a transaction type cannot have a role, or null. What documents recognise only they take out of clearing again,
 * so that a row of another type would stay there for ever, tied over a balance that nothing explains.
 */
export function explainUnowned(role: Role, transactionType: string): string | null {
  return !isRevenueRole(role) || isOwnedType(transactionType)
    ? null
    : `${role} is no choice for rows of ${transactionType}: an invoice or credit memo recognises it, and they own rows of Order and Refund only. Name the role of its cost or income: chargebacks-and-claims for what a claim took or gave back, reimbursements for what Amazon pays, else that of the fee.`;
}

/** A sentence that says why a role is none that a person may choose, and what serves; null where it is. */
export function explainRefusedRole(text: string): string | null {
  if (!isRole(text)) return `"${text}" is not a role; the roles are listed in docs/glossary.md.`;
  const instead = NO_CHOICE[text];
  return instead === undefined ? null : `${text} is no choice for an amount: ${instead}.`;
}
