/** SHA-256 (FIPS 180-4) as a pure function, for the few ids that a key may not hold as they are: keys are made where nothing of Node is. */

/** Fractions of the cube roots of the first 64 primes, and of the square roots of the first eight. */
const [ROUNDS, BEGIN] = constants();

/** In hex, of the text in UTF-8. */
export function sha256(text: string): string {
  const message = new TextEncoder().encode(text);
  const blocks = Math.ceil((message.length + 9) / 64);
  const padded = new Uint8Array(blocks * 64);
  padded.set(message);
  padded[message.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(message.length / 2 ** 29));
  view.setUint32(padded.length - 4, (message.length * 8) >>> 0);
  const state = Uint32Array.from(BEGIN);
  for (let block = 0; block < blocks; block += 1) addBlock(state, view, block * 64);
  return [...state].map((word) => word.toString(16).padStart(8, '0')).join('');
}

function addBlock(state: Uint32Array, view: DataView, from: number): void {
  const words = new Uint32Array(64);
  for (let at = 0; at < 64; at += 1)
    words[at] =
      at < 16
        ? view.getUint32(from + at * 4)
        : words[at - 16]! +
          (turned(words[at - 15]!, 7) ^ turned(words[at - 15]!, 18) ^ (words[at - 15]! >>> 3)) +
          words[at - 7]! +
          (turned(words[at - 2]!, 17) ^ turned(words[at - 2]!, 19) ^ (words[at - 2]! >>> 10));
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
  for (let at = 0; at < 64; at += 1) {
    const first = h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + ROUNDS[at]! + words[at]!;
    const second = (turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) >>> 0, c, b, a, (first + second) >>> 0];
  }
  for (const [at, word] of [a, b, c, d, e, f, g, h].entries()) state[at] = state[at]! + word;
}

const turned = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

function constants(): [Uint32Array, Uint32Array] {
  const primes: number[] = [];
  for (let number = 2; primes.length < 64; number += 1)
    if (primes.every((prime) => number % prime !== 0)) primes.push(number);
  const fraction = (root: number): number => Math.floor((root - Math.floor(root)) * 2 ** 32);
  return [
    Uint32Array.from(primes, (prime) => fraction(Math.cbrt(prime))),
    Uint32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime))),
  ];
}
