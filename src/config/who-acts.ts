import { hostname, userInfo } from 'node:os';
import { readEnvironment } from './environment.ts';

/** Who acts, for the audit record: as given, else `TIEOUT_BY`, else the user of this machine. */
export function whoActs(by?: string): string {
  return by ?? readEnvironment().decidedBy ?? `${userInfo().username}@${hostname()}`;
}
