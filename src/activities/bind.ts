import type { OfConnection } from '../contracts/activity-inputs.ts';
import type { Connection } from './connection.ts';

/** From an activity to what a worker registers: it is handed the connection that its input names. */
export type Bind = <Input extends OfConnection, Result>(
  activity: (connection: Connection, input: Input) => Promise<Result>,
) => (input: Input) => Promise<Result>;

export function bindTo(connections: ReadonlyMap<string, Connection>): Bind {
  return (activity) => async (input) => {
    const connection = connections.get(input.connection);
    if (!connection) throw new Error(`bug: this worker does not know the connection ${input.connection}`);
    return activity(connection, input);
  };
}
