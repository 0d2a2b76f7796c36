import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ownedFolder } from '../../src/local/owned-folder.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tieout-owned-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const rights = (path: string) => statSync(path).mode & 0o777;

test('one that is missing is made with its rights, and those above it as well', () => {
  const path = join(folder, 'a', 'b');
  ownedFolder(path, 0o700);
  expect(rights(path)).toBe(0o700);
});

test('one of ours that others could read, as earlier versions made them, is closed', () => {
  const path = join(folder, 'open');
  mkdirSync(path);
  chmodSync(path, 0o755);
  ownedFolder(path, 0o700);
  expect(rights(path)).toBe(0o700);
});

test('a link and a file are refused, and left as they are', () => {
  const elsewhere = join(folder, 'elsewhere');
  mkdirSync(elsewhere);
  chmodSync(elsewhere, 0o755);
  symlinkSync(elsewhere, join(folder, 'link'));
  writeFileSync(join(folder, 'file'), '');
  expect(() => ownedFolder(join(folder, 'link'), 0o700)).toThrow(
    /A folder cannot be trusted\. Nothing was started\. · .*link: it is a link/,
  );
  expect(() => ownedFolder(join(folder, 'file'), 0o700)).toThrow(/file: it is no folder/);
  expect(rights(elsewhere)).toBe(0o755);
});
