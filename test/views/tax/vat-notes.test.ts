/** What the VAT report says below its figures: each meaning of a case has its own sentence, and what no box holds is named. */
import { expect, test } from '@jest/globals';
import type { VatFact } from '../../../src/domain/tax/vat-facts.ts';
import { vatNotes } from '../../../src/views/tax/vat-notes.ts';
import { fact, INV_A, itemTax } from '../../domain/tax/worked-example.ts';

const notes = (facts: readonly VatFact[]) =>
  vatNotes({ facts, boxes: null, fees: null, amazon: null, isPlanned: false, settings: [], left: [] }).slice(0, -1);
const RATE = 'Where you owe tax and the case is unclear, no rate of tax.rates gives what Amazon tells';
const NOBODY = 'Where nobody owes it and the case is unclear';

test.each([
  ['no rate of the seller gives it', { rate: null }, [RATE]],
  ['it is nobody’s', { collector: 'nobody', jurisdiction: 'FR', rate: null }, [NOBODY]],
  ['it is nobody’s, and none is told', { collector: 'nobody', jurisdiction: 'FR', rate: 0n, tax: 0n }, []],
  ['all is clear', {}, []],
] as const)('unclear has the note of what it means: %s', (_, over, begin) => {
  const said = notes([fact(INV_A, itemTax(5_000n, 1_000n, over))]);
  expect(said.map((note, index) => note.slice(0, begin[index]?.length ?? 0))).toEqual(begin);
});

test('tax of GB in another currency is in no box, and the page says how much it is', () => {
  const euros = { currency: 'EUR' };
  expect(notes([fact(INV_A, itemTax(3_000n, 600n), euros)])).toEqual([
    '6.00 EUR of tax on 30.00 EUR that you owe in GB are in no box: a UK return is in pounds. Convert them at the rate of the return, and add them to boxes 1 and 6.',
  ]);
  expect(notes([fact(INV_A, itemTax(3_000n, 570n, { jurisdiction: 'DE', rate: 1900n }), euros)])).toEqual([]);
  expect(notes([fact(INV_A, itemTax(3_000n, 600n), { ...euros, posted: false })])).toEqual([]);
});
