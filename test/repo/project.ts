/** The checkout, as the tests of its form see it. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '..', '..');

/** Files that are, or are about to be, under version control; paths from the root. */
export function projectFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return listed
    .split('\0')
    .filter((path) => path !== '' && existsSync(join(ROOT, path)))
    .sort();
}

export function sourceFiles(): string[] {
  return projectFiles().filter((path) => path.startsWith('src/') && /\.[cm]?[jt]s$/.test(path));
}

export const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
