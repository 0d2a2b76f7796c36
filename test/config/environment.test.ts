import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import {
  readEnvironment,
  readSecrets,
  refuseSharedMarketplaces,
  servedConnections,
} from '../../src/config/environment.ts';
import { TieoutError } from '../../src/errors/tieout-error.ts';

const settings = { name: 'shop-us', netsuite: { account: '1', maxConcurrency: 3, timeout: '60s' } };
const ALL = {
  TIEOUT_SHOP_US_AMAZON_CLIENT_ID: 'a',
  TIEOUT_SHOP_US_AMAZON_CLIENT_SECRET: 'hush',
  TIEOUT_SHOP_US_AMAZON_REFRESH_TOKEN: 'c',
  TIEOUT_SHOP_US_NETSUITE_CLIENT_ID: 'd',
  TIEOUT_SHOP_US_NETSUITE_CERTIFICATE_ID: 'e',
  TIEOUT_SHOP_US_NETSUITE_PRIVATE_KEY: '-----BEGIN-----\\nkey\\n-----END-----',
};

describe('secrets of a connection', () => {
  test('come from variables that bear its name', () => {
    expect(readSecrets(settings, ALL)).toEqual({
      amazon: { clientId: 'a', clientSecret: 'hush', refreshToken: 'c' },
      netsuite: { clientId: 'd', certificateId: 'e', privateKeyPem: '-----BEGIN-----\nkey\n-----END-----' },
    });
  });

  test('that are no secrets may stand in the configuration, and the key in a file', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'tieout-key-')), 'key.pem');
    writeFileSync(file, 'KEY');
    const {
      TIEOUT_SHOP_US_NETSUITE_CLIENT_ID: _id,
      TIEOUT_SHOP_US_NETSUITE_CERTIFICATE_ID: _certificate,
      TIEOUT_SHOP_US_NETSUITE_PRIVATE_KEY: _key,
      ...rest
    } = ALL;
    const configured = { ...settings, netsuite: { ...settings.netsuite, clientId: 'x', certificateId: 'y' } };
    expect(readSecrets(configured, { ...rest, TIEOUT_SHOP_US_NETSUITE_PRIVATE_KEY_FILE: file }).netsuite).toEqual({
      clientId: 'x',
      certificateId: 'y',
      privateKeyPem: 'KEY',
    });
  });

  test('that are missing are all named, and no value is shown', () => {
    const refuse = (): TieoutError => {
      try {
        readSecrets(settings, {
          TIEOUT_SHOP_US_AMAZON_CLIENT_SECRET: 'hush',
          TIEOUT_SHOP_US_AMAZON_CLIENT_ID: ' ',
          TIEOUT_SHOP_US_NETSUITE_PRIVATE_KEY_FILE: '/nowhere/key.pem',
        });
      } catch (error) {
        if (error instanceof TieoutError) return error;
      }
      throw new Error('nothing was missing');
    };
    expect(refuse().notice).toMatchObject({
      code: 'config',
      where: [
        'TIEOUT_SHOP_US_AMAZON_CLIENT_ID is not set',
        'TIEOUT_SHOP_US_AMAZON_REFRESH_TOKEN is not set',
        'TIEOUT_SHOP_US_NETSUITE_CLIENT_ID is not set',
        'TIEOUT_SHOP_US_NETSUITE_CERTIFICATE_ID is not set',
        'TIEOUT_SHOP_US_NETSUITE_PRIVATE_KEY_FILE names /nowhere/key.pem, which cannot be opened (ENOENT)',
      ],
    });
    expect(JSON.stringify(refuse().notice)).not.toContain('hush');
  });
});

describe('two connections that list one marketplace', () => {
  const listed = (name: string, ...ids: string[]) => ({
    name,
    marketplaces: ids.map((id) => ({ id, customer: 'Amazon', location: 'FBA' })),
  });
  const both = [listed('shop-us', 'ATVPDKIKX0DER', 'A2EUQ1WTGCTBG2'), listed('shop-ca', 'A2EUQ1WTGCTBG2')];
  test('are refused for one seller: each sale would be booked twice', () => {
    expect(() =>
      refuseSharedMarketplaces(both, {
        TIEOUT_SHOP_US_AMAZON_REFRESH_TOKEN: 'Atzr|one',
        TIEOUT_SHOP_CA_AMAZON_REFRESH_TOKEN: 'Atzr|one',
      }),
    ).toThrow('Two connections list one marketplace of one seller.');
  });
  test('are two businesses for two sellers', () => {
    expect(() =>
      refuseSharedMarketplaces(both, {
        TIEOUT_SHOP_US_AMAZON_REFRESH_TOKEN: 'Atzr|one',
        TIEOUT_SHOP_CA_AMAZON_REFRESH_TOKEN: 'Atzr|two',
      }),
    ).not.toThrow();
    expect(() => refuseSharedMarketplaces(both, {})).not.toThrow();
  });
});

describe('the connections that a process serves', () => {
  const configured = ['shop-us', 'shop-ca', 'shop-de'].map((name) => ({ name }));
  const served = (text?: string) =>
    servedConnections(configured, text === undefined ? {} : { TIEOUT_CONNECTIONS: text }).map(({ name }) => name);
  test('are all where it is not told, or told nothing', () => {
    for (const text of [undefined, '', ' , ']) expect(served(text)).toEqual(['shop-us', 'shop-ca', 'shop-de']);
  });
  test('are those that it is told, each once and in the order of the configuration', () => {
    expect(served('shop-de, shop-us,shop-de,')).toEqual(['shop-us', 'shop-de']);
  });
  test('are refused where the configuration does not have one', () => {
    expect(() => served('shop-us,shop-fr')).toThrow(
      'TIEOUT_CONNECTIONS names shop-fr; the configuration has shop-us, shop-ca, shop-de',
    );
  });
});

test('the environment says where things are and who acts, and blank is not said', () => {
  expect(
    readEnvironment({
      DATABASE_URL: 'postgres://x',
      TEMPORAL_ADDRESS: ' ',
      TIEOUT_CONFIG: 'c.yaml',
      TIEOUT_BY: 'maria',
    }),
  ).toEqual({
    databaseUrl: 'postgres://x',
    databaseOwnerUrl: null,
    temporalAddress: null,
    temporalCliPath: null,
    configFile: 'c.yaml',
    home: null,
    connections: null,
    decidedBy: 'maria',
    installedIn: null,
    workerHealthPort: null,
  });
});
