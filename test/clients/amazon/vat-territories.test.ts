/** Places under the code of a country outside of whose VAT area they lie, by hand from the law and the posts. */
import { expect, test } from '@jest/globals';
import { placeOfParcel } from '../../../src/clients/amazon/vat-territories.ts';
import { vatCountryOf } from '../../../src/domain/tax/tax-policy.ts';

test.each([
  ['Las Palmas', 'ES', '35001', 'IC'],
  ['Tenerife', 'ES', '38660', 'IC'],
  ['Ceuta', 'ES', '51001', 'EA'],
  ['Melilla', 'ES', '52006', 'EA'],
  ['Livigno', 'IT', '23041', 'IT-23041'],
  ['Campione', 'IT', '22061', 'IT-22061'],
  ['Büsingen', 'DE', '78266', 'DE-78266'],
  ['Heligoland', 'DE', '27498', 'DE-27498'],
  ['Åland', 'FI', '22100', 'AX'],
  ['Åland as its post writes it', 'FI', 'FI-22100', 'AX'],
  ['Mount Athos', 'GR', '630 86', 'GR-63086'],
  ['Réunion', 'FR', '97400', 'RE'],
  ['Guadeloupe', 'FR', '97110', 'GP'],
  ['Saint-Barthélemy', 'FR', '97133', 'BL'],
  ['Jersey', 'GB', 'JE2 3AB', 'JE'],
  ['Guernsey', 'GB', 'gy1 1aa', 'GG'],
])('%s leaves the VAT area of its country', (_, country, postcode, place) => {
  expect(placeOfParcel(country, postcode)).toBe(place);
  expect(vatCountryOf(place)).not.toBe(country);
});

test.each([
  ['Madrid', 'ES', '28035'],
  ['Mallorca', 'ES', '07001'],
  ['Sondrio, beside Livigno', 'IT', '23030'],
  ['Como', 'IT', '22060'],
  ['Singen', 'DE', '78224'],
  ['Cuxhaven', 'DE', '27472'],
  ['Helsinki', 'FI', '00220'],
  ['Salonica', 'GR', '54622'],
  ['Paris', 'FR', '75001'],
  ['Corsica', 'FR', '20000'],
  ['Monaco under France', 'FR', '98000'],
  ['London', 'GB', 'EC1A 1BB'],
  ['Belfast', 'GB', 'BT1 5GS'],
  ['the Isle of Man under Britain', 'GB', 'IM1 1AA'],
  ['no postcode', 'ES', ''],
  ['the same digits elsewhere', 'US', '35004'],
])('%s does not', (_, country, postcode) => {
  expect(vatCountryOf(placeOfParcel(country, postcode))).toBe(country);
});
