/** Whether what a person (or the configuration) says about an amount key can stand beside the amount map. */
import type { AmountKey } from '../settlement/settlement.ts';
import { AMOUNT_MAP } from './amount-map.ts';
import { covers, explainRefusedBeginning, isBeginning, OPEN_END } from './beginnings.ts';
import { explainRefusedRole, explainUnowned, isChosenRole } from './chosen-role.ts';
import { keysOf, ruleOf } from './classify.ts';
import { keyText } from '../settlement/fold-key.ts';
import { isRole, type Role } from './roles.ts';

/** A role, or the known key that the key is a new spelling of. */
export type SaidMeaning = { role: string } | { sameAs: AmountKey };

/**
 * A sentence that says why a key cannot be mapped so and what serves instead, or null. Refused are: roles with mechanics
 * of their own, and to send a key away that has one; a `sameAs` that the map does not know, or for a key that it does; and
 * roles that only a document takes out of clearing, for rows that no document owns; and beginnings that hold for too much, or
 * take known keys away from their role.
 */
export function explainRefusedMapping(key: AmountKey, said: SaidMeaning): string | null {
  const refused =
    explainRefusedBeginning(key) ??
    ('role' in said ? explainRefusedRole(said.role) : explainUnknownKey(said.sameAs)) ??
    unowned(key, said);
  if (refused !== null) return refused;
  const known = knownRole(key);
  if (!isBeginning(key)) {
    if (known === null) return null;
    if ('sameAs' in said)
      return `The amount map knows ${keyText(key)} already, as ${known}: it is no new spelling of another key.`;
    return isChosenRole(known)
      ? null
      : `${keyText(key)} is ${known} by the amount map, which only a rule takes out of the books again: it stays there.`;
  }
  const taken = knownUnder(key, 'role' in said ? said.role : null);
  return (
    taken &&
    `${keyText(key)} would also hold for ${keyText(taken.key)}, which is ${taken.role} by the amount map: give more of the text before ${OPEN_END}.`
  );
}

function unowned(key: AmountKey, said: SaidMeaning): string | null {
  // A new spelling is an Order or Refund where the known key is one.
  return 'role' in said && isRole(said.role) ? explainUnowned(said.role, key.transactionType) : null;
}

function explainUnknownKey(sameAs: AmountKey): string | null {
  return knownRole(sameAs) === null
    ? `The amount map does not know ${keyText(sameAs)}: name a key that it knows, as a report writes it (src/domain/mapping/amount-map lists them).`
    : null;
}

/** By the map alone, null where it knows none or says that a person must be asked. */
function knownRole(key: AmountKey): Role | null {
  const rule = ruleOf(key);
  return rule === null || rule.role === 'ask' ? null : rule.role;
}

/** A key of the map that a beginning covers and that has another role than `but`. */
function knownUnder(beginning: AmountKey, but: string | null): { key: AmountKey; role: Role } | null {
  for (const rule of AMOUNT_MAP) {
    if (rule.role === 'ask' || rule.role === but) continue;
    const key = keysOf(rule).find((known) => covers(beginning, shortest(known)));
    if (key !== undefined) return { key, role: rule.role };
  }
  return null;
}

/** A beginning of the map as the shortest key that it holds for. */
function shortest(known: AmountKey): AmountKey {
  const text = (written: string) => (written.endsWith(OPEN_END) ? written.slice(0, -OPEN_END.length) : written);
  return { ...known, amountType: text(known.amountType), amountDescription: text(known.amountDescription) };
}
