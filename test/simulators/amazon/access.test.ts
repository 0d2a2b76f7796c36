import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startAt } from './started-simulator.ts';
import type { Started } from './started-simulator.ts';
import { smallWorld } from './small-world.ts';

let started: Started;
beforeAll(async () => {
  started = await startAt('2026-03-20T00:00:00Z', { world: smallWorld(), withoutRole: ['listFinancialEventGroups'] });
});
afterAll(() => started.simulator.close());

function lwa(body: Record<string, string>): Promise<Response> {
  const { clientId, clientSecret, refreshToken, lwaUrl } = started.simulator;
  return fetch(lwaUrl, {
    method: 'POST',
    body: new URLSearchParams({
      client_id: clientId,
      client_secret: clientSecret,
      refresh_token: refreshToken,
      ...body,
    }),
  });
}

describe('Login with Amazon', () => {
  test('gives a bearer token for an hour against the refresh token', async () => {
    const response = await lwa({ grant_type: 'refresh_token' });
    expect(response.status).toBe(200);
    const body = (await response.json()) as Record<string, unknown>;
    expect(body).toEqual({
      access_token: expect.stringMatching(/^Atza\|/),
      token_type: 'bearer',
      expires_in: 3600,
      refresh_token: started.simulator.refreshToken,
    });
  });

  test.each([
    [{ grant_type: 'refresh_token', client_secret: 'wrong' }, 401, 'invalid_client'],
    [{ grant_type: 'refresh_token', refresh_token: 'Atzr|revoked' }, 400, 'invalid_grant'],
    [{ grant_type: 'password' }, 400, 'unsupported_grant_type'],
    [{ grant_type: 'client_credentials', scope: 'everything' }, 400, 'invalid_scope'],
    [{ grant_type: '' }, 400, 'invalid_request'],
  ])('refuses %j', async (body, status, error) => {
    const response = await lwa(body);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error });
  });

  test('knows the grant without a seller, for notifications', async () => {
    const response = await lwa({ grant_type: 'client_credentials', scope: 'sellingpartnerapi::notifications' });
    expect(response.status).toBe(200);
    expect(await response.json()).not.toHaveProperty('refresh_token');
  });
});

describe('the access token', () => {
  test("is missing: 403 with Amazon's own words, and no rate header", async () => {
    const response = await started.get('/sellers/v1/marketplaceParticipations', {});
    expect(response.status).toBe(403);
    expect(response.headers.get('x-amzn-ratelimit-limit')).toBeNull();
    expect(await response.json()).toEqual({
      errors: [
        {
          code: 'Unauthorized',
          message: 'Access to requested resource is denied.',
          details: 'Access token is missing in the request header.',
        },
      ],
    });
  });

  test('has expired after an hour of real time, whatever the demo clock does', async () => {
    const own = await startAt('2026-03-20T00:00:00Z', { world: smallWorld() });
    own.at('2026-04-20T00:00:00Z');
    expect((await own.get('/sellers/v1/marketplaceParticipations')).status).toBe(200);
    own.passReal(3_601);
    const response = await own.get('/sellers/v1/marketplaceParticipations');
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({
      errors: [{ details: 'The access token you provided has expired.' }],
    });
    await own.simulator.close();
  });

  test('lacks a role: 403 with empty details', async () => {
    const response = await started.get('/finances/v0/financialEventGroups');
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({
      errors: [{ code: 'Unauthorized', message: 'Access to requested resource is denied.', details: '' }],
    });
  });
});

function byHost(method: string, host: string, path: string, body = ''): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(
      {
        method,
        port: started.simulator.port,
        host: '127.0.0.1',
        path,
        headers: { host, 'x-amz-access-token': started.token },
      },
      (response) => {
        response.resume().on('end', () => resolve(response.statusCode));
      },
    )
      .on('error', reject)
      .end(body);
  });
}

describe('routing', () => {
  test("tells the seller's marketplaces", async () => {
    const response = await started.get('/sellers/v1/marketplaceParticipations');
    expect(response.headers.get('x-amzn-ratelimit-limit')).toBe('0.016');
    expect(await response.json()).toMatchObject({
      payload: [
        {
          marketplace: { id: 'ATVPDKIKX0DER', defaultCurrencyCode: 'USD', countryCode: 'US' },
          participation: { isParticipating: true },
        },
      ],
    });
  });

  test("goes by Amazon's hosts as well: tokens only at api.amazon.com, no page of the simulator's own at either", async () => {
    const form = new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: started.simulator.clientId,
      client_secret: started.simulator.clientSecret,
      refresh_token: started.simulator.refreshToken,
    }).toString();
    expect(await byHost('POST', 'api.amazon.com', '/auth/o2/token', form)).toBe(200);
    expect(await byHost('GET', 'api.amazon.com', '/sellers/v1/marketplaceParticipations')).toBe(404);
    expect(await byHost('GET', 'sellingpartnerapi-na.amazon.com', '/sellers/v1/marketplaceParticipations')).toBe(200);
    expect(await byHost('GET', 'sellingpartnerapi-na.amazon.com', '/clock')).toBe(501);
    expect(
      await byHost('GET', 'sandbox.sellingpartnerapi-na.amazon.com', '/sellers/v1/marketplaceParticipations'),
    ).toBe(501);
    expect(await byHost('GET', '127.0.0.1', '/clock')).toBe(200);
  });

  test('answers 501 and names what is not built', async () => {
    const response = await started.get('/listings/2021-08-01/items/A1SMALL/MUG?marketplaceIds=ATVPDKIKX0DER');
    expect(response.status).toBe(501);
    expect(await response.json()).toMatchObject({
      errors: [{ message: 'The simulator does not build GET /listings/2021-08-01/items/A1SMALL/MUG.' }],
    });
  });
});
