import { setFlagsFromString } from 'node:v8';

/** By how many per cent the heap may grow beyond what was alive at its last cleaning, before it is cleaned again. */
const GROWTH = 20;

/**
 * Bounds the garbage that V8 lets lie in this process. Where a machine has much memory it goes on until the heap is four times
 * what was alive: a day of stock of which a hundred megabytes are alive would stand in four hundred. What is alive has all the
 * room that it had. A version of Node.js that does not know the flag says so and goes on without.
 */
export function boundHeap(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWTH}`);
}
