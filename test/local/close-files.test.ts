/** Files that an earlier version left open to others: closed at the start, and nothing else touched. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { closeFiles } from '../../src/local/close-files.ts';
import { secretFiles } from '../../src/views/doctor/secret-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tieout-closed-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const rights = (name: string) => statSync(join(folder, name)).mode & 0o777;
const made = (name: string, mode: number) => {
  writeFileSync(join(folder, name), 'x');
  chmodSync(join(folder, name), mode);
  return join(folder, name);
};

test('files lose the rights of others and keep those of their owner; folders below and what a link names stay', () => {
  mkdirSync(join(folder, 'home'), { mode: 0o755 });
  made('home/worker.log', 0o644);
  made('home/tool', 0o755);
  made('home/key.pem', 0o600);
  mkdirSync(join(folder, 'home', 'cache'));
  chmodSync(join(folder, 'home', 'cache'), 0o755);
  symlinkSync(made('elsewhere', 0o644), join(folder, 'home', 'link'));
  closeFiles(join(folder, 'home'));
  expect(['home', 'home/worker.log', 'home/tool', 'home/key.pem', 'home/cache', 'elsewhere'].map(rights)).toEqual([
    0o700, 0o600, 0o700, 0o600, 0o755, 0o644,
  ]);
  closeFiles(join(folder, 'missing'));
});

test('doctor names each file of secrets that others can read, with the command that closes it', () => {
  const env = made('.env', 0o640);
  const key = made("ana's key.pem", 0o604);
  const closed = made('closed.pem', 0o600);
  const variables = {
    TIEOUT_A_NETSUITE_PRIVATE_KEY_FILE: key,
    TIEOUT_B_NETSUITE_PRIVATE_KEY_FILE: closed,
    OTHER_FILE: env,
  };
  expect(secretFiles(variables, [folder])).toEqual([
    { part: 'secrets', detail: env, wrong: 'others on this machine can read it', act: `chmod 600 '${env}'` },
    {
      part: 'secrets',
      detail: key,
      wrong: 'others on this machine can read it',
      act: `chmod 600 '${join(folder, "ana'\\''s key.pem")}'`,
    },
  ]);
  for (const path of [env, key]) chmodSync(path, 0o600);
  expect(secretFiles(variables, [folder])).toMatchObject([{ wrong: null }]);
  expect(secretFiles({}, [join(folder, 'none')])).toEqual([]);
});
