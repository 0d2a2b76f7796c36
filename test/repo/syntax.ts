/** What the compiler's own parser sees in a source file. */
import ts from 'typescript';

export interface ImportSeen {
  to: string;
  onlyTypes: boolean;
}

/** Every import and re-export, those inside functions and inside types too. */
export function importsIn(text: string): ImportSeen[] {
  const found: ImportSeen[] = [];
  walk(text, (node) => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier))
      found.push({ to: node.moduleSpecifier.text, onlyTypes: typesOnly(node.importClause) });
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier))
      found.push({ to: node.moduleSpecifier.text, onlyTypes: node.isTypeOnly });
    else if (
      ts.isImportTypeNode(node) &&
      ts.isLiteralTypeNode(node.argument) &&
      ts.isStringLiteral(node.argument.literal)
    )
      found.push({ to: node.argument.literal.text, onlyTypes: true });
    else if (
      ts.isCallExpression(node) &&
      node.expression.kind === ts.SyntaxKind.ImportKeyword &&
      ts.isStringLiteral(node.arguments[0]!)
    )
      found.push({ to: node.arguments[0].text, onlyTypes: false });
  });
  return found;
}

export function saysAny(text: string): boolean {
  let found = false;
  walk(text, (node) => {
    found ||= node.kind === ts.SyntaxKind.AnyKeyword;
  });
  return found;
}

function typesOnly(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const names = clause.namedBindings;
  return (
    clause.name === undefined &&
    names !== undefined &&
    ts.isNamedImports(names) &&
    names.elements.length > 0 &&
    names.elements.every(({ isTypeOnly }) => isTypeOnly)
  );
}

function walk(text: string, see: (node: ts.Node) => void): void {
  const visit = (node: ts.Node): void => {
    see(node);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('file.ts', text, ts.ScriptTarget.ES2022, true));
}

/** Places where several of some words stand together as a set: a list, a union of types, comparisons joined by `or`, `in (…)` of SQL; and each `case` of one. */
export function setsIn(text: string, words: readonly string[]): string[] {
  const found: string[] = [];
  const isWord = (node: ts.Node): boolean =>
    (ts.isStringLiteral(node) && words.includes(node.text)) ||
    (ts.isLiteralTypeNode(node) && isWord(node.literal)) ||
    (ts.isBinaryExpression(node) && (isWord(node.left) || isWord(node.right)));
  const joined = (node: ts.Node): ts.Node[] =>
    ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.BarBarToken
      ? [...joined(node.left), ...joined(node.right)]
      : [node];
  walk(text, (node) => {
    const members = ts.isArrayLiteralExpression(node)
      ? node.elements
      : ts.isUnionTypeNode(node)
        ? node.types
        : joined(node);
    if (members.filter(isWord).length > 1) found.push(node.getText());
    if (ts.isCaseClause(node) && isWord(node.expression)) found.push(node.getText());
  });
  const inSql = new RegExp(`\\bin \\(('(${words.join('|')})'(, )?){2,}\\)`, 'g');
  return [...found, ...(text.match(inSql) ?? [])];
}
