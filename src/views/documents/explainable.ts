/** Documents of a payout whose lines can be explained, each line in one shape whatever it stands in. */
import { asShown, type JournalPurpose, type SettlingPurpose } from '../../domain/documents/document-kinds.ts';
import { hasPlan } from '../../domain/documents/document-plans.ts';
import { parseSettlementKey } from '../../domain/identifiers/settlement-key.ts';
import {
  broughtIn,
  explainLine,
  proofOf,
  proveLine,
  rowsBehindLine,
  type KeyedRows,
  type Reasons,
} from '../../domain/journal/explain-line.ts';
import type { JournalLine, StoredJournalPart } from '../../domain/journal/journal-plan.ts';
import type { StoredDocument } from '../../store/documents/documents.ts';
import type { RowsOf } from '../../store/payouts/explain-line.ts';

export interface ExplainableLine {
  number: number;
  /** `Journal line`, `Payment line`, … */
  kind: string;
  /** What it is about: a role, a document. */
  name: string;
  account: string | null;
  debit: bigint;
  credit: bigint;
  /** Null where it is no sum of rows. */
  rows: RowsOf | null;
  /** Those of `rows` that count, whether they come to the line, and why they are here. */
  explain(
    groups: readonly KeyedRows[],
    reasons: Omit<Reasons, 'mapVersion'>,
  ): { groups: KeyedRows[]; rows: number; sum: bigint; agrees: boolean; because: string[] };
}

/**
 * Empty for a document that is no payout's: order documents are explained by their order. `stands` is false for a journal
 * that was reversed because its report was issued again: its rows are no longer those of the settlement.
 */
export function linesOf(document: StoredDocument, stands: boolean): ExplainableLine[] {
  if (hasPlan(document, 'journal')) {
    const { key, plan } = document;
    if (parseSettlementKey(key.businessKey)?.kind !== 'revision')
      return plan.lines.map((line, index) => entryLine(line, index + 1, line.memo));
    if (!stands)
      return plan.lines.map((line, index) =>
        entryLine(
          line,
          index + 1,
          'reversed: the report was issued again, and its rows took the place of those behind this line',
        ),
      );
    return plan.lines.map((line, index) => journalLine(key.purpose, plan, line, index + 1));
  }
  if (hasPlan(document, 'payment'))
    return document.plan.applications.map((application, index) =>
      applicationLine(document.key.purpose, application, index + 1),
    );
  return hasPlan(document, 'movement') ? [movementLine(document)] : [];
}

function journalLine(
  purpose: JournalPurpose,
  plan: StoredJournalPart,
  line: JournalLine,
  number: number,
): ExplainableLine {
  const behind = rowsBehindLine(purpose, plan, line);
  return {
    number,
    kind: purpose === 'JE' ? 'Journal line' : 'Opening line',
    name: line.role,
    account: line.account,
    debit: line.debit,
    credit: line.credit,
    rows: behind === 'none' ? null : behind,
    explain(all, reasons) {
      const groups = broughtIn(purpose, line, all);
      return {
        groups,
        ...(behind === 'none' ? proofOf([], 0n) : proveLine(purpose, line, groups)),
        because: explainLine(purpose, plan, line, groups, { ...reasons, mapVersion: plan.mapVersion }),
      };
    },
  };
}

/** A line of a reversal, of a variance, or of a journal that no longer stands: no sum of rows. */
function entryLine(line: JournalLine, number: number, because: string): ExplainableLine {
  return {
    number,
    kind: 'Journal line',
    name: line.role,
    account: line.account,
    debit: line.debit,
    credit: line.credit,
    rows: null,
    explain: () => ({ groups: [], ...proofOf([], 0n), because: [because] }),
  };
}

/** A payment credits receivable for an invoice, a refund debits it for a credit memo; each takes the document's rows of this payout. */
function applicationLine(
  purpose: SettlingPurpose,
  { document, amount }: { document: string; amount: bigint },
  number: number,
): ExplainableLine {
  const pays = purpose === 'PAY';
  return {
    number,
    kind: pays ? 'Payment line' : 'Refund line',
    name: document,
    account: null,
    debit: pays ? 0n : amount,
    credit: pays ? amount : 0n,
    rows: { document },
    explain(groups) {
      return {
        groups: [...groups],
        ...proofOf(groups, asShown(purpose, amount)),
        because: [`the rows of this payout that are tied to ${pays ? 'the invoice' : 'the credit memo'}`],
      };
    },
  };
}

/** A payout is the report's total; a micro deposit or a charge has a row of its own, with the other sign. */
function movementLine(document: StoredDocument<'movement'>): ExplainableLine {
  const { kind, account, against, amount } = document.plan;
  const payout = kind === 'payout';
  return {
    number: 1,
    kind: amount > 0n ? 'Deposit line' : 'Charge line',
    name: amount > 0n ? `${against} → ${account}` : `${account} → ${against}`,
    account: null,
    debit: document.total,
    credit: document.total,
    rows: payout ? 'all' : { meaning: kind === 'charge' ? 'amazon-charges' : 'payouts-in-transit', amount: -amount },
    explain(groups) {
      return {
        groups: [...groups],
        ...proofOf(groups, payout ? amount : -amount),
        because: [
          payout
            ? "its line was seen on the statement: the payout is the report's total"
            : `its line was seen on the statement: a ${kind === 'charge' ? 'charge' : 'micro deposit'} of its own row`,
        ],
      };
    },
  };
}
