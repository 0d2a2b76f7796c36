import { expect, test } from '@jest/globals';
import { childEnvironment, type ChildKind } from '../../src/local/child-environment.ts';

const OURS = {
  PATH: '/bin',
  LC_ALL: 'C',
  https_proxy: 'http://proxy:8080',
  NODE_EXTRA_CA_CERTS: '/ca.pem',
  TIEOUT_SHOP_US_AMAZON_REFRESH_TOKEN: 'hush',
  TIEOUT_CODEC_KEYS: 'a:hush',
  TEMPORAL_API_KEY: 'hush',
  DATABASE_URL: 'postgres://tieout_product:hush@db/tieout',
  DATABASE_OWNER_URL: 'postgres://tieout:hush@db/tieout',
  PGPASSWORD: 'hush',
  AWS_SECRET_ACCESS_KEY: 'hush',
  POSTGRES_PASSWORD: 'hush',
};
const namesFor = (kind: ChildKind) => Object.keys(childEnvironment(kind, {}, OURS)).sort();

test.each<[ChildKind, string[]]>([
  ['server', ['LC_ALL', 'PATH']],
  ['simulators', ['LC_ALL', 'NODE_EXTRA_CA_CERTS', 'PATH']],
  ['download', ['LC_ALL', 'PATH', 'https_proxy']],
  [
    'worker',
    [
      'DATABASE_URL',
      'LC_ALL',
      'NODE_EXTRA_CA_CERTS',
      'PATH',
      'PGPASSWORD',
      'TEMPORAL_API_KEY',
      'TIEOUT_CODEC_KEYS',
      'TIEOUT_SHOP_US_AMAZON_REFRESH_TOKEN',
      'https_proxy',
    ],
  ],
])('a child of the kind %s gets what is listed for it and nothing else', (kind, names) => {
  expect(namesFor(kind)).toEqual(names);
});

test('what is given for this child counts more than what we have', () => {
  expect(childEnvironment('worker', { DATABASE_URL: 'postgres://x' }, OURS)['DATABASE_URL']).toBe('postgres://x');
});
