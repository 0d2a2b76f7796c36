/** The table of document kinds is whole, and adding a kind or a posting mode touches the files that CONTRIBUTING.md names. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from '@jest/globals';
import {
  DOCUMENT_KINDS,
  kindOf,
  POSTED_RECORD_TYPES,
  PURPOSES,
  SALES_PURPOSES,
  SETTLING_PURPOSES,
} from '../../../src/domain/documents/document-kinds.ts';
import { externalIdOf, parseExternalId } from '../../../src/domain/identifiers/external-id.ts';
import { isRecordName } from '../../../src/simulators/netsuite/records/record-names.ts';
import { read, ROOT, sourceFiles } from '../../repo/project.ts';
import { setsIn } from '../../repo/syntax.ts';

const KINDS = 'src/domain/documents/document-kinds.ts';
const PLANS = 'src/domain/documents/document-plans.ts';
const MODES = 'src/domain/posting-modes/posting-modes.ts';

/** Steps of a recipe, each with the source files that it names. */
function recipe(title: string): string[][] {
  const text = read('CONTRIBUTING.md');
  const section = text
    .slice(text.indexOf(`\n## ${title}\n`))
    .slice(1)
    .split(/\n(?=## )/)[0]!;
  return [...section.matchAll(/^\d\. .*$/gm)].map(([step]) =>
    [...step.matchAll(/`(src\/[\w./-]*\w)\/?`/g)].map(([, path]) => path!),
  );
}

const SOURCES = sourceFiles().filter((path) => path.endsWith('.ts'));

/** What the compiler says about files, and what they import, with some written otherwise. */
function complaints(changed: Readonly<Record<string, string>>, files: readonly string[] = SOURCES): string[] {
  const { options } = ts.getParsedCommandLineOfConfigFile(
    join(ROOT, 'tsconfig.json'),
    {},
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: () => {},
    },
  )!;
  const host = ts.createCompilerHost(options);
  const { readFile } = host;
  host.readFile = (path) => changed[path.slice(ROOT.length + 1)] ?? readFile(path);
  const program = ts.createProgram(
    files.map((path) => join(ROOT, path)),
    options,
    host,
  );
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
}

describe('the table of document kinds', () => {
  test('has the purposes of the design, in letters that a key may hold', () => {
    expect([...PURPOSES].sort()).toEqual('ACR ADJ CHG CM CR CS DEP FTX IF INV IR JE OPN PAY RA RFD SO TRF'.split(' '));
  });

  test.each(PURPOSES)('%s: its key is read as it was written', (purpose) => {
    const key = { connection: 'demo-us', purpose, businessKey: '113-9028471-5520331-D1', part: 2 };
    expect(parseExternalId(externalIdOf(key))).toEqual(key);
  });

  test('names records of NetSuite, and calls no two kinds alike', () => {
    const records = Object.values(DOCUMENT_KINDS).flatMap(({ recordTypes }): readonly string[] => recordTypes);
    expect(records.filter((record) => !isRecordName(record))).toEqual([]);
    expect(new Set(PURPOSES.map((purpose) => kindOf(purpose).name)).size).toBe(PURPOSES.length);
  });

  test('finds no type of NetSuite under two kinds but journals, which are opening entries, tax and accruals too', () => {
    const types = PURPOSES.flatMap((purpose) => kindOf(purpose).suiteqlTypes);
    expect(types.filter((type, index) => types.indexOf(type) !== index)).toEqual(['Journal', 'Journal', 'Journal']);
  });

  test('compares what a kind has: units where lines have no amount, what is settled where there are documents to settle', () => {
    for (const purpose of PURPOSES) {
      const { compared, lines } = kindOf(purpose);
      expect([purpose, compared === 'units']).toEqual([purpose, lines.side === 'none']);
      expect([purpose, compared === 'settled']).toEqual([purpose, lines.sublist === 'apply']);
      expect([purpose, compared === 'lines']).toEqual([purpose, lines.sublist === 'line']);
    }
  });

  test('settles an invoice by a payment and a credit memo by a refund, each on the other side of receivable', () => {
    expect(SALES_PURPOSES.map((purpose) => [purpose, kindOf(purpose).settledBy])).toEqual([
      ['INV', 'PAY'],
      ['CM', 'RFD'],
    ]);
    expect(SETTLING_PURPOSES.map((purpose) => [purpose, kindOf(purpose).lines.side])).toEqual([
      ['PAY', 'credit'],
      ['RFD', 'debit'],
    ]);
  });

  test('lets a configuration name fields of what is posted, and of nothing else', () => {
    expect([...POSTED_RECORD_TYPES].sort()).toEqual([
      'check',
      'creditCardCharge',
      'creditMemo',
      'customerPayment',
      'customerRefund',
      'deposit',
      'inventoryAdjustment',
      'inventoryTransfer',
      'invoice',
      'itemFulfillment',
      'itemReceipt',
      'journalEntry',
      'returnAuthorization',
      'salesOrder',
    ]);
  });
});

describe('a new kind of document', () => {
  const steps = recipe('A new kind of document');

  test('takes four steps at most, whose files are there', () => {
    expect(steps).toHaveLength(4);
    expect(steps.map(([first]) => first)).toEqual([
      KINDS,
      PLANS,
      'src/domain/orders/dispatch.ts',
      'src/activities/posting/post-document.ts',
    ]);
    expect(steps.flat().filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  test('is asked for by the compiler in no other file, and neither is a new posting mode', () => {
    const row = `  NEW: {
    name: 'new', of: 'order', recordTypes: ['vendorBill'], suiteqlTypes: ['VendBill'],
    lines: { sublist: 'item', side: 'debit' }, compared: 'total', locks: 'general', plan: 'new',
  },
} as const satisfies Record<string, DocumentKind>;`;
    const kinds = read(KINDS).replace('} as const satisfies Record<string, DocumentKind>;', row);
    const plans = read(PLANS).replace(
      'interface DocumentPlans {',
      'interface DocumentPlans {\n  new: { memo: string };',
    );
    const modes = read(MODES).replace('  summary: {', "  other: { owned: 'refunds' },\n  summary: {");
    expect([kinds !== read(KINDS), plans !== read(PLANS), modes !== read(MODES)]).toEqual([true, true, true]);
    expect(complaints({ [KINDS]: kinds, [PLANS]: plans, [MODES]: modes })).toEqual([]);
    // A kind whose plan has no type is missed.
    expect(complaints({ [KINDS]: kinds }, [PLANS]).length).toBeGreaterThan(0);
  }, 120_000);

  test('is named in no list: sets of kinds are asked of the table, and what a mode makes of the mode', () => {
    expect(
      [
        "switch (purpose) { case 'JE': break; }",
        "const SOME = ['INV', 'CM'];",
        "type Some = 'PAY' | 'RFD';",
        "if (a.purpose === 'JE' || a.purpose === 'OPN') go();",
        "sql`select 1 where purpose in ('INV', 'CM')`",
        "const key = { purpose: 'JE' };",
      ].map((text) => setsIn(text, PURPOSES).length),
    ).toEqual([1, 1, 1, 1, 1, 0]);
    const asking = sourceFiles().filter((path) => !/^src\/(simulators|local|domain\/posting-modes)\//.test(path));
    expect(asking.flatMap((path) => setsIn(read(path), PURPOSES).map((set) => `${path}: ${set}`))).toEqual([]);
  });
});

test('a new posting mode is a file and a line', () => {
  const steps = recipe('A new posting mode');
  expect(steps.map(([first]) => first)).toEqual(['src/domain/posting-modes', MODES, undefined]);
  expect(steps.flat().filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});
