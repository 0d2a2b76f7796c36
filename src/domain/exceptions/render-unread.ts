/** What could not be read, in words that a page may show whatever stood there. */

/** A place, what stands there, and what is wrong with it. */
export interface Unread {
  field: string;
  text: string;
  why: string;
}

/** More of a value says nothing more. */
const LONGEST = 80;

/** `line 12 of …: quantity-shipped "1.0" is not a whole number; it was left out, and the rest was read`. */
export function renderUnread(where: string, { field, text, why }: Unread): string {
  return `${where} cannot be read: ${field === '' ? '' : `${field} `}${safeValue(text)} ${why}; it was left out, and the rest was read`;
}

/** In quotes, cut, and without characters that would move a cursor or turn a line around. */
export function safeValue(text: string): string {
  const shown = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\ufffd');
  return `"${shown.length <= LONGEST ? shown : `${shown.slice(0, LONGEST - 1)}…`}"`;
}
