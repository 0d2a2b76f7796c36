/** The account of a country's tax is that of its item, and of nothing else. */
import { expect, test } from '@jest/globals';
import { explainTaxItems, type TaxItem } from '../../../src/domain/tax/tax-item-accounts.ts';

const GB: TaxItem = { jurisdiction: 'GB', name: 'AMZ-VAT-GB', account: '2211' };
const DE: TaxItem = { jurisdiction: 'DE', name: 'AMZ-VAT-DE', account: '2212' };
const named = (payable: Record<string, string | null>, others: [string, string][] = []) => ({
  currencies: ['GBP', 'EUR'],
  payableOf: (jurisdiction: string, currency: string) =>
    payable[`${jurisdiction} ${currency}`] ?? payable[jurisdiction] ?? payable['rest'] ?? null,
  others: new Map(others),
});

test('nothing is wrong where journals book a country on the account of its item', () => {
  expect(explainTaxItems([GB, DE], named({ GB: '2211', DE: '2212', rest: '2200' })).size).toBe(0);
  // One country, one account for all tax.
  expect(explainTaxItems([GB], named({ rest: '2211' })).size).toBe(0);
});

test('an account that journals have otherwise is named with the setting, in whichever currency', () => {
  for (const [payable, on] of [
    [{ GB: '2299', DE: '2212' }, '2299'],
    // None of its own: the journals' is that of the rest.
    [{ rest: '2200', DE: '2212' }, '2200'],
    [{ GB: '2211', 'GB EUR': '2205', DE: '2212' }, '2205'],
    [{ DE: '2212' }, 'none'],
  ] as const)
    expect([...explainTaxItems([GB, DE], named(payable))]).toEqual([
      [
        'GB',
        `tax.items.GB: the item AMZ-VAT-GB is on account 2211 in NetSuite, and journals book tax of GB on ${on} (accounts.sales-tax-payable:GB, else accounts.sales-tax-payable): both must be one`,
      ],
    ]);
});

test('an account of two countries, or of another role, is none of its own', () => {
  const both = explainTaxItems([GB, { ...DE, account: '2211' }], named({ rest: '2211' }));
  expect([...both.values()]).toEqual([
    'tax.items.GB: account 2211 of the item AMZ-VAT-GB is that of DE too: each jurisdiction has its own',
    'tax.items.DE: account 2211 of the item AMZ-VAT-DE is that of GB too: each jurisdiction has its own',
  ]);
  expect(explainTaxItems([GB], named({ rest: '2211' }, [['2211', 'merchant-orders']])).get('GB')).toBe(
    'tax.items.GB: account 2211 of the item AMZ-VAT-GB is that of merchant-orders too',
  );
});

test('an item without an account is named', () => {
  expect(explainTaxItems([{ ...GB, account: null }], named({ rest: '2211' })).get('GB')).toBe(
    'tax.items.GB: the item AMZ-VAT-GB has no income account with a number in NetSuite',
  );
});
