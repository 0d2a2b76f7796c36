/** `churn-heap.ts [bound]` keeps some 50 MB alive, makes as much garbage of them many times over, and prints the heap's peak in MB. */
import { boundHeap } from '../../src/workers/bounded-heap.ts';

const EVERY = 4;
const ROUNDS = 60;

if (process.argv[2] === 'bound') boundHeap();
const alive = Array.from({ length: 400_000 }, (_, at) => ({ at, of: [at] }));
let peak = 0;
for (let round = 0; round < ROUNDS; round += 1) {
  for (let at = 0; at < alive.length; at += EVERY) alive[(at + round) % alive.length] = { at, of: [round] };
  peak = Math.max(peak, process.memoryUsage().heapUsed);
}
process.stdout.write(String(Math.round(peak / 1e6)));
