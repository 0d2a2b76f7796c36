import type { AmountKey } from '../settlement/settlement.ts';
import { AMOUNT_MAP } from './amount-map.ts';
import type { AmountRule } from './amount-map/amount-rule.ts';
import { Beginnings, isBeginning } from './beginnings.ts';
import { explainUnowned, isChosenRole } from './chosen-role.ts';
import { foldKey, keyText } from '../settlement/fold-key.ts';
import { isRole, type Role } from './roles.ts';

/**
 * A decision of a connection: this key, in any spelling, has this role; or it is a new spelling of a key that the map
 * knows (`sameAs`), and is all that that one is. Amount type or description may end in `…`: then it holds for every key
 * that begins so.
 */
export type AmountOverride = AmountKey & ({ role: Role; sameAs?: null } | { role?: Role; sameAs: AmountKey });
type Meaning = { role: Role } | { sameAs: AmountKey };

/** Build with {@link amountOverrides}. */
export interface AmountOverrides {
  exact: ReadonlyMap<string, Meaning>;
  beginnings: Pick<Beginnings<Meaning>, 'find'>;
}

export const NO_OVERRIDES: AmountOverrides = { exact: new Map(), beginnings: new Beginnings() };

/**
 * The later decision about a key counts. One for a role that no person may choose is left out (it was taken before that
 * was refused): its key waits for a better answer.
 */
export function amountOverrides(decisions: Iterable<AmountOverride>): AmountOverrides {
  const exact = new Map<string, Meaning>();
  const beginnings = new Beginnings<Meaning>();
  for (const decision of decisions) {
    const meaning = decision.sameAs ? { sameAs: decision.sameAs } : { role: decision.role };
    if ('role' in meaning && !isChosenRole(meaning.role)) continue;
    if (isBeginning(decision)) beginnings.put(decision, meaning);
    else exact.set(foldKey(decision), meaning);
  }
  return { exact, beginnings };
}

/** Own answers of a configuration, then the decisions of people, as they are stored. */
export function overridesOf(
  configured: readonly { key: readonly [string, string, string]; role: Role }[],
  decided: readonly { spelled: string; choice: string; sameAs: readonly [string, string, string] | null }[] = [],
): AmountOverrides {
  const own = configured.map(({ key, role }): AmountOverride => ({ ...amountKey(key), role }));
  const taken = decided.flatMap(({ spelled, choice, sameAs }): AmountOverride[] => {
    const named = amountKey(JSON.parse(spelled) as [string, string, string]);
    if (sameAs !== null) return [{ ...named, sameAs: amountKey(sameAs) }];
    return isRole(choice) ? [{ ...named, role: choice }] : [];
  });
  return amountOverrides([...own, ...taken]);
}

export function amountKey([transactionType, amountType, amountDescription]: readonly [
  string,
  string,
  string,
]): AmountKey {
  return { transactionType, amountType, amountDescription };
}

export interface Classification {
  role: Role;
  /** What decided, for people: `ItemFees / Commission`, or that the connection decided. */
  rule: string;
  /** The key whose mechanics the row has: its own, or the known one that it is a new spelling of. */
  known: AmountKey;
}

interface CompiledRules {
  exact: ReadonlyMap<string, AmountRule>;
  beginnings: Beginnings<AmountRule>;
  any: ReadonlyMap<string, AmountRule>;
}

const RULES = compile(AMOUNT_MAP);

/**
 * Meaning of an amount key, or null when it is unknown: no rule names it, or the map says that a person must be
 * asked. The connection's own decisions come first, those that name the key before those that name its beginning; then
 * the map: rules that name the key, then those that name the beginning of its amount type or description, then "any
 * description of this amount type". Of several beginnings the longest serves. Spelling of case, blanks, `_` and `-` does
 * not count.
 */
export function classify(key: AmountKey, overrides: AmountOverrides = NO_OVERRIDES): Classification | null {
  const { transactionType, amountType, amountDescription } = key;
  const own = { transactionType, amountType, amountDescription };
  const decided = decidedFor(own, overrides);
  if (decided === undefined) return mapped(own);
  // What was decided before that was refused waits anew.
  if ('role' in decided)
    return explainUnowned(decided.role, transactionType) !== null
      ? null
      : { role: decided.role, rule: `decision of the connection for ${keyText(key)}`, known: own };
  const { sameAs } = decided;
  const role = roleOfKnown(sameAs, overrides);
  return role && explainUnowned(role, sameAs.transactionType) === null
    ? { role, rule: `decision of the connection: the same as ${keyText(sameAs)}`, known: sameAs }
    : null;
}

/**
 * What a known key means to a connection, and with it a new spelling of it: its role by a decision, else by the map. That it
 * is a spelling of a third key does not count, so that spellings lead on in no circle.
 */
export function roleOfKnown(known: AmountKey, overrides: AmountOverrides): Role | null {
  const decided = decidedFor(known, overrides);
  return decided !== undefined && 'role' in decided ? decided.role : (mapped(known)?.role ?? null);
}

/** What the connection says about a key, if anything. */
export function decidedFor(key: AmountKey, { exact, beginnings }: AmountOverrides): Meaning | undefined {
  return exact.get(foldKey(key)) ?? beginnings.find(key);
}

function mapped(key: AmountKey): Classification | null {
  const rule = ruleOf(key);
  if (rule === null || rule.role === 'ask') return null;
  return { role: rule.role, rule: `${key.amountType} / ${key.amountDescription}`, known: key };
}

/** A classifier that remembers its answers: a report repeats few keys many times. */
export function createClassifier(overrides: AmountOverrides = NO_OVERRIDES): (key: AmountKey) => Classification | null {
  const known = new Map<string, Classification | null>();
  return (key) => {
    const raw = `${key.transactionType}\t${key.amountType}\t${key.amountDescription}`;
    let answer = known.get(raw);
    if (answer === undefined) known.set(raw, (answer = classify(key, overrides)));
    return answer;
  };
}

/** The rule of the map that names a key (also one of role `ask`), or null. */
export function ruleOf(key: AmountKey): AmountRule | null {
  return (
    RULES.exact.get(foldKey(key)) ??
    RULES.beginnings.find(key) ??
    RULES.any.get(foldKey({ ...key, amountDescription: '' })) ??
    null
  );
}

function compile(rules: readonly AmountRule[]): CompiledRules {
  const exact = new Map<string, AmountRule>();
  const any = new Map<string, AmountRule>();
  const beginnings = new Beginnings<AmountRule>();
  const refuseSecond = (key: AmountKey, other: AmountRule | undefined, rule: AmountRule) => {
    if (other !== undefined && other.role !== rule.role)
      throw new Error(`bug: the amount map gives "${foldKey(key)}" two roles`);
  };
  for (const rule of rules) {
    for (const key of keysOf(rule)) {
      if (isBeginning(key)) {
        refuseSecond(key, beginnings.get(key), rule);
        beginnings.put(key, rule);
      } else {
        const [rulesOfKind, folded] =
          key.amountDescription === '*' ? [any, foldKey({ ...key, amountDescription: '' })] : [exact, foldKey(key)];
        refuseSecond(key, rulesOfKind.get(folded), rule);
        rulesOfKind.set(folded, rule);
      }
    }
  }
  return { exact, beginnings, any };
}

/** Every triple that a rule names, as it writes them. */
export function keysOf({ transactionTypes, amountTypes, descriptions }: AmountRule): AmountKey[] {
  return transactionTypes.flatMap((transactionType) =>
    amountTypes.flatMap((amountType) =>
      descriptions.map((amountDescription) => ({ transactionType, amountType, amountDescription })),
    ),
  );
}
