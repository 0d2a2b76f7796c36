/**
 * Places that Amazon writes under the code of their country and that lie outside its VAT area, told by the postcode. Which they are:
 * Directive 2006/112/EC, article 6 (as amended by Directive (EU) 2019/475), and the Commission's table *Territorial status of EU
 * countries and certain territories* (taxation-customs.ec.europa.eu); for Britain the VAT Act 1994, whose United Kingdom has no Channel
 * Islands. Their postcodes are those of the countries' posts: the first two digits in Spain are the province (INE), in Finland 22
 * is Åland, in France 971 and up are overseas; JE, GY and IM are areas of Royal Mail.
 */
interface Territory {
  country: string;
  /** Beginning of the postcode, without blanks; the longest that fits counts. */
  postcode: string;
  /** Its own code of ISO 3166 (IC and EA are reserved there), or of those that have none its country's with the postcode behind it. */
  code: string;
}

const TERRITORIES: readonly Territory[] = [
  { country: 'ES', postcode: '35', code: 'IC' },
  { country: 'ES', postcode: '38', code: 'IC' },
  { country: 'ES', postcode: '51', code: 'EA' },
  { country: 'ES', postcode: '52', code: 'EA' },
  // Livigno, Campione d'Italia.
  { country: 'IT', postcode: '23041', code: 'IT-23041' },
  { country: 'IT', postcode: '22061', code: 'IT-22061' },
  // Büsingen, Heligoland.
  { country: 'DE', postcode: '78266', code: 'DE-78266' },
  { country: 'DE', postcode: '27498', code: 'DE-27498' },
  // Mount Athos: Karyes and Dafni.
  { country: 'GR', postcode: '63086', code: 'GR-63086' },
  { country: 'GR', postcode: '63087', code: 'GR-63087' },
  { country: 'FI', postcode: '22', code: 'AX' },
  { country: 'FR', postcode: '971', code: 'GP' },
  { country: 'FR', postcode: '97133', code: 'BL' },
  { country: 'FR', postcode: '97150', code: 'MF' },
  { country: 'FR', postcode: '972', code: 'MQ' },
  { country: 'FR', postcode: '973', code: 'GF' },
  { country: 'FR', postcode: '974', code: 'RE' },
  { country: 'FR', postcode: '975', code: 'PM' },
  { country: 'FR', postcode: '976', code: 'YT' },
  // Monaco counts as France all the same.
  { country: 'FR', postcode: '980', code: 'MC' },
  { country: 'FR', postcode: '986', code: 'WF' },
  { country: 'FR', postcode: '987', code: 'PF' },
  { country: 'FR', postcode: '988', code: 'NC' },
  { country: 'GB', postcode: 'JE', code: 'JE' },
  { country: 'GB', postcode: 'GY', code: 'GG' },
  { country: 'GB', postcode: 'IM', code: 'IM' },
  { country: 'GB', postcode: 'GX11', code: 'GI' },
];

/**
 * Where a parcel went, for its tax: the country, or the part of it that lies outside its VAT area. Of the postcode nothing else is
 * kept.
 * @param country two letters as Amazon writes them
 * @param postcode empty where it is not told; then the country alone counts
 */
export function placeOfParcel(country: string, postcode: string): string {
  const text = postcode
    .toUpperCase()
    .replace(/\s/g, '')
    .replace(new RegExp(`^${country.replace(/\W/g, '')}-`), '');
  const [found] = TERRITORIES.filter((one) => one.country === country && text.startsWith(one.postcode)).sort(
    (a, b) => b.postcode.length - a.postcode.length,
  );
  return found?.code ?? country;
}
