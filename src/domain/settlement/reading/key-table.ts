import type { Columns } from '../columns.ts';
import type { FieldCursor } from '../../delimited/field-cursor.ts';
import type { FieldPair } from '../../delimited/field-ends.ts';
import type { AmountKey } from '../settlement.ts';

/** A key of one report, with its place among them by their first rows, from 0. */
export interface ReportKey extends AmountKey {
  number: number;
}

/** A key as some line spelled it in bytes. */
interface SpelledKey {
  /** The same array for all keys of one type. */
  transactionType: Uint8Array;
  amountType: Uint8Array;
  amountDescription: Uint8Array;
  key: ReportKey;
  /** Amount type and description as they stand side by side, null where they do not. */
  pair: FieldPair | null;
  /** Another spelling of the same hash. */
  next: SpelledKey | undefined;
  /** The key that came after it last time, and mostly will again: rows of an order come in one order. */
  followedBy: SpelledKey | undefined;
}

/**
 * One object per key of a report, so that whoever counts or decides by key may do so by identity. A report repeats
 * few keys many times: a key that was seen is found by its bytes, without a string.
 */
export class KeyTable {
  readonly #byHash = new Map<number, SpelledKey>();
  readonly #byText = new Map<string, ReportKey>();
  readonly #types = new Map<string, Uint8Array>();
  #last: SpelledKey | undefined = undefined;

  /** The key of a V2 line. @throws UndecodableText */
  ofLine(line: FieldCursor, at: Columns['at']): ReportKey {
    const before = this.#last;
    const likely = before?.followedBy;
    const found = likely !== undefined && isLikely(line, at, before!, likely) ? likely : this.#find(line, at);
    if (before !== undefined && found !== likely) before.followedBy = found;
    this.#last = found;
    line.expect(at.amountType, found.followedBy?.pair ?? null);
    return found.key;
  }

  #find(line: FieldCursor, at: Columns['at']): SpelledKey {
    const hash = line.hash(at.amountDescription, line.hash(at.amountType, line.hash(at.transactionType, 0)));
    const first = this.#byHash.get(hash);
    // The hash is only a way in.
    for (let seen = first; seen !== undefined; seen = seen.next) if (isOn(line, at, seen)) return seen;
    const key = this.ofTexts({
      transactionType: line.text(at.transactionType),
      amountType: line.text(at.amountType),
      amountDescription: line.text(at.amountDescription),
    });
    const spelled: SpelledKey = {
      transactionType: this.#type(line, at, key),
      amountType: line.copy(at.amountType),
      amountDescription: line.copy(at.amountDescription),
      key,
      pair: at.amountDescription === at.amountType + 1 ? line.pair(at.amountType) : null,
      next: first,
      followedBy: undefined,
    };
    this.#byHash.set(hash, spelled);
    return spelled;
  }

  /** The one object for a key that is known by its texts. */
  ofTexts(key: AmountKey): ReportKey {
    const { transactionType, amountType, amountDescription } = key;
    const text = `${transactionType}\t${amountType}\t${amountDescription}`;
    let known = this.#byText.get(text);
    if (known === undefined)
      this.#byText.set(text, (known = { transactionType, amountType, amountDescription, number: this.#byText.size }));
    return known;
  }

  #type(line: FieldCursor, at: Columns['at'], { transactionType }: AmountKey): Uint8Array {
    let type = this.#types.get(transactionType);
    if (type === undefined) this.#types.set(transactionType, (type = line.copy(at.transactionType)));
    return type;
  }
}

/** @param before the key of the line before @param likely what the line was told to expect */
function isLikely(line: FieldCursor, at: Columns['at'], before: SpelledKey, likely: SpelledKey): boolean {
  if (!line.isAsExpected()) return isOn(line, at, likely);
  if (before.transactionType === likely.transactionType && line.isSameSince(line.number - 1, at.transactionType))
    return true;
  return line.equals(at.transactionType, likely.transactionType);
}

function isOn(
  line: FieldCursor,
  at: Columns['at'],
  { transactionType, amountType, amountDescription }: SpelledKey,
): boolean {
  return (
    line.equals(at.amountDescription, amountDescription) &&
    line.equals(at.amountType, amountType) &&
    line.equals(at.transactionType, transactionType)
  );
}
