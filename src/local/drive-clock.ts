/**
 * Drives the demo clock: it runs at real speed and jumps to the next published fact when intake has nothing left to do.
 * Published means that Amazon's two-minute rule lets it be asked for, so each jump goes a little further.
 */
export interface ClockDriverOptions {
  /** The Amazon simulator, which keeps the clock. */
  url: string;
  /** Lets the product look at Amazon, NetSuite and the bank once, and waits until it has nothing left to do. */
  lookOnce(now: string): Promise<void>;
  /** Whether it goes on where the world pauses for somebody to act. */
  goesOn: boolean;
  /** True once nobody wants it any more. */
  stopped(): boolean;
}

const PAST_THE_FACT_MS = 3 * 60_000;

/** Returns when the clock has nothing to jump to, or pauses, and the product has nothing to do. */
export async function driveClock({ url, lookOnce, goesOn, stopped }: ClockDriverOptions): Promise<void> {
  await post(url, new Date(Date.parse((await clockOf(url)).now) + PAST_THE_FACT_MS).toISOString());
  for (;;) {
    const { now } = await clockOf(url);
    await lookOnce(now);
    if (stopped()) return;
    const { next, pausesAt } = await clockOf(url);
    if (next === null || (!goesOn && pausesAt !== null && pausesAt <= now)) return;
    await post(url, new Date(Date.parse(next) + PAST_THE_FACT_MS).toISOString());
  }
}

interface Clock {
  now: string;
  next: string | null;
  pausesAt: string | null;
}

async function clockOf(url: string): Promise<Clock> {
  const response = await fetch(`${url}/clock`);
  return (await response.json()) as Clock;
}

async function post(url: string, to: string): Promise<void> {
  await fetch(`${url}/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ to }),
  });
}
