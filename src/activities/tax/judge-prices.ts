/** How the prices of a marketplace are read, beside the sales that were settled (tax.md, *Proof*). */
import { marketplaceById } from '../../config/marketplaces.ts';
import { asksForProof, provesPrices, taxPolicyOf } from '../../config/tax-policy.ts';
import { marketplaceOf } from '../../config/time-zone.ts';
import { explainInARow, explainUnproven, renderTrial, type PriceStop } from '../../domain/tax/explain-prices.ts';
import { TRIED_DAYS, tryPrices, type PriceTrial } from '../../domain/tax/try-prices.ts';
import { openKeys } from '../../store/exceptions/exceptions.ts';
import { lastPriceProof, recordPriceProof, type PriceProof } from '../../store/tax/price-proofs.ts';
import { settledSales } from '../../store/tax/settled-sales.ts';
import type { Connection } from '../connection.ts';

/** Who proves prices that no person confirms. */
const TRIAL = 'settled sales';

/** Key of the exception about a marketplace's prices as they are read now: read otherwise it is another one. */
export function pricesKey({ settings }: Pick<Connection, 'settings'>, marketplace: string | null): string {
  const { prices, collects, calculatedBy } = taxPolicyOf(settings, marketplace);
  return `${marketplaceOf(settings, marketplace).id} ${prices} ${collects} ${calculatedBy}`;
}

/** What 90 days of settled sales say of a marketplace; `proof`: what was said before of these settings. */
export async function trialOf(
  connection: Pick<Connection, 'db' | 'name' | 'settings' | 'mode'>,
  marketplace: string | null,
): Promise<{ trial: PriceTrial; proof: PriceProof | null }> {
  const { db, name, settings, mode } = connection;
  const { id } = marketplaceOf(settings, marketplace);
  const policy = taxPolicyOf(settings, id);
  const proof = await lastPriceProof(db, name, id, policy);
  const sales = await settledSales(db, name, id, TRIED_DAYS);
  return { trial: tryPrices(sales, policy, mode.sale.bill.plan, proof?.at ?? null), proof };
}

/**
 * Tries how a marketplace's prices are read, and raises or ends what stops it. A real connection goes live once they are
 * proven, by settled sales or by a person's word; while a connection only plans, that few are settled is no news. Simulated
 * ones are stopped only by sales that differ in a row. Idempotent: a proof is written down once for the same settings.
 * @returns the trial in words
 */
export async function judgePrices(connection: Connection, marketplace: string): Promise<string> {
  const { db, name, settings } = connection;
  const { trial, proof } = await trialOf(connection, marketplace);
  const { domain } = marketplaceById(marketplace)!;
  const said = `${domain}: ${renderTrial(trial)}`;
  let stop: PriceStop | null;
  if (proof === null && asksForProof(settings, marketplace)) {
    stop = explainUnproven(domain, trial);
    if (stop === null) {
      const why = 'the prices of settled sales are read to the cent';
      const at = await connection.now();
      const proven = { marketplace, reading: trial.present, evidence: said, by: TRIAL, why, at };
      await recordPriceProof(db, name, 'prove-prices', proven);
    } else if (settings.posting === 'plan' && trial.better === null && trial.untaxedAtHome === 0) stop = null;
  } else stop = explainInARow(domain, trial);
  await raiseOrEnd(connection, marketplace, stop);
  return said;
}

async function raiseOrEnd(connection: Connection, marketplace: string, stop: PriceStop | null): Promise<void> {
  const key = pricesKey(connection, marketplace);
  if (stop === null) return connection.resolve('prices-differ', key, 'settled sales are read to the cent');
  await connection.raise({
    code: 'prices-differ',
    key,
    subject: { kind: 'marketplace', id: marketplaceById(marketplace)!.domain },
    evidence: { what: stop.what, atStake: null, currency: null },
    remedy: stop.remedy,
  });
}

/** Every marketplace whose prices are proven, at a start; what was raised of other settings ends. In words, one each. */
export async function judgeAllPrices(connection: Connection): Promise<string[]> {
  const { db, name, settings } = connection;
  const marketplaces = settings.marketplaces.map(({ id }) => id).filter((id) => provesPrices(settings, id));
  const current = new Set(marketplaces.map((id) => pricesKey(connection, id)));
  for (const key of await openKeys(db, name, 'prices-differ'))
    if (!current.has(key)) await connection.resolve('prices-differ', key, 'its prices are read by other settings now');
  const said: string[] = [];
  for (const id of marketplaces) said.push(await judgePrices(connection, id));
  return said;
}

/** The marketplaces that are stopped, looked at once more: settlements that came since may prove their prices. */
export async function judgeStoppedPrices(connection: Connection): Promise<void> {
  const { db, name, settings } = connection;
  const open = await openKeys(db, name, 'prices-differ');
  for (const { id } of settings.marketplaces)
    if (open.includes(pricesKey(connection, id))) await judgePrices(connection, id);
}
