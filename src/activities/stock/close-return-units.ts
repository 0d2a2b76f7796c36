import type { OfConnection } from '../../contracts/activity-inputs.ts';
import { recordTypeOf } from '../../domain/documents/document-kinds.ts';
import type { ReceivableLine } from '../../domain/stock/allot-receipt.ts';
import { closeLines, type ClosingLines } from '../../domain/stock/close-lines.ts';
import { grouped } from '../../domain/stock/grouped.ts';
import { closuresOf, markClosed } from '../../store/stock/closures.ts';
import type { Connection } from '../connection.ts';
import { retryLater } from '../posting/post-document.ts';
import { itemReference } from '../posting/references.ts';
import { receivableLines } from './receivable-lines.ts';

/**
 * Closes lines of a return authorisation for units that will not come (PATCH `isClosed`); what only takes a part of a line
 * waits (`close-lines.ts`). Posts nothing. Idempotent: what is closed counts, whoever closed it.
 * @param input `authorisation` is NetSuite's internal id
 */
export async function closeReturnUnits(
  connection: Connection,
  { authorisation }: OfConnection & { authorisation: string },
): Promise<void> {
  if (connection.settings.posting === 'plan') return;
  const closures = await closuresOf(connection.db, connection.name, authorisation);
  if (closures.every(({ closedAt }) => closedAt !== null)) return;
  const lines = await receivableLines(connection, authorisation);
  const closing: ClosingLines[] = [];
  for (const [item, own] of grouped(closures, (one) => one.item)) closing.push(closeLines(own, await linesOf(item)));
  const close = [...new Set(closing.flatMap((one) => one.close))];
  if (close.length > 0 && !(await closed(connection, authorisation, close))) return;
  await markClosed(
    connection.db,
    closing.flatMap(({ done }) => done),
    connection.latest(),
  );

  async function linesOf(item: string): Promise<ReceivableLine[]> {
    const { id } = await itemReference(connection, item);
    return lines.filter((line) => line.item === id);
  }
}

/** False where NetSuite refused it and a person must act. @throws where it has to be tried again */
async function closed(connection: Connection, authorisation: string, orderLines: readonly string[]): Promise<boolean> {
  const key = `close ${authorisation}`;
  const outcome = await connection.netsuite.patch(recordTypeOf('RA'), authorisation, {
    item: { items: orderLines.map((line) => ({ line: Number(line), isClosed: true })) },
  });
  if (outcome.outcome === 'posted') {
    await connection.resolve('netsuite-refused', key, 'closed');
    return true;
  }
  if (outcome.outcome !== 'rejected' || outcome.class === 'changed')
    throw retryLater('NETSUITE_CLOSING', `closing return authorisation ${authorisation}: ${outcome.outcome}`, 1000);
  const sentence = outcome.failure.details.map(({ detail }) => detail).join(' ') || outcome.failure.title;
  await connection.raise({
    code: 'netsuite-refused',
    key,
    subject: { kind: 'document', id: `return authorisation ${authorisation}` },
    evidence: {
      what: `NetSuite refused to close lines of return authorisation ${authorisation}: ${sentence}`,
      atStake: null,
      currency: null,
    },
    remedy: { kind: 'look', where: 'Mend it, or close them there; each look at the stock tries it again' },
  });
  return false;
}
