import { createRequire } from 'node:module';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { SEARCH_ATTRIBUTES } from '../../src/contracts/search-attributes.ts';
import { read, ROOT } from './project.ts';

interface Service {
  image: string;
  command?: string[];
  ports?: string[];
  environment?: Record<string, string>;
  depends_on?: Record<string, unknown>;
}
const compose = parse(read('docker-compose.yml'), { merge: true }) as { services: Record<string, Service> };
const services = Object.entries(compose.services);

/** The Compose specification's own schema, as the linter dclint ships it. */
function composeErrors(document: unknown): string[] {
  const folder = dirname(createRequire(import.meta.url).resolve('dclint/package.json'));
  const { $schema, ...schema } = JSON.parse(
    readFileSync(join(folder, 'schemas', 'compose.schema.json'), 'utf8'),
  ) as Record<string, unknown>;
  expect($schema).toContain('draft-07');
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  ajv.validate(schema, document);
  return (ajv.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

describe('docker-compose.yml', () => {
  test('is valid by the schema of the Compose specification', () => {
    expect(composeErrors(compose)).toEqual([]);
  });

  test('would be refused by that schema with a word that it does not know', () => {
    expect(composeErrors({ services: { worker: { image: 'tieout', comand: ['node'] } } })).toEqual([
      '/services/worker must NOT have additional properties',
    ]);
  });

  test('pins every image to a version', () => {
    for (const [, { image }] of services) expect(image).toMatch(/^[a-z/-]+:\d+\.\d+(\.\d+)?$/);
  });

  test('uses no image that its maker has retired', () => {
    expect(services.map(([, { image }]) => image).filter((image) => image.startsWith('temporalio/auto-setup'))).toEqual(
      [],
    );
  });

  test('waits only for services that it has', () => {
    const awaited = services.flatMap(([, { depends_on = {} }]) => Object.keys(depends_on));
    expect(awaited.filter((name) => !(name in compose.services))).toEqual([]);
  });

  test('publishes ports on this machine only', () => {
    for (const port of services.flatMap(([, { ports = [] }]) => ports)) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  test('creates exactly the search attributes that the workflows set', () => {
    const created = compose.services['temporal-namespace']!.environment!['SEARCH_ATTRIBUTES']!.split(' ').sort();
    expect(created).toEqual(
      Object.values(SEARCH_ATTRIBUTES)
        .map(({ name }) => name)
        .sort(),
    );
  });

  test('tells the owner of the tables to nobody but what migrates', () => {
    const told = services
      .filter(([, { environment = {} }]) => (environment['DATABASE_OWNER_URL'] ?? '') !== '')
      .map(([name]) => name);
    expect(told).toEqual(['demo', 'migrate']);
    for (const name of ['reconcile', 'worker'])
      expect(compose.services[name]!.environment).toMatchObject({
        POSTGRES_PASSWORD: '',
        DATABASE_OWNER_URL: '',
        DATABASE_URL: expect.stringContaining('//tieout_product:'),
      });
  });

  test('starts entries that are in the tree', () => {
    const entries = services.flatMap(([, { image, command = [] }]) =>
      image.startsWith('tieout:') ? command.filter((word) => word.endsWith('.ts')) : [],
    );
    expect(entries.length).toBeGreaterThan(2);
    expect(entries.filter((entry) => !existsSync(join(ROOT, entry)))).toEqual([]);
  });
});
