import { isMappedBy } from '../../domain/exceptions/open-decision.ts';
import { financesKey } from '../../domain/period/map-finances.ts';
import type { Role } from '../../domain/mapping/roles.ts';
import type { Deciding } from '../../contracts/decisions/decision-activities.ts';
import type { DecisionResult } from '../../contracts/decisions/decisions.ts';
import { CLOSE, evaluate } from '../../contracts/period/close.ts';
import type { MapFinances } from '../../contracts/period/close-decisions.ts';
import { storeDecision } from '../../store/decisions/decisions.ts';
import { openExceptions } from '../../store/exceptions/exceptions.ts';
import type { Connection } from '../connection.ts';
import { signalAllRunning } from '../signal-if-running.ts';

/**
 * Stores what a kind of amount of Finances means, ends what was raised about it, and has its months worked out again
 * (close.md, *Accruals*). Idempotent: a second run stores and tells the same.
 */
export async function decideFinances(
  connection: Connection,
  { decision: { by, why, ...named } }: Deciding<MapFinances>,
): Promise<DecisionResult> {
  const { db, name } = connection;
  const decided = { ...named, role: named.role as Role };
  const { transactionType, path, role } = decided;
  const spelled = JSON.stringify([transactionType, path]);
  const audit = await storeDecision(
    db,
    name,
    { kind: 'finances', key: financesKey(decided), spelled, choice: role, by, why },
    await connection.now(),
  );
  const months = new Set<string>();
  for (const { key, subject, remedy } of await openExceptions(db, name)) {
    if (!isMappedBy(remedy, decided)) continue;
    await connection.resolve('finances-unknown', key, `mapped to ${role} by ${by}`);
    months.add(subject.id);
  }
  await signalAllRunning(
    connection,
    [...months].map((period) => CLOSE.idOf(name, period)),
    evaluate,
  );
  return {
    audit,
    released: months.size,
    choice: role,
    detail: `${transactionType} / ${path} of Finances is ${role}`,
  };
}
