import { expect, test } from '@jest/globals';
import { alteredDocuments } from '../../../src/domain/payouts/altered-documents.ts';

test('what is gone, open again, on another account or on another day is named once; what was never posted is not', () => {
  const facts = {
    planned: new Map([
      ['JE 118', 1000n],
      ['JE 119', -1000n],
      ['DEP 101', 900n],
      ['PAY 118', -500n],
    ]),
    readBack: new Map([
      ['JE 118', 1000n],
      ['JE 120', -1000n],
    ]),
    leftOpen: ['INV', 'GONE'],
    redated: [
      { externalId: 'RFD', held: '2026-11-01', posted: '2026-10-31' },
      { externalId: 'JE', held: '2026-11-01', posted: '2026-10-31' },
    ],
  };
  expect([...alteredDocuments(facts, ['JE', 'DEP', 'INV', 'GONE'], new Set(['JE', 'INV', 'PAY']), 'USD')]).toEqual([
    ['DEP', 'NetSuite no longer holds DEP'],
    ['GONE', 'NetSuite no longer holds GONE'],
    ['INV', 'payments cover INV, and NetSuite shows an amount left on it'],
    ['JE', "JE has 0.00 USD on the account with NetSuite's id 119, and was posted with −10.00 USD"],
    ['RFD', 'RFD is dated 2026-11-01 in NetSuite, and was posted on 2026-10-31'],
  ]);
});
