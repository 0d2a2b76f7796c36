/** Commands that decide about stock, on a real Temporal over a store of its own: what they send, say and refuse. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ApplicationFailure } from '@temporalio/common';
import { DECISIONS, type DecisionResult } from '../../src/contracts/decisions/decisions.ts';
import { explainStockProblem } from '../../src/domain/exceptions/explain-stock-problem.ts';
import { renderCommand } from '../../src/domain/exceptions/render-remedy.ts';
import { identityOf, rowId } from '../../src/domain/stock/row-identity.ts';
import type { StockProblem } from '../../src/domain/stock/stock-plan.ts';
import { storeDecision } from '../../src/store/decisions/decisions.ts';
import { raise } from '../../src/store/exceptions/exceptions.ts';
import { insertLedgerRows } from '../../src/store/stock/ledger-rows.ts';
import { ledgerRow } from '../domain/stock/ledger-row.ts';
import { STOCK } from '../views/stock/stored-stock.ts';
import { openCommands, type CommandsOnWorkflows } from './commands-on-workflows.ts';
import { tieout, tieoutAt } from './tieout.ts';

const ROW = '2026-10-10|X1|BLU-MUG|Shipments|||PDX9|US|SELLABLE|-2#1';
const TAKEN: DecisionResult = { audit: 12, released: 0, choice: 'chosen', detail: 'what was decided' };
let commands: CommandsOnWorkflows;
let world: CommandsOnWorkflows['world'];
let workflows: CommandsOnWorkflows['workflows'];

beforeAll(async () => {
  commands = await openCommands({ stock: STOCK });
  ({ world, workflows } = commands);
}, 90_000);
afterAll(() => commands?.close());

const answers = (answer: typeof TAKEN | Error) =>
  workflows.answer(DECISIONS.idOf(workflows.connection), { decideStock: [answer] });
const WHY = ['--why', 'case 1234'];

describe('a decision about stock', () => {
  test.each<[string[], object]>([
    [
      ['map-movement', 'Adjustments', 'X', 'adjust'],
      { kind: 'mapMovement', eventType: 'Adjustments', reason: 'X', answer: 'adjust' },
    ],
    [
      ['map-movement', 'Odd Event', '', 'outside'],
      { kind: 'mapMovement', eventType: 'Odd Event', reason: '', answer: 'outside' },
    ],
    [
      ['answer-rows', ROW, 'other', '--role', 'inventory-loss'],
      { kind: 'answerRows', rows: [ROW, 'other'], role: 'inventory-loss' },
    ],
    [['explain-foreign', '4711', 'counter'], { kind: 'explainForeign', document: '4711', choice: 'counter' }],
    [
      ['explain-foreign', '4711', 'answers', '--rows', ROW, 'other'],
      { kind: 'explainForeign', document: '4711', choice: 'answers', rows: [ROW, 'other'] },
    ],
    [
      ['decide-inbound', 'FBA15DEMO1', 'BLU-MUG', 'take-from-source'],
      { kind: 'decideInbound', shipmentId: 'FBA15DEMO1', sku: 'BLU-MUG', choice: 'take-from-source' },
    ],
    [
      ['close-gap', 'us', 'BLU-MUG', 'unsellable', '-2'],
      { kind: 'closeGap', pool: 'us', item: 'BLU-MUG', place: 'unsellable', units: -2 },
    ],
    [['approve-opening', 'us'], { kind: 'approveOpening', pool: 'us' }],
    [['approve-opening', 'us', 'BLU-MUG', 'TEA'], { kind: 'approveOpening', pool: 'us', items: ['BLU-MUG', 'TEA'] }],
    [['approve-adjustment', 'AMZ_x'], { kind: 'approveAdjustment', document: 'AMZ_x' }],
  ])('%j is sent with who and why', async (argv, decision) => {
    const calls = answers(TAKEN);
    const { kind, ...said } = decision as { kind: string };
    const { exit, stdout, stderr } = await tieout(...argv, ...WHY);
    expect({ exit, stderr, stdout: stdout.split('\n') }).toEqual({
      exit: 0,
      stderr: '',
      stdout: [
        '✓ what was decided',
        '✓ decided by maria · audit 12',
        '… the next look at stock carries it out. Next: npx tieout exceptions',
        '',
      ],
    });
    expect(calls).toMatchObject([{ input: { decision: { kind, ...said, by: 'maria', why: 'case 1234' } } }]);
  });

  test('is one document with --json', async () => {
    answers(TAKEN);
    const { stdout } = await tieout('close-gap', 'us', 'BLU-MUG', 'sellable', '3', ...WHY, '--by', 'ben', '--json');
    expect(JSON.parse(stdout)).toEqual({
      kind: 'close-gap',
      connection: workflows.connection,
      pool: 'us',
      item: 'BLU-MUG',
      place: 'sellable',
      units: 3,
      by: 'ben',
      why: 'case 1234',
      audit: 12,
      choice: 'chosen',
      detail: 'what was decided',
      already: null,
      note: null,
      isPlanned: false,
    });
  });

  test('that leaves something out says so', async () => {
    const note = 'SKUs without an item are not in it: NEW-SKU (7 units).';
    answers({ ...TAKEN, note });
    expect((await tieout('approve-opening', 'us', ...WHY)).stdout).toBe(
      `✓ what was decided\n! ${note}\n✓ decided by maria · audit 12\n… the next look at stock carries it out. Next: npx tieout exceptions\n`,
    );
    answers({ ...TAKEN, note });
    expect(JSON.parse((await tieout('approve-opening', 'us', ...WHY, '--json')).stdout)).toMatchObject({ note });
  });

  test('that was taken before says by whom and when, and that nothing was changed', async () => {
    const already = { by: 'ben', at: '2026-10-20T18:02:00Z' };
    answers({ ...TAKEN, already });
    expect(await tieout('approve-opening', 'us', ...WHY)).toMatchObject({
      exit: 0,
      stdout:
        '✓ what was decided\n✓ decided already by ben on 20 Oct 2026 18:02Z: nothing was changed · audit 12\nNext: npx tieout exceptions\n',
    });
    answers({ ...TAKEN, already });
    expect(JSON.parse((await tieout('approve-opening', 'us', ...WHY, '--json')).stdout)).toMatchObject({ already });
  });

  test.each<[string[], ConstructorParameters<typeof ApplicationFailure>[1] & string, string]>([
    [['approve-opening', 'us'], 'STOCK_NOT_OPEN', 'npx tieout stock opening shows what is approved'],
    [['close-gap', 'us', 'A 1', 'sellable', '3'], 'STOCK_NOT_OPEN', 'npx tieout stock "A 1" shows its gap'],
    [['decide-inbound', 'FBA1', 'A', 'lost'], 'STOCK_UNKNOWN', 'npx tieout stock events A what was received'],
    [['map-movement', 'Adjustments', 'Z', 'adjust'], 'STOCK_UNKNOWN', 'npx tieout exceptions lists what is open'],
    [['answer-rows', 'a', '--role', 'inventory-loss'], 'STOCK_NOT_OPEN', 'npx tieout stock events SKU --ids'],
    [['explain-foreign', '4711', 'counter'], 'STOCK_UNKNOWN', 'npx tieout exceptions lists what is open'],
    [['approve-adjustment', 'AMZ_x'], 'DECISION_SHAPE', 'npx tieout approve-adjustment --help shows what it takes'],
  ])('%j that is refused names the next command', async (argv, type, command) => {
    answers(ApplicationFailure.nonRetryable('It cannot be.', type));
    const { stderr } = await tieout(...argv, ...WHY);
    expect(stderr.replace(/\s+/g, ' ')).toContain(command);
  });

  test('that is refused says why', async () => {
    answers(ApplicationFailure.nonRetryable('us has no pool eu.', 'STOCK_UNKNOWN'));
    const { exit, stdout, stderr } = await tieout('approve-opening', 'eu', ...WHY);
    expect({ exit, stdout }).toEqual({ exit: 1, stdout: '' });
    expect(stderr).toContain('us has no pool eu. Nothing was decided.');
    expect(stderr).toContain('[not-found]');
  });
});

describe('the command of an exception of stock is taken as it is printed', () => {
  const problem = (changes: Partial<StockProblem> & Pick<StockProblem, 'code' | 'key'>): StockProblem => ({
    pool: 'us',
    sku: null,
    item: 'BLU MUG',
    units: null,
    value: null,
    day: null,
    documents: [],
    what: 'it is',
    rows: [ROW],
    ...changes,
  });
  const rowOf = (reason: string) => rowId(identityOf(ledgerRow({ reason })), 1);
  test.each<[Parameters<typeof problem>[0], object]>([
    [
      { code: 'receipt-unknown', key: ' $1 MUG', sku: '$1 MUG' },
      { kind: 'decideInbound', shipmentId: '', sku: '$1 MUG', choice: 'take-from-source' },
    ],
    [
      { code: 'inbound-short', key: 'FBA1 A', sku: 'A' },
      { kind: 'decideInbound', shipmentId: 'FBA1', sku: 'A', choice: 'wait' },
    ],
    [
      { code: 'inbound-over', key: "FBA1 O'A", sku: "O'A" },
      { kind: 'decideInbound', shipmentId: 'FBA1', sku: "O'A", choice: 'take-from-source' },
    ],
    [
      { code: 'ledger-unknown', key: 'Adjustments X', rows: [rowOf('X')] },
      { kind: 'mapMovement', eventType: 'Adjustments', reason: 'X', answer: 'adjust' },
    ],
    [
      { code: 'ledger-unknown', key: 'Adjustments 4', rows: [rowOf('4')] },
      { kind: 'mapMovement', eventType: 'Adjustments', reason: '4', answer: 'adjust' },
    ],
    [
      { code: 'ledger-gap', key: 'us BLU MUG unsellable', units: -2 },
      { kind: 'closeGap', pool: 'us', item: 'BLU MUG', place: 'unsellable', units: -2 },
    ],
    [
      { code: 'movement-foreign', key: '4711' },
      { kind: 'explainForeign', document: '4711', choice: 'counter' },
    ],
    [
      { code: 'fulfilment-unseen', key: '4711:2' },
      { kind: 'explainForeign', document: '4711', choice: 'counter' },
    ],
    [
      { code: 'adjustment-large', key: 'AMZ_x', documents: ['AMZ_x'] },
      { kind: 'approveAdjustment', document: 'AMZ_x' },
    ],
    [
      { code: 'shipment-unbooked', key: 'us BLU MUG' },
      { kind: 'answerRows', rows: [ROW], role: 'inventory-loss' },
    ],
    [
      { code: 'receipt-not-restocked', key: 'AMZ_x', documents: ['AMZ_x'] },
      { kind: 'answerRows', rows: [ROW], role: 'cogs-returns' },
    ],
  ])('$code of $key', async (changes, decision) => {
    const { remedy } = explainStockProblem(problem(changes), { currency: 'USD', today: '2026-10-20' });
    const calls = answers(TAKEN);
    const [program, name, ...words] = inShell(renderCommand(remedy)!.replace(' ROLE ', ' inventory-loss '));
    expect([program, name]).toEqual(['npx', 'tieout']);
    expect(await tieout(...words)).toMatchObject({ exit: 0, stderr: '' });
    expect(calls).toMatchObject([{ input: { decision } }]);
  });

  /** As bash takes it apart. */
  const inShell = (command: string): string[] =>
    execFileSync('bash', ['-c', `printf '%s\\0' ${command}`], { encoding: 'utf8' })
      .split('\0')
      .slice(0, -1);
});

describe('a SKU that was another item', () => {
  const MOVED =
    '… what Amazon has of OLD-SKU when 3 Oct 2026 ends moves in the books from MUG to CUP (ADJ us-20261003-map); how much that is, its summary will tell';
  const say = () =>
    workflows.answer(DECISIONS.idOf(workflows.connection), {
      checkItem: [{ id: '813', itemId: 'CUP', problem: null }],
      decideSku: [{ audit: 12, released: 0, choice: 'CUP' }],
    });
  beforeAll(async () => {
    for (const [choice, at] of [
      ['MUG', '2026-10-02T18:00:00Z'],
      ['CUP', '2026-10-03T18:00:00Z'],
    ] as const)
      await storeDecision(
        world.store.db,
        workflows.connection,
        { kind: 'sku', key: 'OLD-SKU', spelled: 'OLD-SKU', choice, by: 'maria', why: null },
        at,
      );
  });

  test('is mapped with the word that its stock moves', async () => {
    say();
    const { exit, stdout } = await tieoutAt(110, 'map-sku', 'OLD-SKU', 'CUP', '--why', 'moved');
    expect(exit).toBe(0);
    expect(
      stdout
        .replace(/\n {2}/g, ' ')
        .split('\n')
        .slice(1, 3),
    ).toEqual(['✓ mapped by maria · audit 12', MOVED]);
    say();
    expect(JSON.parse((await tieout('map-sku', 'OLD-SKU', 'CUP', '--why', 'moved', '--json')).stdout)).toMatchObject({
      stock: { day: '2026-10-03', from: [{ item: 'MUG', perSku: 1 }], to: [{ item: 'CUP', perSku: 1 }], held: [] },
    });
  });

  test('so is one of a file', async () => {
    say();
    const file = join(world.folder, 'skus.json');
    writeFileSync(file, JSON.stringify([{ kind: 'sku', key: 'OLD-SKU', choice: 'CUP' }]));
    expect(
      (await tieoutAt(110, 'map-sku', '--file', file)).stdout
        .replace(/\n {2}/g, ' ')
        .trimEnd()
        .split('\n'),
    ).toEqual(['✓ SKU OLD-SKU → CUP · decided by maria · audit 12 · released 0', MOVED]);
  });
});

test('rows are named all together by the number of their exception', async () => {
  const number = await raise(
    world.store.db,
    workflows.connection,
    {
      code: 'shipment-unbooked',
      key: 'us BLU-MUG',
      subject: { kind: 'item', id: 'BLU-MUG' },
      evidence: { what: 'Amazon shipped them', atStake: null, currency: null },
      remedy: { kind: 'answer-rows', first: 'Look', rows: [ROW, 'other'], role: null },
    },
    '2026-10-20T00:00:00Z',
  );
  const calls = answers(TAKEN);
  expect(await tieout('answer-rows', String(number), '--role', 'cogs-returns', ...WHY)).toMatchObject({ exit: 0 });
  expect(calls).toMatchObject([{ input: { decision: { rows: [ROW, 'other'], role: 'cogs-returns' } } }]);
  const { stdout } = await tieout('exceptions', String(number));
  expect(stdout.replace(/\s+/g, ' ')).toContain(`npx tieout answer-rows ${number} --role ROLE --why "…"`);
});

test.each<[string[], string]>([
  [['map-movement', 'Adjustments', 'X', 'book', ...WHY], 'Allowed choices are adjust, pair, outside'],
  [['map-movement', 'Adjustments', 'X', 'adjust'], 'Rows of the ledger are answered by hand only with a reason.'],
  [['answer-rows', ROW, '--role', 'inventory-los', ...WHY], 'did you mean inventory-loss?'],
  [['answer-rows', ROW, '--role', 'clearing', ...WHY], 'clearing is no choice for stock'],
  [['answer-rows', '4711', '--role', 'inventory-loss', ...WHY], 'There is no exception 4711.'],
  [['explain-foreign', '4711', 'answers', ...WHY], 'A movement answers rows that are named.'],
  [['explain-foreign', '4711', 'counter', '--rows', ROW, ...WHY], 'A movement that is countered answers no rows.'],
  [['decide-inbound', 'FBA1', 'A', 'gone', ...WHY], 'Allowed choices are wait, lost, returned'],
  [['close-gap', 'us', 'A', 'sellable', '0', ...WHY], 'A whole number other than 0 is expected'],
  [['close-gap', 'us', 'A', 'sellable', '-2'], 'A gap is closed only with a reason.'],
  [['approve-opening', 'us', '--why', ' '], 'An opening is approved only with a reason.'],
  [['approve-adjustment', 'AMZ_x'], 'An adjustment is approved only with a reason.'],
])('%j is refused before anything is sent', async (argv, words) => {
  const calls = answers(TAKEN);
  const { exit, stdout, stderr } = await tieout(...argv);
  expect({ stdout, calls }).toEqual({ stdout: '', calls: [] });
  expect([1, 64]).toContain(exit);
  expect(stderr.replace(/\s+/g, ' ').toLowerCase()).toContain(words.toLowerCase());
});

test('tieout stock events shows the ids by which rows are named, whole', async () => {
  const alike = [1, 2].map((number) => {
    const row = ledgerRow({ sku: 'BLU-MUG' });
    return { ...row, id: rowId(identityOf(row), number) };
  });
  await insertLedgerRows(
    world.store.db,
    workflows.connection,
    alike.map((row) => ({
      ...row,
      pool: 'us',
      origin: 'ledger',
      seen: '2026-10-12T00:00:00Z',
      takenBack: null,
      opposes: null,
      own: null,
    })),
  );
  const ids = alike.map(({ id }) => id);
  expect(JSON.parse((await tieout('stock', 'events', 'BLU-MUG', '--json')).stdout)).toMatchObject([{ rows: 2, ids }]);
  expect((await tieoutAt(60, 'stock', 'events', 'BLU-MUG', '--ids')).stdout.trimEnd().split('\n').slice(-2)).toEqual(
    ids,
  );
});
