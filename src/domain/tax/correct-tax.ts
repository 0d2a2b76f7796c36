/** The document that puts right who owes the tax of another one: a credit memo, or an invoice, of the tax line alone (tax.md, *Proof*). */
import { asShown, type SalesPurpose } from '../documents/document-kinds.ts';
import { memoStart, type DocumentKey } from '../identifiers/external-id.ts';
import type { Day } from '../money/instant.ts';
import { sumMinor, type CurrencyCode } from '../money/money.ts';
import type { DispatchPlan } from '../orders/dispatch.ts';
import { itemOfTag, lineTag, type OrderLine } from '../orders/sales-order.ts';
import type { CollectorFound } from './collector-differs.ts';
import type { ItemTax, Jurisdiction } from './tax-policy.ts';

export interface TaxCorrectionPlan<P extends SalesPurpose = SalesPurpose> extends DispatchPlan<P> {
  /** External id of the document whose tax it puts right. */
  corrects: string;
  /** Its marketplace, by which its customer is found. */
  marketplace: string | null;
  /** Each item's tax by its right collector, then what was said of it taken back; signed as Amazon tells it. */
  taxes: ItemTax[];
}

/** A document that was settled by another collector's rules. */
export interface Corrected {
  externalId: string;
  key: DocumentKey<SalesPurpose>;
  orderId: string;
  currency: CurrencyCode;
  marketplace: string | null;
  total: bigint;
  /** Its lines, each as its plan has it. */
  lines: readonly OrderLine[];
  /** Whether its lines are a credit although it is an invoice: of a refund that Amazon takes back. */
  linesAreCredit: boolean;
  taxes: readonly ItemTax[];
}

const OTHER: Readonly<Record<SalesPurpose, SalesPurpose>> = { INV: 'CM', CM: 'INV' };

/**
 * Tax that Amazon owes comes off by a document of the other kind, line by line; tax that the seller owes is added by one of
 * the same kind, as it was told of each item; where that does not come to what was settled, in one line at an unknown rate.
 * @param date the day of the decision
 * @param jurisdiction the marketplace's, for tax of a document that says nothing of its items' tax
 */
export function planTaxCorrection(
  document: Corrected,
  found: CollectorFound,
  date: Day,
  jurisdiction: Jurisdiction,
): TaxCorrectionPlan {
  const { owedBy, amount } = found;
  const { key: corrected, orderId, currency, marketplace } = document;
  const key: DocumentKey<SalesPurpose> = {
    connection: corrected.connection,
    purpose: owedBy === 'seller' ? corrected.purpose : OTHER[corrected.purpose],
    businessKey: correctionKey(corrected.businessKey),
    part: 1,
  };
  const own = ofItems(document, found);
  const taxes = owedBy === 'seller' ? toldOf(own, amount, jurisdiction) : own.taxes.filter(isSellers);
  return {
    key,
    memo: memoStart(key),
    orderId,
    currency,
    date,
    lines: owedBy === 'seller' ? taxes.map((tax) => lineOf(tax, corrected.purpose)) : linesOfTax(own),
    total: amount,
    corrects: document.externalId,
    marketplace,
    taxes: [
      ...taxes.map((tax): ItemTax => ({ ...tax, collector: owedBy })),
      ...taxes.map((tax): ItemTax => ({ ...tax, net: -tax.net, tax: -tax.tax })),
    ],
  };
}

/** The document with its tax of the jurisdictions that it was moved to since, so that it comes off where it is. */
export function whereItIs(document: Corrected, moved: readonly ItemTax[]): Corrected {
  const placeOf = (orderItemId: string) => moved.find((tax) => tax.orderItemId === orderItemId);
  return {
    ...document,
    taxes: document.taxes.map((tax) => {
      const { jurisdiction, rate } = placeOf(tax.orderItemId) ?? tax;
      return { ...tax, jurisdiction, rate };
    }),
    lines: document.lines.map((line) => {
      const now = line.tax && placeOf(itemOfTag(line.tag));
      return now ? { ...line, tax: { ...line.tax!, jurisdiction: now.jurisdiction, rate: now.rate } } : line;
    }),
  };
}

/** Business key of the correction of a document. */
export function correctionKey(businessKey: string): string {
  return `${businessKey}-t1`;
}

/** The document with those items alone whose tax is another's. */
function ofItems(document: Corrected, { items }: CollectorFound): Corrected {
  if (items === null) return document;
  return {
    ...document,
    lines: document.lines.filter(({ tag }) => items.includes(tag)),
    taxes: document.taxes.filter(({ orderItemId }) => items.includes(lineTag(orderItemId, 'tax'))),
  };
}

const isSellers = ({ collector }: ItemTax): boolean => collector === 'seller';

/** Lines of a correction are positive, as those of any invoice or memo that owes something. */
function linesOfTax({ lines, linesAreCredit }: Corrected): OrderLine[] {
  const shown = (amount: bigint) => (linesAreCredit ? -amount : amount);
  return lines
    .filter(({ component, amount }) => component === 'tax' && amount !== 0n)
    .map((line) => ({
      ...line,
      quantity: 1,
      amount: shown(line.amount),
      ...(line.tax ? { tax: { ...line.tax, net: shown(line.tax.net) } } : {}),
    }));
}

/** What was told of the tax of each item; one of the whole document where that is not what was settled. */
function toldOf({ key, taxes, total }: Corrected, amount: bigint, jurisdiction: Jurisdiction): ItemTax[] {
  const told = taxes.filter(({ tax, collector }) => tax !== 0n && collector !== 'seller');
  if (asShown(key.purpose, sumMinor(told.map(({ tax }) => tax))) === amount) return told;
  const [first] = taxes;
  return [
    {
      orderItemId: first?.orderItemId ?? key.businessKey,
      sku: first?.sku ?? null,
      collector: first?.collector ?? 'nobody',
      jurisdiction: first?.jurisdiction ?? jurisdiction,
      rate: null,
      net: asShown(key.purpose, total),
      tax: asShown(key.purpose, amount),
    },
  ];
}

function lineOf({ orderItemId, jurisdiction, rate, net, tax }: ItemTax, purpose: SalesPurpose): OrderLine {
  return {
    tag: lineTag(orderItemId, 'tax'),
    goods: false,
    sku: null,
    component: 'tax',
    quantity: 1,
    amount: asShown(purpose, tax),
    tax: { jurisdiction, rate, net: asShown(purpose, net) },
  };
}
