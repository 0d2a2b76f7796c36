import type { JsonObject } from '../../clients/netsuite/netsuite-client.ts';
import { decimal } from '../../clients/netsuite/write-json.ts';
import { recordTypeOf, type PurposeOf } from '../../domain/documents/document-kinds.ts';
import { externalIdOf, memoStart, type DocumentKey } from '../../domain/identifiers/external-id.ts';
import { formatMinor, type CurrencyCode } from '../../domain/money/money.ts';
import { lineDescription, type OrderLine } from '../../domain/orders/sales-order.ts';
import type { Connection } from '../connection.ts';
import type { PostingCall } from './posting-call.ts';
import {
  accountReference,
  commonFields,
  currencyReference,
  customerReference,
  serviceItemReference,
} from './references.ts';

/** An invoice or a credit memo of an order that is made of no other document. */
export interface StandAlonePlan {
  key: DocumentKey<PurposeOf<'bill' | 'credit'>>;
  orderId: string;
  currency: CurrencyCode;
  /** Without goods: a stand-alone credit memo would bring them back to stock without their cost. */
  lines: readonly OrderLine[];
}

/** The call that makes one. A memo is never applied by itself: the payout pays it out. */
export async function standAloneCall(
  connection: Connection,
  { key, orderId, currency: code, lines }: StandAlonePlan,
  marketplace: string | null,
  dated: JsonObject,
): Promise<PostingCall> {
  const [customer, currency, account, common] = await Promise.all([
    customerReference(connection, marketplace),
    currencyReference(connection, code),
    accountReference(connection, connection.mode.account, code),
    commonFields(connection, recordTypeOf(key.purpose), { withSubsidiary: true }),
  ]);
  const items = await Promise.all(
    lines.map(async (line) => ({
      item: await serviceItemReference(connection, line),
      quantity: line.quantity,
      amount: decimal(formatMinor(line.amount, code)),
      description: lineDescription(line, code),
    })),
  );
  return {
    kind: 'create',
    body: {
      externalId: externalIdOf(key),
      ...dated,
      entity: customer,
      currency,
      memo: memoStart(key),
      otherRefNum: orderId,
      account: { id: account.id },
      ...(key.purpose === 'CM' ? { autoApply: false } : {}),
      ...common,
      item: { items },
    },
  };
}
