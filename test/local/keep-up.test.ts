/** Servers of `npm start` that end by themselves, with a real Postgres and a process that is none. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { startProcess } from '../../src/local/child-process.ts';
import { keepUp, type Server } from '../../src/local/keep-up.ts';
import { takePort } from '../../src/local/ports.ts';
import { startPostgres } from '../../src/local/postgres.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tieout-keep-up-'));
  chmodSync(folder, 0o755);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function processes(): Server {
  const owned = startProcess('waiting', process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { logFile: devNull });
  return { process: owned, stop: () => owned.stop() };
}
const stands = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('a server that ends by itself', () => {
  test('comes back on its port with its data, each time, and its owner hears of it', async () => {
    const where = { port: (await takePort(0))!, dataFolder: join(folder, 'data'), logFolder: folder };
    const first = await startPostgres({ ...where, fresh: true });
    const asked = async (query: string) => {
      const client = new pg.Client(first.ownerUrl);
      await client.connect();
      try {
        return (await client.query(query)).rows as unknown[];
      } finally {
        await client.end();
      }
    };
    await asked('create table kept as select 7 as seven');
    const heard: (string | number)[] = [];
    let pid = first.process.pid;
    let isBack = () => {};
    const kept = keepUp(first, () => startPostgres({ ...where, fresh: false }), {
      died: (how) => heard.push(how),
      back: (now) => {
        pid = now;
        heard.push('back');
        isBack();
      },
    });
    for (const _ of [1, 2]) {
      const back = new Promise<void>((resolve) => {
        isBack = resolve;
      });
      process.kill(pid, 'SIGKILL');
      await back;
      expect(await asked('select seven from kept')).toEqual([{ seven: 7 }]);
    }
    expect(heard).toEqual(['SIGKILL', 'back', 'SIGKILL', 'back']);
    await kept.stop();
    expect(stands(pid)).toBe(false);
    expect(heard).toHaveLength(4);
  }, 120_000);

  test('is tried again when it does not come up at once', async () => {
    let tries = 0;
    const first = processes();
    const back = new Promise<number>((resolve) => {
      const kept = keepUp(
        first,
        async () => {
          tries += 1;
          if (tries < 3) throw new Error('the port is not free yet');
          return processes();
        },
        { died() {}, back: (pid) => void kept.stop().then(() => resolve(pid)) },
      );
    });
    process.kill(first.process.pid, 'SIGKILL');
    expect(stands(await back)).toBe(false);
    expect(tries).toBe(3);
  });

  test('stays away where all that it knew is gone, and says so once; one that is stopped is not missed', async () => {
    const heard: (string | number)[] = [];
    const lost = processes();
    const died = new Promise<void>((resolve) =>
      keepUp(lost, null, {
        died: (how) => {
          heard.push(how);
          resolve();
        },
        back: () => heard.push('back'),
      }),
    );
    process.kill(lost.process.pid, 'SIGKILL');
    await died;
    await keepUp(processes(), async () => processes(), {
      died: () => heard.push('missed'),
      back: () => heard.push('back'),
    }).stop();
    expect(heard).toEqual(['SIGKILL']);
  });
});
