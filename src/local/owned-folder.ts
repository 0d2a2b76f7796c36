/** Folders that nobody else may have put there: made by us, or looked at before they are used. */
import { chmodSync, chownSync, lstatSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ErrorCode } from '../errors/catalogue.ts';
import { TieoutError } from '../errors/tieout-error.ts';

export interface Owner {
  uid: number;
  gid: number;
}

/**
 * A folder of one owner with exactly these rights (`0o700`), made when it is missing. In one that somebody else made,
 * he could read and change what we put there, and a link leads wherever he likes. Windows knows neither owner nor mode.
 * @throws TieoutError when it is a link, no folder, or another's
 */
export function ownedFolder(
  path: string,
  mode: number,
  { owner = ourselves(), code = 'config' }: { owner?: Owner | null; code?: ErrorCode } = {},
): void {
  mkdirSync(dirname(path), { recursive: true });
  const made = makeFolder(path, mode);
  if (made && owner && owner.uid !== process.getuid?.()) chownSync(path, owner.uid, owner.gid);
  const found = lstatSync(path);
  if (!found.isDirectory())
    throw refused(
      code,
      path,
      found.isSymbolicLink() ? 'it is a link' : 'it is no folder',
      'put a folder of your own there, or remove it',
    );
  if (owner === null) return;
  if (found.uid !== owner.uid)
    throw refused(
      code,
      path,
      `it belongs to user ${found.uid}, not to ${owner.uid}`,
      `if you put it there yourself: chown -R ${owner.uid}:${owner.gid} ${path}; else remove it`,
    );
  if ((found.mode & 0o777) !== mode) chmodSync(path, mode);
}

/** Who we are; null where there are no users of that kind (Windows). */
export function ourselves(): Owner | null {
  return process.getuid && process.getgid ? { uid: process.getuid(), gid: process.getgid() } : null;
}

function makeFolder(path: string, mode: number): boolean {
  try {
    mkdirSync(path, { mode });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function refused(code: ErrorCode, path: string, why: string, act: string): TieoutError {
  return new TieoutError({
    code,
    what: 'A folder cannot be trusted.',
    notDone: 'Nothing was started.',
    where: [`${path}: ${why}`],
    do: [act],
  });
}
