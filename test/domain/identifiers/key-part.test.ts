/** Keys of ids that hold what a key may not: accounting.md, *Identity*. The hashes are those of `printf %s ID | sha256sum`. */
import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  externalIdOf,
  parseExternalId,
  parseRefundKey,
  refundKey,
  shipmentKey,
} from '../../../src/domain/identifiers/external-id.ts';
import { keyPart } from '../../../src/domain/identifiers/key-part.ts';
import { entryKey, parseSettlementKey, settlementKey } from '../../../src/domain/identifiers/settlement-key.ts';
import { sha256 } from '../../../src/domain/identifiers/sha256.ts';
import { orderWorkflowId, parseWorkflowId } from '../../../src/domain/identifiers/workflow-id.ts';

test('SHA-256 is that of the standard, for texts of any length', () => {
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
      expect(sha256(text)).toBe(createHash('sha256').update(text).digest('hex'));
    }),
  );
});

test('an ordinary id is its own part of a key, as it always was', () => {
  expect(keyPart('112-1234567-1234567')).toBe('112-1234567-1234567');
  expect(shipmentKey('S01-0000005-0000005', 'Dab12', '2026-10-02T10:00:00Z')).toBe('S01-0000005-0000005-Dab12');
  expect(settlementKey('27900000001', 2)).toBe('27900000001-r2');
});

test.each([
  ['Web 42/7', 'Web-42-7-h'],
  ['a:b_"c"', 'a-b--c--h'],
  ['Bestellung Nº 9', 'Bestellung-N--9-h'],
  ['日本', '---h'],
  ['x'.repeat(300), `${'x'.repeat(60)}-h`],
])('%s becomes a part that a key may hold, told from all others', (id, beginning) => {
  const hash = createHash('sha256').update(id).digest('hex').slice(0, 12);
  expect(keyPart(id)).toBe(`${beginning}${hash}`);
  const key = {
    connection: 'demo-us',
    purpose: 'IF',
    businessKey: shipmentKey(id, `S ${id}`, '2026-10-02T10:00:00Z'),
    part: 1,
  } as const;
  expect(parseExternalId(externalIdOf(key))).toEqual(key);
  expect(externalIdOf(key).length).toBeLessThan(255);
  expect(parseRefundKey(refundKey(id, '2026-10-02T10:00:00Z', 2))).toMatchObject({ orderId: keyPart(id), number: 2 });
  expect(parseWorkflowId(orderWorkflowId('demo-us', id.slice(0, 100)))).toMatchObject({ key: id.slice(0, 100) });
});

test('two ids that differ in what a key may not hold are two keys', () => {
  expect(new Set(['a b', 'a/b', 'a-b', 'a:b', 'a_b'].map(keyPart)).size).toBe(5);
});

test('what stands behind the id of a settlement is found again, whatever the id holds', () => {
  for (const id of ['27900000001', 'A-r1', 'A 1', 'a/b-x2']) {
    const part = settlementKey(id, 0);
    expect(parseSettlementKey(part)).toEqual({ settlementId: part, kind: 'revision', number: 0 });
    expect(parseSettlementKey(entryKey(id, 'variance', 3))).toEqual({
      settlementId: part,
      kind: 'variance',
      number: 3,
    });
  }
});
