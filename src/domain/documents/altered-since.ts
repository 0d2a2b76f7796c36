/**
 * Whether NetSuite still holds a document as it was posted. Its head and total are held against the plan; its lines, by account and
 * item, against what NetSuite showed when it was first read back, since a plan names roles, and which account a role is may have
 * changed in the settings since. Nobody but a person alters a posted document.
 */
import type { Day } from '../money/instant.ts';
import { renderMoney } from '../money/render-amount.ts';
import type { CurrencyCode } from '../money/money.ts';
import type { DocumentKind } from './document-kind.ts';

/** What stands on an account for an item: minor units, debit positive, and units where the document moves any. */
export interface HeldSum {
  account: string | null;
  item: string | null;
  amount: bigint;
  units: number;
}

/** A document as SuiteQL shows it. */
export interface HeldNow {
  type: string;
  isPosting: boolean;
  day: Day;
  /** Of its head, of either sign; minor units. */
  total: bigint;
  /** Of its lines; minor units. */
  debits: bigint;
  sums: readonly HeldSum[];
}

export interface PostedDocument {
  date: Day;
  currency: CurrencyCode;
  /** As it was planned; minor units. */
  total: bigint;
  kind: Pick<DocumentKind, 'suiteqlTypes' | 'compared'>;
}

/**
 * Both sides of the first thing that differs, as the end of a sentence that names the document; null where all is as it was.
 * @param held null where NetSuite has no document of that key
 * @param before what its lines were; null where it has not been read back yet
 * @param name words for NetSuite's ids of an account and an item
 */
export function alteredSince(
  { date, currency, total, kind }: PostedDocument,
  held: HeldNow | null,
  before: readonly HeldSum[] | null,
): Alteration | null {
  if (held === null) return { kind: 'gone' };
  if (!kind.suiteqlTypes.includes(held.type)) return { kind: 'other', what: `is a ${held.type} there` };
  if (held.day !== date) return { kind: 'other', what: `is dated ${held.day} there, and was booked on ${date}` };
  // What was never posted there waits for approval, and is said by the payout or the close.
  if (!held.isPosting) return before === null ? null : { kind: 'other', what: 'is not posted there any more' };
  const amount = (minor: bigint) => renderMoney(minor, currency);
  const now = kind.compared === 'lines' ? held.debits : sizeOf(held.total);
  if (kind.compared !== 'units' && now !== total)
    return { kind: 'other', what: `comes to ${amount(now)} there, and was posted with ${amount(total)}` };
  const line = before === null ? null : firstDifference(before, held.sums);
  if (line === null) return null;
  const [was, is] = line;
  const { account, item } = (is ?? was)!;
  const say = (sum: HeldSum | undefined) =>
    kind.compared === 'units' ? `${sum?.units ?? 0} units` : amount(sum?.amount ?? 0n);
  return { kind: 'line', account, item, now: say(is), before: say(was) };
}

export type Alteration =
  | { kind: 'gone' }
  | { kind: 'other'; what: string }
  /** NetSuite's ids of the account and the item, and both sides. */
  | { kind: 'line'; account: string | null; item: string | null; now: string; before: string };

/** A sentence for a person; accounts and items by the names that NetSuite gives their ids. */
export function renderAlteration(
  externalId: string,
  alteration: Alteration,
  names: { account: ReadonlyMap<string, string>; item: ReadonlyMap<string, string> },
): string {
  switch (alteration.kind) {
    case 'gone':
      return `NetSuite no longer holds ${externalId}`;
    case 'other':
      return `${externalId} ${alteration.what}`;
    case 'line': {
      const { account, item, now, before } = alteration;
      const places = [
        ...(account === null ? [] : [`account ${names.account.get(account) ?? account}`]),
        ...(item === null ? [] : [`item ${names.item.get(item) ?? item}`]),
      ];
      return `${externalId} has ${now} ${places.length === 0 ? 'beside its lines' : `on ${places.join(', ')}`} in NetSuite, and had ${before}`;
    }
  }
}

/** What a kind is compared by: costs of what leaves the shelf are NetSuite's own, and move. */
export function comparedSums(kind: Pick<DocumentKind, 'compared'>, sums: readonly HeldSum[]): HeldSum[] {
  const own = kind.compared === 'units' ? sums.map((sum) => ({ ...sum, account: null, amount: 0n })) : sums;
  const byPlace = new Map<string, HeldSum>();
  for (const sum of own) {
    const known = byPlace.get(placeOf(sum));
    byPlace.set(placeOf(sum), {
      ...sum,
      amount: sum.amount + (known?.amount ?? 0n),
      units: sum.units + (known?.units ?? 0),
    });
  }
  return [...byPlace.values()]
    .filter(({ amount, units }) => amount !== 0n || (kind.compared === 'units' && units !== 0))
    .sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
}

function firstDifference(
  before: readonly HeldSum[],
  now: readonly HeldSum[],
): [was: HeldSum | undefined, is: HeldSum | undefined] | null {
  const was = new Map(before.map((sum) => [placeOf(sum), sum]));
  const is = new Map(now.map((sum) => [placeOf(sum), sum]));
  for (const place of [...new Set([...was.keys(), ...is.keys()])].sort()) {
    const [one, other] = [was.get(place), is.get(place)];
    if ((one?.amount ?? 0n) !== (other?.amount ?? 0n) || (one?.units ?? 0) !== (other?.units ?? 0)) return [one, other];
  }
  return null;
}

const placeOf = ({ account, item }: HeldSum): string => `${account ?? ''} ${item ?? ''}`;
const sizeOf = (amount: bigint): bigint => (amount < 0n ? -amount : amount);
