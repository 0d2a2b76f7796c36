import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from './project-folder.ts';

let version: string | undefined;

/** The product's, as its package says it: it stands in what is signed, and changes nothing by itself. */
export function softwareVersion(): string {
  version ??= (JSON.parse(readFileSync(join(PROJECT_ROOT, 'package.json'), 'utf8')) as { version: string }).version;
  return version;
}
