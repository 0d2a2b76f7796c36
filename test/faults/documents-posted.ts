import type { WorldUnderTest } from '../end-to-end/world-under-test.ts';

/** How many documents stand in NetSuite, by its own page. */
export async function documentsPosted(world: WorldUnderTest): Promise<number> {
  const { transactions } = await world.netsuitePage<{ transactions: Record<string, number> }>('GET', '/admin/state');
  return Object.values(transactions).reduce((sum, count) => sum + count, 0);
}
