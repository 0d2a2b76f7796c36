import type { AlertChannel } from '../../clients/alerts/alert-channel.ts';
import type { AlertChannelSettings } from '../../config/alerts.ts';

export interface ConnectedChannel extends Pick<AlertChannelSettings, 'name' | 'via' | 'owners'> {
  channel: AlertChannel;
}

/** Who is told of exceptions, and through what. */
export interface ConnectedAlerts {
  channels: readonly ConnectedChannel[];
  /** `08:00` where the books are. */
  digest: string;
  escalateAfterMs: number;
  /** After so long nobody is sending any more what was being sent: longer than a call may take. Real time. */
  claimMs: number;
  /** After so long a channel that takes nothing is raised. Real time. */
  undeliveredAfterMs: number;
}

export const NOBODY_IS_TOLD: ConnectedAlerts = {
  channels: [],
  digest: '08:00',
  escalateAfterMs: 86_400_000,
  claimMs: 0,
  undeliveredAfterMs: 0,
};
