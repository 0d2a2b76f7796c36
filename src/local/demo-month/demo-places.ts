/** Where invented buyers live, and from where and how Amazon sends to them. */
interface DemoPlaces {
  streets: Choices<string>;
  towns: Choices<readonly [city: string, state: string, postalCode: string]>;
  /** Of the country that is sold from. */
  carriers: Choices<string>;
  centres: Choices<string>;
}
type Choices<T> = readonly [T, ...T[]];

const PLACES: Readonly<Record<string, DemoPlaces>> = {
  US: {
    streets: ['Elm Street', 'Mill Lane', 'Harbor Road', '2nd Avenue', 'Cedar Court'],
    towns: [
      ['Portland', 'OR', '97205'],
      ['Austin', 'TX', '78701'],
      ['Boise', 'ID', '83702'],
      ['Columbus', 'OH', '43004'],
      ['Raleigh', 'NC', '27601'],
      ['Albany', 'NY', '12207'],
    ],
    carriers: ['AMZN_US', 'UPS', 'USPS'],
    centres: ['PDX9', 'ONT8', 'MDW2', 'ABE8', 'CLT2'],
  },
  GB: {
    streets: ['High Street', 'Station Road', 'Church Lane', 'Mill Lane'],
    towns: [
      ['Leeds', '', 'LS1 4AP'],
      ['Bristol', '', 'BS1 5TR'],
      ['Glasgow', '', 'G2 1DY'],
      ['Norwich', '', 'NR1 3JU'],
    ],
    carriers: ['AMZN_UK', 'Royal Mail'],
    centres: ['BHX4', 'LBA4', 'EDI4'],
  },
  DE: {
    streets: ['Hauptstraße', 'Lindenweg', 'Am Markt'],
    towns: [
      ['Köln', '', '50667'],
      ['Leipzig', '', '04109'],
      ['Ulm', '', '89073'],
    ],
    carriers: ['AMZN_DE', 'DHL'],
    centres: ['LEJ1', 'DUS2'],
  },
  IE: { streets: ['Main Street'], towns: [['Cork', '', 'T12 W8KP']], carriers: ['An Post'], centres: ['SNN4'] },
  CH: { streets: ['Bahnhofstrasse'], towns: [['Bern', '', '3011']], carriers: ['Swiss Post'], centres: ['ZRH1'] },
};

/** @throws Error where the demo knows nothing of the country */
export function placesIn(country: string): DemoPlaces {
  const places = PLACES[country];
  if (places === undefined) throw new Error(`the demo knows no places in ${country}`);
  return places;
}
