/**
 * Drives the demo clock: it runs at real speed and jumps to the next published fact when intake has nothing left to do.
 * Published means that Amazon's two-minute rule lets it be asked for, so each jump goes a little further.
 */
export interface ClockDriverOptions {
  /** The Amazon simulator, which keeps the clock. */
  url: string;
  /** Lets the product look at Amazon, NetSuite and the bank once, and waits until it has nothing left to do. */
  lookOnce(now: string): Promise<void>;
  /** True once nobody wants it any more. */
  stopped(): boolean;
}

const PAST_THE_FACT_MS = 3 * 60_000;

/** Returns when the clock has nothing to jump to and the product nothing to do. */
export async function driveClock({ url, lookOnce, stopped }: ClockDriverOptions): Promise<void> {
  await post(url, new Date(Date.parse((await clockOf(url)).now) + PAST_THE_FACT_MS).toISOString());
  for (;;) {
    const { now } = await clockOf(url);
    await lookOnce(now);
    if (stopped()) return;
    const { next } = await clockOf(url);
    if (next === null) return;
    await post(url, new Date(Date.parse(next) + PAST_THE_FACT_MS).toISOString());
  }
}

/**
 * So long after decisions about stock until the day on which they were taken is whole: what they post is dated it, and its
 * summary is final 34 hours after it has ended by UTC (`domain/stock/summary-days.ts`).
 */
const UNTIL_WHOLE_MS = 60 * 3_600_000;

/** The clock goes on until the day that it is now is whole; it stops at each fact on its way. */
export async function endTheDay(url: string): Promise<void> {
  const end = Date.parse((await clockOf(url)).now) + UNTIL_WHOLE_MS;
  for (let { now } = await clockOf(url); Date.parse(now) < end; { now } = await clockOf(url))
    await post(url, new Date(end).toISOString());
}

async function clockOf(url: string): Promise<{ now: string; next: string | null }> {
  const response = await fetch(`${url}/clock`);
  return (await response.json()) as { now: string; next: string | null };
}

async function post(url: string, to: string): Promise<void> {
  await fetch(`${url}/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ to }),
  });
}
