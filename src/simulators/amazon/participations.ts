import type { Answer } from './answers.ts';
import type { ApiCall } from './request.ts';

const LANGUAGES: Readonly<Record<string, string>> = {
  DE: 'de_DE',
  FR: 'fr_FR',
  IT: 'it_IT',
  ES: 'es_ES',
  JP: 'ja_JP',
  BR: 'pt_BR',
  MX: 'es_MX',
  NL: 'nl_NL',
  SE: 'sv_SE',
  PL: 'pl_PL',
};

/** GET /sellers/v1/marketplaceParticipations */
export function marketplaceParticipations({ state }: ApiCall): Answer {
  return {
    status: 200,
    body: {
      payload: state.world.marketplaces.map((marketplace) => ({
        marketplace: {
          id: marketplace.id,
          name: marketplace.name,
          countryCode: marketplace.countryCode,
          defaultCurrencyCode: marketplace.currency,
          defaultLanguageCode: LANGUAGES[marketplace.countryCode] ?? `en_${marketplace.countryCode}`,
          domainName: `www.${marketplace.name.toLowerCase()}`,
        },
        participation: { isParticipating: true, hasSuspendedListings: false },
        storeName: state.world.sellerId,
      })),
    },
  };
}
