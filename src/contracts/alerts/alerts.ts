import { alertsId } from '../../domain/identifiers/workflow-id.ts';
import type { OfConnection, Telling } from '../activity-inputs.ts';
import { workflowContract } from '../workflow.ts';

/** `test`: a channel over which a test message goes as well, whether or not it was working. */
export interface AlertsInput extends Telling {
  test?: string;
}

/** What became of the next message of a channel. `more`: there is another one. */
export interface AlertSent {
  result: 'sent' | 'unknown' | 'not taken' | 'waits' | 'nothing';
  /** What the other side says, where it did not take it or not all of it. */
  problem: string | null;
  more: boolean;
}

export interface AlertsActivities {
  /** Finds what is to be told. Results in the channels over which something waits. */
  planAlerts(input: OfConnection & { test?: { channel: string; act: string } }): Promise<{ channels: string[] }>;
  /** Sends one message. @param input.despitePause also to a channel that has just taken nothing */
  sendAlert(input: OfConnection & { channel: string; despitePause: boolean }): Promise<AlertSent>;
}

/** One look at what people are to be told. Results in a sentence. */
export type AlertsLook = (input: AlertsInput) => Promise<string>;
export const ALERTS = workflowContract<AlertsLook>('alerts', alertsId);
