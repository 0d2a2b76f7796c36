import type { AlertSettings } from '../../config/alerts.ts';
import type { Owner } from '../../domain/exceptions/catalogue.ts';
import { instantOf } from '../../domain/money/instant.ts';
import { channelStanding, countsByChannel } from '../../store/alerts/alert-messages.ts';
import type { ViewSource } from '../view-source.ts';

export interface AlertChannelView {
  connection: string;
  channel: string;
  via: 'slack' | 'email' | 'webhook';
  owners: Owner[];
  /** Since when it tells, and when it last took a message; null before it has. */
  since: string | null;
  takenAt: string | null;
  /** Since when it takes nothing (real time) and what it says; null where it works. */
  failingSince: string | null;
  problem: string | null;
  /** Things that wait to be told, and that may not have come and stand in no digest yet. */
  waiting: number;
  unknown: number;
}

/** Who is told of the exceptions of some connections, over what, and whether it works. */
export async function alertsView(
  { store }: Pick<ViewSource, 'store'>,
  connections: readonly string[],
  alerts: AlertSettings | undefined,
): Promise<AlertChannelView[]> {
  const views: AlertChannelView[] = [];
  for (const connection of connections) {
    const counts = await countsByChannel(store.db, connection);
    for (const { name, via, owners } of alerts?.channels ?? []) {
      const standing = await channelStanding(store.db, connection, name);
      const failingSinceMs = standing?.failingSinceMs ?? null;
      views.push({
        connection,
        channel: name,
        via,
        owners,
        since: standing?.since ?? null,
        takenAt: standing?.takenAt ?? null,
        failingSince: failingSinceMs === null ? null : instantOf(failingSinceMs),
        problem: standing?.problem ?? null,
        ...(counts.get(name) ?? { waiting: 0, unknown: 0 }),
      });
    }
  }
  return views;
}
