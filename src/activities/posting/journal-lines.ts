import type { JsonObject } from '../../clients/netsuite/netsuite-client.ts';
import { decimal } from '../../clients/netsuite/write-json.ts';
import type { JournalLine } from '../../domain/journal/journal-plan.ts';
import { formatMinor, type CurrencyCode } from '../../domain/money/money.ts';
import type { Connection } from '../connection.ts';
import { accountReference, dimensionFields } from './references.ts';

/** Lines of a journal entry as NetSuite takes them. @param accountOf id of a line's account, where it is not that of its role */
export function journalLines(
  connection: Connection,
  currency: CurrencyCode,
  lines: readonly JournalLine[],
  accountOf: (line: JournalLine) => Promise<string> = async ({ role, jurisdiction }) =>
    (await accountReference(connection, role, currency, jurisdiction ?? null)).id,
): Promise<JsonObject[]> {
  return Promise.all(
    lines.map(async (line) => {
      const [id, dimensions] = await Promise.all([accountOf(line), dimensionFields(connection, line.dimensions ?? {})]);
      const side =
        line.debit > 0n
          ? { debit: decimal(formatMinor(line.debit, currency)) }
          : { credit: decimal(formatMinor(line.credit, currency)) };
      return { account: { id }, ...side, memo: line.memo, ...dimensions };
    }),
  );
}
