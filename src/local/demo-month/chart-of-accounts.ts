import type { NetSuiteSeed } from '../../simulators/netsuite/seed.ts';

/** An account of the simulated NetSuite; `role` is what a connection calls it, null for those that items own. */
interface ChartLine {
  number: string;
  name: string;
  type: string;
  role: string | null;
  perCurrency?: true;
}

const CHART: readonly ChartLine[] = [
  { number: '1000', name: 'Bank', type: 'Bank', role: 'bank', perCurrency: true },
  { number: '1100', name: 'Accounts receivable – Amazon', type: 'AcctRec', role: 'receivable' },
  { number: '1180', name: 'Amazon clearing', type: 'Bank', role: 'clearing', perCurrency: true },
  { number: '1185', name: 'Amazon reserve', type: 'OthCurrAsset', role: 'reserve-held' },
  { number: '1190', name: 'Amazon payouts in transit', type: 'OthCurrAsset', role: 'payouts-in-transit' },
  { number: '1195', name: 'Settlement in progress', type: 'OthCurrAsset', role: 'settlement-in-progress' },
  { number: '1197', name: 'Merchant orders', type: 'OthCurrAsset', role: 'merchant-orders' },
  { number: '1198', name: 'Set-off between Amazon accounts', type: 'OthCurrAsset', role: 'set-off' },
  { number: '1199', name: 'Amazon payouts converted', type: 'OthCurrAsset', role: 'conversion' },
  { number: '1200', name: 'Inventory', type: 'OthCurrAsset', role: null },
  { number: '2000', name: 'Card', type: 'CredCard', role: 'card', perCurrency: true },
  { number: '2100', name: 'Balance due to Amazon', type: 'OthCurrLiab', role: 'balance-due-to-amazon' },
  { number: '2110', name: 'Amazon charges', type: 'OthCurrLiab', role: 'amazon-charges' },
  { number: '2130', name: 'Accrued Amazon fees', type: 'OthCurrLiab', role: 'accrued' },
  { number: '2200', name: 'Sales tax payable', type: 'OthCurrLiab', role: 'sales-tax-payable' },
  { number: '2210', name: 'Tax withheld', type: 'OthCurrAsset', role: 'tax-withheld' },
  { number: '2300', name: 'Amazon loans', type: 'OthCurrLiab', role: 'loans' },
  { number: '2900', name: 'Suspense', type: 'OthCurrLiab', role: 'suspense' },
  { number: '3900', name: 'Opening balance', type: 'Equity', role: 'opening-balance' },
  { number: '4000', name: 'Product sales', type: 'Income', role: null },
  { number: '4050', name: 'Shipping income', type: 'Income', role: null },
  { number: '4060', name: 'Gift wrap', type: 'Income', role: null },
  { number: '4090', name: 'Promotions', type: 'Income', role: null },
  { number: '4095', name: 'Refunds', type: 'Income', role: null },
  { number: '4097', name: 'Points', type: 'Income', role: null },
  { number: '5000', name: 'Cost of goods sold', type: 'COGS', role: null },
  { number: '5100', name: 'Cost of returned goods', type: 'COGS', role: 'cogs-returns' },
  { number: '6110', name: 'Selling fees', type: 'Expense', role: 'selling-fees' },
  { number: '6120', name: 'Fulfilment fees', type: 'Expense', role: 'fulfilment-fees' },
  { number: '6130', name: 'Storage', type: 'Expense', role: 'storage' },
  { number: '6140', name: 'Inbound freight', type: 'Expense', role: 'inbound' },
  { number: '6150', name: 'Removals', type: 'Expense', role: 'removal' },
  { number: '6160', name: 'Advertising', type: 'Expense', role: 'advertising' },
  { number: '6170', name: 'Subscription', type: 'Expense', role: 'subscription' },
  { number: '6180', name: 'Tax on fees', type: 'Expense', role: 'tax-on-fees' },
  { number: '6190', name: 'Liquidation', type: 'Expense', role: 'liquidation' },
  { number: '6200', name: 'Chargebacks and claims', type: 'Expense', role: 'chargebacks-and-claims' },
  { number: '6300', name: 'Inventory loss', type: 'Expense', role: 'inventory-loss' },
  { number: '6900', name: 'Variance', type: 'Expense', role: 'variance' },
  { number: '7100', name: 'Reimbursements', type: 'OthIncome', role: 'reimbursements' },
];

export const INVENTORY_ACCOUNT = '1200';
export const RECEIVABLE_ACCOUNT = '1100';
export const SALES_ACCOUNT = '4000';
export const COST_OF_GOODS_ACCOUNT = '5000';

/** Sales tax that the seller owes, by jurisdiction. */
const TAX_ACCOUNTS: Readonly<Record<string, string>> = {
  GB: '2211',
  DE: '2212',
  FR: '2213',
  IT: '2214',
  ES: '2215',
  NL: '2216',
  BE: '2217',
  IE: '2218',
  SE: '2219',
  PL: '2220',
  JP: '2221',
};

/** Account of a country's sales tax, null where the chart has none. */
export const taxAccountOf = (countryCode: string): string | null => TAX_ACCOUNTS[countryCode] ?? null;

/** Accounts of type Bank and CredCard hold one currency each, so they stand once per currency: `1180-USD`. */
export function seededAccounts(
  currencies: readonly string[],
  countries: readonly string[] = [],
): NetSuiteSeed['accounts'] {
  const accounts = CHART.flatMap(({ number, name, type, perCurrency }) =>
    perCurrency
      ? currencies.map((currency) => ({ number: `${number}-${currency}`, name: `${name} ${currency}`, type, currency }))
      : [{ number, name, type }],
  );
  const ofTax = countries.flatMap((country) => {
    const number = taxAccountOf(country);
    return number === null ? [] : [{ number, name: `Sales tax ${country}`, type: 'OthCurrLiab' }];
  });
  return [...accounts, ...ofTax];
}

/** The `accounts` of a connection's configuration: role to account number, or to one per currency. */
export function accountsByRole(
  currencies: readonly string[],
  countries: readonly string[] = [],
): Record<string, string | Record<string, string>> {
  const ofTax = countries.flatMap((country) => {
    const number = taxAccountOf(country);
    return number === null ? [] : [[`sales-tax-payable:${country}`, number] as const];
  });
  const ofRoles = Object.fromEntries(
    CHART.flatMap(({ number, role, perCurrency }) =>
      role === null
        ? []
        : [
            [
              role,
              perCurrency
                ? Object.fromEntries(currencies.map((currency) => [currency, `${number}-${currency}`]))
                : number,
            ],
          ],
    ),
  ) as Record<string, string | Record<string, string>>;
  return { ...ofRoles, ...Object.fromEntries(ofTax) };
}
