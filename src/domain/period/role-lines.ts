import { asShown, isSalesPurpose, isSettlingPurpose, kindOf, type Purpose } from '../documents/document-kinds.ts';
import { hasPlan, type Planned } from '../documents/document-plans.ts';
import { ledgerLines, type LedgerLine } from '../documents/ledger-lines.ts';

/**
 * What a document puts on the connection's roles, debit positive: as `ledgerLines`, and what an invoice or a credit memo
 * puts on receivable, and a journal of tax or an accrual anywhere. What stands on accounts that items own is read by document.
 */
export function roleLines(document: Planned & { total: bigint }): LedgerLine[] {
  if (hasPlan(document, 'bill') || hasPlan(document, 'credit'))
    return [{ role: 'receivable', amount: receivableOf(document.key.purpose, document.total) }];
  if (hasPlan(document, 'tax-journal') || hasPlan(document, 'accrual'))
    return document.plan.lines.map(({ role, jurisdiction, debit, credit }) => ({
      role,
      ...(jurisdiction === undefined ? {} : { jurisdiction }),
      amount: debit - credit,
    }));
  return ledgerLines(document);
}

/** What a document of a sale or what settles one moves on receivable, by its total: an invoice raises it, its payment lowers it. */
export function receivableOf(purpose: Purpose, total: bigint): bigint {
  if (isSalesPurpose(purpose)) return asShown(purpose, total);
  if (isSettlingPurpose(purpose)) return -asShown(purpose, total);
  throw new Error(`bug: a ${kindOf(purpose).name} moves no receivable by its total`);
}
