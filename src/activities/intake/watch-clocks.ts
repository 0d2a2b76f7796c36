import { CallFailure } from '../../clients/http/call-failure.ts';
import { isSkewed, renderSkew, type Clock } from '../../domain/clocks/render-skew.ts';
import { epochMsOf } from '../../domain/money/instant.ts';
import { noteSkews, type MeasuredSkew } from '../../store/intake/clock-skews.ts';
import type { Connection } from '../connection.ts';

const NEVER_REACHED = '9999-12-31T23:59:59Z';

/**
 * Measures at the end of a look how far the clocks of Amazon, NetSuite (by their last answers) and Postgres are from ours, keeps
 * it, and tells people of one that is too far off. It ends by itself. Idempotent: what was measured last counts.
 */
export async function watchClocks(connection: Connection): Promise<void> {
  const { amazon, netsuite } = connection;
  const vendors = [
    ...(await measured(
      connection,
      'Amazon',
      (ours) => amazon.skew(ours),
      () => amazon.time(NEVER_REACHED),
    )),
    ...(await measured(
      connection,
      'NetSuite',
      (ours) => netsuite.skew(ours),
      () => netsuite.hear(),
    )),
  ];
  // Postgres lives in the real world, beside a simulator too.
  for (const { clock, skewMs, raised } of await noteSkews(
    connection.db,
    connection.name,
    vendors,
    connection.realNow(),
  )) {
    if (isSkewed(skewMs)) await raiseSkew(connection, clock, skewMs);
    else if (raised) await connection.resolve('clock-skew', clock, 'the clocks agree again');
  }
}

/** Nothing where it was not heard yet. What seems too far off is asked anew before anybody hears of it: a simulator's clock jumps. */
async function measured(
  connection: Connection,
  clock: Clock,
  skew: (ours: number) => number | null,
  hear: () => Promise<unknown>,
): Promise<MeasuredSkew[]> {
  const now = async () => skew(epochMsOf(await connection.now()));
  let skewMs = await now();
  if (skewMs !== null && isSkewed(skewMs)) {
    try {
      await hear();
    } catch (error) {
      if (error instanceof CallFailure) return [];
      throw error;
    }
    skewMs = await now();
  }
  return skewMs === null ? [] : [{ clock, skewMs }];
}

async function raiseSkew(connection: Connection, clock: Clock, skewMs: number): Promise<void> {
  await connection.raise({
    code: 'clock-skew',
    subject: { kind: 'vendor', id: clock },
    evidence: {
      what: `${renderSkew(clock, skewMs)}; nothing is lost by it: what is read goes by Amazon's own time`,
      atStake: null,
      currency: null,
    },
    remedy: {
      kind: 'set-up',
      where: `Set the clock of the machine that the workers run on${clock === 'Postgres' ? ', or of that of Postgres' : ''}, by NTP (timedatectl set-ntp true)`,
    },
  });
}
