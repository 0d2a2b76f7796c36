import type { WorldOrder } from './world.ts';
import { seededChoice, seededDigits } from './seeded.ts';

/** Invented buyers, so that personal data is there to be dropped. The same order always has the same buyer. */

const FIRST: readonly [string, ...string[]] = [
  'Jürgen',
  'Aoife',
  'Priya',
  'Marta',
  'Tom',
  'Zoë',
  'Ling',
  'Omar',
  'Ana',
  'Søren',
  'Ruth',
  'Kofi',
];
const LAST: readonly [string, ...string[]] = [
  'Müller',
  'O’Brien',
  'Patel',
  'Núñez',
  'Baker',
  'Hart',
  'Chen',
  'Haddad',
  'Silva',
  'Lund',
  'Cole',
  'Mensah',
];
const TOWNS: readonly [[string, string, string], ...[string, string, string][]] = [
  ['Portland', 'OR', '97205'],
  ['Austin', 'TX', '78701'],
  ['Boise', 'ID', '83702'],
  ['Columbus', 'OH', '43004'],
  ['Raleigh', 'NC', '27601'],
  ['Tucson', 'AZ', '85701'],
  ['Madison', 'WI', '53703'],
  ['Albany', 'NY', '12207'],
];

export function inventedBuyer(orderId: string, countryCode: string): WorldOrder['buyer'] {
  const name = `${seededChoice(`${orderId} first`, FIRST)} ${seededChoice(`${orderId} last`, LAST)}`;
  const [city, state, postalCode] = seededChoice(`${orderId} town`, TOWNS);
  return {
    name,
    email: `${seededDigits(`${orderId} mail`, 10)}@marketplace.example`,
    address: {
      line1: `${Number(seededDigits(`${orderId} house`, 3)) + 1} Elm Street`,
      city,
      state,
      postalCode,
      countryCode,
    },
  };
}
