import { readDigits } from './read-digits.ts';

/** `113-1111111-2222222`: how long an Amazon order id is, and where its dashes stand. */
const LENGTH = 19;
const FIRST_DASH = 3;
const SECOND_DASH = 11;
const DASH = 45;

/**
 * An order id of Amazon's shape as two whole numbers: quicker to compare and smaller to keep than a text, and just as
 * exact. An object to be used again and again.
 */
export class OrderNumber {
  /** The first nine digits and the last eight. */
  high = 0;
  low = 0;
  readonly #bytes = new Uint8Array(LENGTH);

  /** Becomes the id in `bytes[start, end)`. False, and nothing changes, when that has another shape. */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    if (end - start !== LENGTH || bytes[start + FIRST_DASH] !== DASH || bytes[start + SECOND_DASH] !== DASH)
      return false;
    // Around the dashes: 3 and 6 digits, 1 and 7.
    const [a, b] = [readDigits(bytes, start, 3), readDigits(bytes, start + 4, 6)];
    const [c, d] = [readDigits(bytes, start + 10, 1), readDigits(bytes, start + 12, 7)];
    if (a < 0 || b < 0 || c < 0 || d < 0) return false;
    this.high = a * 1_000_000 + b;
    this.low = c * 10_000_000 + d;
    return true;
  }

  /** The same of a text. */
  readText(text: string): boolean {
    if (text.length !== LENGTH) return false;
    for (let at = 0; at < LENGTH; at += 1) this.#bytes[at] = Math.min(text.charCodeAt(at), 255);
    return this.read(this.#bytes, 0, LENGTH);
  }

  /** The id as Amazon writes it. */
  get text(): string {
    const digits = String(this.high).padStart(9, '0') + String(this.low).padStart(8, '0');
    return `${digits.slice(0, 3)}-${digits.slice(3, 10)}-${digits.slice(10)}`;
  }
}
