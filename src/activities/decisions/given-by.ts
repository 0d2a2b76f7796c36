import { recordAuditOnce } from '../../store/audit/audit-log.ts';
import type { GivenBy } from '../../contracts/activity-inputs.ts';
import type { Connection } from '../connection.ts';
import { requirePerson } from './as-person.ts';

/**
 * A file that a person gave stands in the record of what people did, once, whatever it brought.
 * @throws ApplicationFailure `NOT_ALLOWED`
 */
export async function recordGiven(
  connection: Connection,
  what: 'importStatement' | 'importSettlement',
  { given }: GivenBy,
  detail: object,
): Promise<void> {
  if (given === undefined) return;
  const action = what === 'importStatement' ? 'import-statement' : 'import-settlement';
  const { by, act } = given;
  await recordAuditOnce(connection.db, connection.name, act, {
    action,
    detail,
    by,
    why: null,
    at: await connection.now(),
  });
}

/** Before a file is looked at. @throws ApplicationFailure `NOT_ALLOWED` */
export function requireGiver(
  connection: Connection,
  what: 'importStatement' | 'importSettlement',
  { given }: GivenBy,
): void {
  if (given !== undefined) requirePerson(connection, what, given.by);
}
