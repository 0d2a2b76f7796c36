import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { amountOverrides } from '../../../src/domain/mapping/classify.ts';
import {
  inspectionDocument,
  SettlementInspection,
  type InspectionOptions,
} from '../../../src/domain/payouts/inspect-settlement.ts';
import { fileText, v2Row } from '../settlement/settlement-file.ts';

const golden = (name: string) => readFileSync(new URL(`../../golden/settlements/${name}`, import.meta.url));

function inspect(file: Uint8Array | string, options: InspectionOptions = {}) {
  const inspection = new SettlementInspection(options);
  inspection.push(typeof file === 'string' ? new TextEncoder().encode(file) : file);
  return inspection.finish();
}

describe('the inspection of a settlement', () => {
  test('as a document has the keys of the file, their meaning, and the journal that the mode books', () => {
    expect(inspectionDocument(inspect(golden('refund-and-reimbursement-usd.txt')))).toEqual({
      settlementId: '26100000002',
      currency: 'USD',
      start: '2026-10-29T20:00:00Z',
      end: '2026-11-12T20:00:00Z',
      depositDate: '2026-11-14T20:00:00Z',
      total: '11.50',
      sum: '11.50',
      rows: 8,
      balanced: true,
      byKey: [
        {
          transactionType: 'other-transaction',
          amountType: 'other-transaction',
          amountDescription: 'Previous Reserve Amount Balance',
          rows: 1,
          amount: '20.00',
          role: 'reserve-released',
        },
        {
          transactionType: 'Refund',
          amountType: 'ItemPrice',
          amountDescription: 'Principal',
          rows: 1,
          amount: '-25.00',
          role: 'refunds',
        },
        {
          transactionType: 'Refund',
          amountType: 'ItemPrice',
          amountDescription: 'Tax',
          rows: 1,
          amount: '-2.00',
          role: 'marketplace-tax',
        },
        {
          transactionType: 'Refund',
          amountType: 'ItemWithheldTax',
          amountDescription: 'MarketplaceFacilitatorTax-Principal',
          rows: 1,
          amount: '2.00',
          role: 'marketplace-tax',
        },
        {
          transactionType: 'Refund',
          amountType: 'ItemFees',
          amountDescription: 'Commission',
          rows: 1,
          amount: '3.75',
          role: 'selling-fees',
        },
        {
          transactionType: 'Refund',
          amountType: 'ItemFees',
          amountDescription: 'RefundCommission',
          rows: 1,
          amount: '-0.75',
          role: 'selling-fees',
        },
        {
          transactionType: 'other-transaction',
          amountType: 'FBA Inventory Reimbursement',
          amountDescription: 'WAREHOUSE_LOST',
          rows: 1,
          amount: '15.00',
          role: 'reimbursements',
        },
        {
          transactionType: 'ServiceFee',
          amountType: 'Cost of Advertising',
          amountDescription: 'TransactionTotalAmount',
          rows: 1,
          amount: '-1.50',
          role: 'advertising',
        },
      ],
      unknown: [],
      journal: {
        lines: [
          { role: 'payouts-in-transit', account: null, debit: '11.50', credit: '0.00', memo: 'payout', payout: true },
          { role: 'clearing', account: null, debit: '25.00', credit: '0.00', memo: 'ItemPrice · 1 row', payout: false },
          {
            role: 'reserve-released',
            account: null,
            debit: '0.00',
            credit: '20.00',
            memo: 'other-transaction · 1 row',
            payout: false,
          },
          {
            role: 'selling-fees',
            account: null,
            debit: '0.00',
            credit: '3.00',
            memo: 'ItemFees · 2 rows',
            payout: false,
          },
          {
            role: 'advertising',
            account: null,
            debit: '1.50',
            credit: '0.00',
            memo: 'Cost of Advertising · 1 row',
            payout: false,
          },
          {
            role: 'reimbursements',
            account: null,
            debit: '0.00',
            credit: '15.00',
            memo: 'FBA Inventory Reimbursement · 1 row',
            payout: false,
          },
        ],
      },
    });
  });

  test('of a V1 file counts its lines as rows and its amounts by V2 keys', () => {
    const document = inspectionDocument(inspect(golden('negative-1-cad-v1.txt')));
    expect(document.rows).toBe(3);
    expect(
      document.byKey.map(({ transactionType, amountDescription, rows, amount, role }) => [
        transactionType,
        amountDescription,
        rows,
        amount,
        role,
      ]),
    ).toEqual([
      ['other-transaction', 'Subscription Fee', 1, '-29.99', 'subscription'],
      ['other-transaction', 'Storage Fee', 1, '-191.70', 'storage'],
      ['ServiceFee', 'TransactionTotalAmount', 1, '-89.29', 'advertising'],
      ['ServiceFee', 'TaxAmount', 1, '-10.71', 'tax-on-fees'],
    ]);
  });

  test('with an unknown key has no journal, and lists the key with its rows and amount', () => {
    const file = fileText('-35.00', [
      v2Row('-12.90', { 'amount-description': 'FBA Inbound Dock Fee' }),
      v2Row('-12.10', { 'amount-description': 'FBA Inbound Dock Fee' }),
      v2Row('-10.00'),
    ]);
    const inspection = inspect(file);
    const document = inspectionDocument(inspection);
    const unknown = {
      transactionType: 'other-transaction',
      amountType: 'other-transaction',
      amountDescription: 'FBA Inbound Dock Fee',
      rows: 2,
      amount: '-25.00',
      role: null,
    };
    expect(document).toMatchObject({ balanced: true, journal: null, unknown: [unknown] });
    expect(document.byKey).toContainEqual(unknown);
    expect(inspection.byRole).toEqual([
      { role: 'subscription', rows: 1, amount: -1000n },
      { role: null, rows: 2, amount: -2500n },
    ]);
  });

  test('takes accounts, mode and decided keys from a connection', () => {
    const file = fileText('90.00', [
      v2Row('100.00', {
        'transaction-type': 'Order',
        'order-id': '1',
        'amount-type': 'ItemPrice',
        'amount-description': 'Principal',
      }),
      v2Row('-10.00', { 'amount-description': 'FBA Inbound Dock Fee' }),
    ]);
    const { journal } = inspect(file, {
      mode: 'summary',
      account: (role, currency) => `${role} ${currency}`,
      overrides: amountOverrides([
        {
          transactionType: 'other-transaction',
          amountType: 'other-transaction',
          amountDescription: 'FBA inbound dock fee',
          role: 'inbound',
        },
      ]),
    });
    expect(journal!.lines.map(({ role, account, debit, credit }) => [role, account, debit, credit])).toEqual([
      ['payouts-in-transit', 'payouts-in-transit USD', 9000n, 0n],
      ['product-sales', 'product-sales USD', 0n, 10000n],
      ['inbound', 'inbound USD', 1000n, 0n],
    ]);
  });

  test('is whole: a month end inside the settlement does not split it', () => {
    const file = fileText(
      '-3.00',
      [
        v2Row('-1.00', { 'posted-date-time': '2026-10-30 12:00:00 UTC' }),
        v2Row('-2.00', { 'posted-date-time': '2026-11-02 12:00:00 UTC' }),
      ],
      undefined,
      { 'settlement-start-date': '2026-10-25 07:00:00 UTC', 'settlement-end-date': '2026-11-08 07:00:00 UTC' },
    );
    expect(inspect(file).journal!.lines.map(({ role }) => role)).toEqual(['balance-due-to-amazon', 'subscription']);
  });

  test('knows the currency of a report that it refuses', () => {
    const inspection = new SettlementInspection();
    inspection.push(new TextEncoder().encode(fileText('9.00', [v2Row('-1.00')], undefined, { currency: 'CAD' })));
    expect(() => inspection.finish()).toThrow('The report does not add up.');
    expect(inspection.currency).toBe('CAD');
  });
});
