/** Tax that NetSuite adds of itself: every line without a 0 % code is taxed by the customer's default code. */
import type { Company } from '../company.ts';
import { mulDiv, toUnits } from '../decimal.ts';
import { line, type Draft } from '../ledger/transaction.ts';
import { taxPayableOf } from '../masters.ts';

const PERCENT_DIGITS = 4;

/** The draft with a tax line on top of its lines, and its total and what is open greater by it; as it is while the switch is off. */
export function withDefaultTax(company: Company, draft: Draft): Draft {
  const percent = toUnits(String(company.switches.defaultTaxPercent), PERCENT_DIGITS) ?? 0n;
  const sold = draft.lines.filter(({ rate, kitMemberOf }) => rate !== null && kitMemberOf === null);
  const net = sold.reduce((sum, { amount }) => sum + amount, 0n);
  const tax = mulDiv(net, percent, 100n * 10n ** BigInt(PERCENT_DIGITS));
  if (tax === 0n) return draft;
  return {
    ...draft,
    total: draft.total - tax,
    settleable: draft.settleable === null ? null : draft.settleable + (tax < 0n ? -tax : tax),
    lines: [
      ...draft.lines.map((row) => (row.mainLine ? { ...row, amount: row.amount - tax } : row)),
      line({
        id: 1 + Math.max(...draft.lines.map(({ id }) => id)),
        account: taxPayableOf(company.masters),
        amount: tax,
        entity: draft.entity,
        memo: 'VAT',
        tax: true,
      }),
    ],
  };
}

/** What of a document's total is such tax, in minor units above zero; null where its code adds none. */
export function defaultTaxOf(lines: Draft['lines']): bigint | null {
  const amount = lines.find(({ tax }) => tax)?.amount;
  return amount === undefined ? null : amount < 0n ? -amount : amount;
}
