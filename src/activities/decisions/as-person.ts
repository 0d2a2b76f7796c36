import { explainRefusedPerson } from '../../domain/people/roles.ts';
import type { OfConnection } from '../../contracts/activity-inputs.ts';
import type { Decisions } from '../../contracts/decisions/decisions.ts';
import { LEAST_ROLE } from '../../contracts/decisions/least-role.ts';
import type { Connection } from '../connection.ts';
import { refuseDecision } from './refuse-decision.ts';

type Decided = OfConnection & { decision: { by: string } };

/**
 * A decision that its person may take, whoever sent it and by what (close.md, *People*): without the role that it wants
 * nothing is looked at.
 * @throws ApplicationFailure `NOT_ALLOWED`
 */
export function asPerson<Input extends Decided, Result>(
  update: keyof Decisions | ((input: Input) => keyof Decisions),
  decide: (connection: Connection, input: Input) => Promise<Result>,
): (connection: Connection, input: Input) => Promise<Result> {
  return (connection, input) => {
    requirePerson(connection, typeof update === 'function' ? update(input) : update, input.decision.by);
    return decide(connection, input);
  };
}

/** @throws ApplicationFailure `NOT_ALLOWED` */
export function requirePerson({ people, name }: Connection, act: keyof typeof LEAST_ROLE, by: string): void {
  const refused = explainRefusedPerson(people, { connection: name, by, least: LEAST_ROLE[act], what: act });
  if (refused !== null) throw refuseDecision('NOT_ALLOWED', refused);
}
