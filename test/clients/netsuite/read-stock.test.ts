/** What of the reading of stock an account alone does not show: pages, and features that an account does not have. */
import { expect, test } from '@jest/globals';
import type { SuiteQlRow } from '../../../src/clients/netsuite/netsuite-client.ts';
import { NetSuiteFailure } from '../../../src/clients/netsuite/netsuite-failure.ts';
import { createStockReads } from '../../../src/clients/netsuite/read-stock.ts';
import type { MovementPage } from '../../../src/clients/netsuite/stock-reads.ts';

const AT = new Map([['11', 'FBA US']]);
const line = (id: string, number: number, changed = '2026-11-16 20:00:00'): SuiteQlRow => ({
  id,
  line: String(number),
  type: 'ItemShip',
  tranid: `IF${id}`,
  trandate: '2026-11-11',
  changed,
  item: 'BLU-MUG',
  location: '11',
  quantity: '-1',
});
const nothing = async () => [];

test('a document that begins on one page and ends on the next is handed on whole', async () => {
  const asked: string[][] = [];
  const pages = [
    [line('7', 1, '2026-11-16 21:00:00'), line('9', 1), line('9', 2)],
    [line('9', 3), line('12', 1, '2026-11-16 23:00:00')],
    [line('12', 2)],
  ];
  const reads = createStockReads(nothing, async (_query, params) => {
    asked.push([...params]);
    const rows = pages.shift()!;
    return { rows, hasMore: pages.length > 0 };
  });
  const seen: MovementPage[] = [];
  for await (const page of reads.movements(AT, { since: '2026-11-16 18:00:00' })) seen.push(page);
  expect(seen.map(({ movements }) => movements.map((one) => `${one.netsuiteId}/${one.line}`))).toEqual([
    ['7/1'],
    ['9/1', '9/2', '9/3'],
    ['12/1', '12/2'],
  ]);
  expect(seen.map(({ changed }) => changed)).toEqual([
    '2026-11-16 21:00:00',
    '2026-11-16 20:00:00',
    '2026-11-16 23:00:00',
  ]);
  // Location and instant, then the document, and document and line to go on after.
  const [first, ...more] = asked;
  expect(first!.slice(0, 4)).toEqual(['11', '2026-11-16 18:00:00', '0', '0']);
  expect(more).toEqual([
    ['11', '2026-11-16 18:00:00', '9', '9', '2'],
    ['11', '2026-11-16 18:00:00', '12', '12', '1'],
  ]);
});

test('items are asked without the columns of features that the account does not have, and looks for them once', async () => {
  const asked: string[] = [];
  const reads = createStockReads(
    async (query) => {
      asked.push(query);
      if (/islotitem|isserialitem|usebins|stockunit/.test(query))
        throw new NetSuiteFailure({ code: 'bug', where: 'POST /suiteql', what: 'not found', status: 400 });
      return [{ id: '501', itemid: 'BLU-MUG', itemtype: 'InvtPart', isinactive: 'F', price: '.5' }];
    },
    async () => ({ rows: [], hasMore: false }),
  );
  const [item] = await reads.items(['BLU-MUG'], AT);
  expect(item).toEqual({
    netsuiteId: '501',
    item: 'BLU-MUG',
    type: 'InvtPart',
    inactive: false,
    hasLots: false,
    hasSerialNumbers: false,
    inBins: false,
    inOtherUnit: false,
    lastPurchasePrice: '0.5',
    members: [],
  });
  expect(asked).toHaveLength(5);
  await reads.items(['BLU-MUG'], AT);
  expect(asked).toHaveLength(6);
});

test('a failure that passes is no missing feature', async () => {
  let failing = true;
  const reads = createStockReads(
    async (query) => {
      if (failing) throw new NetSuiteFailure({ code: 'unavailable', where: 'POST /suiteql', what: '503', status: 503 });
      return query.includes('FROM item i') ? [{ id: '1', itemid: 'JAM', itemtype: 'InvtPart', islotitem: 'T' }] : [];
    },
    async () => ({ rows: [], hasMore: false }),
  );
  await expect(reads.items(['JAM'], AT)).rejects.toThrow('503');
  failing = false;
  expect(await reads.items(['JAM'], AT)).toMatchObject([{ hasLots: true }]);
});
