import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readSecrets } from '../../src/config/environment.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { isSimulated } from '../../src/config/simulated.ts';
import { ACCOUNT_ROLES } from '../../src/config/connection.ts';
import { read, ROOT } from './project.ts';

const config = readConfig(join(ROOT, 'tieout.config.example.yaml'));
const written = new Map(
  read('.env.example')
    .split('\n')
    .filter((line) => /^[A-Z]/.test(line))
    .map((line) => line.split('=', 2) as [string, string]),
);

describe('the example configuration', () => {
  test('is valid, is a real connection, and posts nothing before it is set to live', () => {
    expect(config.connections.map((connection) => [isSimulated(connection), connection.posting])).toEqual([
      [false, 'plan'],
    ]);
  });

  test('gives every role that needs one an account', () => {
    expect(Object.keys(config.connections[0]!.accounts).sort()).toEqual([...ACCOUNT_ROLES].sort());
  });

  test('has the names of its secrets in .env.example', () => {
    const asked: string[] = [];
    const env = new Proxy<Record<string, string>>(
      {},
      {
        get: (_, name) => {
          asked.push(String(name));
          return 'x';
        },
      },
    );
    readSecrets(config.connections[0]!, env);
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.filter((name) => !written.has(name))).toEqual([]);
  });
});

describe('.env.example', () => {
  test('holds no secret', () => {
    expect(
      [...written].filter(([name, value]) => value !== '' && !/^POSTGRES_(PRODUCT_)?PASSWORD$/.test(name)),
    ).toEqual([]);
  });
});
