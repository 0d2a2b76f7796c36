/**
 * Invoices and credit memos on receivable, and the journal clears what they own; per payout a payment over its invoices and
 * a refund over its credit memos take it from clearing to receivable.
 */
import { asShown, kindOf, type SalesPurpose } from '../documents/document-kinds.ts';
import { sumMinor } from '../money/money.ts';
import { planBelowZero, planInvoice } from '../orders/dispatch.ts';
import { planRefund } from '../orders/refund.ts';
import { clearingLeft } from '../payouts/clearing-left.ts';
import { countedFor } from '../payouts/ledger-facts.ts';
import type { PostingMode } from './posting-mode.ts';

const OWNERS = ['INV', 'CM'] as const satisfies readonly SalesPurpose[];

export const INVOICE: PostingMode = {
  owned: 'sales-and-refunds',
  sale: { bill: { purpose: 'INV', plan: planInvoice }, belowZero: { purpose: 'CM', plan: planBelowZero } },
  refund: planRefund,
  account: 'receivable',
  ownerOf: (amount) => (amount < 0n ? 'CM' : 'INV'),
  applied: OWNERS,
  explain({ documents, settlements }) {
    const open = documents
      .map(({ purpose, total, applied }) => ({ purpose, left: total - applied }))
      .filter(({ left }) => left !== 0n);
    const openOf = (purpose: SalesPurpose) =>
      countedFor(
        open.filter((document) => document.purpose === purpose).length,
        kindOf(purpose).name,
        'not yet settled',
      );
    return [
      {
        role: 'clearing',
        amount: -sumMinor(settlements.map(({ clearing }) => clearingLeft(clearing))),
        by: 'settled rows not yet applied',
      },
      {
        role: 'receivable',
        amount: sumMinor(open.map(({ purpose, left }) => asShown(purpose, left))),
        by: OWNERS.map(openOf).filter(Boolean).join(', '),
      },
    ];
  },
};
