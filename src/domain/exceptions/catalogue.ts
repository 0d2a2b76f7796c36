/**
 * Every exception that a person ends: one row a code, with its title, the few words that lists begin with, who ends it and
 * whether it holds something up. A payout is not tied while an exception that holds it up is open.
 */
export type Owner = 'finance' | 'operations' | 'engineering';

export interface ExceptionEntry {
  title: string;
  /** A list writes its subject behind them: `no document: order 112-…`. */
  words: string;
  /** Who can end it. */
  owner: Owner;
  /** What it is about waits for it: a payout or order is not tied or done while it is open, rows or documents of stock are not booked. */
  holdsUp: boolean;
}

const row = (title: string, words: string, owner: Owner, holdsUp: 'holds up' | 'holds nothing up'): ExceptionEntry => ({
  title,
  words,
  owner,
  holdsUp: holdsUp === 'holds up',
});

export const EXCEPTIONS = {
  'sku-unknown': row('NetSuite has no item for a SKU', 'no NetSuite item for', 'operations', 'holds up'),
  'unknown-amount': row('An amount type has no account', 'no account:', 'finance', 'holds up'),
  'tax-residual': row(
    'Tax collected and withheld of an order do not come to zero',
    'tax left over:',
    'finance',
    'holds nothing up',
  ),
  'tax-of-nobody': row(
    'Tax that nobody withheld is on no document, and nobody has said whose it is',
    'tax of nobody:',
    'finance',
    'holds up',
  ),
  'transfer-failed': row('Amazon could not transfer a payout', 'transfer failed:', 'finance', 'holds up'),
  'period-closed': row('The accounting period is closed or locked', 'period closed:', 'finance', 'holds up'),
  'document-missing': row('An order that was settled has no document', 'no document:', 'operations', 'holds up'),
  'document-differs': row(
    'A document was settled for another amount than its own',
    'settled differently:',
    'finance',
    'holds up',
  ),
  'document-altered': row(
    'Somebody altered a posted document in NetSuite',
    'altered in NetSuite:',
    'finance',
    'holds up',
  ),
  'prices-differ': row(
    'How the prices of a marketplace are read is not proven',
    'prices not proven:',
    'finance',
    'holds up',
  ),
  'taxed-by-netsuite': row('NetSuite added tax of its own to a document', 'taxed by NetSuite:', 'finance', 'holds up'),
  'tax-collector-differs': row(
    'The tax of a document is owed by another than it says',
    'tax of another:',
    'finance',
    'holds up',
  ),
  'tax-split-differs': row(
    'Amazon splits the total of a document otherwise into net and tax',
    'net and tax differ:',
    'finance',
    'holds nothing up',
  ),
  'tax-above-price': row('A price is below the tax told of it', 'tax above its price:', 'finance', 'holds up'),
  'sale-unplaced': row(
    'Nobody knows where the sale of a refund went, and so which tax it gives back',
    'sale went where:',
    'finance',
    'holds up',
  ),
  'tax-unclear': row('No rate gives the tax of a document', 'tax rate unknown:', 'finance', 'holds nothing up'),
  'vat-report-refused': row(
    "Amazon's VAT report of a month cannot be had or used",
    'VAT report refused:',
    'finance',
    'holds nothing up',
  ),
  'document-unknown': row('NetSuite holds a document that Tieout has forgotten', 'forgotten:', 'finance', 'holds up'),
  'bank-line-missing': row('A movement is not on the statement', 'no bank line:', 'finance', 'holds up'),
  'netsuite-refused': row('NetSuite refused a document', 'NetSuite refused:', 'operations', 'holds up'),
  'journal-unapproved': row('NetSuite holds a document that is not posted', 'not approved:', 'finance', 'holds up'),
  'report-sum': row('The rows of the report do not sum to its total', 'report does not add up:', 'finance', 'holds up'),
  'report-unreadable': row(
    'A report that Amazon delivered cannot be read',
    'report not readable:',
    'finance',
    'holds up',
  ),
  'input-unreadable': row(
    'A row of a report, or a record of an answer, cannot be read',
    'not readable:',
    'engineering',
    'holds nothing up',
  ),
  'refund-unclear': row('A refund cannot be booked as it stands', 'refund unclear:', 'finance', 'holds up'),
  'chain-broken': row('Two settlements do not follow on each other', 'gap before:', 'finance', 'holds up'),
  'report-reissued': row(
    'Amazon issued a settlement report again with other content',
    'report issued again:',
    'finance',
    'holds up',
  ),
  'settlement-unassigned': row('No connection owns all of a settlement', "nobody's:", 'finance', 'holds up'),
  'marketplace-not-listed': row('A marketplace that no connection lists', 'not listed:', 'finance', 'holds nothing up'),
  'set-off-open': row('One side of a set-off is missing', 'set-off open:', 'finance', 'holds nothing up'),
  'shipment-unbooked': row(
    'Amazon shipped units that no fulfilment has',
    'shipped, not fulfilled:',
    'operations',
    'holds nothing up',
  ),
  'fulfilment-unseen': row(
    "A fulfilment that Amazon's ledger does not have",
    'fulfilled, not shipped:',
    'operations',
    'holds nothing up',
  ),
  'receipt-unknown': row(
    'Amazon received units of no known shipment',
    'received for nothing known:',
    'operations',
    'holds up',
  ),
  'inbound-short': row(
    'A closed inbound shipment was not received in full',
    'not all received:',
    'operations',
    'holds up',
  ),
  'inbound-over': row('Amazon received more than was shipped', 'more received than shipped:', 'operations', 'holds up'),
  'ledger-unknown': row(
    'Rows of the stock ledger that no rule answers',
    'no answer in the ledger:',
    'operations',
    'holds up',
  ),
  'ledger-gap': row(
    "Amazon's balance is not what its rows come to",
    'gap in the ledger:',
    'operations',
    'holds nothing up',
  ),
  'item-not-countable': row('An item whose stock cannot be counted', 'cannot be counted:', 'operations', 'holds up'),
  'receipt-not-restocked': row('NetSuite took a receipt and no units rose', 'not restocked:', 'operations', 'holds up'),
  'stock-missing': row('NetSuite lacks the units that are to leave', 'not in stock:', 'operations', 'holds up'),
  'cost-unknown': row('NetSuite knows no cost of an item', 'no cost:', 'finance', 'holds up'),
  'adjustment-large': row('An adjustment is above the limit', 'above the limit:', 'finance', 'holds up'),
  'movement-foreign': row(
    'Somebody moved stock in NetSuite at a location of the connection',
    'moved in NetSuite:',
    'operations',
    'holds nothing up',
  ),
  'movements-apart': row(
    "NetSuite's movements do not come to what it has on hand",
    'movements apart from on hand:',
    'operations',
    'holds nothing up',
  ),
  'finances-unknown': row('An amount of Finances has no role', 'no role:', 'finance', 'holds up'),
  'close-changed': row(
    'A signed month no longer matches what was signed',
    'not as signed:',
    'finance',
    'holds nothing up',
  ),
  'month-failing': row('A month cannot be worked out', 'not worked out:', 'engineering', 'holds nothing up'),
  'ledger-truncated': row('A report of the stock ledger is not whole', 'ledger not whole:', 'operations', 'holds up'),
  'snapshot-truncated': row(
    "Amazon's inventory is not whole",
    'inventory not whole:',
    'operations',
    'holds nothing up',
  ),
  'pool-unknown': row('The stock ledger has a country that is in no pool', 'in no pool:', 'engineering', 'holds up'),
  drift: row(
    'An answer of Amazon holds something that Tieout does not know',
    'new at Amazon:',
    'engineering',
    'holds nothing up',
  ),
  'setting-unknown': row(
    'NetSuite does not have what the configuration names, or has it otherwise',
    'not so in NetSuite:',
    'engineering',
    'holds nothing up',
  ),
  'step-failing': row('A step fails again and again', 'keeps failing:', 'engineering', 'holds up'),
  'clock-skew': row('Our clock and another one are too far apart', 'clock off:', 'engineering', 'holds nothing up'),
  'alert-undelivered': row('A channel takes no messages', 'takes no messages:', 'engineering', 'holds nothing up'),
  'netsuite-auth': row(
    'NetSuite refused the sign-in',
    'NetSuite refuses the sign-in:',
    'engineering',
    'holds nothing up',
  ),
  'netsuite-down': row('NetSuite does not answer', 'NetSuite does not answer:', 'engineering', 'holds nothing up'),
  'amazon-auth': row('Amazon refused the sign-in', 'Amazon refuses the sign-in:', 'engineering', 'holds nothing up'),
  'amazon-down': row('Amazon does not answer', 'Amazon does not answer:', 'engineering', 'holds nothing up'),
} as const satisfies Record<string, ExceptionEntry>;

export type ExceptionCode = keyof typeof EXCEPTIONS;
