import type { ConnectionSettings } from '../../config/connection.ts';
import { chainOpeningOf, type ChainOpening } from '../../domain/payouts/chain-opening.ts';
import { linkChains, type ChainMember } from '../../domain/payouts/chains.ts';
import { chainMembers, knownSpans } from '../../store/payouts/chains.ts';
import type { Database } from '../../store/database.ts';

/**
 * How a stored settlement stands at the beginning of its chain, by all that is known now.
 *
 * @param known all members, where the caller has read them: reading sums up every staged row
 */
export async function chainOpeningFor(
  db: Database,
  { name, cutOver }: Pick<ConnectionSettings, 'name' | 'cutOver'>,
  settlementId: string,
  known?: readonly ChainMember[],
): Promise<ChainOpening> {
  const members = known ?? (await chainMembers(db, name));
  const settlement = members.find((member) => member.settlementId === settlementId);
  if (settlement === undefined) throw new Error(`bug: settlement ${settlementId} is not in the store`);
  const isPreceded = linkChains(members).has(settlementId);
  return chainOpeningOf(settlement, { cutOver, isPreceded, spans: await knownSpans(db, name, settlement.currency) });
}
