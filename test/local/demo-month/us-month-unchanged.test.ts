/**
 * The US demo is a yardstick: pictures, pages and worked figures speak of it, and what is made for other demos must not change
 * it. The hashes were taken before there was another one.
 */
import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { DEMOS } from '../../../src/local/demo-month/demos.ts';

const { world, seed, settings } = DEMOS.us;

/** Of all it holds, files byte for byte. */
function hashOf(value: object): string {
  const text = JSON.stringify(value, (_key, inner: unknown) =>
    inner instanceof Uint8Array ? Buffer.from(inner).toString('base64') : inner,
  );
  return createHash('sha256').update(text).digest('hex');
}

test('the world of the US demo is what it was', () => {
  expect(hashOf(world())).toBe('71b522658f7e75d92184b0a6230a9b1221ec17958b17934edc0df60a08c671a7');
});

test('so is what NetSuite holds of it, and its connection', () => {
  expect(hashOf(seed(world()))).toBe('62b6c91850b63fc2e5bce72bff2ddc9b90cc9273d83e19e1b5f940de3540882e');
  expect(hashOf(settings(world()))).toBe('053059b918a9d31701ed654ac8d27487db8453dc19c73982840ae021ffb1f7e5');
});
