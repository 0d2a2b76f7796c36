import type { ActivityPolicy } from '../../contracts/activity-policy.ts';
import type { DecisionResult, SettleDifference } from '../../contracts/decisions/decisions.ts';
import { lastAuditOf, recordAudit } from '../../store/audit/audit-log.ts';
import { leaveAltered } from '../../store/documents/document-reads.ts';
import { loadDocument } from '../../store/documents/documents.ts';
import { openExceptionOf, resolveException } from '../../store/exceptions/exceptions.ts';
import type { Connection } from '../connection.ts';
import { wakePayoutsOf } from '../documents/wake-payouts-of.ts';

const LEAVE_ALTERED = 'leave-altered';

/**
 * What somebody altered of a document in NetSuite is right as it stands: it is asked about no more, until it is altered otherwise.
 * Null where nothing of it is altered; a second attempt finds what was decided.
 */
export async function leaveAlteredDocument(
  connection: Connection,
  policy: ActivityPolicy,
  { document, choice, by, why }: SettleDifference & { document: string },
  at: string,
): Promise<DecisionResult | null> {
  const { db, name } = connection;
  const taken = await db.transaction().execute(async (tx) => {
    const open = await openExceptionOf(tx, name, 'document-altered', document);
    if (open === null) {
      for (const code of ['document-differs', 'tax-collector-differs'] as const)
        if ((await openExceptionOf(tx, name, code, document)) !== null) return null;
      return lastAuditOf(tx, name, LEAVE_ALTERED, { document });
    }
    const { what } = open.evidence;
    const audit = await recordAudit(tx, name, { action: LEAVE_ALTERED, detail: { document, what }, by, why, at });
    await leaveAltered(tx, document, what);
    await resolveException(tx, name, 'document-altered', document, `left as it stands by ${by}`, at);
    return audit;
  });
  if (taken === null) return null;
  const stored = await loadDocument(db, document);
  await wakePayoutsOf(connection, policy, stored === null ? [] : [stored]);
  return { audit: taken, released: 0, choice, detail: `${document} stays as it stands in NetSuite` };
}
