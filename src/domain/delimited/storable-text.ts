/** U+0000, and halves of a character beyond 16 bits that stand alone: no text and no JSON of Postgres holds them. */
const UNSTORABLE = /\0|\p{Surrogate}/gu;

/**
 * A text from outside as it may be kept. What no column can hold becomes U+FFFD, so that one sees that something stood there.
 * Applied wherever bytes or JSON of others become text; hashes are of the bytes as received.
 */
export function storableText(text: string): string {
  return text.replace(UNSTORABLE, '\ufffd');
}

/** The code of a byte of ASCII in such a text. */
export const storableCode = (byte: number): number => (byte === 0 ? 0xfffd : byte);
