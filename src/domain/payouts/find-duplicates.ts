/** Documents that are there twice: two of one type whose memo begins alike (`{PURPOSE} {businessKey} {part}`), whatever their keys. */
export interface PostedHead {
  type: string;
  memo: string;
  externalId: string | null;
  id: string;
}
export interface Duplicate {
  type: string;
  businessKey: string;
  externalIds: string[];
}

export function findDuplicates(heads: readonly PostedHead[]): Duplicate[] {
  const byMemo = new Map<string, PostedHead[]>();
  for (const head of heads) {
    const start = /^[A-Z]{2,3} [A-Za-z0-9-]+ \d+(?= |$)/.exec(head.memo)?.[0];
    if (start === undefined) continue;
    const key = `${head.type}\t${start}`;
    byMemo.set(key, [...(byMemo.get(key) ?? []), head]);
  }
  return [...byMemo]
    .filter(([, group]) => group.length > 1)
    .map(([key, group]) => ({
      type: key.split('\t')[0]!,
      businessKey: key.split('\t')[1]!.split(' ')[1]!,
      externalIds: group.map((head) => head.externalId ?? `id ${head.id}`),
    }));
}
