import type { AmazonWorld } from '../../../simulators/amazon/world.ts';
import { demoConnectionSettings, type DemoConnectionSettings } from '../connection-settings.ts';
import { taxItemName } from '../netsuite-seed.ts';
import { GB, UK_RATES } from './uk-marketplaces.ts';
import type { UkSwitches } from './uk-month.ts';
import { UK_CLASSES } from './uk-products.ts';

/** The connection of the UK seller: registered in Britain alone, goods of three rates. */
export function ukSettings(world: AmazonWorld, { vcs = true }: UkSwitches = {}): DemoConnectionSettings {
  const settings = demoConnectionSettings(world);
  const countries = world.marketplaces.map(({ countryCode }) => countryCode);
  return {
    ...settings,
    region: 'eu',
    marketplaces: settings.marketplaces.map((marketplace) => ({
      ...marketplace,
      ...(!vcs && marketplace.id === GB.world.id && { calculatedBy: 'rates' as const }),
    })),
    tax: {
      registrations: [GB.world.countryCode],
      items: Object.fromEntries(countries.map((country) => [country, taxItemName(country)])),
      rates: Object.fromEntries(countries.map((country) => [country, inPercent(UK_RATES[country]!)])),
      classes: { ...UK_CLASSES },
    },
  };
}

function inPercent(rates: Readonly<Record<string, bigint>>): Record<string, number> {
  return Object.fromEntries(Object.entries(rates).map(([name, hundredths]) => [name, Number(hundredths) / 100]));
}
