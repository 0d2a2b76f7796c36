import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { doctorView } from '../../../src/views/doctor/doctor-view.ts';
import { raise } from '../../../src/store/exceptions/exceptions.ts';
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

test('a setting that NetSuite does not have so is named, with what ends it', async () => {
  const number = await raise(
    world.store.db,
    'demo-us',
    {
      code: 'setting-unknown',
      subject: { kind: 'setting', id: 'tax.items.GB' },
      evidence: { what: 'tax.items.GB: the item AMZ-VAT-GB is on account 2211', atStake: null, currency: null },
      remedy: { kind: 'set-up', where: 'Mend tieout.config.yaml and start again' },
    },
    '2026-11-20T12:00:00Z',
  );
  expect(plain(await doctorView()).findings).toContainEqual({
    part: 'settings',
    detail: 'demo-us',
    wrong: 'tax.items.GB: the item AMZ-VAT-GB is on account 2211',
    act: `exception ${number}: Mend tieout.config.yaml and start again`,
  });
});
