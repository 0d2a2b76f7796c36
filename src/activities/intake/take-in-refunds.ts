import { heartbeat } from '@temporalio/activity';
import { epochMsOf, instantOf } from '../../domain/money/instant.ts';
import { readMark, writeMark } from '../../store/marks.ts';
import { saveRefund } from '../../store/orders.ts';
import { connectionOf, type Dependencies } from '../dependencies.ts';

/** Finances shows events up to 48 hours late. */
const OVERLAP_MS = 72 * 3_600_000;

/** Refunds from Finances since the last time. Idempotent: a refund (order and instant) is stored once. */
export function createTakeInRefunds(deps: Dependencies) {
  return async function takeInRefunds(input: { connection: string }): Promise<{ seen: number }> {
    const { settings, amazon } = connectionOf(deps, input.connection);
    const now = await deps.now();
    const mark = await readMark(deps.store.db, input.connection, 'refunds');
    const postedAfter = mark === null ? settings.cutOver : instantOf(Math.max(epochMsOf(settings.cutOver), epochMsOf(mark) - OVERLAP_MS));
    let token: string | null = null;
    let seen = 0;
    do {
      const page: Awaited<ReturnType<typeof amazon.listRefunds>> = await amazon.listRefunds({ postedAfter, ...(token === null ? {} : { nextToken: token }) });
      for (const refund of page.refunds) {
        if (refund.postedAt < settings.cutOver) continue;
        await saveRefund(deps.store.db, input.connection, refund);
        seen += 1;
      }
      token = page.nextToken;
      heartbeat(seen);
    } while (token !== null);
    await writeMark(deps.store.db, input.connection, 'refunds', now);
    return { seen };
  };
}
