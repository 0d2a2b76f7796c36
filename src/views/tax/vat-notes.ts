/** What the VAT report does not say, in sentences: nobody shall take it for more than it is. */
import type { VatFact } from '../../domain/tax/vat-facts.ts';
import { vatCaseOf, type UkBoxes } from '../../domain/tax/vat-lines.ts';
import type { VatFeesView } from './vat-fees-part.ts';
import type { VatAmazonView } from './vat-amazon-part.ts';

export function vatNotes({
  facts,
  boxes,
  fees,
  amazon,
  isPlanned,
  settings,
}: {
  facts: readonly VatFact[];
  boxes: UkBoxes | null;
  fees: VatFeesView | null;
  amazon: VatAmazonView | null;
  isPlanned: boolean;
  /** Sentences about settings of tax that NetSuite has otherwise. */
  settings: readonly string[];
}): string[] {
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
          'Where the case is unclear, no rate of tax.rates gives the tax that Amazon tells: look at these orders before you file.',
        ]
      : []),
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
