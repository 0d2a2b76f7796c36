import { AMOUNT_MAP } from './amount-map.ts';
import { OPEN_END } from './beginnings.ts';
import { explainUnowned, isChosenRole } from './chosen-role.ts';
import { keysOf, ruleOf } from './classify.ts';
import { foldText, keyText } from '../settlement/fold-key.ts';
import type { AmountKey } from '../settlement/settlement.ts';
import type { Role } from './roles.ts';

/** A role offered for an unknown key, with its evidence for people: `ItemFees / Commission is that under Order`. */
export interface RoleSuggestion {
  role: Role;
  reason: string;
}

/** Words that stand in too many names to tell anything. */
const EMPTY_WORDS = new Set([
  'fba',
  'fee',
  'fees',
  'amazon',
  'other',
  'transaction',
  'transactions',
  'base',
  'on',
  'per',
  'for',
  'of',
  'and',
  'the',
  'from',
  'item',
  'items',
  'by',
  'to',
  'in',
  'adjustment',
  'charge',
  'charges',
  'service',
  'services',
  'misc',
  'non',
  'amount',
  'total',
]);
/** A tax by its name, or `Tax on …`. */
const NAMES_TAX = /(?<!\p{L})(?:[CSI]GST|UTGST|GST|HST|QST|VAT|Tax on)(?!\p{L})/iu;
/** Names written without blanks: `StorageBillingIGST`. */
const ENDS_IN_TAX = /[a-z](?:[CSI]GST|UTGST|Tax)$/;
/** Amount types under which a tax is not that on a fee of Amazon's, but the buyer's, or one that was withheld. */
const TAX_OF_SALES = new Set(
  ['ItemPrice', 'ItemWithheldTax', 'ItemTCS', 'ItemTDS', 'Promotion', 'Points', 'DirectPayment', 'Tax Withheld'].map(
    foldText,
  ),
);
/** Names of taxes that are none on a fee: withheld, or on goods that share a stock. */
const NO_FEE_TAX = ['Commingling', 'MarketplaceFacilitator', 'LowValueGoodsTax', 'TCS', 'TDS', 'Withheld'].map(
  foldText,
);

const TRANSACTION_TYPES = [...new Set(AMOUNT_MAP.flatMap(({ transactionTypes }) => transactionTypes))];

interface NamedKey {
  key: AmountKey;
  role: Role | 'ask';
  type: readonly string[];
  description: readonly string[];
}
const NAMED_KEYS: readonly NamedKey[] = AMOUNT_MAP.flatMap((rule) =>
  keysOf(rule)
    .filter(({ amountDescription }) => amountDescription !== '*')
    .map((key) => ({
      key,
      role: rule.role,
      type: wordsOf(key.amountType),
      description: wordsOf(key.amountDescription),
    })),
);

/**
 * Suggests a role for a key that the map does not know, for a person to confirm, and only on evidence: the same name under
 * another transaction type; a tax on a fee by its name; or a key that differs in one word that matters, of the same amount
 * type (its mirror, as *granted* and *returned* are, or another thing of that kind) or, where the amount type is the fee's
 * name, of the same description. All that speaks must agree. Null where nothing does, where the map says that the words do
 * not tell, for roles that no person may choose, and for those that no document could own on such a row: a new spelling of such a key is mapped by `--same-as`.
 */
export function suggestRole(key: AmountKey): RoleSuggestion | null {
  if (ruleOf(key)?.role === 'ask') return null;
  const evidence =
    sameName(key) ??
    (namesTaxOnFee(key)
      ? { role: 'tax-on-fees' as const, reason: 'the name says that it is tax on a fee' }
      : oneWordAway(key));
  return evidence === null ||
    evidence.role === 'ask' ||
    !isChosenRole(evidence.role) ||
    explainUnowned(evidence.role, key.transactionType) !== null
    ? null
    : { role: evidence.role, reason: evidence.reason };
}

interface Evidence {
  role: Role | 'ask';
  reason: string;
}

/** `ask` where what speaks does not agree, so that nothing weaker is looked for. */
function sameName(key: AmountKey): Evidence | null {
  const found = TRANSACTION_TYPES.flatMap((transactionType) => {
    const rule = ruleOf({ ...key, transactionType });
    return rule === null ? [] : [{ transactionType, role: rule.role }];
  });
  const name = `${key.amountType} / ${key.amountDescription}`;
  return agreed(found, ([first]) => `${name} is that under ${first!.transactionType}`);
}

function namesTaxOnFee({ amountType, amountDescription }: AmountKey): boolean {
  if (
    TAX_OF_SALES.has(foldText(amountType)) ||
    NO_FEE_TAX.some((begin) => foldText(amountDescription).startsWith(begin))
  )
    return false;
  return namesTax(amountDescription) || namesTax(amountType);
}

function namesTax(text: string): boolean {
  return NAMES_TAX.test(text.replace(/[_-]+/g, ' ')) || ENDS_IN_TAX.test(text);
}

function oneWordAway(key: AmountKey): Evidence | null {
  const [transaction, type, description] = [key.transactionType, key.amountType, key.amountDescription].map(foldText);
  const [typeWords, words] = [wordsOf(key.amountType), wordsOf(key.amountDescription)];
  const near = NAMED_KEYS.filter((known) => {
    if (foldText(known.key.transactionType) !== transaction || namesTaxOnFee(known.key)) return false;
    if (foldText(known.key.amountType) === type) return differInOne(words, known.description);
    return foldText(known.key.amountDescription) === description && differInOne(typeWords, known.type);
  });
  return agreed(near, ([first]) => `it differs in one word from ${keyText(first!.key)}`);
}

function agreed<T extends { role: Role | 'ask' }>(
  found: readonly T[],
  reason: (found: readonly T[]) => string,
): Evidence | null {
  const [first] = found;
  if (first === undefined) return null;
  return { role: found.every(({ role }) => role === first.role) ? first.role : 'ask', reason: reason(found) };
}

/** One word more, fewer or another one, at the same place; at least one is shared. */
function differInOne(a: readonly string[], b: readonly string[]): boolean {
  const [longer, shorter] = a.length >= b.length ? [a, b] : [b, a];
  let before = 0;
  while (before < shorter.length && longer[before] === shorter[before]) before += 1;
  let after = 0;
  while (after < shorter.length - before && longer[longer.length - 1 - after] === shorter[shorter.length - 1 - after])
    after += 1;
  return before + after > 0 && longer.length - before - after === 1;
}

/** Words that matter, in their order and in small letters; `FBAInboundTransportationFee` is cut at its capitals. */
function wordsOf(text: string): string[] {
  const spaced = text
    .replace(OPEN_END, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2');
  return spaced
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 1 && !EMPTY_WORDS.has(word));
}
