/**
 * Cash of a payout applied to its documents: Customer Payments `PAY` over invoices, Customer Refunds `RFD` over credit
 * memos, each gross and never netted (a payment of zero leaves no record), in parts of at most `documentsPerPart`.
 */
import { asShown, SETTLING_PURPOSES, settlingOf, type SettlingPurpose } from '../documents/document-kinds.ts';
import type { TiedGroup } from './tie-rows.ts';
import type { PostingMode } from '../posting-modes/posting-mode.ts';
import { sumMinor } from '../money/money.ts';

export interface Application {
  document: string;
  kind: SettlingPurpose;
  /** Positive: what this payout settles of the document. */
  amount: bigint;
}

export interface ApplicationPart {
  kind: SettlingPurpose;
  part: number;
  applications: Application[];
  total: bigint;
}

/** A payment or refund as it is kept in the outbox; never computed again. */
export interface PaymentPlan {
  part: number;
  kind: SettlingPurpose;
  marketplace: string;
  applications: { document: string; netsuiteId: string; amount: bigint }[];
}

/**
 * What a payout settles of each document. A payment pays invoices and a refund credit memos, so nothing can be applied
 * where the rows of a document come to zero, or to the other side; unless that is what the document is, it is settled
 * for another amount than its own, and raised.
 * @param mode says which documents payouts settle
 */
export function planApplications(
  groups: readonly TiedGroup[],
  { applied }: Pick<PostingMode, 'applied'>,
): Application[] {
  const byDocument = new Map<string, Application>();
  for (const { document, documentPurpose, amount } of groups) {
    if (document === null || documentPurpose === null || !applied.includes(documentPurpose)) continue;
    const kind = settlingOf(documentPurpose);
    const known = byDocument.get(document);
    byDocument.set(document, { document, kind, amount: (known?.amount ?? 0n) + asShown(kind, amount) });
  }
  return [...byDocument.values()].filter((application) => application.amount > 0n).sort(byExternalId);
}

/** Whether so much of a document is open, beside what payments have of it. */
export const isOpenFor = (total: bigint, paid: bigint, amount: bigint): boolean => paid + amount <= total;

/** Parts for the documents that have none yet, each for more than nothing; numbered on from the last part of each kind. */
export function partition(
  applications: readonly Application[],
  documentsPerPart: number,
  lastPart: Readonly<Record<SettlingPurpose, number>>,
): ApplicationPart[] {
  const empty = applications.find(({ amount }) => amount <= 0n);
  if (empty) throw new Error(`bug: nothing of ${empty.document} to apply`);
  return SETTLING_PURPOSES.flatMap((kind) => {
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
