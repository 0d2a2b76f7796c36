/** Who may do what in which connection (close.md, *People*). */
import { z } from 'zod';
import { PERSON_ROLES, type People } from '../domain/people/roles.ts';
import type { ConfigProblem } from './explain-issue.ts';

export const peopleSchema = z
  .array(
    z.strictObject({
      /** As `--by` gives it: a name or an address. */
      name: z.string().trim().min(1).max(200),
      /** By connection. */
      roles: z.record(z.string(), z.array(z.enum(PERSON_ROLES)).min(1)),
    }),
  )
  .min(1);
export type ConfiguredPeople = z.output<typeof peopleSchema> | undefined;

/** Those of one connection; null where the configuration names nobody at all. */
export function peopleOf(people: ConfiguredPeople, connection: string): People {
  if (people === undefined) return null;
  return new Map(people.flatMap(({ name, roles }) => (roles[connection] ? [[name, roles[connection]] as const] : [])));
}

/** Under `fourEyes` one person decides and another one signs: it takes two who may (close.md, *Sign-off*). */
export function tooFewToSign(people: ConfiguredPeople, connection: string): string | null {
  const may = [...(peopleOf(people, connection) ?? [])].filter(([, roles]) => roles.includes('controller'));
  if (may.length >= 2) return null;
  const who = may.length === 0 ? 'nobody is' : `${may[0]![0]} alone is`;
  return `wants two people of whom one signs what the other has decided, and ${who} a controller of ${connection}: name them under people`;
}

/** Names that stand twice, and connections that are not there. */
export function peopleContradictions(people: ConfiguredPeople, connections: readonly string[]): ConfigProblem[] {
  const names = (people ?? []).map(({ name }) => name);
  return (people ?? []).flatMap(({ name, roles }, index): ConfigProblem[] => [
    ...(names.indexOf(name) < index
      ? [{ path: ['people', index, 'name'], what: `"${name}" stands twice; give all roles in one place` }]
      : []),
    ...Object.keys(roles)
      .filter((connection) => !connections.includes(connection))
      .map((connection) => ({
        path: ['people', index, 'roles', connection],
        what: `"${connection}" is no connection; there ${connections.length === 1 ? 'is' : 'are'} ${connections.join(', ')}`,
      })),
  ]);
}
