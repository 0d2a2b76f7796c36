/** Which movement a decision means: people name a document by its number in NetSuite, or by its internal id. */
import type { TakenDecision } from '../../domain/stock/stock-decisions.ts';
import type { Database } from '../../store/database.ts';
import { movementNamed, movementsNumbered } from '../../store/stock/decided-subjects.ts';
import type { Connection } from '../connection.ts';
import { refuseDecision } from './refuse-decision.ts';

/**
 * The decision as it is kept: by the internal id, which no other document has. What is an internal id is taken as one.
 * @throws ApplicationFailure `STOCK_UNKNOWN` where several documents have that number
 */
export async function withMovementById(
  tx: Database,
  { name }: Connection,
  decision: TakenDecision,
): Promise<TakenDecision> {
  if (decision.kind !== 'explainForeign' || (await movementNamed(tx, name, decision.document)).length > 0)
    return decision;
  const [document = decision.document, ...others] = await movementsNumbered(tx, name, decision.document);
  if (others.length > 0)
    throw refuseDecision(
      'STOCK_UNKNOWN',
      `NetSuite has several movements ${decision.document}: name one by its internal id, ${[document, ...others].join(' or ')}.`,
    );
  return { ...decision, document };
}
