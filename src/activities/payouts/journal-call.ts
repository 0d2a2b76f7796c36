import type { JsonObject } from '../../clients/netsuite/netsuite-client.ts';
import { recordTypeOf } from '../../domain/documents/document-kinds.ts';
import { externalIdOf, memoStart } from '../../domain/identifiers/external-id.ts';
import type { StoredJournalPart } from '../../domain/journal/journal-plan.ts';
import type { DocumentIntent } from '../../store/documents/documents.ts';
import type { Connection } from '../connection.ts';
import { journalLines } from '../posting/journal-lines.ts';
import type { PostingCall } from '../posting/posting-call.ts';
import { commonFields, currencyReference } from '../posting/references.ts';

/** The call that makes one journal entry of a stored part. */
export async function journalCall(
  connection: Connection,
  intent: DocumentIntent<'journal'>,
  part: StoredJournalPart,
  dated: JsonObject,
): Promise<PostingCall> {
  const [currency, common, items] = await Promise.all([
    currencyReference(connection, intent.currency),
    commonFields(connection, recordTypeOf(intent.key.purpose), { withSubsidiary: true }),
    journalLines(connection, intent.currency, part.lines),
  ]);
  return {
    kind: 'create',
    body: {
      externalId: externalIdOf(intent.key),
      currency,
      ...dated,
      memo: `${memoStart(intent.key)} · part ${part.part} of ${part.of} · map v${part.mapVersion}`,
      ...common,
      line: { items },
    },
  };
}
