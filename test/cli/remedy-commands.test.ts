import { expect, test } from '@jest/globals';
import type { Remedy } from '../../src/domain/exceptions/exception.ts';
import { renderCommand } from '../../src/domain/exceptions/render-remedy.ts';
import { tieout } from './tieout.ts';

test.each<Remedy>([
  { kind: 'map-sku', sku: 'A' },
  { kind: 'map-amount', key: ['other-transaction', 'other-transaction', 'Dock'], role: null, beginning: null },
  { kind: 'map-finances', transactionType: 'ServiceFee', path: 'NewFee' },
  { kind: 'settle-difference', first: '', document: 'AMZ_x' },
  { kind: 'correct-tax', order: '1', document: 'AMZ_x' },
  { kind: 'settle-difference', first: '', document: 'AMZ_x', choice: 'leave' },
  { kind: 'place-sale', order: '1' },
  { kind: 'confirm-prices', first: '', marketplace: 'amazon.co.uk' },
  { kind: 'import', first: '', file: 'settlement' },
  { kind: 'import', first: '', file: 'statement' },
  { kind: 'try-again', first: '', of: 'payout', id: '1' },
  { kind: 'try-again', first: '', of: 'order', id: '1' },
  { kind: 'status', of: 'order', id: '1' },
  { kind: 'book-refund', orderId: '1', settlementId: '2' },
  { kind: 'map-movement', eventType: 'Adjustments', reason: 'X' },
  { kind: 'answer-rows', first: '', rows: ['a|b#1'], role: null },
  { kind: 'explain-foreign', first: '', document: '4711' },
  { kind: 'decide-inbound', shipmentId: 'FBA1', sku: 'A', choices: ['lost', 'wait'] },
  { kind: 'close-gap', pool: 'us', item: 'A', place: 'sellable', units: -2 },
  { kind: 'approve-adjustment', document: 'AMZ_x' },
])('the command that ends an exception is there: $kind $of$file', async (remedy) => {
  const [, words = ''] =
    /^npx tieout ((?:settlement|bank) [a-z-]+|(?:status|try-again) (?:order|payout)|[a-z-]+)/.exec(
      renderCommand(remedy)!,
    ) ?? [];
  expect(await tieout(...words.split(' '), '--help')).toMatchObject({ exit: 0, stderr: '' });
});
