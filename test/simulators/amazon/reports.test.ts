import { gunzipSync } from 'node:zlib';
import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startAt } from './started-simulator.ts';
import type { Started } from './started-simulator.ts';
import { SETTLEMENT_TEXT, smallWorld } from './small-world.ts';

interface Report {
  reportId: string;
  processingStatus: string;
  reportDocumentId?: string;
  dataStartTime?: string;
  dataEndTime?: string;
  createdTime: string;
}
interface Reports {
  reports: Report[];
  nextToken?: string;
}
interface Document {
  reportDocumentId: string;
  url: string;
  compressionAlgorithm?: string;
}

const V2 = 'GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2';
const SHIPMENTS = 'GET_AMAZON_FULFILLED_SHIPMENTS_DATA_GENERAL';
const REPORTS = '/reports/2021-06-30/reports';
const DOCUMENTS = '/reports/2021-06-30/documents';
let started: Started;
beforeEach(async () => {
  started = await startAt('2026-03-16T00:00:00Z', { world: smallWorld() });
});
afterEach(() => started.simulator.close());

async function created(body: object): Promise<string> {
  const response = await started.post(REPORTS, {
    reportType: SHIPMENTS,
    marketplaceIds: ['ATVPDKIKX0DER'],
    dataStartTime: '2026-03-01T00:00:00Z',
    dataEndTime: '2026-03-15T00:00:00Z',
    ...body,
  });
  expect(response.status).toBe(202);
  return ((await response.json()) as { reportId: string }).reportId;
}
async function lookedAtUntilDone(reportId: string): Promise<Report[]> {
  return [
    await started.json<Report>(`${REPORTS}/${reportId}`),
    await started.json<Report>(`${REPORTS}/${reportId}`),
    await started.json<Report>(`${REPORTS}/${reportId}`),
  ];
}

describe('settlement reports', () => {
  test.each([
    [V2, 1118],
    ['GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE', 1117],
  ])('%s cannot be requested', async (reportType, number) => {
    const response = await started.post(REPORTS, { reportType, marketplaceIds: ['ATVPDKIKX0DER'] });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      errors: [
        { code: 'InvalidInput', message: `Request for report type ${number} is not allowed at this time`, details: '' },
      ],
    });
  });

  test("come whatever marketplace is asked for, one document under two report ids, with the settlement's period", async () => {
    const { reports } = await started.json<Reports>(
      `${REPORTS}?reportTypes=${V2}&marketplaceIds=A2EUQ1WTGCTBG2&processingStatuses=DONE`,
    );
    expect(reports).toHaveLength(2);
    expect(new Set(reports.map(({ reportId }) => reportId)).size).toBe(2);
    for (const report of reports)
      expect(report).toMatchObject({
        dataStartTime: '2026-03-01T08:00:00Z',
        dataEndTime: '2026-03-15T07:00:00Z',
        createdTime: '2026-03-15T07:25:00Z',
      });
    const texts = await Promise.all(
      reports.map(async ({ reportDocumentId }) => {
        const { url } = await started.json<Document>(`${DOCUMENTS}/${reportDocumentId}`);
        return gunzipSync(Buffer.from(await (await fetch(url)).arrayBuffer())).toString();
      }),
    );
    expect(texts).toEqual([SETTLEMENT_TEXT, SETTLEMENT_TEXT]);
  });

  test('are not there before they are published, and not after ninety days', async () => {
    const own = await startAt('2026-03-15T07:24:59Z', { world: smallWorld() });
    const count = async (): Promise<number> =>
      (await own.json<Reports>(`${REPORTS}?reportTypes=${V2}&createdSince=2026-01-01T00:00:00Z`)).reports.length;
    expect(await count()).toBe(0);
    own.at('2026-03-15T07:25:00Z');
    expect(await count()).toBe(2);
    const { reports } = await own.json<Reports>(`${REPORTS}?reportTypes=${V2}`);
    own.at('2026-06-13T07:25:00Z');
    expect(await count()).toBe(2);
    own.at('2026-06-13T07:25:01Z');
    expect(await count()).toBe(0);
    const expired = await own.get(`${DOCUMENTS}/${reports[0]?.reportDocumentId}`);
    expect(expired.status).toBe(400);
    await own.simulator.close();
  });
});

describe('getReports', () => {
  test('gives ten a page unless told otherwise, and its token goes alone', async () => {
    const first = await started.json<Reports>(`${REPORTS}?reportTypes=${V2}&pageSize=1`);
    expect(first.reports).toHaveLength(1);
    expect((await started.get(`${REPORTS}?nextToken=${first.nextToken}&pageSize=1`)).status).toBe(400);
    const second = await started.json<Reports>(`${REPORTS}?nextToken=${first.nextToken}`);
    expect(second.reports).toHaveLength(1);
    expect(second.reports[0]?.reportId).not.toBe(first.reports[0]?.reportId);
    expect(second).not.toHaveProperty('nextToken');
  });

  test('needs report types or a token', async () => {
    expect((await started.get(`${REPORTS}?pageSize=10`)).status).toBe(400);
    expect((await started.get(`${REPORTS}?reportTypes=A,B,C,D,E,F,G,H,I,J,K`)).status).toBe(400);
    expect((await started.get(`${REPORTS}?reportTypes=${V2}&pageSize=101`)).status).toBe(400);
  });
});

describe('the fulfilled-shipments report', () => {
  test('waits in the queue, is in progress, and is done', async () => {
    const looks = await lookedAtUntilDone(await created({}));
    expect(looks.map(({ processingStatus }) => processingStatus)).toEqual(['IN_QUEUE', 'IN_PROGRESS', 'DONE']);
    expect(looks.map((report) => 'reportDocumentId' in report)).toEqual([false, false, true]);
  });

  test('is done after a moment even if nobody looks', async () => {
    const reportId = await created({});
    started.passReal(1);
    expect(await started.json<Report>(`${REPORTS}/${reportId}`)).toMatchObject({ processingStatus: 'DONE' });
  });

  test("has 48 columns, buyers' personal data among them, and the amounts of the shipped quantity", async () => {
    const done = (await lookedAtUntilDone(await created({})))[2];
    const { url, compressionAlgorithm } = await started.json<Document>(`${DOCUMENTS}/${done?.reportDocumentId}`);
    const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
    const [header, row, end] = (compressionAlgorithm === 'GZIP' ? gunzipSync(bytes) : bytes)
      .toString()
      .split('\n')
      .map((line) => line.split('\t'));
    expect(header).toHaveLength(48);
    expect(end).toEqual(['']);
    const cells = Object.fromEntries((header ?? []).map((column, index) => [column, row?.[index]]));
    expect(cells).toMatchObject({
      'amazon-order-id': '111-0000001-0000001',
      'shipment-id': 'B7aaa',
      'amazon-order-item-id': '1300077',
      'shipment-date': '2026-03-03T10:00:00+00:00',
      'buyer-name': 'Zoë Müller',
      'ship-address-1': '12 Elm Street',
      sku: 'MUG',
      'quantity-shipped': '1',
      currency: 'USD',
      'item-price': '30.00',
      'sales-channel': 'amazon.com',
      'fulfillment-channel': 'AFN',
    });
  });

  test('is cancelled when there is nothing to tell', async () => {
    const looks = await lookedAtUntilDone(await created({ dataStartTime: '2026-03-04T00:00:00Z' }));
    expect(looks.at(-1)).toMatchObject({ processingStatus: 'CANCELLED' });
    expect(looks.at(-1)).not.toHaveProperty('reportDocumentId');
  });

  test('does not know a shipment before it is published', async () => {
    const own = await startAt('2026-03-03T11:59:59Z', { world: smallWorld() });
    const body = { reportType: SHIPMENTS, marketplaceIds: ['ATVPDKIKX0DER'], dataStartTime: '2026-03-01T00:00:00Z' };
    const outcome = async (): Promise<string> => {
      const { reportId } = (await (await own.post(REPORTS, body)).json()) as { reportId: string };
      own.passReal(1);
      return (await own.json<Report>(`${REPORTS}/${reportId}`)).processingStatus;
    };
    expect(await outcome()).toBe('CANCELLED');
    own.at('2026-03-03T12:00:01Z');
    expect(await outcome()).toBe('DONE');
    await own.simulator.close();
  });

  test('fails when more than a month is asked for, with a document that says why', async () => {
    const looks = await lookedAtUntilDone(await created({ dataStartTime: '2026-01-01T00:00:00Z' }));
    expect(looks.at(-1)).toMatchObject({ processingStatus: 'FATAL', reportDocumentId: expect.any(String) });
  });

  test('other types are told honestly', async () => {
    const response = await started.post(REPORTS, {
      reportType: 'GET_AFN_INVENTORY_DATA',
      marketplaceIds: ['ATVPDKIKX0DER'],
    });
    expect(response.status).toBe(501);
    expect(await response.text()).toContain('GET_AFN_INVENTORY_DATA');
  });

  test.each([
    [{ marketplaceIds: [] }],
    [{ reportType: '' }],
    [{ dataEndTime: '2026-04-01T00:00:00Z' }],
    [{ dataStartTime: '2026-03-15T12:00:00Z' }],
    [{ dataStartTime: 'March' }],
  ])('refuses %j', async (body) => {
    const response = await started.post(REPORTS, {
      reportType: SHIPMENTS,
      marketplaceIds: ['ATVPDKIKX0DER'],
      dataEndTime: '2026-03-15T00:00:00Z',
      ...body,
    });
    expect(response.status).toBe(400);
  });
});

describe('the document store', () => {
  async function document(query = ''): Promise<Document> {
    const { reports } = await started.json<Reports>(`${REPORTS}?reportTypes=${V2}`);
    return started.json<Document>(`${DOCUMENTS}/${reports[0]?.reportDocumentId}${query}`);
  }

  test('closes an address after five minutes of real time, as S3 says it', async () => {
    const { url, compressionAlgorithm } = await document();
    expect(compressionAlgorithm).toBe('GZIP');
    started.at('2026-03-20T00:00:00Z');
    expect((await fetch(url)).status).toBe(200);
    started.passReal(300);
    const response = await fetch(url);
    expect(response.status).toBe(403);
    expect(response.headers.get('content-type')).toBe('application/xml');
    expect(await response.text()).toContain('<Code>AccessDenied</Code>');
  });

  test('wants no header of SP-API', async () => {
    const { url } = await document();
    expect((await fetch(url, { headers: { 'x-amz-access-token': started.token } })).status).toBe(403);
  });

  test('names the encoding in a header only when asked to', async () => {
    expect((await fetch((await document()).url)).headers.get('content-encoding')).toBeNull();
    const named = await fetch((await document('?enableContentEncodingUrlHeader=true')).url);
    expect(named.headers.get('content-encoding')).toBe('gzip');
    expect(await named.text()).toBe(SETTLEMENT_TEXT);
  });

  test('names the charset of the bytes', async () => {
    const [settlement] = smallWorld().settlements;
    if (!settlement) throw new Error('the small world has a settlement');
    const own = await startAt('2026-03-16T00:00:00Z', {
      world: smallWorld({
        settlements: [{ ...settlement, gzip: false, charset: 'windows-1252', bytes: Buffer.from('Zoë', 'latin1') }],
      }),
    });
    const { reports } = await own.json<Reports>(`${REPORTS}?reportTypes=${V2}`);
    const found = await own.json<Document>(`${DOCUMENTS}/${reports[0]?.reportDocumentId}`);
    expect(found).not.toHaveProperty('compressionAlgorithm');
    const response = await fetch(found.url);
    expect(response.headers.get('content-type')).toBe('text/plain; charset=windows-1252');
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([0x5a, 0x6f, 0xeb]);
    await own.simulator.close();
  });

  test("lives under a host of its own for a client that comes by Amazon's host", async () => {
    const { reports } = await started.json<Reports>(`${REPORTS}?reportTypes=${V2}`);
    const body = await byHost('sellingpartnerapi-na.amazon.com', `${DOCUMENTS}/${reports[0]?.reportDocumentId}`);
    const url = new URL((JSON.parse(body.toString()) as Document).url);
    expect(url.protocol).toBe('https:');
    expect(url.host).toMatch(/\.amazonaws\.com$/);
    expect(gunzipSync(await byHost(url.host, `${url.pathname}${url.search}`, {})).toString()).toBe(SETTLEMENT_TEXT);
  });

  function byHost(
    host: string,
    path: string,
    headers: Record<string, string> = { 'x-amz-access-token': started.token },
  ): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      request({ port: started.simulator.port, host: '127.0.0.1', path, headers: { ...headers, host } }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => resolve(Buffer.concat(chunks)));
      })
        .on('error', reject)
        .end();
    });
  }
});

test.each([
  ['getReport', 15, (reportId: string) => `${REPORTS}/${reportId}`],
  ['getReportDocument', 15, (_: string, documentId: string) => `${DOCUMENTS}/${documentId}`],
])('%s has a burst of %d', async (_, burst, path) => {
  const { reports } = await started.json<Reports>(`${REPORTS}?reportTypes=${V2}`);
  const statuses: number[] = [];
  for (let call = 0; call <= burst; call += 1)
    statuses.push((await started.get(path(reports[0]?.reportId ?? '', reports[0]?.reportDocumentId ?? ''))).status);
  expect(statuses).toEqual([...Array.from({ length: burst }, () => 200), 429]);
});
