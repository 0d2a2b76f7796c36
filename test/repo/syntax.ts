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
