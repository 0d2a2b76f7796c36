import { AMOUNT_MAP, type AmountRule } from './amount-map.ts';
import { foldKey, foldText, keyText } from './fold-key.ts';
import type { AmountKey } from '../settlement/settlement.ts';
import type { Role } from './roles.ts';

/** A decision of a connection: this key, in any spelling, has this role. */
export interface AmountOverride extends AmountKey {
  role: Role;
}

/** Overrides by folded key; build with {@link amountOverrides}. */
export type AmountOverrides = ReadonlyMap<string, Role>;

export const NO_OVERRIDES: AmountOverrides = new Map();

export function amountOverrides(decisions: Iterable<AmountOverride>): AmountOverrides {
  return new Map(Array.from(decisions, (decision) => [foldKey(decision), decision.role]));
}

export interface Classification {
  role: Role;
  /** What decided, for people: `ItemFees / Commission`, or that the connection decided. */
  rule: string;
}

interface CompiledRules {
  exact: ReadonlyMap<string, AmountRule>;
  prefix: readonly { begin: string; rule: AmountRule }[];
  any: ReadonlyMap<string, AmountRule>;
}

const RULES = compile(AMOUNT_MAP);

/**
 * Meaning of an amount key, or null when it is unknown: no rule names it, or the map says that a person must be
 * asked. The connection's own decisions come first, then exact rules, then beginnings, then "any description of
 * this amount type". Spelling of case, blanks, `_` and `-` does not count.
 */
export function classify(key: AmountKey, overrides: AmountOverrides = NO_OVERRIDES): Classification | null {
  const folded = foldKey(key);
  const decided = overrides.get(folded);
  if (decided !== undefined) return { role: decided, rule: `decision of the connection for ${keyText(key)}` };
  const rule = ruleOf(folded);
  if (rule === null || rule.role === 'ask') return null;
  return { role: rule.role, rule: `${key.amountType} / ${key.amountDescription}` };
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

/** The rule of the map that names a folded key (also one of role `ask`), or null. */
export function ruleOf(folded: string): AmountRule | null {
  const [transactionType, amountType] = folded.split('\t') as [string, string];
  return RULES.exact.get(folded)
    ?? RULES.prefix.find(({ begin }) => folded.startsWith(begin))?.rule
    ?? RULES.any.get(`${transactionType}\t${amountType}`)
    ?? null;
}

function compile(rules: readonly AmountRule[]): CompiledRules {
  const exact = new Map<string, AmountRule>();
  const prefix: { begin: string; rule: AmountRule }[] = [];
  const any = new Map<string, AmountRule>();
  const put = (map: Map<string, AmountRule>, folded: string, rule: AmountRule) => {
    const other = map.get(folded);
    if (other !== undefined && other.role !== rule.role) throw new Error(`bug: the amount map gives "${folded}" two roles`);
    map.set(folded, rule);
  };
  for (const rule of rules) {
    for (const transactionType of rule.transactionTypes) {
      for (const amountType of rule.amountTypes) {
        for (const description of rule.descriptions) {
          const folded = foldKey({ transactionType, amountType, amountDescription: description.replace(/…$/, '') });
          if (description === '*') put(any, `${foldText(transactionType)}\t${foldText(amountType)}`, rule);
          else if (description.endsWith('…')) prefix.push({ begin: folded, rule });
          else put(exact, folded, rule);
        }
      }
    }
  }
  return { exact, prefix, any };
}
