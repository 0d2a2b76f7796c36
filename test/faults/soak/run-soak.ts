/** Orders and payouts under random faults, and then what NetSuite holds beside what it must hold. */
import { openWorld, type WorldUnderTest } from '../../end-to-end/world-under-test.ts';
import { SeededRandom } from '../../../src/local/demo-month/seeded-random.ts';
import { documentsPosted } from '../documents-posted.ts';
import { besideReconciler } from '../beside-reconciler.ts';
import { sicken } from '../sick-postgres.ts';
import { startWorkerProcesses, type WorkerProcesses } from '../worker-process.ts';
import { randomFaults, type SoakFault } from './random-faults.ts';
import { soakWorld, type Holdings } from './soak-world.ts';

export interface SoakOptions {
  orders: number;
  faults: number;
  seed: number;
  say(line: string): void;
}

export interface SoakResult {
  orders: number;
  payouts: number;
  /** Faults that struck. */
  faults: number;
  twice: string[];
  lost: string[];
  /** Anything else that is not as it must be. */
  differs: string[];
}

export async function runSoak({ orders, faults: count, seed, say }: SoakOptions): Promise<SoakResult> {
  const { world: amazon, payouts, expected } = soakWorld(orders, new SeededRandom(seed));
  const faults = randomFaults(count, new SeededRandom(seed + 1));
  const world = await openWorld({
    world: amazon,
    paceDays: 7,
    workers: 'none',
    durable: true,
    policy: { heartbeat: '3s' },
    rateTimes: 60,
    longestLookMs: 5 * 60_000,
  });
  let workers: WorkerProcesses | null = null;
  try {
    workers = await startWorkerProcesses(world, { count: 2 });
    let over = false;
    const striking = strike(world, workers, faults, expected.memos.length, () => over, new SeededRandom(seed + 2), say);
    try {
      await Promise.all([
        besideReconciler(world, () => live(world, say)).finally(() => {
          over = true;
        }),
        striking,
      ]);
    } catch (error) {
      // Closing the world under what still runs may end this process: said before.
      say(`broken off: ${error instanceof Error ? error.stack : String(error)}`);
      throw error;
    }
    const struckNothing = await faultsLeft(world, workers, faults.length - (await striking));
    const held = await holdings(world);
    const tieOut = await world.tieOut();
    const counts = new Map<string, number>();
    for (const memo of held.memos) counts.set(memo, (counts.get(memo) ?? 0) + 1);
    return {
      orders,
      payouts,
      faults: count - struckNothing.length,
      twice: [...counts].filter(([, times]) => times > 1).map(([memo, times]) => `${memo}: ${times} times`),
      lost: expected.memos.filter((memo) => !counts.has(memo)),
      differs: [
        ...[...counts.keys()]
          .filter((memo) => !expected.memos.includes(memo))
          .map((memo) => `${memo} should not be there`),
        ...Object.entries(expected.balances)
          .filter(([role, amount]) => (held.balances[role] ?? '0.00') !== amount)
          .map(([role, amount]) => `${role} is ${held.balances[role] ?? '0.00'} and must be ${amount}`),
        ...expected.stock
          .filter((line) => !held.stock.includes(line))
          .map((line) => `stock is ${held.stock.join(', ')} and must be ${line}`),
        ...tieOut.payouts
          .filter(({ tied }) => !tied)
          .map(({ settlementId, state }) => `payout ${settlementId} is not tied but ${state}`),
        ...(tieOut.payouts.length === payouts ? [] : [`${tieOut.payouts.length} payouts for ${payouts}`]),
        ...tieOut.explained
          .filter(({ difference }) => !/^-?0\.00$/.test(difference))
          .map(({ role, difference }) => `${role} differs by ${difference} from what explains it`),
        ...tieOut.openExceptions.map(({ code, what }) => `open: ${code} ${what}`),
        ...struckNothing.map((fault) => `struck nothing: ${fault}`),
      ],
    };
  } finally {
    await workers?.stop();
    await world.close();
  }
}

/** The weeks, and the two decisions that a person takes. */
async function live(world: WorldUnderTest, say: (line: string) => void): Promise<void> {
  await world.runToTheEnd();
  const waiting = (await world.tieOut()).openExceptions.map(({ code }) => code);
  say(`the clock is at its end; waiting: ${waiting.join(', ') || 'nothing'}`);
  await readAgain(world, waiting);
  if (waiting.includes('sku-unknown')) await world.decide({ kind: 'sku', key: 'SKU-NEW', choice: 'SKU-A' });
  await world.look();
  await world.decide({
    kind: 'amount',
    key: ['other-transaction', 'other-transaction', 'Mystery Fee'],
    choice: 'storage',
  });
  await world.look();
  await world.look();
}

/** What the exceptions of things that could not be read name; documents are asked for again by themselves, within six hours. */
async function readAgain(world: WorldUnderTest, waiting: readonly string[]): Promise<void> {
  if (waiting.includes('input-unreadable'))
    for (const what of ['orders', 'shipments', 'refunds'] as const)
      await world.decide({ kind: 'readAgain', what, from: '2026-10-01T07:00:00Z', why: 'it can be read now' });
  if (!waiting.includes('input-unreadable') && !waiting.includes('report-unreadable')) return;
  const { now } = (await (await fetch(`${world.amazonUrl}/clock`)).json()) as { now: string };
  const to = new Date(Date.parse(now) + 7 * 3_600_000).toISOString();
  await fetch(`${world.amazonUrl}/clock`, { method: 'POST', body: JSON.stringify({ to }) });
  await world.look();
  await world.look();
}

/** Lets each fault strike when its share of the documents is posted; how many it switched on before the work was over. */
async function strike(
  world: WorldUnderTest,
  workers: WorkerProcesses,
  faults: readonly SoakFault[],
  documents: number,
  over: () => boolean,
  random: SeededRandom,
  say: (line: string) => void,
): Promise<number> {
  let struck = 0;
  const before = await documentsPosted(world);
  while (struck < faults.length && !over()) {
    const done = ((await documentsPosted(world)) - before) / documents;
    for (let next = faults[struck]; next && next.at <= done; next = faults[struck]) {
      await switchOn(world, workers, next, random);
      struck += 1;
      if (struck % 10 === 0) say(`${struck} faults, ${Math.round(done * 100)} % of the documents`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return struck;
}

async function switchOn(
  world: WorldUnderTest,
  workers: WorkerProcesses,
  fault: SoakFault,
  random: SeededRandom,
): Promise<void> {
  switch (fault.kind) {
    case 'netsuite':
      await world.netsuitePage('POST', '/faults', fault.fault);
      return;
    case 'amazon':
      await fetch(`${world.amazonUrl}/faults`, { method: 'POST', body: JSON.stringify(fault.fault) });
      return;
    case 'postgres-restarts':
      return world.servers.restartPostgres();
    case 'postgres-killed':
      return world.servers.killPostgres();
    case 'postgres-sick':
      return sicken(world, fault.with);
    case 'temporal':
      return world.servers.killTemporal();
    case 'temporal-lost':
      return world.servers.loseTemporal();
    case 'postgres-backed-up':
      return world.servers.backUpPostgres();
    case 'postgres-restored':
      return world.servers.restorePostgres(() => workers.killAll());
    case 'worker-dies':
      workers.points.add(fault.point, 'SIGKILL');
      return;
    case 'worker-killed': {
      const { pids } = await world.until(
        async () => workers,
        ({ pids: living }) => living.length > 0,
        60,
      );
      process.kill(pids[random.below(pids.length)]!, 'SIGKILL');
    }
  }
}

/** Faults that met nothing; no fault is on afterwards. */
async function faultsLeft(world: WorldUnderTest, workers: WorkerProcesses, never: number): Promise<string[]> {
  const netsuite = (
    await world.netsuitePage<{ faults: { kind: string; hits: number }[] }>('GET', '/faults')
  ).faults.filter(({ hits }) => hits === 0);
  const amazon = ((await (await fetch(`${world.amazonUrl}/faults`)).json()) as { faults: { kind: string }[] }).faults;
  await world.netsuitePage('DELETE', '/faults');
  await fetch(`${world.amazonUrl}/faults`, { method: 'DELETE' });
  return [
    ...netsuite.map(({ kind }) => `NetSuite ${kind}`),
    ...amazon.map(({ kind }) => `Amazon ${kind}`),
    ...workers.points.left().map((point) => `death at ${point}`),
    ...Array.from({ length: never }, () => 'a fault whose time never came'),
  ];
}

/** NetSuite's own answers. Memos are the measure of twice and lost: externalId could not be there twice. */
async function holdings(world: WorldUnderTest): Promise<Holdings> {
  const memos = await world.suiteql('SELECT memo FROM transaction WHERE memo IS NOT NULL ORDER BY id');
  const stock = await world.suiteql(
    `SELECT i.itemid item, s.quantityonhand quantity FROM inventoryitemlocations s JOIN item i ON i.id = s.item JOIN location l ON l.id = s.location WHERE l.name = 'FBA US' ORDER BY i.itemid`,
  );
  const { balances } = await world.tieOut();
  return {
    memos: memos
      .map(({ memo }) => memo!.split(' ').slice(0, 3).join(' '))
      .filter((memo) => /^[A-Z]{2,3} \S+ \d+$/.test(memo)),
    balances,
    stock: stock.map((row) => `${row['item']} ${row['quantity']}`),
  };
}
