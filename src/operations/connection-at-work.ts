import type { Client } from '@temporalio/client';
import type { ActivityPolicy } from '../contracts/activity-policy.ts';
import type { Store } from '../store/database.ts';

/** What an operation on a connection needs: its store, its Temporal, and how patient the work that it sets going is. */
export interface ConnectionAtWork {
  client: Client;
  store: Store;
  connection: string;
  policy: ActivityPolicy;
}
