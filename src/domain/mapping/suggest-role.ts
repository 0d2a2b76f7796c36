import { AMOUNT_MAP } from './amount-map.ts';
import { ruleOf } from './classify.ts';
import { foldKey, foldText } from './fold-key.ts';
import type { AmountKey } from '../settlement/settlement.ts';
import type { Role } from './roles.ts';

/** A role offered for an unknown key, with the reason for people: `two known keys with "Inbound" map there`. */
export interface RoleSuggestion {
  role: Role;
  reason: string;
}

interface KnownKey {
  transactionType: string;
  amountType: string;
  description: string;
  role: Role;
  words: ReadonlySet<string>;
}

/** Words that stand in too many keys to tell anything. */
const EMPTY_WORDS = new Set([
  'fba', 'fee', 'fees', 'amazon', 'other', 'transaction', 'base', 'on', 'per', 'for', 'of', 'and', 'the', 'from', 'item', 'items', 'by', 'to',
  'adjustment', 'charge', 'misc', 'non',
]);
const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];

const KNOWN_KEYS = knownKeys();

/**
 * Suggests a role for a key that the map does not know, for a person to confirm: the role of the same amount type and
 * description under another transaction type, else that of the same description under other amount types, else that
 * of most known keys that share its most telling word. Null when nothing speaks for one, and for the keys of which the
 * map says that their words do not tell what they are for.
 */
export function suggestRole(key: AmountKey): RoleSuggestion | null {
  if (ruleOf(foldKey(key))?.role === 'ask') return null;
  return sameAmount(key) ?? sameDescription(key) ?? sharedWord(key);
}

function sameAmount(key: AmountKey): RoleSuggestion | null {
  const amountType = foldText(key.amountType);
  const description = foldText(key.amountDescription);
  const same = KNOWN_KEYS.filter((known) => foldText(known.amountType) === amountType && foldText(known.description) === description);
  const roles = new Set(same.map((known) => known.role));
  if (roles.size !== 1) return null;
  const [first] = same;
  return { role: first!.role, reason: `${first!.amountType} / ${first!.description} maps there under ${first!.transactionType}` };
}

function sameDescription(key: AmountKey): RoleSuggestion | null {
  const description = foldText(key.amountDescription);
  const same = KNOWN_KEYS.filter((known) => foldText(known.description) === description);
  const roles = new Set(same.map((known) => known.role));
  if (roles.size !== 1 || same.length < 2) return null;
  return { role: same[0]!.role, reason: `all ${inWords(same.length)} known keys "${same[0]!.description}" map there` };
}

function sharedWord(key: AmountKey): RoleSuggestion | null {
  let best: { role: Role; hits: number; of: number; word: string } | null = null;
  for (const word of wordsOf(`${key.amountDescription} ${key.amountType}`)) {
    const sharing = KNOWN_KEYS.filter((known) => known.words.has(word.toLowerCase()));
    const [role, hits] = mostFrequent(sharing.map((known) => known.role));
    if (role === null || hits < 2 || hits * 2 <= sharing.length) continue; // one key is no habit
    const better = best === null || hits * best.of > best.hits * sharing.length
      || (hits * best.of === best.hits * sharing.length && hits > best.hits);
    if (better) best = { role, hits, of: sharing.length, word };
  }
  if (best === null) return null;
  const { role, hits, of, word } = best;
  const share = hits === of ? inWords(hits) : `${inWords(hits)} of ${inWords(of)}`;
  return { role, reason: `${share} known keys with "${word}" map there` };
}

function inWords(number: number): string {
  return NUMBERS[number] ?? String(number);
}

/** Words as written, `FBAInboundTransportationFee` cut at its capitals. */
function wordsOf(text: string): string[] {
  const spaced = text.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2');
  return spaced.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 2 && !EMPTY_WORDS.has(word.toLowerCase()));
}

function mostFrequent(roles: readonly Role[]): [Role | null, number] {
  const counts = new Map<Role, number>();
  for (const role of roles) counts.set(role, (counts.get(role) ?? 0) + 1);
  let best: [Role | null, number] = [null, 0];
  for (const entry of counts) if (entry[1] > best[1]) best = entry;
  return best;
}

/** One entry per distinct (amount type, description) and role: the many transaction types would weigh too much. */
function knownKeys(): KnownKey[] {
  const keys = new Map<string, KnownKey>();
  for (const rule of AMOUNT_MAP) {
    if (rule.role === 'ask') continue;
    for (const amountType of rule.amountTypes) {
      for (const written of rule.descriptions) {
        const description = written === '*' ? '' : written.replace(/…$/, '');
        const id = `${foldText(amountType)}\t${foldText(description)}\t${rule.role}`;
        if (keys.has(id)) continue;
        const words = new Set(wordsOf(`${description} ${amountType}`).map((word) => word.toLowerCase()));
        keys.set(id, { transactionType: rule.transactionTypes[0]!, amountType, description, role: rule.role, words });
      }
    }
  }
  return [...keys.values()];
}
