import type { Duration } from '@temporalio/common';

/** Waits of the activities, handed in with the workflow's input so that a test can make them short. */
export interface ActivityPolicy {
  /** Of one attempt. */
  startToClose: Duration;
  /** Silence after which an attempt counts as dead. */
  heartbeat: Duration;
  firstRetry: Duration;
  longestRetry: Duration;
  /** After so many tries in a row a look leaves a source to the next look, so that it holds up no other; left out, it tries for ever. */
  triesOfALook?: number;
}
