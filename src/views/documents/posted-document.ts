import { renderDocument } from '../../domain/identifiers/render-document.ts';
import { formatMinor } from '../../domain/money/money.ts';
import type { StoredDocument } from '../../store/documents/documents.ts';

/** A document of NetSuite's as an order or a payout lists it. */
export interface DocumentView {
  externalId: string;
  /** NetSuite's record type. */
  type: string;
  state: string;
  number: string | null;
  netsuiteId: string | null;
  /** Day under which it is booked; `trueDay` where that is not the day of what happened. */
  date: string;
  trueDay: string | null;
  total: string;
  currency: string;
  failure: string | null;
  /** As people call it: `SO 5120`, `JE planned`. */
  name: string;
}

export function documentView(document: StoredDocument): DocumentView {
  const { externalId, recordType, state, tranId, netsuiteId, date, trueDay, total, currency, failure } = document;
  return {
    externalId,
    type: recordType,
    state,
    number: tranId,
    netsuiteId,
    date,
    trueDay,
    total: formatMinor(total, currency),
    currency,
    failure,
    name: renderDocument(document),
  };
}
