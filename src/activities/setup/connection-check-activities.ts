import type { ConnectionCheckActivities } from '../../contracts/setup/connection-check.ts';
import type { Bind } from '../bind.ts';
import { checkConnection } from './check-connection.ts';

export const connectionCheckActivities = (bind: Bind): ConnectionCheckActivities => ({
  checkConnection: bind(checkConnection),
});
