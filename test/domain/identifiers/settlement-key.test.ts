import { describe, expect, test } from '@jest/globals';
import {
  entryKey,
  parseSettlementKey,
  reversalKey,
  settlementKey,
  unreversed,
  varianceKey,
} from '../../../src/domain/identifiers/settlement-key.ts';

describe('business keys of a settlement', () => {
  test('the first report posts under its id, the n-th re-issue under -r{n}, its reversal under -x{n}', () => {
    expect([
      settlementKey('20001234561', 0),
      settlementKey('20001234561', 2),
      reversalKey('20001234561', 2),
      varianceKey('20001234561', 1),
    ]).toEqual(['20001234561', '20001234561-r2', '20001234561-x2', '20001234561-v1']);
  });
  test('are read back', () => {
    expect(parseSettlementKey('20001234561')).toEqual({ settlementId: '20001234561', kind: 'revision', number: 0 });
    expect(parseSettlementKey('20001234561-r12')).toEqual({
      settlementId: '20001234561',
      kind: 'revision',
      number: 12,
    });
    expect(parseSettlementKey('20001234561-x1')).toEqual({ settlementId: '20001234561', kind: 'reversal', number: 1 });
    expect(parseSettlementKey('20001234561-v3')).toEqual({ settlementId: '20001234561', kind: 'variance', number: 3 });
    for (const kind of ['line', 'conversion', 'return'] as const)
      expect(parseSettlementKey(entryKey('20001234561', kind, 2))).toEqual({
        settlementId: '20001234561',
        kind,
        number: 2,
      });
    expect(['line', 'conversion', 'return'].map((kind) => entryKey('1', kind as 'line', 2))).toEqual([
      '1-l2',
      '1-c2',
      '1-b2',
    ]);
    expect(parseSettlementKey('112-3940177-8802201')).toBeNull();
  });
  test('the documents that stand are those that no reversal takes back, variances aside', () => {
    const entry = (businessKey: string, reverses?: string) => ({
      externalId: businessKey,
      key: { businessKey },
      plan: { reverses },
    });
    const documents = [entry('1'), entry('1-x1', '1'), entry('1-r1'), entry('1-v1')];
    expect(unreversed(documents).map(({ externalId }) => externalId)).toEqual(['1-r1']);
    expect(unreversed([entry('1'), entry('1-v1')]).map(({ externalId }) => externalId)).toEqual(['1']);
    // An opening entry that was taken back and not made anew.
    expect(unreversed(documents.slice(0, 2))).toEqual([]);
    expect(unreversed([])).toEqual([]);
  });
});
