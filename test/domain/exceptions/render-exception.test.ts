import { describe, expect, test } from '@jest/globals';
import { EXCEPTIONS } from '../../../src/domain/exceptions/catalogue.ts';
import { amountSubject, orderSubject, payoutSubject } from '../../../src/domain/exceptions/exception.ts';
import {
  amountKeyOf,
  renderExceptionTitle,
  renderSubject,
  renderWaiters,
  stoppedBy,
} from '../../../src/domain/exceptions/render-exception.ts';

const dock = {
  code: 'unknown-amount' as const,
  subject: amountSubject(['other-transaction', 'other-transaction', 'FBA: Inbound Dock Fee']),
  payout: null,
};

describe('an exception in a few words', () => {
  test('names the SKU, the amount type, the order or the payout', () => {
    expect(renderExceptionTitle({ code: 'sku-unknown', subject: { kind: 'sku', id: 'A:B' }, payout: null })).toBe(
      'no NetSuite item for SKU A:B',
    );
    expect(renderExceptionTitle(dock)).toBe('no account: FBA: Inbound Dock Fee');
    expect(renderExceptionTitle({ code: 'document-missing', subject: orderSubject('112-1'), payout: '1' })).toBe(
      'no document: order 112-1',
    );
    expect(
      renderExceptionTitle({ code: 'transfer-failed', subject: payoutSubject('20001234561'), payout: '20001234561' }),
    ).toBe('transfer failed: payout 20001234561');
  });

  test('knows the amount key as the report spells it', () => {
    expect(amountKeyOf(dock)).toEqual(['other-transaction', 'other-transaction', 'FBA: Inbound Dock Fee']);
    expect(amountKeyOf({ subject: orderSubject('112-1') })).toBeNull();
  });

  test('has its subject in one text, for reports of runs', () => {
    expect(renderSubject(orderSubject('112-1'))).toBe('order:112-1');
  });
});

describe('who waits for an exception', () => {
  test('is counted by kind', () => {
    expect(renderWaiters(['order:demo-us:1', 'order:demo-us:2', 'payout:demo-us:3'])).toBe('2 orders, 1 payout');
    expect(renderWaiters([])).toBe('–');
  });

  test('is the payout whose order has no document, not the order', () => {
    expect(
      stoppedBy({ code: 'document-missing', subject: orderSubject('112-1'), payout: '20001234561' }, 'demo-us'),
    ).toBe('payout:demo-us:20001234561');
  });

  test('is the order or payout that it names, and nobody where it holds nothing up', () => {
    expect(stoppedBy({ code: 'netsuite-refused', subject: orderSubject('112-1'), payout: null }, 'demo-us')).toBe(
      'order:demo-us:112-1',
    );
    for (const code of ['tax-residual', 'set-off-open'] as const)
      expect(stoppedBy({ code, subject: orderSubject('112-1'), payout: '1' }, 'demo-us')).toBeNull();
  });
});

test('what holds something up is what the accounting and the design of stock say, and nothing more', () => {
  // stock.md, Exceptions (rows, documents, days); close.md, Accruals; accounting.md, Cut-over, with the two by which a report is not read at all, what orders wait for, and a step that fails.
  expect(
    Object.entries(EXCEPTIONS)
      .filter(([, { holdsUp }]) => holdsUp)
      .map(([code]) => code)
      .sort(),
  ).toEqual([
    'adjustment-large',
    'bank-line-missing',
    'chain-broken',
    'cost-unknown',
    'document-altered',
    'document-differs',
    'document-missing',
    'document-unknown',
    'finances-unknown',
    'inbound-over',
    'inbound-short',
    'item-not-countable',
    'journal-unapproved',
    'ledger-truncated',
    'ledger-unknown',
    'netsuite-refused',
    'period-closed',
    'pool-unknown',
    'prices-differ',
    'receipt-not-restocked',
    'receipt-unknown',
    'refund-unclear',
    'report-reissued',
    'report-sum',
    'report-unreadable',
    'sale-unplaced',
    'settlement-unassigned',
    'sku-unknown',
    'step-failing',
    'stock-missing',
    'tax-above-price',
    'tax-collector-differs',
    'tax-of-nobody',
    'taxed-by-netsuite',
    'transfer-failed',
    'unknown-amount',
  ]);
});
