import { isAlias, isMap, isScalar, isSeq, type Document, type LineCounter, type Node } from 'yaml';

export type ConfigPath = readonly PropertyKey[];

/** `connections[0].accounts.reserve-held` */
export function pathText(path: ConfigPath): string {
  return (
    path.reduce<string>(
      (text, step) => (typeof step === 'number' ? `${text}[${step}]` : `${text}${text ? '.' : ''}${String(step)}`),
      '',
    ) || 'the file'
  );
}

/** Line of a setting in the file; where it is missing, that of the nearest setting above it. */
export function lineOfPath(document: Document, lines: LineCounter, path: ConfigPath): number {
  let node: unknown = document.contents;
  let line = 1;
  const lineAt = (found: unknown): void => {
    const range = (found as Node | null)?.range;
    if (range) line = lines.linePos(range[0]).line;
  };
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => String(isScalar(key) ? key.value : key) === String(step));
      if (!pair) break;
      lineAt(pair.key);
      node = pair.value;
    } else if (isSeq(node) && typeof step === 'number' && step < node.items.length) {
      node = node.items[step];
      lineAt(node);
    } else break;
  }
  return line;
}
