/** Inputs that activities of several flows have in common. */
import type { ActivityPolicy } from './activity-policy.ts';

export interface OfConnection {
  connection: string;
}
/** Of a file that a person gave: who, and what tells this act from every other one. A file that the product fetched by itself has none. */
export interface GivenBy {
  given?: { by: string; act: string };
}
/** For those that start workflows: what is started waits as they do. */
export interface Telling extends OfConnection {
  policy: ActivityPolicy;
}
