/** What the trial of a marketplace's prices says, in words: for the checks and for people whom it asks. */
import type { Remedy } from '../exceptions/exception.ts';
import { renderCount } from '../money/render-amount.ts';
import { ENOUGH, verdictOf, type PriceReading, type PriceTrial } from './try-prices.ts';

/** What stops a marketplace: how its prices are read is not proven, or sales that were settled since say otherwise. */
export interface PriceStop {
  what: string;
  remedy: Remedy;
}

/** `prices: inclusive, collects: order, calculatedBy: amazon` */
export function renderReading({ prices, collects, calculatedBy }: PriceReading): string {
  return `prices: ${prices}, collects: ${collects}, calculatedBy: ${calculatedBy}`;
}

/** `23 of 25 settled sales with tax agree to the cent with prices: …` */
export function renderTrial({ taxed, agree, present, better }: PriceTrial): string {
  const sales = `${agree} of ${renderCount(taxed)} settled ${taxed === 1 ? 'sale' : 'sales'} with tax agree to the cent with ${renderReading(present)}`;
  return better === null
    ? sales
    : `${sales}; with ${renderChange(present, better.reading)} ${better.agree} of ${better.of} would`;
}

/** The settings in which one reading differs from another: `collects: amazon`. */
function renderChange(from: PriceReading, to: PriceReading): string {
  return (['prices', 'collects', 'calculatedBy'] as const)
    .filter((name) => from[name] !== to[name])
    .map((name) => `${name}: ${to[name]}`)
    .join(', ');
}

/** Why a marketplace may not go live yet; null where its prices are proven. `marketplace` by its domain. */
export function explainUnproven(marketplace: string, trial: PriceTrial): PriceStop | null {
  const verdict = verdictOf(trial);
  const what = `${marketplace}: ${renderTrial(trial)}`;
  switch (verdict) {
    case 'proven':
      return null;
    case 'differs': {
      const change = renderChange(trial.present, trial.better!.reading);
      return { what, remedy: { kind: 'set-up', where: `Set ${change} for ${marketplace} and start again` } };
    }
    case 'untaxed':
      return {
        what: `${marketplace}: Amazon tells no tax of any of ${trial.untaxedAtHome} settled home sales, and the seller is registered there`,
        remedy: {
          kind: 'confirm-prices',
          first: `Set calculatedBy: rates for ${marketplace} and start again where Amazon does not calculate the tax; where it does, and these goods carry none`,
          marketplace,
        },
      };
    case 'few':
      return {
        what: `${what}; ${ENOUGH} are needed`,
        remedy: {
          kind: 'confirm-prices',
          first:
            'Wait for settlements with more of them, or compare some sales with their rows; where they are as the settings say',
          marketplace,
        },
      };
  }
}

/** Sales in a row that Amazon settled by another's rules; null where there are none. */
export function explainInARow(marketplace: string, trial: PriceTrial): PriceStop | null {
  if (trial.inARow.length === 0) return null;
  return {
    what: `${marketplace}: ${trial.inARow.length} settled sales in a row differ in net and tax, or in who owes the tax, from ${renderReading(trial.present)}: orders ${trial.inARow.join(', ')}`,
    remedy: {
      kind: 'confirm-prices',
      first: `Mend the settings of ${marketplace}, or its rates and classes, and start again; where they are right and these sales are not`,
      marketplace,
    },
  };
}
