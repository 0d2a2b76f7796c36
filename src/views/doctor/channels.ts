/** Whether anybody is told of exceptions, and whether what tells them works. */
import type { TieoutConfig } from '../../config/connection.ts';
import { renderMinute } from '../../domain/clocks/render-dates.ts';
import type { Database } from '../../store/database.ts';
import { alertsView, type AlertChannelView } from '../alerts/alerts-view.ts';
import { broken, fine, type Finding } from './finding.ts';

export async function channels(db: Database, config: TieoutConfig): Promise<Finding[]> {
  const { alerts, connections } = config;
  if (alerts === undefined)
    return [fine('alerts', 'nobody is told of anything; docs/operations/alerts.md sets channels up')];
  const names = connections.map(({ name }) => name);
  const all = await alertsView({ store: { db } }, names, alerts);
  return alerts.channels.map(({ name, via, owners }) => {
    const part = `alerts ${name}`;
    const detail = `${via}, for ${owners.join(', ')}`;
    const failing = all.find(({ channel, failingSince }) => channel === name && failingSince !== null);
    if (failing === undefined) return fine(part, detail);
    return broken(part, detail, wrongWith(failing), `mend it, then npx tieout alerts test ${name}`);
  });
}

function wrongWith({ failingSince, problem, waiting }: AlertChannelView): string {
  return `takes no messages since ${renderMinute(failingSince!)}: ${problem}; ${waiting} wait`;
}
