import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

test("the simulator is a second reading of NetSuite's documents: it imports nothing from the product", () => {
  const simulators = resolve(dirname(fileURLToPath(import.meta.url)), '../../../src/simulators');
  const files = readdirSync(resolve(simulators, 'netsuite'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const outside = files.flatMap((name) => {
    const file = resolve(simulators, 'netsuite', name);
    const imported = [...readFileSync(file, 'utf8').matchAll(/from '([^']+)'/g)].map((match) => match[1] ?? '');
    return imported
      .filter(
        (from) => !from.startsWith('node:') && relative(simulators, resolve(dirname(file), from)).startsWith('..'),
      )
      .map((from) => `${name} ← ${from}`);
  });
  expect(files.length).toBeGreaterThan(40);
  expect(outside).toEqual([]);
});
