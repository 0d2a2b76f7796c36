import { payoutSubject } from '../../domain/exceptions/exception.ts';
import { checkLink, linkChains } from '../../domain/payouts/chains.ts';
import { chainMembers } from '../../store/chains.ts';
import { raise, resolveException } from '../../store/exceptions.ts';
import type { Dependencies } from '../dependencies.ts';
import type { PayoutSetup } from './payout-setup.ts';

/** States in which the journal of a settlement stands. */
const POSTED = ['posted', 'waits-documents', 'waits-bank', 'tied'];

/**
 * Along the chain, before and after a settlement, once both neighbours are posted: a link that does not agree is raised
 * and holds nothing up; it is closed when a report that came later takes its place. Idempotent.
 */
export async function checkNeighbours(deps: Dependencies, { connection, settlement }: PayoutSetup): Promise<void> {
  const { db } = deps.store;
  const { name } = connection.settings;
  for (const instant of [settlement.start, settlement.end]) {
    const members = await chainMembers(db, name, { currency: settlement.currency, instant });
    const follows = linkChains(members);
    const posted = members.filter((member) => member.settlementId === settlement.settlementId || POSTED.includes(member.state));
    for (const next of posted.filter(({ start }) => start === instant)) {
      const previous = posted.find(({ settlementId }) => settlementId === follows.get(next.settlementId));
      const sentences = previous ? checkLink(previous, next) : [];
      if (sentences.length === 0) await resolveException(db, name, 'chain-broken', next.settlementId, 'nothing before it disagrees any more', await deps.now());
      else await raise(db, name, {
        code: 'chain-broken', subject: payoutSubject(next.settlementId), evidence: { what: sentences.join('; '), atStake: next.total, currency: next.currency },
        remedy: { kind: 'import', first: 'Look for a report that is missing', file: 'settlement' },
      }, await deps.now());
    }
  }
}
