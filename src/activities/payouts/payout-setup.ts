/** What several of the payout's activities need: its settlement, and how its connection reads and books rows. */
import { accountOf, type ConnectionSettings } from '../../config/connection.ts';
import { currencyOfMarketplace, marketplaceById } from '../../config/marketplaces.ts';
import { payoutSubject } from '../../domain/exceptions/exception.ts';
import { AMOUNT_MAP_VERSION } from '../../domain/mapping/amount-map.ts';
import { createClassifier, overridesOf, type AmountOverrides } from '../../domain/mapping/classify.ts';
import type { Jurisdiction } from '../../domain/tax/tax-policy.ts';
import type { Role } from '../../domain/mapping/roles.ts';
import { lastDayBefore } from '../../domain/money/instant.ts';
import { allDecisions } from '../../store/decisions/decisions.ts';
import { loadSettlement, setSettlementState, type StoredSettlement } from '../../store/payouts/settlements.ts';
import type { Connection } from '../connection.ts';
import { explainStopped, type StoppedPosting } from '../posting/stopped-posting.ts';
import { timeZoneOf } from '../../config/time-zone.ts';
import type { PayoutRef, PayoutStopped } from '../../contracts/payouts/payout-activities.ts';

export interface PayoutSetup {
  connection: Connection;
  settlement: StoredSettlement;
}

export async function loadPayout(connection: Connection, ref: PayoutRef): Promise<PayoutSetup> {
  const settlement = await loadSettlement(connection.db, connection.name, ref.settlementId);
  if (!settlement)
    throw new Error(
      `settlement ${ref.settlementId} is not in the store; the next look at Amazon brings it back where a restored store has forgotten it`,
    );
  return { connection, settlement };
}

/**
 * Its rows are not staged, or have no meaning yet, although its workflow is further: the store was restored from a backup.
 * Then no step posts anything, and the proof sends the workflow back to the beginning of its story.
 */
export const isForgotten = ({ settlement }: PayoutSetup): boolean =>
  settlement.state === 'found' || settlement.mapVersion === null;

/** The amount map with the connection's own keys: those of its configuration, then the decisions of people. */
export async function classifierOf(connection: Connection) {
  return { classify: createClassifier(await overridesFor(connection)), version: AMOUNT_MAP_VERSION };
}

export async function overridesFor(connection: Connection): Promise<AmountOverrides> {
  const decisions = await allDecisions(connection.db, connection.name);
  return overridesOf(
    connection.settings.amountMap,
    decisions.filter(({ kind }) => kind === 'amount'),
  );
}

/** As `loadPayout`, for a step that posts: one that had stopped is at work again, and counts as busy until it is done or stops anew. */
export async function resumePayout(
  connection: Connection,
  ref: PayoutRef,
  state: 'staged' | 'works',
): Promise<PayoutSetup> {
  const setup = await loadPayout(connection, ref);
  if (setup.settlement.state !== 'stopped') return setup;
  await setSettlementState(connection.db, connection.name, ref.settlementId, state);
  return { ...setup, settlement: { ...setup.settlement, state } };
}

/** Day of the books of the settlement's last second: the date of its journal, payments and refunds. */
export function settlementDay({ connection, settlement }: PayoutSetup): string {
  return lastDayBefore(settlement.end, settlementZone({ connection, settlement }));
}

/** Zone of rows without a marketplace and of the settlement itself: that of the connection's first marketplace in its currency. */
export function settlementZone({ connection, settlement }: PayoutSetup): string {
  return zoneOfCurrency(connection.settings, settlement.currency);
}

export function zoneOfCurrency(settings: ConnectionSettings, currency: string): string {
  const own = settings.marketplaces.find(({ id }) => {
    const known = marketplaceById(id);
    return known !== undefined && currencyOfMarketplace(known) === currency;
  });
  return timeZoneOf(settings, own?.id ?? null);
}

export function accountNumberOf(
  connection: Connection,
  currency: string,
): (role: Role, jurisdiction?: Jurisdiction | null) => string | null {
  return (role, jurisdiction = null) => accountOf(connection.settings, role, currency, jurisdiction);
}

/** A posting that a person must look at: one exception, and the payout waits for `tryAgain`. */
export async function stopPayout(setup: PayoutSetup, posting: StoppedPosting): Promise<PayoutStopped> {
  const { settlement, connection } = setup;
  const { name } = connection;
  const stopped = explainStopped(posting, posting.externalId);
  const exception = await connection.raise({
    code: stopped.code,
    key: stopped.key,
    subject: payoutSubject(settlement.settlementId),
    evidence: { what: stopped.what, atStake: settlement.total, currency: settlement.currency },
    remedy: { kind: 'try-again', first: stopped.first, of: 'payout', id: settlement.settlementId },
  });
  await setSettlementState(connection.db, name, settlement.settlementId, 'stopped');
  return { result: 'stopped', exception, sentence: stopped.what };
}
