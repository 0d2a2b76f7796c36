import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { constants, createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { startNetSuiteSimulator } from '../../../src/simulators/netsuite/start-netsuite-simulator.ts';
import { askForToken, assertion, errorOf, openAccount, type BareAccount, type Body } from './bare-account.ts';
import { exampleSeed } from './example-seed.ts';

const INVALID_LOGIN =
  'Invalid login attempt. For more details, see the Login Audit Trail in the NetSuite UI at Setup > Users/Roles > User Management > View Login Audit Trail.';
const seconds = (): number => Math.floor(Date.now() / 1000);
let netsuite: BareAccount;

beforeAll(async () => {
  netsuite = await openAccount();
});
afterAll(() => netsuite.close());

describe('the token endpoint', () => {
  test('answers an ES256 assertion with a bearer token of 3600 seconds', async () => {
    const answer = await askForToken(netsuite.simulator, assertion(netsuite.simulator));
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ access_token: expect.any(String), expires_in: 3600, token_type: 'bearer' });
  });

  // Oracle's sample (NSHELP section_162790605110) and @brokenrubik/netsuite-sdk 0.6.0 sign `exp = iat + 3600`; both are let in.
  test('takes an assertion of exactly 60 minutes', async () => {
    const iat = seconds();
    expect(
      (await askForToken(netsuite.simulator, assertion(netsuite.simulator, { payload: { iat, exp: iat + 3600 } })))
        .status,
    ).toBe(200);
  });

  test.each<[string, { header?: Body; payload?: Body }]>([
    ['an algorithm outside the list, RS256', { header: { alg: 'RS256' } }],
    ['no algorithm at all', { header: { alg: 'none' } }],
    ['an unknown certificate id', { header: { kid: 'other' } }],
    [
      'an audience that is not the token address',
      { payload: { aud: 'http://127.0.0.1/services/rest/auth/oauth2/v1/token' } },
    ],
    ['another client', { payload: { iss: 'other' } }],
    ['a scope without rest_webservices', { payload: { scope: ['restlets'] } }],
    ['a life of more than 60 minutes', { payload: { iat: seconds(), exp: seconds() + 3601 } }],
    ['an end that has passed', { payload: { iat: seconds() - 600, exp: seconds() - 300 } }],
  ])('refuses %s', async (_name, change) => {
    const answer = await askForToken(netsuite.simulator, assertion(netsuite.simulator, change));
    expect(answer.status).toBe(401);
    expect(await answer.json()).toEqual({
      type: 'https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.2',
      title: 'Unauthorized',
      status: 401,
      'o:errorDetails': [{ detail: INVALID_LOGIN, 'o:errorCode': 'INVALID_LOGIN' }],
    });
  });

  test('refuses a payload that was changed after signing', async () => {
    const [header, , signature] = assertion(netsuite.simulator).split('.');
    const [, payload] = assertion(netsuite.simulator, { payload: { exp: seconds() + 301 } }).split('.');
    expect((await askForToken(netsuite.simulator, `${header}.${payload}.${signature}`)).status).toBe(401);
  });

  test('refuses a form that is not a client credentials grant', async () => {
    const answer = await fetch(netsuite.simulator.tokenUrl, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'password' }),
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      'o:errorDetails': [
        {
          'o:errorCode': 'INVALID_REQUEST',
          detail: 'The request could not be understood by the server due to malformed syntax.',
        },
      ],
    });
  });
});

test.each([
  [3072, 200],
  [2048, 401],
])('a PS256 assertion with an RSA key of %i bits is answered with %i', async (modulusLength, status) => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const simulator = await startNetSuiteSimulator({ seed: exampleSeed(), port: 0, certificates: { rsa: publicKey } });
  expect(simulator).toMatchObject({ account: 'SIM_1', certificateId: 'rsa', privateKeyPem: null });
  const part = (value: Body): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const data = `${part({ typ: 'JWT', alg: 'PS256', kid: 'rsa' })}.${part({ iss: simulator.clientId, scope: 'rest_webservices', aud: simulator.tokenUrl, iat: seconds(), exp: seconds() + 300 })}`;
  const signature = sign('sha256', Buffer.from(data), {
    key: createPrivateKey(privateKey),
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: 32,
  });
  expect((await askForToken(simulator, `${data}.${signature.toString('base64url')}`)).status).toBe(status);
  await simulator.close();
});

test('a request without a token, or with one that has ended, is refused', async () => {
  expect(
    errorOf(await netsuite.call('GET', '/record/v1/account', undefined, { authorization: 'Bearer other' })),
  ).toMatchObject({ status: 401, code: 'INVALID_LOGIN', detail: INVALID_LOGIN });
  const own = await openAccount();
  expect((await own.call('GET', '/record/v1/account')).status).toBe(200);
  await own.admin('DELETE', '/admin/tokens');
  expect((await own.call('GET', '/record/v1/account')).status).toBe(401);
  await own.close();
});

test('tokens live in real time: a demo clock that jumps does not end them, an hour of real time does', async () => {
  let real = Date.now();
  let now = Date.parse('2026-10-01T00:00:00Z');
  const own = await openAccount({ clock: { now: () => now, real: () => real } });
  now += 30 * 86_400_000;
  expect((await own.call('GET', '/record/v1/account')).status).toBe(200);
  real += 3_600_000;
  expect((await own.call('GET', '/record/v1/account')).status).toBe(401);
  await own.close();
});
