/** The passwords of a cluster: random, made once, in a file that only we can read beside the data. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownedFolder } from './owned-folder.ts';

/** Of the cluster's superuser, who only sets up the other two; of the owner of the tables; of the role of the product. */
export interface ClusterPasswords {
  superuser: string;
  owner: string;
  product: string;
}

export const passwordFile = (keysFolder: string) => join(keysFolder, 'passwords.json');

/** Those of before, or new ones (`made`: the cluster does not know them yet); `fresh` forgets those of before. */
export function clusterPasswords(keysFolder: string, fresh: boolean): { passwords: ClusterPasswords; made: boolean } {
  ownedFolder(keysFolder, 0o700, { code: 'postgres' });
  const file = passwordFile(keysFolder);
  if (fresh) rmSync(file, { force: true });
  if (existsSync(file)) return { passwords: JSON.parse(readFileSync(file, 'utf8')) as ClusterPasswords, made: false };
  const random = () => randomBytes(32).toString('base64url');
  const passwords: ClusterPasswords = { superuser: random(), owner: random(), product: random() };
  writeFileSync(file, `${JSON.stringify(passwords)}\n`, { mode: 0o600, flag: 'wx' });
  return { passwords, made: true };
}
