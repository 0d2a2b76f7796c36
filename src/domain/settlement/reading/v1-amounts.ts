/**
 * The older flat file (V1) has one amount column per kind. Each filled one becomes an amount of its own under the
 * names of V2, by the mapping that Amazon published when it announced V2 (the name of the type column becomes the
 * amount type, its value the description) and, where that leaves the choice open, by what V2 files show.
 */
import { foldText } from '../fold-key.ts';
import type { Columns } from '../columns.ts';
import type { FieldCursor } from '../../delimited/field-cursor.ts';
import type { AmountKey } from '../settlement.ts';

/** One filled amount column of a V1 row. */
export interface V1Amount extends AmountKey {
  /** Position of the column. */
  field: number;
}

const TYPED = [
  ['price-amount', 'ItemPrice', 'price-type'],
  ['item-related-fee-amount', 'ItemFees', 'item-related-fee-type'],
  ['promotion-amount', 'Promotion', 'promotion-type'],
  ['shipment-fee-amount', 'ShipmentFees', 'shipment-fee-type'],
  ['order-fee-amount', 'OrderFees', 'order-fee-type'],
  ['direct-payment-amount', 'DirectPayment', 'direct-payment-type'],
] as const;
const REIMBURSEMENTS = [
  'WAREHOUSE_',
  'REVERSAL_REIMBURSEMENT',
  'MISSING_FROM_INBOUND',
  'COMPENSATED_CLAWBACK',
  'FREE_REPLACEMENT_REFUND_ITEMS',
  'CS_ERROR_',
  'INCORRECT_FEES_',
  'RE_EVALUATION',
].map(foldText);
const ADVERTISING = foldText('Cost of Advertising');
const EASY_SHIP = foldText('Amazon Easy Ship Charges');
const SAFE_T = foldText('SAFE-T Reimbursement');

/** Reads the amounts of V1 rows. */
export class V1AmountReader {
  readonly #names: readonly string[];

  constructor(columns: Columns) {
    this.#names = columns.names;
  }

  /** The filled amount columns of a row, in the order of the table above, then other-fee, misc-fee and other amounts. */
  read(line: FieldCursor): V1Amount[] {
    const at = (column: string) => this.#names.indexOf(column);
    const transactionType = line.text(at('transaction-type'));
    const amounts: V1Amount[] = [];
    const put = (column: string, key: Partial<AmountKey> & Omit<AmountKey, 'transactionType'>) => {
      amounts.push({ field: at(column), transactionType, ...key });
    };
    for (const [column, amountType, typeColumn] of TYPED) {
      if (line.isBlank(at(column))) continue;
      const description = line.text(at(typeColumn));
      if (column === 'item-related-fee-amount' && foldText(description) === ADVERTISING) {
        put(column, {
          transactionType: 'ServiceFee',
          amountType: 'Cost of Advertising',
          amountDescription: 'TransactionTotalAmount',
        });
      } else if (column === 'item-related-fee-amount' && foldText(description) === EASY_SHIP) {
        put(column, { transactionType: 'AmazonFees', amountType: description, amountDescription: 'Base fee' });
      } else put(column, { amountType, amountDescription: description });
    }
    if (!line.isBlank(at('other-fee-amount'))) {
      const reason = line.text(at('other-fee-reason-description'));
      const tax =
        foldText(transactionType) === 'servicefee' &&
        foldText(reason) === 'taxamount' &&
        foldText(line.text(at('item-related-fee-type'))) === ADVERTISING;
      put(
        'other-fee-amount',
        tax
          ? { transactionType: 'ServiceFee', amountType: 'Cost of Advertising', amountDescription: 'TaxAmount' }
          : { amountType: 'other-transaction', amountDescription: reason || transactionType },
      );
    }
    if (!line.isBlank(at('misc-fee-amount'))) {
      put('misc-fee-amount', { amountType: 'other-transaction', amountDescription: transactionType });
    }
    if (!line.isBlank(at('other-amount'))) put('other-amount', otherAmount(transactionType));
    return amounts;
  }
}

/**
 * Account-level rows: V1 has the kind as transaction type, V2 as description of `other-transaction`; `Storage Fee -
 * Reversal` is V2's `other-transaction - Reversal` of a storage fee. A SAFE-T reimbursement keeps its transaction type.
 */
function otherAmount(transactionType: string): AmountKey {
  const folded = foldText(transactionType);
  if (folded === SAFE_T)
    return { transactionType, amountType: 'other-transaction', amountDescription: transactionType };
  const [, kind, again] = /^(.+?)\s*-\s*(Reversal|Correction)$/i.exec(transactionType) ?? [];
  if (kind !== undefined) return { ...otherAmount(kind), transactionType: `other-transaction - ${again}` };
  const reimbursement = REIMBURSEMENTS.some((begin) => folded.startsWith(begin));
  return {
    transactionType: 'other-transaction',
    amountType: reimbursement ? 'FBA Inventory Reimbursement' : 'other-transaction',
    amountDescription: folded === 'inboundtransportationfee' ? 'FBAInboundTransportationFee' : transactionType,
  };
}
