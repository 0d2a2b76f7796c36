import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sampleOf } from '../../../src/domain/proof/sample.ts';

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
const idOf = (id: string) => id;

test('are those whose hash of seed and id is smallest', () => {
  // s-a 31258b…, s-c 3af3c8…, s-b 47ffce…: by sha256sum.
  const sample = sampleOf(['a', 'b', 'c'], { idOf, hashOf, seed: 's-', size: 2 });
  expect(sample.map(({ one }) => one)).toEqual(['a', 'c']);
});

test('do not depend on the order of the population, and a larger sample begins with the smaller one', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 30 }),
      fc.string(),
      fc.nat(30),
      (ids, seed, size) => {
        const one = sampleOf(ids, { idOf, hashOf, seed, size });
        expect(sampleOf([...ids].reverse(), { idOf, hashOf, seed, size })).toEqual(one);
        expect(sampleOf(ids, { idOf, hashOf, seed, size: size + 1 }).slice(0, size)).toEqual(one);
        expect(one).toHaveLength(Math.min(size, ids.length));
      },
    ),
  );
});
