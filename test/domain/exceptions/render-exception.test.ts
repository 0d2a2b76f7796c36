import { describe, expect, test } from '@jest/globals';
import { amountKeyOf, renderExceptionTitle, renderWaiters, stoppedBy } from '../../../src/domain/exceptions/render-exception.ts';

const dock = { code: 'unknown-amount' as const, key: 'folded', what: '…', subject: 'amount:["other-transaction","other-transaction","FBA: Inbound Dock Fee"]' };

describe('an exception in a few words', () => {
  test('names the SKU, the amount type, the order or the payout', () => {
    expect(renderExceptionTitle({ code: 'sku-unknown', key: 'A:B', what: '…', subject: 'sku:A:B' })).toBe('no NetSuite item for SKU A:B');
    expect(renderExceptionTitle(dock)).toBe('no account: FBA: Inbound Dock Fee');
    expect(renderExceptionTitle({ code: 'document-missing', key: '1:sale:2:3', what: '…', subject: 'order:112-1' })).toBe('no document: order 112-1');
    expect(renderExceptionTitle({ code: 'transfer-failed', key: '1', what: '…', subject: 'payout:20001234561' })).toBe('transfer failed: payout 20001234561');
  });

  test('knows the amount key as the report spells it', () => {
    expect(amountKeyOf(dock)).toEqual(['other-transaction', 'other-transaction', 'FBA: Inbound Dock Fee']);
    expect(amountKeyOf({ subject: 'order:112-1' })).toBeNull();
  });
});

describe('who waits for an exception', () => {
  test('is counted by kind', () => {
    expect(renderWaiters(['order:demo-us:1', 'order:demo-us:2', 'payout:demo-us:3'])).toBe('2 orders, 1 payout');
    expect(renderWaiters([])).toBe('–');
  });

  test('is the payout whose order has no document, not the order', () => {
    expect(stoppedBy({ code: 'document-missing', key: '20001234561:sale:112-1:S1', what: '…', subject: 'order:112-1' }, 'demo-us')).toBe('payout:demo-us:20001234561');
  });

  test('is the order or payout that it names, and nobody for tax that is left over', () => {
    expect(stoppedBy({ code: 'netsuite-refused', key: 'AMZ_…', what: '…', subject: 'order:112-1' }, 'demo-us')).toBe('order:demo-us:112-1');
    expect(stoppedBy({ code: 'tax-residual', key: '1:112-1', what: '…', subject: 'order:112-1' }, 'demo-us')).toBeNull();
  });
});
