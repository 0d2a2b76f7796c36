import type { NetSuiteSeed } from '../../../src/simulators/netsuite/seed.ts';

/** A small seller: two goods, the charge items, and one account for each thing that the tests look at. */
export function exampleSeed(): NetSuiteSeed {
  return {
    account: 'SIM_1',
    periods: { from: '2026-08', to: '2026-12', closed: ['2026-08'], locked: ['2026-09'] },
    currencies: ['USD', 'CAD', 'JPY'],
    subsidiary: 'Example Inc',
    accounts: [
      { number: '1000', name: 'Bank', type: 'Bank', currency: 'USD' },
      { number: '1100', name: 'A/R Amazon', type: 'AcctRec' },
      { number: '1110', name: 'A/R other', type: 'AcctRec' },
      { number: '1180', name: 'Amazon clearing', type: 'Bank', currency: 'USD' },
      { number: '1181', name: 'Amazon clearing, current asset', type: 'OthCurrAsset' },
      { number: '1185', name: 'Amazon reserve', type: 'OthCurrAsset' },
      { number: '1190', name: 'Payouts in transit', type: 'OthCurrAsset' },
      { number: '1200', name: 'Inventory', type: 'OthCurrAsset' },
      { number: '2000', name: 'Card', type: 'CredCard', currency: 'USD' },
      { number: '2100', name: 'Balance due to Amazon', type: 'OthCurrLiab' },
      { number: '2110', name: 'Amazon charges', type: 'OthCurrLiab' },
      { number: '3900', name: 'Opening balance', type: 'Equity' },
      { number: '4000', name: 'Product sales', type: 'Income' },
      { number: '4050', name: 'Shipping income', type: 'Income' },
      { number: '4090', name: 'Promotions', type: 'Income' },
      { number: '4095', name: 'Refunds', type: 'Income' },
      { number: '5000', name: 'Cost of goods', type: 'COGS' },
      { number: '6110', name: 'Selling fees', type: 'Expense' },
      { number: '6120', name: 'Fulfilment fees', type: 'Expense' },
      { number: '6130', name: 'Storage', type: 'Expense' },
      { number: '6160', name: 'Advertising', type: 'Expense' },
      { number: '6300', name: 'Inventory loss', type: 'Expense' },
      { number: '6999', name: 'Closed down', type: 'Expense', inactive: true },
      { number: '7100', name: 'Reimbursements', type: 'OthIncome' },
    ],
    customers: [
      { entityId: 'Amazon US', currency: 'USD', receivableAccount: '1100' },
      { entityId: 'Amazon CA', currency: 'CAD', receivableAccount: '1100' },
      { entityId: 'Amazon JP', currency: 'JPY', receivableAccount: '1100' },
    ],
    vendors: [{ entityId: 'Amazon Services' }],
    locations: [{ name: 'FBA US' }, { name: 'Merchant' }],
    departments: [{ name: 'Marketplaces' }, { name: 'Warehouse' }],
    classifications: [{ name: 'Amazon' }, { name: 'Own shop' }],
    items: [
      { itemId: 'SKU-A', type: 'InvtPart', displayName: 'Item A', upc: '012345678905', incomeAccount: '4000', cogsAccount: '5000', assetAccount: '1200' },
      { itemId: 'SKU-B', type: 'InvtPart', displayName: 'Item B', incomeAccount: '4000', cogsAccount: '5000', assetAccount: '1200' },
      { itemId: 'SKU-OLD', type: 'InvtPart', displayName: 'Old item', incomeAccount: '4000', cogsAccount: '5000', assetAccount: '1200', inactive: true },
      { itemId: 'AMZ-SHIPPING', type: 'NonInvtPart', displayName: 'Shipping', incomeAccount: '4050' },
      { itemId: 'AMZ-PROMOTION', type: 'NonInvtPart', displayName: 'Promotion', incomeAccount: '4090' },
      { itemId: 'AMZ-REFUND', type: 'NonInvtPart', displayName: 'Refund', incomeAccount: '4095' },
    ],
    openingStock: [
      { itemId: 'SKU-A', location: 'FBA US', quantity: 100, unitCost: '15.00' },
      { itemId: 'SKU-B', location: 'FBA US', quantity: 100, unitCost: '9.00' },
    ],
  };
}
