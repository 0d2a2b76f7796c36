import type { TryAgain } from '../contracts/decisions/decisions.ts';
import { openExceptions } from '../store/exceptions/exceptions.ts';
import type { ConnectionAtWork } from './connection-at-work.ts';
import { isAbout } from './decisions/open-subjects.ts';
import { sendDecision } from './decisions/send-decision.ts';
import { poll } from './poll.ts';

/** Numbers of the exceptions about it that were open before, and those that are left, with their sentences. */
export interface TriedAgain {
  before: number[];
  left: { number: number; what: string }[];
  audit: number;
}

/**
 * Tells an order or a payout that what stopped it has been mended, and watches what of its exceptions is left.
 * @throws TieoutError `not-found` when none is at work or waits
 */
export async function tryAgain(atWork: ConnectionAtWork, said: TryAgain, seconds: number): Promise<TriedAgain> {
  const { store, connection } = atWork;
  const open = async () => (await openExceptions(store.db, connection)).filter((one) => isAbout(one, said.of, said.id));
  const before = await open();
  const { audit } = await sendDecision(atWork, { update: 'tryAgain', args: said });
  const left = await poll(open, (seen) => seen.length < before.length || before.length === 0, seconds);
  return {
    before: before.map((exception) => exception.id),
    left: left.map((exception) => ({ number: exception.id, what: exception.evidence.what })),
    audit,
  };
}
