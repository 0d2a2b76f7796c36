/** Who may do what (close.md, *People*; console.md, *Actions and roles*). */

export const PERSON_ROLES = ['viewer', 'operator', 'controller', 'admin'] as const;
/**
 * A viewer reads. An operator answers what holds up single orders, rows and units. A controller decides what is booked
 * where, and what is right. An admin runs the house: he may what an operator may, and signs nothing unless he is a
 * controller as well.
 */
export type PersonRole = (typeof PERSON_ROLES)[number];

/** Roles of each person in one connection, by name; null where the configuration names nobody, and everyone may do everything. */
export type People = ReadonlyMap<string, readonly PersonRole[]> | null;

const MAY_AS_WELL: Readonly<Record<PersonRole, readonly PersonRole[]>> = {
  viewer: ['viewer'],
  operator: ['viewer', 'operator'],
  controller: ['viewer', 'operator', 'controller'],
  admin: ['viewer', 'operator', 'admin'],
};

/** The role in which a person acts at most; null where the configuration names nobody, or not him. */
export function highestRole(people: People, by: string): PersonRole | null {
  const roles = people?.get(by) ?? [];
  return (['controller', 'admin', 'operator', 'viewer'] as const).find((role) => roles.includes(role)) ?? null;
}

function has(roles: readonly PersonRole[], least: PersonRole): boolean {
  return roles.some((role) => MAY_AS_WELL[role].includes(least));
}

/**
 * Why a person may not do what wants a role, as a sentence; null where he may.
 * @param what the act as people read it, such as `map-amount`
 */
export function explainRefusedPerson(
  people: People,
  { connection, by, least, what }: { connection: string; by: string; least: PersonRole; what: string },
): string | null {
  if (people === null) return null;
  const roles = people.get(by);
  if (roles !== undefined && has(roles, least)) return null;
  const may = [...people].filter(([, of]) => has(of, least)).map(([name]) => name);
  const who =
    may.length === 0
      ? `nobody has that role in ${connection} yet: name one under people in tieout.config.yaml and start again`
      : `in ${connection} ${may.length === 1 ? `that is ${may[0]}` : `those are ${may.join(', ')}`}`;
  const is =
    roles === undefined
      ? `"${by}" is not among the people of ${connection}`
      : `${by} is ${roles.map((role) => (/^[aeiou]/.test(role) ? `an ${role}` : `a ${role}`)).join(' and ')} there`;
  return `${what} wants ${/^[aeiou]/.test(least) ? 'an' : 'a'} ${least}, and ${is}; ${who}.`;
}
