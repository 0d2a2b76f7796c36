/** The one place in which a test that runs activities by themselves makes their handle. */
import type { Connection } from '../../src/activities/connection.ts';
import { connectionsOf, type Dependencies } from '../../src/activities/dependencies.ts';
import type { ConnectionSettings } from '../../src/config/connection.ts';
import type { Store } from '../../src/store/database.ts';

/** What the activities under test ask for; the rest is not there. */
type Parts = { store: Store; settings: ConnectionSettings } & Partial<
  Pick<Connection, 'amazon' | 'netsuite'> & Omit<Dependencies, 'store' | 'connections'>
>;

export function connectionForTest({ settings, amazon, netsuite, ...process }: Parts): Connection {
  const connections = new Map([[settings.name, { settings, amazon, netsuite }]]);
  return connectionsOf({ ...process, connections } as Dependencies).get(settings.name)!;
}
