import { varianceKey } from '../../domain/identifiers/settlement-key.ts';
import { journalLine } from '../../domain/journal/balance-parts.ts';
import type { StoredJournalPart } from '../../domain/journal/journal-plan.ts';
import { dayIn } from '../../domain/money/instant.ts';
import { varianceLines } from '../../domain/payouts/document-standing.ts';
import { parseExternalId } from '../../domain/identifiers/external-id.ts';
import { differencesOf } from '../../store/differences.ts';
import type { DocumentIntent } from '../../store/documents.ts';
import type { Dependencies } from '../dependencies.ts';
import { postDocument } from '../posting/post-document.ts';
import type { StoppedPosting } from '../posting/stopped-posting.ts';
import { journalCall } from './journal-call.ts';
import { accountNumberOf, settlementZone, type PayoutSetup } from './payout-setup.ts';

/**
 * Books each difference that a person has put on `variance`: one journal for each decision, dated the day it was taken.
 * Idempotent: by `AMZ_…_JE_{settlementId}-v{n}_1`.
 */
export async function postVariances(deps: Dependencies, setup: PayoutSetup): Promise<{ result: 'done' } | StoppedPosting> {
  const { connection, settlement } = setup;
  const { name } = connection.settings;
  for (const difference of await differencesOf(deps.store.db, name, settlement.settlementId)) {
    if (difference.number === null) continue;
    const kind = parseExternalId(difference.document)?.purpose === 'CM' ? 'credit-memo' : 'invoice';
    const memo = `${difference.document} settled for ${difference.amount > 0n ? 'more' : 'less'} than it is; by ${difference.by}`;
    const lines = varianceLines(kind, difference.amount, memo).map((line) => journalLine(line, accountNumberOf(connection, settlement.currency)));
    const plan: StoredJournalPart = { part: 1, of: 1, mapVersion: settlement.mapVersion!, date: dayIn(difference.at, settlementZone(setup)), lines };
    const intent: DocumentIntent = {
      key: { connection: name, purpose: 'JE', businessKey: varianceKey(settlement.settlementId, difference.number), part: 1 }, recordType: 'journalEntry', date: plan.date,
      currency: settlement.currency, total: difference.amount < 0n ? -difference.amount : difference.amount, orderId: null, settlementId: settlement.settlementId, plan,
    };
    const posting = await postDocument(deps, intent, (dated) => journalCall(connection, intent, plan, dated));
    if (posting.result === 'stopped') return posting;
  }
  return { result: 'done' };
}
