import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { SharedSlots } from '../../../src/store/limits/netsuite-slots.ts';
import { lockSpaceOf } from '../../../src/store/limits/slot-locks.ts';
import { startFreshPostgres, type FreshPostgres } from '../fresh-postgres.ts';

const NEVER_QUIET = { burstMs: 60_000, quietMs: 600_000 };

let postgres: FreshPostgres;
let account: string;
let accounts = 0;
const open: SharedSlots[] = [];

beforeAll(async () => {
  postgres = await startFreshPostgres();
});
afterAll(() => postgres.stop());
beforeEach(() => {
  accounts += 1;
  account = `1234567_SB${accounts}`;
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((slots) => slots.close()));
});

/** Each is what one worker process has: sessions of its own. */
async function slotsOf(size: number, policy = NEVER_QUIET, keptMs?: number): Promise<SharedSlots> {
  const slots = await SharedSlots.open({
    url: postgres.url,
    account,
    size,
    policy,
    ...(keptMs === undefined ? {} : { keptMs }),
  });
  open.push(slots);
  return slots;
}

/** Counts how many calls run at once. */
function counter() {
  const seen = { running: 0, most: 0, done: 0 };
  return {
    seen,
    call: async () => {
      seen.running += 1;
      seen.most = Math.max(seen.most, seen.running);
      await wait(3);
      seen.running -= 1;
      seen.done += 1;
    },
  };
}

/** Calls that end only when all of them run at once. */
function meeting(count: number) {
  let arrived = 0;
  let open = () => {};
  const all = new Promise<void>((resolve) => {
    open = resolve;
  });
  return async () => {
    arrived += 1;
    if (arrived === count) open();
    await all;
  };
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await wait(5);
}

const refusals = async () =>
  (
    await postgres.store.pool.query<{ calls: number }>(
      'select sum(calls)::int as calls from netsuite_refusals where account = $1',
      [account],
    )
  ).rows[0]!.calls;
const endSessionsThatHold = () =>
  postgres.store.pool.query(
    'select pg_terminate_backend(pid) from pg_locks where locktype = $1 and classid = $2::oid and granted',
    ['advisory', String(lockSpaceOf(account) >>> 0)],
  );

describe('slots over two processes', () => {
  test('are never more than the account has, and all calls are made', async () => {
    const [first, second] = [await slotsOf(3), await slotsOf(3)];
    const { seen, call } = counter();
    await Promise.all(Array.from({ length: 120 }, (_, index) => (index % 2 === 0 ? first : second).withSlot(call)));
    expect(seen).toEqual({ running: 0, most: 3, done: 120 });
  });

  test('can all be used by either, when the other has nothing to do', async () => {
    const [first, second] = [await slotsOf(5), await slotsOf(5)];
    for (const slots of [first, second]) {
      const met = meeting(5);
      await Promise.all(Array.from({ length: 5 }, () => slots.withSlot(met)));
    }
  });

  test('go to the other after some calls, however much one has to do', async () => {
    const [busy, other] = [await slotsOf(1), await slotsOf(1)];
    const { seen, call } = counter();
    const work = Array.from({ length: 60 }, () => busy.withSlot(call));
    let before = 60;
    await other.withSlot(async () => {
      before = seen.done;
    });
    // Two turns of ten at most: the one under way, and one that was asked for before.
    expect(before).toBeLessThanOrEqual(20);
    await Promise.all(work);
  });

  test('of two accounts have nothing to do with each other', async () => {
    const first = await slotsOf(1);
    account = `${account}_OTHER`;
    const second = await slotsOf(1);
    const met = meeting(2);
    await Promise.all([first.withSlot(met), second.withSlot(met)]);
  });

  test('come back from a call that fails', async () => {
    const slots = await slotsOf(1);
    await expect(slots.withSlot(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await slots.withSlot(async () => 'yes')).toBe('yes');
  });
});

describe('a slot that nobody wants', () => {
  const FOR_EVER = 600_000;
  const taken = async () =>
    (
      await postgres.store.pool.query(
        `select objid from pg_locks where locktype = 'advisory' and classid = $1::oid and objid < 100000 and granted`,
        [String(lockSpaceOf(account) >>> 0)],
      )
    ).rows.length;

  test('is kept for the next call of its process, and is not busy', async () => {
    const slots = await slotsOf(3, NEVER_QUIET, FOR_EVER);
    for (let call = 0; call < 5; call += 1) await slots.withSlot(async () => {});
    expect(await taken()).toBe(1);
    expect(slots.busy).toBe(0);
  });

  test('goes back after a while', async () => {
    const slots = await slotsOf(3, NEVER_QUIET, 1);
    await slots.withSlot(async () => {});
    await until(async () => (await taken()) === 0);
  });

  test('goes to another process as soon as that one asks', async () => {
    const [first, second] = [await slotsOf(2, NEVER_QUIET, FOR_EVER), await slotsOf(2, NEVER_QUIET, FOR_EVER)];
    const met = meeting(2);
    await Promise.all([first.withSlot(met), first.withSlot(met)]);
    await second.withSlot(async () => {});
    // And back again.
    const again = meeting(2);
    await Promise.all([first.withSlot(again), first.withSlot(again)]);
  });

  test('is not kept when another process has asked during the call', async () => {
    const [first, second] = [await slotsOf(1, NEVER_QUIET, FOR_EVER), await slotsOf(1, NEVER_QUIET, FOR_EVER)];
    let waits: Promise<void> = Promise.resolve();
    let begun = false;
    await first.withSlot(async () => {
      waits = second.withSlot(async () => {
        begun = true;
      });
      await until(() => second.queued === 1);
      await wait(50);
      expect(begun).toBe(false);
    });
    await waits;
    expect(begun).toBe(true);
  });

  test('beyond the half is used no more after a refusal', async () => {
    const slots = await slotsOf(4, NEVER_QUIET, FOR_EVER);
    const met = meeting(4);
    await Promise.all(Array.from({ length: 4 }, () => slots.withSlot(met)));
    await slots.refused();
    const { seen, call } = counter();
    await Promise.all(Array.from({ length: 12 }, () => slots.withSlot(call)));
    expect(seen).toEqual({ running: 0, most: 2, done: 12 });
  });
});

describe('a refusal by NetSuite', () => {
  test('halves the slots for every process at once, and no more than those are used', async () => {
    const [first, second] = [await slotsOf(5), await slotsOf(5)];
    await first.refused();
    expect(first.allowed).toBe(2);
    await until(() => second.allowed === 2);
    const { seen, call } = counter();
    await Promise.all(Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? first : second).withSlot(call)));
    expect(seen).toEqual({ running: 0, most: 2, done: 40 });
  });

  test('is known to a process that starts later', async () => {
    await (await slotsOf(5)).refused();
    expect((await slotsOf(5)).allowed).toBe(2);
  });

  test('takes a slot beyond the half away with the call that has it, though more wait', async () => {
    const slots = await slotsOf(4);
    const met = meeting(4);
    const { seen, call } = counter();
    const first = Array.from({ length: 4 }, () =>
      slots.withSlot(async () => {
        await met();
        await slots.refused();
      }),
    );
    const later = Array.from({ length: 20 }, () => slots.withSlot(call));
    await Promise.all([...first, ...later]);
    expect(slots.allowed).toBe(2);
    expect(seen.most).toBeLessThanOrEqual(2);
  });

  test('of a burst over all processes halves once, and each is counted', async () => {
    const [first, second] = [await slotsOf(5), await slotsOf(5)];
    await Promise.all([first.refused(), second.refused(), first.refused(), second.refused(), first.refused()]);
    expect((await slotsOf(5)).allowed).toBe(2);
    expect(await refusals()).toBe(5);
  });

  test('leaves one slot at the least', async () => {
    const slots = await slotsOf(5, { burstMs: 0, quietMs: 600_000 });
    for (let refusal = 0; refusal < 4; refusal += 1) await slots.refused();
    expect(slots.allowed).toBe(1);
    expect(await slots.withSlot(async () => 'yes')).toBe('yes');
  });

  test('is forgotten step by step: after quiet stretches all slots are used again', async () => {
    const slots = await slotsOf(5, { burstMs: 1, quietMs: 20 });
    await slots.refused();
    expect(slots.allowed).toBe(2);
    const met = meeting(5);
    await Promise.all(Array.from({ length: 5 }, () => slots.withSlot(met)));
    expect(slots.allowed).toBe(5);
  });
});

describe('the end of a process', () => {
  test('that is killed gives its slots to the others', async () => {
    const holder = fork(fileURLToPath(new URL('slot-holder.ts', import.meta.url)), [postgres.url, account, '5'], {
      execArgv: ['--import', 'tsx'],
    });
    await once(holder, 'message');
    const slots = await slotsOf(5);
    const met = meeting(5);
    const calls = Array.from({ length: 5 }, () => slots.withSlot(met));
    await until(() => slots.queued === 5);
    holder.kill('SIGKILL');
    await Promise.all(calls);
  });

  test('that stands in the door lets the next one in', async () => {
    const [holder, second, third] = [await slotsOf(1), await slotsOf(1), await slotsOf(1)];
    let free = () => {};
    let taken = () => {};
    const has = new Promise<void>((resolve) => {
      taken = resolve;
    });
    const held = holder.withSlot(
      () =>
        new Promise<void>((resolve) => {
          free = resolve;
          taken();
        }),
    );
    await has;
    const doors = async (granted: boolean) =>
      (
        await postgres.store.pool.query<{ pid: number }>(
          `select pid from pg_locks where locktype = 'advisory' and classid = $1::oid and objid = 4294967295::oid and granted = $2`,
          [String(lockSpaceOf(account) >>> 0), granted],
        )
      ).rows;
    // The one who has the slot has left the door, so that it is the second who stands there.
    await until(async () => (await doors(true)).length === 0);
    const inDoor = expect(second.withSlot(async () => {})).rejects.toThrow('no slot for a call to NetSuite');
    await until(async () => (await doors(true)).length === 1);
    const behind = third.withSlot(async () => 'next');
    await until(async () => (await doors(false)).length === 1);
    await postgres.store.pool.query('select pg_terminate_backend($1)', [(await doors(true))[0]!.pid]);
    await inDoor;
    free();
    expect(await behind).toBe('next');
    await held;
  });
});

describe('the end of a session, as when Postgres starts again', () => {
  test('changes nothing about the outcome of a call under way, and the next call finds Postgres again', async () => {
    const slots = await slotsOf(2);
    expect(
      await slots.withSlot(async () => {
        await endSessionsThatHold();
        await wait(20);
        return 'posted';
      }),
    ).toBe('posted');
    expect(slots.busy).toBe(0);
    const met = meeting(2);
    await Promise.all([slots.withSlot(met), slots.withSlot(met)]);
  });

  test('fails what waits for a slot: that call has not begun', async () => {
    const slots = await slotsOf(1);
    let begun = false;
    await slots.withSlot(async () => {
      const waits = expect(
        slots.withSlot(async () => {
          begun = true;
        }),
      ).rejects.toThrow('no slot for a call to NetSuite');
      await endSessionsThatHold();
      await waits;
    });
    expect(begun).toBe(false);
  });

  test('loses a refusal and nothing else', async () => {
    const slots = await slotsOf(5);
    await slots.withSlot(endSessionsThatHold);
    await slots.refused();
    expect(await slots.withSlot(async () => 'yes')).toBe('yes');
  });
});
