/** "Amounts are added in `src/domain` and nowhere else" (ARCHITECTURE.md), held by the compiler's own types. */
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import ts from 'typescript';
import { read, ROOT, sourceFiles } from './project.ts';

/** Elsewhere `bigint` counts other things: bytes and rows; and a client reads a number digit by digit. */
const NO_AMOUNTS = [
  'src/store/files/files.ts',
  'src/store/retention/purge-events.ts',
  'src/clients/amazon/read-payload.ts',
];
const ADDING = new Set([
  ts.SyntaxKind.PlusToken,
  ts.SyntaxKind.MinusToken,
  ts.SyntaxKind.PlusEqualsToken,
  ts.SyntaxKind.MinusEqualsToken,
]);

const outside = (path: string) => !/^src\/(domain|simulators|local)\//.test(path) && !NO_AMOUNTS.includes(path);

/** Places where two whole numbers of any size are added or subtracted. */
function additionsIn(checker: ts.TypeChecker, file: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (
      ts.isBinaryExpression(node) &&
      ADDING.has(node.operatorToken.kind) &&
      (checker.getTypeAtLocation(node.left).flags & ts.TypeFlags.BigIntLike) !== 0
    )
      found.push(node.getText());
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function compiled(files: readonly string[], host?: ts.CompilerHost): ts.Program {
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile).config,
    ts.sys,
    ROOT,
  );
  return ts.createProgram(files, { ...options, noEmit: true }, host);
}

describe('amounts are added in the domain and nowhere else', () => {
  test('by no code outside it', () => {
    const files = sourceFiles().filter((path) => outside(path) && path.endsWith('.ts'));
    const program = compiled(files.map((path) => join(ROOT, path)));
    const checker = program.getTypeChecker();
    expect(
      files.flatMap((path) =>
        additionsIn(checker, program.getSourceFile(join(ROOT, path))!).map((text) => `${path}: ${text}`),
      ),
    ).toEqual([]);
  });

  test('a sum is seen, whatever its terms are called', () => {
    const name = join(ROOT, 'src/store/seen-by-a-test.ts');
    const host = ts.createCompilerHost({});
    const { getSourceFile } = host;
    host.getSourceFile = (path, ...rest) =>
      path === name
        ? ts.createSourceFile(
            name,
            'type Row = { total: bigint }; export const left = (one: Row, paid: bigint) => one.total - paid;',
            ts.ScriptTarget.ES2022,
            true,
          )
        : getSourceFile(path, ...rest);
    const program = compiled([name], host);
    expect(additionsIn(program.getTypeChecker(), program.getSourceFile(name)!)).toEqual(['one.total - paid']);
  });

  /** SQL may add equal rows; it turns no sign, subtracts nothing, and spells no key or id. */
  test('SQL adds equal rows alone, and puts no key together', () => {
    const odd = /\b(?:then|else) -|\(-sum|\)\s*-\s*(?:coalesce|\(select|sum)|'AMZ_|'(?:order|payout):'|like '%\\_/i;
    expect(odd.test("sum(case kind when 'PAY' then amount else -amount end)")).toBe(true);
    expect(odd.test('coalesce(sum(a), 0)) - coalesce(sum(b), 0)')).toBe(true);
    expect(
      sourceFiles()
        .filter((path) => path.startsWith('src/store/') && !path.includes('/migrations/'))
        .filter((path) => odd.test(read(path))),
    ).toEqual([]);
  });
});
