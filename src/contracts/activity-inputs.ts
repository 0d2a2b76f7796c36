/** Inputs that activities of several flows have in common. */
import type { ActivityPolicy } from './activity-policy.ts';

export interface OfConnection {
  connection: string;
}
/** For those that start workflows: what is started waits as they do. */
export interface Telling extends OfConnection {
  policy: ActivityPolicy;
}
