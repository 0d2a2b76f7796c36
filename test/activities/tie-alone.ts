/** Ties the settlement of many orders in a process of its own, so that its memory can be bounded; prints what came of it and what it took. */
import { tieSettlement } from '../../src/activities/payouts/tie-settlement.ts';
import { openStore } from '../../src/store/database.ts';
import { CONNECTION, connectionOn, SETTLEMENT } from './many-orders-setup.ts';

async function main(): Promise<void> {
  const store = openStore(process.env['DATABASE_URL']!);
  let longestStall = 0;
  let last = performance.now();
  const watch = setInterval(() => {
    longestStall = Math.max(longestStall, performance.now() - last - 20);
    last = performance.now();
  }, 20);
  const ties = await tieSettlement(connectionOn(store), { connection: CONNECTION, settlementId: SETTLEMENT });
  clearInterval(watch);
  await store.close();
  process.stdout.write(
    `${JSON.stringify({ ties, highestMegabytes: Math.round(process.resourceUsage().maxRSS / 1024), longestStallMs: Math.round(longestStall) })}\n`,
  );
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
