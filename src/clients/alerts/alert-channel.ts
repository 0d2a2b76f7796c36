/** What every channel does: takes one message, and says what is known of whether it was taken. Nothing is repeated here. */
export type Delivery =
  | { is: 'taken'; /** What of it was refused, where some had it. */ problem?: string }
  /** The other side has said so, or never saw it: it may be sent again. */
  | { is: 'not taken'; problem: string; /** The other side asks for this pause. */ afterMs: number | null }
  /** Nobody knows. */
  | { is: 'unknown'; problem: string };

export interface OutgoingAlert {
  /** Of this message alone; the same when it is sent again. */
  id: string;
  subject: string;
  text: string;
  /** The document of a webhook. */
  json: object;
}

export interface AlertChannel {
  readonly name: string;
  /** Whether the receiver can tell a message that comes again by its id: then one whose answer was lost is sent again. */
  readonly knowsRepeats: boolean;
  /** @param nowMs epoch milliseconds of real time */
  send(alert: OutgoingAlert, nowMs: number): Promise<Delivery>;
}
