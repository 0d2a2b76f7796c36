/** What `tieout.config.yaml` may say of sales tax (tax.md): where the seller owes any, and how each marketplace's prices are read. */
import { z } from 'zod';
import { STANDARD, type Jurisdiction } from '../domain/tax/tax-policy.ts';
import type { ConfigProblem } from './explain-issue.ts';
import { marketplaceById, type Marketplace } from './marketplaces.ts';

const jurisdiction = z
  .string()
  .regex(/^[A-Z]{2}$/, 'is not a country by two letters, like GB')
  .refine((code) => code !== 'UK', 'is GB: countries go by ISO 3166');
/** Per cent, two decimals at most. */
const rate = z
  .number()
  .min(0)
  .max(100)
  .refine((percent) => Number.isInteger(Math.round(percent * 1e6) / 1e4), 'has more than two decimals');

export const taxSchema = z.strictObject({
  /** Where the seller owes tax. None is an answer: then no document carries any. */
  registrations: z.array(jurisdiction),
  /** NetSuite item of each jurisdiction's tax lines: non-inventory, not fulfillable, on the jurisdiction's account. */
  items: z.record(jurisdiction, z.string().min(1)).default({}),
  /** By jurisdiction and class of goods. */
  rates: z.record(jurisdiction, z.record(z.string().min(1), rate)).default({}),
  /** Class of each SKU that is not `standard`. */
  classes: z.record(z.string().min(1), z.string().min(1)).default({}),
  write: z.enum(['line', 'code']).default('line'),
  /** Who enters Amazon's invoices for fees. */
  feeInvoices: z.enum(['netsuite', 'ours']).default('netsuite'),
  /** Whether Amazon is asked for its VAT report, which needs a restricted role; else a person gives its file. */
  vatReport: z.enum(['file', 'amazon']).default('file'),
});

/** How one marketplace's prices are read. */
export const marketplaceTax = {
  prices: z.enum(['auto', 'inclusive', 'exclusive']).default('auto'),
  collects: z.enum(['order', 'amazon', 'seller']).default('order'),
  calculatedBy: z.enum(['amazon', 'rates']).default('amazon'),
  /** Tax that Amazon hands over without having withheld it, in a country where the seller owes none: each payout asks whose it is, or it is left where it stands. */
  unwithheldTax: z.enum(['ask', 'leave']).default('ask'),
};

export const TAX_BY_JURISDICTION = /^(sales-tax-payable|input-tax):([A-Z]{2})$/;

/** Where Amazon writes prices without tax (amazon.md §5.10). */
const EXCLUSIVE = ['US', 'CA', 'MX'];

export function writesWithoutTax({ country }: Pick<Marketplace, 'country'>): boolean {
  return EXCLUSIVE.includes(country);
}

export function jurisdictionOf({ country }: Pick<Marketplace, 'country'>): Jurisdiction {
  return country === 'UK' ? 'GB' : country;
}

/** What the rest of a connection says of its tax. */
interface TaxSurroundings {
  amazon: { region: Marketplace['region'] };
  tax?: z.output<typeof taxSchema> | undefined;
  marketplaces: readonly { id: string; collects: string; unwithheldTax: string }[];
  accounts: Readonly<Record<string, unknown>>;
}

/** What the settings of tax allow each by itself and not together. `real`: no simulator answers for the connection. */
export function taxContradictions(
  { amazon, tax, marketplaces, accounts }: TaxSurroundings,
  at: readonly ['connections', number],
  { real }: { real: boolean },
): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const problem = (path: readonly (string | number)[], what: string) => problems.push({ path: [...at, ...path], what });
  const abroad = marketplaces
    .map(({ id }) => marketplaceById(id)!)
    .find((marketplace) => !writesWithoutTax(marketplace) && marketplace.region === amazon.region);
  if (tax === undefined) {
    if (real && abroad)
      problem(
        ['tax'],
        `missing: ${abroad.domain} sells at prices with tax. Name under tax.registrations where the seller owes it (an empty list is an answer)`,
      );
    return problems;
  }
  if (tax.write === 'code')
    problem(
      ['tax', 'write'],
      '"code" is refused: that REST takes tax codes on lines has not been shown; set line, and fill the return from the report of tax',
    );
  for (const place of tax.registrations) {
    const reclaimed = accounts[`input-tax:${place}`] ?? accounts['input-tax'];
    if (tax.feeInvoices === 'ours' && reclaimed === undefined)
      problem(
        ['accounts', `input-tax:${place}`],
        `missing: tax.feeInvoices is ours, and the tax of Amazon's invoices is reclaimed there`,
      );
    if (tax.items[place] === undefined) problem(['tax', 'items', place], 'missing: the item of its tax lines');
    const rates = tax.rates[place];
    if (rates?.[STANDARD] === undefined) problem(['tax', 'rates', place, STANDARD], 'missing: its rate in per cent');
    for (const [sku, name] of Object.entries(tax.classes))
      if (rates !== undefined && rates[name] === undefined)
        problem(['tax', 'classes', sku], `"${name}" has no rate under tax.rates.${place}`);
  }
  marketplaces.forEach(({ id, collects, unwithheldTax }, index) => {
    const place = jurisdictionOf(marketplaceById(id)!);
    if (unwithheldTax === 'leave' && tax.registrations.includes(place))
      problem(
        ['marketplaces', index, 'unwithheldTax'],
        `"leave" is refused: ${place} is among tax.registrations, and tax there may be yours`,
      );
    if (collects === 'seller' && !tax.registrations.includes(place))
      problem(['marketplaces', index, 'collects'], `"seller" needs ${place} among tax.registrations`);
  });
  return problems;
}
