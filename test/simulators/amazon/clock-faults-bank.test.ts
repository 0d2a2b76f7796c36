import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startAt } from './started-simulator.ts';
import type { Started } from './started-simulator.ts';
import { smallWorld } from './small-world.ts';

interface Clock {
  now: string;
  start: string;
  next: string | null;
  end: string;
}
let started: Started;
beforeEach(async () => {
  started = await startAt('2026-03-02T10:00:00Z', { world: smallWorld() });
});
afterEach(() => started.simulator.close());

const own = async <T>(path: string, init?: RequestInit): Promise<T> =>
  (await (await fetch(`${started.simulator.url}${path}`, init)).json()) as T;
const switchOn = (fault: object): Promise<Response> =>
  fetch(`${started.simulator.url}/faults`, { method: 'POST', body: JSON.stringify(fault) });
const PARTICIPATIONS = '/sellers/v1/marketplaceParticipations';

describe('the clock', () => {
  const move = (to: string): Promise<Clock> => own<Clock>('/clock', { method: 'POST', body: JSON.stringify({ to }) });

  test('tells the next fact that is not published yet, an order two minutes after its change', async () => {
    expect(await own<Clock>('/clock')).toEqual({
      now: '2026-03-02T10:00:00Z',
      start: '2026-03-02T10:00:00Z',
      next: '2026-03-02T10:02:00Z',
      end: '2026-03-17T15:00:00Z',
      pausesAt: null,
    });
  });

  test('goes forward and never back, and has nothing to come at the end', async () => {
    expect((await move('2026-03-17T14:59:59Z')).next).toBe('2026-03-17T15:00:00Z');
    expect((await move('2026-03-01T00:00:00Z')).now).toBe('2026-03-17T14:59:59Z');
    expect((await move('2026-03-17T15:00:00Z')).next).toBeNull();
  });

  test('visits every published fact when it always jumps to the next', async () => {
    let jumps = 0;
    for (let next = (await own<Clock>('/clock')).next; next !== null; next = (await move(next)).next) jumps += 1;
    expect(jumps).toBeGreaterThan(10);
    expect(await own('/admin/world')).toMatchObject({
      orders: 6,
      shipments: 1,
      refunds: 1,
      settlements: 1,
      bankLines: 3,
      inAll: { orders: 6, shipments: 1, refunds: 1, settlements: 1, bankLines: 3 },
    });
  });

  test("stops only at the world's pace, where there is one", async () => {
    const paced = await startAt('2026-03-02T10:00:00Z', { world: smallWorld({ paceMinutes: 720 }) });
    expect(await (await fetch(`${paced.simulator.url}/clock`)).json()).toMatchObject({
      next: '2026-03-02T12:00:00Z',
      end: '2026-03-18T00:00:00Z',
    });
    await paced.simulator.close();
  });

  test('refuses what is no instant', async () => {
    expect((await fetch(`${started.simulator.url}/clock`, { method: 'POST', body: '{"to":"tomorrow"}' })).status).toBe(
      400,
    );
  });
});

describe('faults', () => {
  test.each([
    ['429', 429, 'QuotaExceeded'],
    ['500', 500, 'InternalFailure'],
    ['503', 503, 'ServiceUnavailable'],
  ])('%s, as often as asked for and where asked for', async (kind, status, code) => {
    await switchOn({ match: { path: '^/sellers', method: 'get' }, kind, times: 1 });
    expect((await started.get('/finances/v0/financialEventGroups')).status).toBe(200);
    const hit = await started.get(PARTICIPATIONS);
    expect(hit.status).toBe(status);
    expect(await hit.json()).toMatchObject({ errors: [{ code }] });
    expect((await started.get(PARTICIPATIONS)).status).toBe(200);
  });

  test('an answer lost before it is done leaves nothing, one lost after it does', async () => {
    started.at('2026-03-04T00:00:00Z');
    const body = {
      reportType: 'GET_AMAZON_FULFILLED_SHIPMENTS_DATA_GENERAL',
      marketplaceIds: ['ATVPDKIKX0DER'],
      dataStartTime: '2026-03-01T00:00:00Z',
    };
    const calls = async (): Promise<unknown> =>
      (await own<{ calls: Record<string, number> }>('/admin/world')).calls['createReport'];
    await switchOn({ match: { method: 'POST', path: 'reports' }, kind: 'lost-before' });
    await expect(started.post('/reports/2021-06-30/reports', body)).rejects.toThrow();
    expect(await calls()).toBeUndefined();
    await switchOn({ match: { method: 'POST', path: 'reports' }, kind: 'lost-after' });
    await expect(started.post('/reports/2021-06-30/reports', body)).rejects.toThrow();
    expect(await calls()).toBe(1);
    started.passReal(1);
    const { reports } = await started.json<{ reports: object[] }>(
      '/reports/2021-06-30/reports?reportTypes=GET_AMAZON_FULFILLED_SHIPMENTS_DATA_GENERAL',
    );
    expect(reports).toHaveLength(1);
  });

  test('a slow answer is whole', async () => {
    await switchOn({ match: {}, kind: 'slow', delayMs: 30 });
    expect((await started.get(PARTICIPATIONS)).status).toBe(200);
  });

  test('a gzip document may end early, or break off in the middle', async () => {
    started.at('2026-03-16T00:00:00Z');
    const { reports } = await started.json<{ reports: { reportDocumentId: string }[] }>(
      '/reports/2021-06-30/reports?reportTypes=GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2',
    );
    const { url } = await started.json<{ url: string }>(
      `/reports/2021-06-30/documents/${reports[0]?.reportDocumentId}`,
    );
    const whole = Buffer.from(await (await fetch(url)).arrayBuffer());
    await switchOn({ match: { path: 'documents-store' }, kind: 'truncated-gzip' });
    const truncated = Buffer.from(await (await fetch(url)).arrayBuffer());
    expect(truncated.length).toBe(Math.floor(whole.length / 2));
    expect(() => gunzipSync(truncated)).toThrow();
    await switchOn({ match: { path: 'documents-store' }, kind: 'reset-mid-body' });
    await expect(fetch(url).then((response) => response.arrayBuffer())).rejects.toThrow();
  });

  test('a body may come seven bytes at a time, with characters split between them', async () => {
    started.at('2026-03-04T00:00:00Z');
    await switchOn({ match: { path: 'orders' }, kind: 'small-chunks' });
    expect(await started.json('/orders/2026-01-01/orders/111-0000001-0000001?includedData=BUYER')).toMatchObject({
      order: { buyer: { buyerName: 'Zoë Müller' } },
    });
  });

  test('one document is refused as the store refuses it, and the others are not', async () => {
    started.at('2026-03-16T00:00:00Z');
    const { reports } = await started.json<{ reports: { reportDocumentId: string }[] }>(
      '/reports/2021-06-30/reports?reportTypes=GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2',
    );
    const { url } = await started.json<{ url: string }>(
      `/reports/2021-06-30/documents/${reports[0]?.reportDocumentId}`,
    );
    for (const [kind, code] of [
      ['403', 'AccessDenied'],
      ['404', 'NoSuchKey'],
    ] as const) {
      await switchOn({ match: { path: 'documents-store', holds: 'settlement-id' }, kind });
      const refused = await fetch(url);
      expect([refused.status, /<Code>(\w+)</.exec(await refused.text())?.[1]]).toEqual([Number(kind), code]);
      await switchOn({ match: { path: 'documents-store', holds: 'of another settlement' }, kind });
      expect((await fetch(url)).status).toBe(200);
      await fetch(`${started.simulator.url}/faults`, { method: 'DELETE' });
    }
  });

  test('one text of an answer, or of a packed document, is another', async () => {
    started.at('2026-03-16T00:00:00Z');
    const orders = '/orders/2026-01-01/orders/111-0000001-0000001?includedData=BUYER';
    await switchOn({
      match: { path: 'orders' },
      kind: 'changed',
      change: { find: '"buyerName":"[^"]*"', put: '"buyerName":"\\u0000 ü"' },
    });
    expect(await started.json(orders)).toMatchObject({ order: { buyer: { buyerName: '\0 ü' } } });
    expect(await started.json(orders)).toMatchObject({ order: { buyer: { buyerName: 'Zoë Müller' } } });
    const { reports } = await started.json<{ reports: { reportDocumentId: string }[] }>(
      '/reports/2021-06-30/reports?reportTypes=GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2',
    );
    const { url } = await started.json<{ url: string }>(
      `/reports/2021-06-30/documents/${reports[0]?.reportDocumentId}`,
    );
    await switchOn({ match: {}, kind: 'changed', change: { find: '^settlement-id', put: 'settlement' } });
    const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
    expect(gunzipSync(bytes).toString().slice(0, 30)).toMatch(/^settlement\t/);
    expect(await own('/faults')).toEqual({ faults: [] });
    expect((await switchOn({ match: {}, kind: 'changed' })).status).toBe(400);
  });

  test('can be listed, cleared, and are refused when they make no sense', async () => {
    await switchOn({ match: {}, kind: '500', times: 9 });
    expect(await own('/faults')).toMatchObject({ faults: [{ kind: '500', times: 9 }] });
    await fetch(`${started.simulator.url}/faults`, { method: 'DELETE' });
    expect((await started.get(PARTICIPATIONS)).status).toBe(200);
    expect((await switchOn({ kind: 'earthquake' })).status).toBe(400);
  });
});

describe('the bank', () => {
  test('tells the lines published by now as CSV, with quotes where they are needed', async () => {
    started.at('2026-03-16T00:00:00Z');
    const csv = async (query: string): Promise<string> =>
      await (await fetch(`${started.simulator.url}/bank/${query}`)).text();
    expect(await csv('bank/statement?format=csv')).toBe(
      'date,amount,currency,description,transaction-id\r\n2026-03-04,-18.20,USD,"KILN & CLAY, ""Portland""",X1\r\n',
    );
    expect(await csv('card/statement?format=csv')).toBe(
      'date,amount,currency,description,transaction-id\r\n2026-03-05,-7.00,USD,FUEL,C1\r\n',
    );
    started.at('2026-03-18T00:00:00Z');
    expect((await csv('bank/statement?format=csv')).split('\r\n')).toHaveLength(4);
    expect((await csv('bank/statement?format=csv&until=2026-03-10')).split('\r\n')).toHaveLength(3);
  });

  test("tells them as OFX, escaped, the trace number as the line's id", async () => {
    started.at('2026-03-18T00:00:00Z');
    const ofx = await (await fetch(`${started.simulator.url}/bank/bank/statement?format=ofx`)).text();
    expect(ofx).toMatch(/^OFXHEADER:100\r\nDATA:OFXSGML\r\n/);
    expect(ofx).toContain(
      '<TRNTYPE>CREDIT\r\n<DTPOSTED>20260317120000\r\n<TRNAMT>24.00\r\n<FITID>021000099887766\r\n<NAME>AMAZON.COM MKTPL',
    );
    expect(ofx).toContain('KILN &amp; CLAY');
    expect(ofx.match(/<STMTTRN>/g)).toHaveLength(2);
    expect(await (await fetch(`${started.simulator.url}/bank/card/statement`)).text()).toContain(
      '<CREDITCARDMSGSRSV1>',
    );
  });
});
