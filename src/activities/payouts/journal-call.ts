import type { JsonObject } from '../../clients/netsuite/netsuite-client.ts';
import { decimal } from '../../clients/netsuite/write-json.ts';
import { recordTypeOf } from '../../domain/documents/document-kinds.ts';
import { externalIdOf, memoStart } from '../../domain/identifiers/external-id.ts';
import type { StoredJournalPart } from '../../domain/journal/journal-plan.ts';
import { formatMinor } from '../../domain/money/money.ts';
import type { DocumentIntent } from '../../store/documents/documents.ts';
import type { Connection } from '../connection.ts';
import type { PostingCall } from '../posting/posting-call.ts';
import { accountReference, commonFields, currencyReference, dimensionFields } from '../posting/references.ts';

/** The call that makes one journal entry of a stored part. */
export async function journalCall(
  connection: Connection,
  intent: DocumentIntent<'journal'>,
  part: StoredJournalPart,
  dated: JsonObject,
): Promise<PostingCall> {
  const [currency, common] = await Promise.all([
    currencyReference(connection, intent.currency),
    commonFields(connection, recordTypeOf(intent.key.purpose), { withSubsidiary: true }),
  ]);
  const lines = await Promise.all(
    part.lines.map(async (line) => {
      const [{ id }, dimensions] = await Promise.all([
        accountReference(connection, line.role, intent.currency, line.jurisdiction ?? null),
        dimensionFields(connection, line.dimensions ?? {}),
      ]);
      const side =
        line.debit > 0n
          ? { debit: decimal(formatMinor(line.debit, intent.currency)) }
          : { credit: decimal(formatMinor(line.credit, intent.currency)) };
      return { account: { id }, ...side, memo: line.memo, ...dimensions };
    }),
  );
  return {
    kind: 'create',
    body: {
      externalId: externalIdOf(intent.key),
      currency,
      ...dated,
      memo: `${memoStart(intent.key)} · part ${part.part} of ${part.of} · map v${part.mapVersion}`,
      ...common,
      line: { items: lines },
    },
  };
}
