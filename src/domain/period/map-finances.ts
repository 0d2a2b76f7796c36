/** What a part of a transaction of Finances means: by its type and the path of its breakdown, never by a guess. */
import { foldText } from '../settlement/fold-key.ts';
import type { Role } from '../mapping/roles.ts';
import { FINANCES_MAP, type FinancesRule } from './finances-map.ts';

export interface MappedRole {
  role: Role;
  /** What decided, for people: `Shipment / AmazonFees/Commission/…`, or that the connection decided. */
  rule: string;
}

/** A decision of a connection (`mapFinances`): this path of this type, or with `…/` at its end all below it too, has this role. */
export interface FinancesDecision {
  transactionType: string;
  path: string;
  role: Role;
}

/** Build with {@link financesDecisions}. */
export interface FinancesDecisions {
  exact: ReadonlyMap<string, MappedRole>;
  below: ReadonlyMap<string, MappedRole>;
}

export const NO_FINANCES_DECISIONS: FinancesDecisions = { exact: new Map(), below: new Map() };

/** The later decision about a path counts. */
export function financesDecisions(decisions: Iterable<FinancesDecision>): FinancesDecisions {
  const made = { exact: new Map<string, MappedRole>(), below: new Map<string, MappedRole>() };
  for (const { transactionType, path, role } of decisions)
    put(made, transactionType, path, { role, rule: `decision of the connection for ${transactionType} / ${path}` });
  return made;
}

/**
 * The role of a part, or null where nobody knows it. What the connection decided comes first; then the list. A rule for the
 * path itself serves before one for a name above it, and of those the longest. Case, blanks, `_` and `-` do not count, nor do
 * the groups `Sales` and `Expenses`.
 */
export function roleOfPart(type: string, path: string, decided: FinancesDecisions): MappedRole | null {
  const names = namesOf(path);
  return roleIn(decided, type, names) ?? roleIn(KNOWN, type, names);
}

/** A decision's key: two about the same type and path have the same one. */
export function financesKey({ transactionType, path }: Pick<FinancesDecision, 'transactionType' | 'path'>): string {
  const isBelow = path.endsWith(BELOW);
  return `${keyOf(transactionType, namesOf(isBelow ? path.slice(0, -BELOW.length) : path))}${isBelow ? BELOW : ''}`;
}

/** Whether a decision is about a part of a transaction. */
export function isDecidedBy(decision: FinancesDecision, type: string, path: string): boolean {
  return roleIn(financesDecisions([decision]), type, namesOf(path)) !== null;
}

/** What stands over all others in a transaction's own tree, and says nothing more. */
const GROUPS = ['sales', 'expenses', 'refundedsales', 'refundedexpenses'];
/** At the end of a path: the name before it, and all below that. */
const BELOW = '/…';

function namesOf(path: string): string[] {
  const names = path.split('/').map(foldText);
  return names.length > 1 && GROUPS.includes(names[0]!) ? names.slice(1) : names;
}

const keyOf = (type: string, names: readonly string[]): string => `${foldText(type)}\t${names.join('/')}`;

function roleIn({ exact, below }: FinancesDecisions, type: string, names: readonly string[]): MappedRole | null {
  const named = exact.get(keyOf(type, names));
  if (named !== undefined) return named;
  for (let length = names.length; length > 0; length -= 1) {
    const found = below.get(keyOf(type, names.slice(0, length)));
    if (found !== undefined) return found;
  }
  return null;
}

interface Compiled {
  exact: Map<string, MappedRole>;
  below: Map<string, MappedRole>;
}

function put({ exact, below }: Compiled, type: string, path: string, mapped: MappedRole): void {
  const isBelow = path.endsWith(BELOW);
  const key = keyOf(type, namesOf(isBelow ? path.slice(0, -BELOW.length) : path));
  (isBelow ? below : exact).set(key, mapped);
}

const KNOWN = compile(FINANCES_MAP);

function compile(rules: readonly FinancesRule[]): Compiled {
  const compiled: Compiled = { exact: new Map(), below: new Map() };
  for (const { types, paths, role } of rules)
    for (const type of types)
      for (const path of paths) {
        const once: Compiled = { exact: new Map(), below: new Map() };
        put(once, type, path, { role, rule: `${type} / ${path}` });
        for (const kind of ['exact', 'below'] as const)
          for (const [key, mapped] of once[kind]) {
            const other = compiled[kind].get(key);
            if (other !== undefined && other.role !== role)
              throw new Error(`bug: the list of Finances gives "${type} / ${path}" two roles`);
            compiled[kind].set(key, mapped);
          }
      }
  return compiled;
}
