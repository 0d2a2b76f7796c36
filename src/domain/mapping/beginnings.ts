import type { AmountKey } from '../settlement/settlement.ts';
import { foldText } from '../settlement/fold-key.ts';

/** Stands at the end of an amount type or description of which only the beginning counts. */
export const OPEN_END = '…';

interface OpenText {
  begin: string;
  open: boolean;
}
interface OpenKey {
  transactionType: string;
  amountType: OpenText;
  amountDescription: OpenText;
  length: number;
}

const MONTH =
  '(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)';
/** What makes a text another one each month or product: an ASIN, or a day, a month of a year, a year with or without its quarter or half. */
const PARTICULAR = new RegExp(
  [
    String.raw`\bB0[0-9A-Z]{8}\b`,
    String.raw`\b\d{4}[-./]\d{1,2}(?:[-./]\d{1,2})?\b`,
    String.raw`\b\d{1,2}[-./]\d{1,2}[-./]\d{2,4}\b`,
    String.raw`\b\d{1,2}[-./](?:19|20)\d{2}\b`,
    String.raw`\b(?:\d{1,2}(?:st|nd|rd|th)?[ .-]+)?${MONTH}[ .,-]+(?:\d{1,2}(?:st|nd|rd|th)?[ ,.-]+)?\d{2,4}\b`,
    String.raw`\b[QH][1-4][ /-]*(?:19|20)\d{2}\b`,
    String.raw`\b(?:19|20)\d{2}(?:[ /-]*[QH][1-4])?\b`,
  ].join('|'),
  'i',
);

/** Letters and digits that a beginning must keep: a shorter one would cover what nobody has seen yet. */
const LEAST = 8;

/** Whether a key names more than itself: its amount type or description ends in `…`. */
export function isBeginning(key: AmountKey): boolean {
  return key.amountType.endsWith(OPEN_END) || key.amountDescription.endsWith(OPEN_END);
}

/** Whether every text of `key` is that of `named`, or begins so where `named` ends in `…`; spelling as in `foldKey`. */
export function covers(named: AmountKey, key: AmountKey): boolean {
  return fits(openKey(named), folded(key));
}

/**
 * The beginning that is offered for a key whose text is a new one each month: amount type and description up to the ASIN,
 * date or period in them, with `…` for the rest. Null where they carry none, or where too little would be left.
 * E.g. `FBA Customer Returns Fee (Shoes) for ASIN: B0ZZTEST01 (2026-04-01 to 2026-06-30)` → `FBA Customer Returns Fee (Shoes) for ASIN…`.
 */
export function beginningOf({ transactionType, amountType, amountDescription }: AmountKey): AmountKey | null {
  const beginning = {
    transactionType,
    amountType: upToParticular(amountType),
    amountDescription: upToParticular(amountDescription),
  };
  return isBeginning(beginning) && explainRefusedBeginning(beginning) === null ? beginning : null;
}

/** Why a beginning cannot be decided about: it would hold for too much. Null where it can. */
export function explainRefusedBeginning(key: AmountKey): string | null {
  if (key.transactionType.endsWith(OPEN_END))
    return `The transaction type is named whole: only amount type and description may end in ${OPEN_END}.`;
  const short = [key.amountType, key.amountDescription].find(
    (text) => text.endsWith(OPEN_END) && foldText(text).replace(/[^\p{L}\p{N}]/gu, '').length < LEAST,
  );
  return short === undefined
    ? null
    : `"${short}" would hold for too much: give at least ${LEAST} letters of it before ${OPEN_END}.`;
}

function upToParticular(text: string): string {
  const at = PARTICULAR.exec(text)?.index;
  if (at === undefined) return text;
  // What leads over to it goes too: `… - (Period `.
  return `${text
    .slice(0, at)
    .replace(/[^\p{L}\p{N})\]]+$/u, '')
    .replace(/[^\p{L}\p{N})\]]+Period$/iu, '')}${OPEN_END}`;
}

/** Values of keys that name a beginning. Of several that fit a key the longest serves: the one with the most letters given. */
export class Beginnings<T> {
  /** By folded transaction type, the longest first. */
  readonly #byType = new Map<string, { key: OpenKey; value: T }[]>();

  /** A later value for the same beginning takes the place of the earlier. */
  put(named: AmountKey, value: T): void {
    const key = openKey(named);
    const others = (this.#byType.get(key.transactionType) ?? []).filter((other) => !isSame(other.key, key));
    this.#byType.set(
      key.transactionType,
      [...others, { key, value }].sort((a, b) => b.key.length - a.key.length),
    );
  }

  /** The value of exactly this beginning. */
  get(named: AmountKey): T | undefined {
    const key = openKey(named);
    return this.#byType.get(key.transactionType)?.find((other) => isSame(other.key, key))?.value;
  }

  find(key: AmountKey): T | undefined {
    const asked = folded(key);
    return this.#byType.get(asked.transactionType)?.find((other) => fits(other.key, asked))?.value;
  }
}

function folded({ transactionType, amountType, amountDescription }: AmountKey): AmountKey {
  return {
    transactionType: foldText(transactionType),
    amountType: foldText(amountType),
    amountDescription: foldText(amountDescription),
  };
}

function openKey(named: AmountKey): OpenKey {
  const { transactionType, amountType, amountDescription } = folded(named);
  const [type, description] = [openText(amountType), openText(amountDescription)];
  return {
    transactionType,
    amountType: type,
    amountDescription: description,
    length: type.begin.length + description.begin.length,
  };
}

function openText(text: string): OpenText {
  return text.endsWith(OPEN_END)
    ? { begin: text.slice(0, -OPEN_END.length), open: true }
    : { begin: text, open: false };
}

function fits(named: OpenKey, asked: AmountKey): boolean {
  return (
    named.transactionType === asked.transactionType &&
    fitsText(named.amountType, asked.amountType) &&
    fitsText(named.amountDescription, asked.amountDescription)
  );
}

function fitsText({ begin, open }: OpenText, asked: string): boolean {
  return open ? asked.startsWith(begin) : asked === begin;
}

function isSame(a: OpenKey, b: OpenKey): boolean {
  const same = (one: OpenText, other: OpenText) => one.begin === other.begin && one.open === other.open;
  return same(a.amountType, b.amountType) && same(a.amountDescription, b.amountDescription);
}
