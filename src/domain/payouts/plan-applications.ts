/**
 * Cash of a payout applied to its documents: Customer Payments `PAY` over invoices, Customer Refunds `RFD` over credit
 * memos, each gross and never netted (a payment of zero leaves no record), in parts of at most `documentsPerPart`.
 */
import type { TiedGroup } from './tie-rows.ts';
import { sumMinor } from '../money/money.ts';

export interface Application {
  document: string;
  kind: 'PAY' | 'RFD';
  /** Positive: what this payout settles of the document. */
  amount: bigint;
}

export interface ApplicationPart {
  kind: 'PAY' | 'RFD';
  part: number;
  applications: Application[];
  total: bigint;
}

/**
 * What a payout settles of each document. A payment pays invoices and a refund credit memos, so nothing can be applied
 * where the rows of a document come to zero, or to the other side; unless that is what the document is, it is settled
 * for another amount than its own, and raised.
 */
export function planApplications(groups: readonly TiedGroup[]): Application[] {
  const byDocument = new Map<string, Application>();
  for (const { document, documentKind, amount } of groups) {
    if (document === null) continue;
    const kind = documentKind === 'credit-memo' ? 'RFD' : 'PAY';
    const known = byDocument.get(document);
    byDocument.set(document, { document, kind, amount: (known?.amount ?? 0n) + (kind === 'PAY' ? amount : -amount) });
  }
  return [...byDocument.values()].filter((application) => application.amount > 0n).sort(byExternalId);
}

/** Whether so much of a document is open, beside what payments have of it. */
export const isOpenFor = (total: bigint, paid: bigint, amount: bigint): boolean => paid + amount <= total;

/** Parts for the documents that have none yet, each for more than nothing; numbered on from the last part of each kind. */
export function partition(
  applications: readonly Application[],
  documentsPerPart: number,
  lastPart: { PAY: number; RFD: number },
): ApplicationPart[] {
  const empty = applications.find(({ amount }) => amount <= 0n);
  if (empty) throw new Error(`bug: nothing of ${empty.document} to apply`);
  return (['PAY', 'RFD'] as const).flatMap((kind) => {
    const ofKind = applications.filter((application) => application.kind === kind).sort(byExternalId);
    const parts: ApplicationPart[] = [];
    for (let start = 0; start < ofKind.length; start += documentsPerPart) {
      const members = ofKind.slice(start, start + documentsPerPart);
      parts.push({
        kind,
        part: lastPart[kind] + parts.length + 1,
        applications: members,
        total: sumMinor(members.map((member) => member.amount)),
      });
    }
    return parts;
  });
}

function byExternalId(a: Application, b: Application): number {
  return a.document < b.document ? -1 : a.document > b.document ? 1 : 0;
}
