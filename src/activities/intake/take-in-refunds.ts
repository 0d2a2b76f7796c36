import { heartbeat } from '@temporalio/activity';
import { orderSubject } from '../../domain/exceptions/exception.ts';
import { epochMsOf, instantOf } from '../../domain/money/instant.ts';
import { readMark } from '../../store/marks.ts';
import type { RefundFact } from '../../domain/orders/order-facts.ts';
import { raise } from '../../store/exceptions.ts';
import { connectionOf, type Dependencies } from '../dependencies.ts';
import { keepRefunds } from './keep-refunds.ts';
import { raiseDrift } from './raise-drift.ts';
import { readPages } from './read-pages.ts';

/** Finances shows events up to 48 hours late. */
const OVERLAP_MS = 72 * 3_600_000;

/** Refunds from Finances since the last time. Idempotent: a transaction counts once. */
export function createTakeInRefunds(deps: Dependencies) {
  return async function takeInRefunds(input: { connection: string }): Promise<{ seen: number }> {
    const { settings, amazon } = connectionOf(deps, input.connection);
    const now = await deps.now();
    const mark = await readMark(deps.store.db, input.connection, 'refunds');
    const postedAfter = mark === null ? settings.cutOver : instantOf(Math.max(epochMsOf(settings.cutOver), epochMsOf(mark) - OVERLAP_MS));
    if (postedAfter >= now) return { seen: 0 };
    let seen = 0;
    await readPages(deps.store.db, input.connection, 'refunds', { since: postedAfter, upTo: now }, async (since, token) => {
      const page = await amazon.listRefunds({ postedAfter: since, ...(token === null ? {} : { nextToken: token }) });
      const ours = page.refunds.filter((refund) => refund.postedAt >= settings.cutOver);
      await keepRefunds(deps.store.db, input.connection, ours.filter((refund) => !refund.incomplete));
      for (const refund of ours.filter(({ incomplete }) => incomplete)) await raiseUnclear(deps, input.connection, refund);
      seen += ours.length;
      if (page.drift.length > 0) await raiseDrift(deps, input.connection, page.drift);
      heartbeat(seen);
      return { nextToken: page.nextToken, upTo: null };
    });
    return { seen };
  };
}

/** Amazon told of a part of the refund that we do not know: no credit memo is made from a guess. */
async function raiseUnclear(deps: Dependencies, connection: string, refund: RefundFact): Promise<void> {
  await raise(deps.store.db, connection, {
    code: 'refund-unclear', key: `${refund.orderId}:${refund.postedAt}`, subject: orderSubject(refund.orderId),
    evidence: { what: `a refund of order ${refund.orderId} has parts that Tieout does not know yet`, atStake: null, currency: refund.currency },
    remedy: { kind: 'look', where: 'Look the refund up in Seller Central; the words that Amazon used are in the notices of drift' },
  }, await deps.now());
}
