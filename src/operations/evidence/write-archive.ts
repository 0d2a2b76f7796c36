import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { TieoutError } from '../../errors/tieout-error.ts';
import type { Evidence } from '../../domain/proof/evidence.ts';
import { archiveOf } from './archive.ts';

export interface WrittenArchive {
  file: string;
  title: string;
  says: readonly string[];
  files: number;
  /** SHA-256 of the archive in hex. */
  hash: string;
}

/** @param out where to; without it the archive's own name in this folder. @throws TieoutError `usage` where it cannot be written */
export function writeArchive(evidence: Evidence, out: string | undefined): WrittenArchive {
  const { bytes, hash, files } = archiveOf(evidence);
  const file = resolve(out ?? `${evidence.name}.zip`);
  try {
    writeFileSync(file, bytes);
  } catch (error) {
    throw new TieoutError({
      code: 'usage',
      what: 'The archive could not be written.',
      notDone: 'There is no archive.',
      where: [`${file}: ${error instanceof Error ? error.message : String(error)}`],
      do: ['name another place: --out FILE'],
    });
  }
  return { file, title: evidence.title, says: evidence.says, files, hash };
}
