/** What the VAT report does not say, in sentences: nobody shall take it for more than it is. */
import type { VatFact } from '../../domain/tax/vat-facts.ts';
import { renderMoney } from '../../domain/money/render-amount.ts';
import { sellerSums, UK, vatCaseOf, type UkBoxes } from '../../domain/tax/vat-lines.ts';
import type { VatFeesView } from './vat-fees-part.ts';
import type { VatLeftView } from './vat-left-part.ts';
import type { VatAmazonView } from './vat-amazon-part.ts';

export function vatNotes({
  facts,
  boxes,
  fees,
  amazon,
  isPlanned,
  settings,
  left,
}: {
  facts: readonly VatFact[];
  boxes: UkBoxes | null;
  fees: VatFeesView | null;
  amazon: VatAmazonView | null;
  isPlanned: boolean;
  /** Sentences about settings of tax that NetSuite has otherwise. */
  settings: readonly string[];
  left: readonly VatLeftView[];
}): string[] {
  const abroad = sellerSums(facts.filter(({ posted }) => posted)).filter(
    ({ jurisdiction, currency }) => jurisdiction === UK.jurisdiction && currency !== UK.currency,
  );
  const has = (wanted: string) => facts.some((fact) => fact.collector === 'seller' && vatCaseOf(fact) === wanted);
  return [
    ...settings.map((what) => `${what}. Until that is mended the tie to NetSuite names documents one by one.`),
    ...(has('zero') && amazon === null
      ? [
          "Sales at zero are not split into exports, business buyers and foreign stock: only Amazon's VAT Transactions Report tells which (--avtr FILE).",
        ]
      : []),
    ...(has('unclear')
      ? [
          'Where you owe tax and the case is unclear, no rate of tax.rates gives what Amazon tells: look at these orders before you file.',
        ]
      : []),
    ...(facts.some((fact) => fact.collector === 'nobody' && vatCaseOf(fact) === 'unclear')
      ? [
          'Where nobody owes it and the case is unclear, the country is not among tax.registrations, or no document of the sale carries its tax: it stands on sales-tax-payable, in no sum and no box, until you have said whose it is (tax-of-nobody).',
        ]
      : []),
    ...left.map(({ note }) => note),
    ...abroad.map(
      ({ net, tax, currency }) =>
        `${renderMoney(tax, currency)} of tax on ${renderMoney(net, currency)} that you owe in GB are in no box: a UK return is in pounds. Convert them at the rate of the return, and add them to boxes 1 and 6.`,
    ),
    ...(isPlanned
      ? ['What is planned is not in NetSuite: it stands in no sum, no box and no tie to its accounts.']
      : []),
    ...((amazon?.waiting ?? []).length > 0
      ? [
          `Moves whose journal NetSuite does not hold yet count nowhere, beside Amazon's report neither: ${amazon!.waiting.join(', ')}.`,
        ]
      : []),
    ...(boxes === null
      ? []
      : [
          boxes.box4 === null
            ? "Boxes 1 and 6 hold Amazon sales of this connection in pounds alone. Boxes 4 and 7 are empty: Amazon's fee invoices are entered in NetSuite (tax.feeInvoices)."
            : "Boxes 1 and 6 hold Amazon sales of this connection in pounds alone, boxes 4 and 7 Amazon's fee invoices in pounds that were entered. Other purchases you add.",
        ]),
    ...(fees?.invoices.some(({ treatment }) => treatment === 'reverse')
      ? ['An invoice under reverse charge stands in net alone: its tax, due and reclaimed, you add.']
      : []),
    ...(fees?.invoices.some(({ posted }) => !posted)
      ? ['A fee invoice whose journal NetSuite does not hold yet is in no box.']
      : []),
    'An aid to fill a return: it files nothing and gives no advice.',
  ];
}
