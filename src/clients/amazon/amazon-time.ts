/** Amazon's own time, which bounds every window that it is asked for: our clock may be days ahead of it, or behind. */
import { epochMsOf, instantOf, type Instant } from '../../domain/money/instant.ts';
import type { VendorClock } from '../http/vendor-clock.ts';
import { AmazonFailure } from './amazon-failure.ts';
import type { CallOperation } from './selling-partner-call.ts';
import { eventGroupsPage } from './read-reports.ts';

/** Heard longer ago, it is asked anew: a stopwatch stands still while a machine sleeps. */
const HEARD_MS = 10 * 60_000;
/** The end of a window of orders or finances lies two minutes before the call at least, and there where none is named (Amazon's models: ordersV2026-01-01, financesV0, finances_2024-06-19). */
const TWO_MINUTES_MS = 120_000;

/** Up to when an answer of orders or finances is whole, where it named no end: two minutes before it was given. */
export function wholeUpTo(answeredAt: Instant | null): Instant | null {
  return answeredAt && instantOf(epochMsOf(answeredAt) - TWO_MINUTES_MS);
}

/**
 * Asks Amazon for the time: as last heard, and anew where nothing was heard of late, or where that does not lie past `past`
 * (a simulator's clock jumps).
 * @throws AmazonFailure when it does not answer, or dates no answer
 */
export async function amazonTime(clock: VendorClock, call: CallOperation, past: Instant = ''): Promise<Instant> {
  const heard = clock.now();
  if (heard !== null && clock.age()! < HEARD_MS && heard > past) return heard;
  const where = 'finances.listFinancialEventGroups';
  try {
    // The cheapest call that needs nothing: one every two seconds, 30 at once. What it holds is not looked at.
    await call({ name: where, version: 'v0' }, { query: { MaxResultsPerPage: 1 } }, eventGroupsPage);
  } catch (error) {
    // A refusal has a date, too.
    if (clock.now() === heard || !(error instanceof AmazonFailure)) throw error;
  }
  const now = clock.now();
  if (now === null)
    throw new AmazonFailure({
      code: 'unavailable',
      where,
      what: 'no answer carries a Date header: a proxy between here and Amazon takes it out',
    });
  return now;
}
