/**
 * Reports of stock that are not as they should be: a row that cannot be read, a column that nobody knows, a report that Amazon
 * cancels. Worked out by hand from the design of stock:
 *
 * | SKU | Amazon | what the ledger's file says | becomes |
 * |---|---|---|---|
 * | GOOD | −1 on 5 Oct | the row, beside a column `Colour` until 10 Oct | `drift` until then; an adjustment after grace, since its day does not agree |
 * | BAD | −1 on 5 Oct | until 10 Oct `one` where its units stand | `input-unreadable`, a gap; then the next part |
 * | LATER | −1 on 7 Oct | the row | an adjustment of a day that agrees |
 * | SECOND | −1 on 10 Oct | cancelled that evening, whole the day after | nothing is taken away or added; then an adjustment |
 */
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import type { StockEvent, WorldStock } from '../../src/simulators/amazon/stock/world-stock.ts';
import { report, sale } from './report.ts';
import { approveOpening, differing, goOnTo, openCodes, product, stockDocuments } from './stock-in-netsuite.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const REPORT = report(
  {
    id: '28300000002',
    start: '2026-10-01T07:00:00Z',
    end: '2026-10-22T07:00:00Z',
    deposit: '2026-10-24T07:00:00Z',
    total: '10.00',
  },
  sale(
    {
      order: '116-7600001-0000001',
      shipment: 'Ds',
      at: '2026-10-03T17:00:00Z',
      item: '9890001',
      sku: 'GOOD',
      quantity: 1,
    },
    [['ItemPrice', 'Principal', '10.00']],
  ),
);
const SKUS = ['GOOD', 'BAD', 'LATER', 'SECOND'];
const lost = (sku: string, at: string): StockEvent => ({
  at: `2026-10-${at}:00:00Z`,
  type: 'adjust',
  sku,
  units: -1,
  reason: 'M',
});
const STOCK: WorldStock = {
  opened: '2026-09-30',
  opening: SKUS.map((sku) => ({ sku, fnsku: `X0${sku}`, country: 'US', centre: 'PDX9', units: 10 })),
  events: [lost('GOOD', '05T18'), lost('BAD', '05T18'), lost('LATER', '07T19'), lost('SECOND', '10T17')],
};

/** Amazon as it is, but for the ledger's file while `spoils`. */
let spoils = true;
let amazon = '';
let between: Server;
let world: WorldUnderTest;

function spoilt(file: string): string {
  if (!spoils || !file.includes('"Event Type"')) return file;
  const [head, ...rows] = file.trimEnd().split('\n');
  const written = rows.map(
    (row) => `${row.includes('\t"BAD"\t') ? row.replace('\t"-1"\t', '\t"one"\t') : row}\t"blue"`,
  );
  return [`${head}\t"Colour"`, ...written, ''].join('\n');
}

const ownAddress = () => `http://127.0.0.1:${(between.address() as AddressInfo).port}`;

function startBetween(): Promise<string> {
  between = createServer((from, to) => {
    const { method, url, headers } = from;
    const asked = request(`${amazon}${url}`, { method, headers }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => {
        let body = Buffer.concat(parts);
        const isGzip = body[0] === 0x1f && body[1] === 0x8b;
        const text = (isGzip ? gunzipSync(body) : body).toString('utf8');
        const written = spoilt(text).replaceAll(amazon, ownAddress());
        if (written !== text) body = isGzip ? gzipSync(written) : Buffer.from(written);
        to.writeHead(answer.statusCode!, { ...answer.headers, 'content-length': String(body.length) });
        to.end(body);
      });
    });
    from.pipe(asked);
  });
  return new Promise((resolve) => between.listen(0, '127.0.0.1', () => resolve(ownAddress())));
}

beforeAll(async () => {
  const endpoint = await startBetween();
  world = await openWorld({
    rateTimes: 60,
    world: {
      ...worldFromSettlements([REPORT]),
      catalogue: SKUS.map((sku) => product(sku)),
      stock: STOCK,
      goesOnUntil: '2026-10-20T00:00:00Z',
    },
    settings: { amazon: { region: 'na', endpoint } },
  });
  amazon = world.amazonUrl;
  await approveOpening(world);
  await goOnTo(world, '2026-10-09T18:00:00Z');
}, 240_000);
afterAll(async () => {
  await world?.close();
  between?.close();
});

const DRIFT = 'drift inventory ledger: unknown column colour';
const GOOD = '2026-10-05 ADJ us-20261005-inventory-loss: FBA US GOOD -1';
const BAD = '2026-10-05 ADJ us-20261005-inventory-loss part 2: FBA US BAD -1';
const LATER = '2026-10-07 ADJ us-20261007-inventory-loss: FBA US LATER -1';

test('a row that cannot be read and a column that nobody knows are named, and the rest goes on', async () => {
  expect(await openCodes(world)).toEqual([DRIFT, 'input-unreadable GET_LEDGER_DETAIL_VIEW_DATA']);
  expect(await stockDocuments(world)).toEqual([GOOD, LATER]);
  expect(await differing(world)).toEqual(['us BAD sellable 9 10 gap -1']);
});

test('the next report in which the row can be read ends it, and the one without the column the drift', async () => {
  spoils = false;
  await goOnTo(world, '2026-10-10T15:00:00Z');
  expect(await openCodes(world)).toEqual([]);
  expect(await stockDocuments(world)).toEqual([GOOD, BAD, LATER]);
  expect(await differing(world)).toEqual([]);
});

test('a report that Amazon cancels is no empty day, and is asked for again', async () => {
  const answer = await fetch(`${amazon}/admin/stock/switches`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ cancelledWithin: 24 * 60 }),
  });
  expect(answer.ok).toBe(true);
  const rows = async () =>
    (await world.store.db.selectFrom('ledger_rows').select(['sku', 'taken_back']).orderBy('sku').execute()).map(
      ({ sku, taken_back: takenBack }) => `${sku}${takenBack === null ? '' : ' taken back'}`,
    );
  await goOnTo(world, '2026-10-10T19:00:00Z');
  expect(await rows()).toEqual(['BAD', 'GOOD', 'GOOD', 'LATER']);
  await goOnTo(world, '2026-10-15T19:00:00Z');
  expect(await rows()).toEqual(['BAD', 'GOOD', 'GOOD', 'LATER', 'SECOND']);
  expect(await stockDocuments(world)).toEqual([
    GOOD,
    BAD,
    LATER,
    '2026-10-10 ADJ us-20261010-inventory-loss: FBA US SECOND -1',
  ]);
  expect(await openCodes(world)).toEqual([]);
  expect(await differing(world)).toEqual([]);
});
