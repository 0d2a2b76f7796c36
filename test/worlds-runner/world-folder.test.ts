import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { account, refund, report, sale } from '../end-to-end/report.ts';
import { tweakedWorld } from './tweaked-world.ts';
import { readWorldFolder, WorldUnreadable } from './world-folder.ts';
import { worldsIn } from './run-worlds.ts';

const parent = mkdtempSync(join(tmpdir(), 'tieout-folders-'));
afterAll(() => rmSync(parent, { recursive: true, force: true }));

const HEAD = {
  id: '27600000001',
  start: '2026-10-01T07:00:00Z',
  end: '2026-10-15T07:00:00Z',
  deposit: '2026-10-17T07:00:00Z',
  total: '15.00',
};
const of = { order: '114-0000001-0000001', item: '90001', sku: 'SKU-A', quantity: 1 };
const FIRST = report(HEAD, [
  ...sale({ ...of, shipment: 'D1', at: '2026-10-05T16:00:00Z' }, [['ItemPrice', 'Principal', '25.00']]),
  ...refund({ ...of, at: '2026-10-09T16:00:00Z' }, [['ItemPrice', 'Principal', '-10.00']]),
]).bytes;
const AGAIN = report({ ...HEAD, total: '14.00' }, [
  ...sale({ ...of, shipment: 'D1', at: '2026-10-05T16:00:00Z' }, [['ItemPrice', 'Principal', '25.00']]),
  ...refund({ ...of, at: '2026-10-09T16:00:00Z' }, [['ItemPrice', 'Principal', '-10.00']]),
  account('Storage Fee', '-1.00', '2026-10-10T08:00:00Z'),
]).bytes;

let folders = 0;
function folder(files: Record<string, string | Uint8Array>): string {
  const path = join(parent, String((folders += 1)));
  mkdirSync(path);
  for (const [name, content] of Object.entries({
    '1-27600000001.txt': FIRST,
    'expected.json': '{"exit": 0}',
    ...files,
  }))
    if (content !== '') writeFileSync(join(path, name), content);
  return path;
}
function refusal(files: Record<string, string | Uint8Array>): string {
  try {
    tweakedWorld(readWorldFolder(folder(files)));
  } catch (error) {
    if (error instanceof WorldUnreadable) return error.message;
    throw error;
  }
  return 'nothing was refused';
}
const tweaked = (tweak: object, files: Record<string, string | Uint8Array> = {}) =>
  tweakedWorld(readWorldFolder(folder({ 'tweak.json': JSON.stringify(tweak), ...files })));

describe('a folder that cannot be read is refused with file and field', () => {
  test.each<[string, Record<string, string | Uint8Array>, RegExp]>([
    ['no settlement', { '1-27600000001.txt': '' }, /^there is no settlement, a file named 1-….txt$/],
    ['no expectation', { 'expected.json': '' }, /^expected\.json: it is missing$/],
    ['an expectation that can hold nothing against anybody', { 'expected.json': '{}' }, /^expected\.json, exit: /],
    ['JSON that breaks off', { 'expected.json': '{"exit": 0' }, /^expected\.json: .*JSON/],
    ['an unknown field', { 'expected.json': '{"exit": 0, "balance": {}}' }, /^expected\.json: .*balance/],
    [
      'an unknown field for when nobody decides',
      { 'expected.json': '{"exit": 0, "withoutDecisions": {"exit": 3, "ties": {}}}' },
      /^expected\.json, withoutDecisions: .*ties/,
    ],
    [
      'an amount that is none',
      { 'expected.json': '{"exit": 0, "balances": {"bank": 12}}' },
      /^expected\.json, balances\.bank: /,
    ],
    [
      'an unknown purpose',
      { 'expected.json': '{"exit": 0, "documents": {"INVOICE": {}}}' },
      /^expected\.json, documents.*INVOICE/,
    ],
    ['an unknown tweak', { 'tweak.json': '{"closedMonths": []}' }, /^tweak\.json: .*closedMonths/],
    ['a month that is none', { 'tweak.json': '{"closed": ["October"]}' }, /^tweak\.json, closed\.0: is not a month/],
    [
      'a decision without its fields',
      { 'decisions.json': '[{"kind": "openChain"}]' },
      /^decisions\.json, decision 1, settlementId: /,
    ],
    ['a file that nobody would read', { 'decision.json': '[]' }, /^decision\.json: no file of a world has this name/],
    [
      'a settlement that is none',
      { '1-27600000001.txt': 'settled\n' },
      /^1-27600000001\.txt: .*not a settlement report$/,
    ],
    [
      'one settlement in two files',
      { '2-27600000001.txt': AGAIN },
      /^2-27600000001\.txt: settlement 27600000001 stands in a file before it; tweak\.json, reissue/,
    ],
    [
      'a re-issue of a file that is not there',
      { 'tweak.json': '{"reissue": {"27600000001": "2-again.txt", "at": "2026-10-20T08:00:00Z"}}' },
      /^tweak\.json, reissue\.27600000001: there is no settlement file 2-again\.txt$/,
    ],
    [
      'a transfer of a settlement that is not there',
      { 'tweak.json': '{"groupStatus": {"1": "Failed"}}' },
      /^tweak\.json, groupStatus\.1: this world has no settlement 1$/,
    ],
    [
      'a transfer that fails, of no settlement',
      { 'tweak.json': '{"groupFailedAt": "2026-10-20T08:00:00Z"}' },
      /^tweak\.json, groupFailedAt: needs groupStatus/,
    ],
    [
      'a late refund of an order without one',
      { 'tweak.json': '{"lateRefunds": {"1": 5}}' },
      /^tweak\.json, lateRefunds\.1: this world has no refund of 1$/,
    ],
  ])('%s', (_, files, words) => {
    expect(refusal(files)).toMatch(words);
  });
});

describe('a tweak changes the world', () => {
  test('a report that is issued again comes at its time, with its own bytes', () => {
    const { world, totals } = tweaked(
      { reissue: { '27600000001': '2-again.txt', at: '2026-10-20T08:00:00Z' } },
      { '2-again.txt': AGAIN },
    );
    expect(world.settlements.map(({ publishedAt, bytes }) => [publishedAt, bytes.length])).toEqual([
      ['2026-10-15T07:25:00Z', FIRST.length],
      ['2026-10-20T08:00:00Z', AGAIN.length],
    ]);
    expect(totals.map(({ total }) => total)).toEqual(['15.00', '14.00']);
  });
  test('a transfer is what Amazon says of it, until it takes that back', () => {
    const { world } = tweaked({ groupStatus: { '27600000001': 'Successful' }, groupFailedAt: '2026-10-20T08:00:00Z' });
    expect(world.settlements[0]!.group.transfers).toEqual([
      { at: HEAD.end, status: 'Processing' },
      { at: HEAD.deposit, status: 'Successful' },
      { at: '2026-10-20T08:00:00Z', status: 'Failed' },
    ]);
  });
  test('refunds come later and shipments left earlier', () => {
    const { world } = tweaked({
      lateRefunds: { '114-0000001-0000001': 24 },
      shippedEarlierHours: { '114-0000001-0000001': 48 },
    });
    expect(world.refunds.map(({ postedAt, publishedAt }) => [postedAt, publishedAt])).toEqual([
      ['2026-10-09T16:00:00Z', '2026-10-10T17:00:00Z'],
    ]);
    expect(world.shipments.map(({ shippedAt, publishedAt }) => [shippedAt, publishedAt])).toEqual([
      ['2026-10-03T16:00:00Z', '2026-10-03T17:00:00Z'],
    ]);
    expect(world.orders.flatMap(({ history }) => history.map(({ at }) => at))).toEqual([
      '2026-10-02T16:00:00Z',
      '2026-10-03T16:00:00Z',
    ]);
  });
  test('months are closed, settings replace those that they name', () => {
    const { seed, settings } = tweaked({
      closed: ['2026-10'],
      settings: { multiChannel: 'other', accounts: { storage: '6140' } },
    });
    const periods = { from: '2026-07', to: '2027-01', closed: [], locked: [] };
    expect(seed({ periods } as unknown as Parameters<typeof seed>[0]).periods.closed).toEqual(['2026-10']);
    expect(settings).toMatchObject({ multiChannel: 'other', accounts: { storage: '6140', receivable: '1100' } });
  });
  test('a bank statement takes the place of the lines that are invented', () => {
    expect(tweaked({}).world.bankLines).toHaveLength(1);
    const { world } = tweaked({}, { 'bank.csv': 'date,amount,currency,description,transaction-id\n' });
    expect(world.bankLines).toEqual([]);
    expect(world.goesOnUntil).toBe('2026-10-31T07:00:00Z');
  });
});

test('worlds are named in full or by how they begin; one that is not there is a folder that is not there', () => {
  const dir = mkdtempSync(join(parent, 'named-'));
  for (const name of ['07-returned', '07b-twice', '12-equal', '12-split']) mkdirSync(join(dir, name));
  expect(worldsIn(dir, [])).toHaveLength(4);
  expect(worldsIn(dir, ['07', '07b-twice', '12', '99'])).toEqual(
    ['07-returned', '07b-twice', '12', '99'].map((name) => join(dir, name)),
  );
});
