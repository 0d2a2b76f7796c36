/** The one place in which a test that runs activities by themselves makes their handle. */
import type { Connection } from '../../src/activities/connection.ts';
import { connectionsOf, type Dependencies } from '../../src/activities/dependencies.ts';
import type { ConnectionSettings } from '../../src/config/connection.ts';
import type { Store } from '../../src/store/database.ts';

/** What the activities under test ask for; the rest is not there. */
type Parts = { store: Store; settings: ConnectionSettings } & Partial<
  Pick<Connection, 'amazon' | 'netsuite'> & Omit<Dependencies, 'store' | 'configured' | 'clients'>
>;

export function connectionForTest({ settings, amazon, netsuite, ...process }: Parts): Connection {
  const clients = new Map([[settings.name, { amazon, netsuite }]]);
  return connectionsOf({ ...process, configured: [settings], clients } as Dependencies).get(settings.name)!;
}
