import { marketplaceById } from '../../config/marketplaces.ts';
import { provesPrices } from '../../config/tax-policy.ts';
import { renderReading, renderTrial } from '../../domain/tax/explain-prices.ts';
import { openExceptionOf } from '../../store/exceptions/exceptions.ts';
import { recordPriceProof } from '../../store/tax/price-proofs.ts';
import type { DecisionResult } from '../../contracts/decisions/decisions.ts';
import type { Deciding } from '../../contracts/decisions/decision-activities.ts';
import type { ConfirmPrices } from '../../contracts/decisions/tax-decisions.ts';
import type { Connection } from '../connection.ts';
import { pricesKey, trialOf } from '../tax/judge-prices.ts';
import { releaseHeld } from '../tax/stopped-marketplace.ts';
import { refuseDecision } from './refuse-decision.ts';

/**
 * Takes a controller's word that a marketplace's prices are as its settings say, where settled sales do not prove it: it goes
 * live, and all who waited go on. Refused where other settings agree with more sales: those end it. Idempotent: what was
 * confirmed of the same settings, and not asked since, is found.
 */
export async function decideConfirmPrices(
  connection: Connection,
  { decision: { marketplace, by, why }, policy, act }: Deciding<ConfirmPrices> & { act: string },
): Promise<DecisionResult> {
  const { db, name, settings } = connection;
  const own = settings.marketplaces.find(({ id }) => id === marketplace || marketplaceById(id)!.domain === marketplace);
  if (own === undefined || !provesPrices(settings, own.id))
    throw refuseDecision('PRICES_NOT_OPEN', `${marketplace} is no marketplace of ${name} whose prices hold tax.`);
  const { domain } = marketplaceById(own.id)!;
  const { trial, proof } = await trialOf(connection, own.id);
  const key = pricesKey(connection, own.id);
  const detail = `prices of ${domain} are read with ${renderReading(trial.present)}`;
  const choice = 'confirmed';
  const asked = await openExceptionOf(db, name, 'prices-differ', key);
  if (proof !== null && asked === null) {
    const released = await releaseHeld(connection, policy);
    return { audit: proof.audit, released, choice, detail, already: { by: proof.by, at: proof.at } };
  }
  if (asked === null ? trial.better !== null : asked.remedy.kind !== 'confirm-prices')
    throw refuseDecision('PRICES_NOT_OPEN', `${domain}: ${renderTrial(trial)}. Set that, and start again.`);
  const at = await connection.now();
  const evidence = renderTrial(trial);
  const confirmed = { marketplace: own.id, reading: trial.present, evidence, act, by, why, at };
  const audit = await recordPriceProof(db, name, 'confirm-prices', confirmed);
  await connection.resolve('prices-differ', key, `confirmed by ${by}: ${evidence}`);
  return { audit, released: await releaseHeld(connection, policy), choice, detail: `${detail}; ${evidence}` };
}
