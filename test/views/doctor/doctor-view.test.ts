import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { doctorView } from '../../../src/views/doctor/doctor-view.ts';
import { storePayouts, storeWaiting } from '../../store/stored-payouts.ts';
import { plain } from '../plain-json.ts';
import { startStoredWorld, type StoredWorld } from '../stored-world.ts';

let world: StoredWorld;

beforeAll(async () => {
  world = await startStoredWorld();
  await storePayouts(world.store);
  await storeWaiting(world.store);
});
afterAll(() => world.stop());

test('each part is looked at by itself: Temporal is away, and the others are told all the same', async () => {
  const { ok, findings } = plain(await doctorView());
  expect(ok).toBe(false);
  expect(findings.filter(({ wrong }) => wrong !== null).map(({ part, detail }) => [part, detail])).toEqual([
    ['Temporal', '127.0.0.1:9'],
  ]);
  expect(findings).toContainEqual({
    part: 'Postgres',
    detail: expect.stringMatching(/^\d+\.\d+ on 127\.0\.0\.1:\d+, 2 open exceptions$/),
    wrong: null,
    act: null,
  });
  expect(findings).toContainEqual(expect.objectContaining({ part: 'clocks of demo-us', detail: 'not measured yet' }));
});
