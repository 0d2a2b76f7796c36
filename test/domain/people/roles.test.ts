import { expect, test } from '@jest/globals';
import { explainRefusedPerson, PERSON_ROLES, type People, type PersonRole } from '../../../src/domain/people/roles.ts';

const people: People = new Map<string, PersonRole[]>([
  ['vic', ['viewer']],
  ['olga', ['operator']],
  ['cyd', ['controller']],
  ['adam', ['admin']],
  ['both', ['admin', 'controller']],
]);
const asked = (by: string, least: PersonRole, of: People = people) =>
  explainRefusedPerson(of, { connection: 'us', by, least, what: 'map-amount' });

test.each<[string, string]>([
  ['vic', 'viewer'],
  ['olga', 'viewer operator'],
  ['cyd', 'viewer operator controller'],
  ['adam', 'viewer operator admin'],
  ['both', 'viewer operator controller admin'],
  ['nobody', ''],
])('%s may what wants: %s', (by, may) => {
  expect(PERSON_ROLES.filter((least) => asked(by, least) === null).join(' ')).toBe(may);
});

test('without people everyone may; a refusal says who may, or that nobody does', () => {
  expect(asked('anyone', 'controller', null)).toBeNull();
  expect(asked('olga', 'controller')).toBe(
    'map-amount wants a controller, and olga is an operator there; in us those are cyd, both.',
  );
  expect(asked('Olga', 'operator')).toBe(
    'map-amount wants an operator, and "Olga" is not among the people of us; in us those are olga, cyd, adam, both.',
  );
  expect(asked('vic', 'controller', new Map([['vic', ['viewer']]]))).toContain('nobody has that role in us yet');
});
