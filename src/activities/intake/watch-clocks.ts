import { CallFailure } from '../../clients/http/call-failure.ts';
import { isSkewed, renderSkew, type Clock } from '../../domain/clocks/render-skew.ts';
import { epochMsOf } from '../../domain/money/instant.ts';
import { noteSkews, type MeasuredSkew } from '../../store/intake/clock-skews.ts';
import { raise, resolveException } from '../../store/exceptions/exceptions.ts';
import { connectionOf, type Dependencies } from '../dependencies.ts';

const NEVER_REACHED = '9999-12-31T23:59:59Z';

/**
 * Measures at the end of a look how far the clocks of Amazon, NetSuite (by their last answers) and Postgres are from ours, keeps
 * it, and tells people of one that is too far off. It ends by itself. Idempotent: what was measured last counts.
 */
export async function watchClocks(deps: Dependencies, connection: string): Promise<void> {
  const { amazon, netsuite } = connectionOf(deps, connection);
  const vendors = [
    ...(await measured(
      deps,
      'Amazon',
      (ours) => amazon.skew(ours),
      () => amazon.time(NEVER_REACHED),
    )),
    ...(await measured(
      deps,
      'NetSuite',
      (ours) => netsuite.skew(ours),
      () => netsuite.hear(),
    )),
  ];
  // Postgres lives in the real world, beside a simulator too.
  for (const { clock, skewMs, raised } of await noteSkews(deps.store.db, connection, vendors, deps.realNow())) {
    if (isSkewed(skewMs)) await raiseSkew(deps, connection, clock, skewMs);
    else if (raised)
      await resolveException(
        deps.store.db,
        connection,
        'clock-skew',
        clock,
        'the clocks agree again',
        await deps.now(),
      );
  }
}

/** Nothing where it was not heard yet. What seems too far off is asked anew before anybody hears of it: a simulator's clock jumps. */
async function measured(
  deps: Dependencies,
  clock: Clock,
  skew: (ours: number) => number | null,
  hear: () => Promise<unknown>,
): Promise<MeasuredSkew[]> {
  const now = async () => skew(epochMsOf(await deps.now()));
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

async function raiseSkew(deps: Dependencies, connection: string, clock: Clock, skewMs: number): Promise<void> {
  await raise(
    deps.store.db,
    connection,
    {
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
    },
    await deps.now(),
  );
}
