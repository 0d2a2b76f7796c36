/** How far our clock is from the others', as measured at the last look of each connection. */
import { isSkewed, renderSkew } from '../../domain/clocks/render-skew.ts';
import { readSkews } from '../../store/intake/clock-skews.ts';
import type { Database } from '../../store/database.ts';
import { broken, fine, type Finding } from './finding.ts';

export async function clocks(db: Database, connections: readonly string[]): Promise<Finding[]> {
  return Promise.all(
    connections.map(async (connection) => {
      const skews = await readSkews(db, connection);
      const part = connections.length === 1 ? 'clocks' : `clocks of ${connection}`;
      const measured =
        skews.map(({ clock, skewMs }) => `${clock} ${signed(skewMs)} s`).join(', ') || 'not measured yet';
      const off = skews.filter(({ skewMs }) => isSkewed(skewMs)).map(({ clock, skewMs }) => renderSkew(clock, skewMs));
      return off.length === 0
        ? fine(part, measured)
        : broken(part, measured, off.join('; '), 'set the clock of this machine by NTP: timedatectl set-ntp true');
    }),
  );
}

/** Whole seconds by which a clock is ahead of ours, `+0` and `−3`. */
function signed(ms: number): string {
  const seconds = Math.trunc(ms / 1000);
  return seconds < 0 ? `−${-seconds}` : `+${seconds}`;
}
