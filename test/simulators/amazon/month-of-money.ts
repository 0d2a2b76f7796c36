/** A fortnight with one of each kind of row, worked out by hand: of 19.00, 29.00 are earned and spent, 10.00 go into the reserve. */
import { account, refund, report, sale } from '../../end-to-end/report.ts';

export const ORDER = '114-7000001-0000001';

export const FORTNIGHT = report(
  {
    id: '27700000001',
    start: '2026-10-15T07:00:00Z',
    end: '2026-10-29T07:00:00Z',
    deposit: '2026-10-31T07:00:00Z',
    total: '19.00',
  },
  [
    account('Previous Reserve Amount Balance', '10.00', '2026-10-15T07:00:00Z'),
    ...sale({ order: ORDER, shipment: 'D1', at: '2026-10-20T16:00:00Z', item: '9001', sku: 'SKU-A', quantity: 2 }, [
      ['ItemPrice', 'Principal', '40.00'],
      ['ItemPrice', 'Tax', '3.00'],
      ['ItemWithheldTax', 'MarketplaceFacilitatorTax-Principal', '-3.00'],
      ['ItemFees', 'Commission', '-6.00'],
      ['ItemFees', 'FBAPerUnitFulfillmentFee', '-4.36'],
    ]),
    account('Storage Fee', '-3.00', '2026-10-22T08:00:00Z'),
    ...[
      ['TransactionTotalAmount', '-1.50'],
      ['TaxAmount', '-0.30'],
    ].map(([description, amount]) => ({
      ...account(description!, amount!, '2026-10-25T08:00:00Z'),
      'transaction-type': 'ServiceFee',
      'amount-type': 'Cost of Advertising',
    })),
    {
      ...account('WAREHOUSE_LOST', '15.00', '2026-10-26T08:00:00Z'),
      'amount-type': 'FBA Inventory Reimbursement',
      sku: 'SKU-A',
    },
    account('Mystery Fee', '-0.64', '2026-10-26T09:00:00Z'),
    ...refund({ order: '114-0600000-0000001', at: '2026-10-27T16:00:00Z', item: '9000', sku: 'SKU-A', quantity: 1 }, [
      ['ItemPrice', 'Principal', '-12.00'],
      ['ItemFees', 'Commission', '1.80'],
    ]),
    account('Current Reserve Amount', '-20.00', '2026-10-29T07:00:00Z'),
  ],
);
