/** Files that others on this machine could read. What `npm start` makes is closed (cli/start-main); what an earlier version made is closed at the start. */
import { chmodSync, existsSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const OTHERS = 0o077;

/** Files straight in a folder, and the folder itself: rights of others are taken away. Links and what is another's are left alone. */
export function closeFiles(folder: string): void {
  if (!existsSync(folder)) return;
  for (const path of [folder, ...readdirSync(folder).map((name) => join(folder, name))]) {
    const found = lstatSync(path);
    const isOurs = process.getuid === undefined || found.uid === process.getuid();
    const isOne = path === folder ? found.isDirectory() : found.isFile();
    if (isOurs && isOne && (found.mode & OTHERS) !== 0) chmodSync(path, found.mode & 0o777 & ~OTHERS);
  }
}
