import type { NetSuiteErrorBody, RejectionClass } from './netsuite-client.ts';

export type Refusal = 'duplicate' | 'throttled' | RejectionClass;

interface Rule {
  as: Refusal;
  /** Both must match where both are given. `detail` is matched anywhere: REST puts a sentence of its own before it. */
  code?: RegExp;
  detail?: RegExp;
}

/**
 * NetSuite answers almost every broken business rule with 400 USER_ERROR, so the detail decides. The texts are those
 * of Oracle's error tables (NSHELP section_N3539978 for the SOAP codes named beside them, section_156570709583 for
 * REST), of answers recorded from real accounts ("recorded") and of public integrations; a text that none of them shows has no
 * rule here. The first rule that fits any of the details wins.
 */
const RULES: readonly Rule[] = [
  // Two details together: that the document exists already is the one that decides.
  { as: 'duplicate', detail: /this (record|entity) already exists/i }, // DUP_RCRD
  { as: 'duplicate', code: /^DUP_(RCRD|ENTITY|ITEM)$/ },
  { as: 'throttled', code: /^(CONCURRENCY_LIMIT_EXCEEDED|SSS_REQUEST_LIMIT_EXCEEDED)$/ }, // NSHELP bridgehead_1509974866
  { as: 'not-found', code: /^NONEXISTENT_ID$/ },
  { as: 'not-found', detail: /record (instance )?does not exist/i },
  { as: 'role', code: /^(PERMISSION_VIOLATION|INSUFFICIENT_PERMISSION)$/ },
  { as: 'role', detail: /permission violation/i }, // PERMISSION_VIOLATION
  { as: 'role', detail: /current role does not have permission to perform this action/i }, // recorded, with 400 USER_ERROR
  { as: 'locked', detail: /locked by a user defined workflow/i }, // RCRD_LOCKED_BY_WF
  { as: 'changed', detail: /record has been changed/i }, // RCRD_HAS_BEEN_CHANGED
  { as: 'unbalanced', detail: /amounts in (a|the) journal entry must balance/i }, // recorded; "in the": JE_AMOUNTS_MUST_BALANCE
  { as: 'split', detail: /maximum of \S+ lines/i }, // JE_MAX_ONE_LINE, MAX_200_LINES_ALLWD_ON_TRANS
  { as: 'period', detail: /does not fall between the start and end dates of your accounting period/i }, // DATE_PRD_MISMATCH
  { as: 'period', detail: /no accounting periods that cover this transaction date/i },
  { as: 'period', detail: /not within the date range of your accounting period/i }, // recorded; Expensify NS0079
  { as: 'period', detail: /not within an open accounting period/i }, // where stock moves
  { as: 'over-fulfil', detail: /over-?fulfill an item/i }, // OVER_FULFILL_DISALLWD
  { as: 'stock', detail: /not currently in inventory/i }, // NOT_IN_INVT
  { as: 'state', detail: /not a valid record transformation/i }, // INVALID_RCRD_TRANSFRM
  { as: 'state', detail: /at least one (valid )?line item for this transaction/i }, // recorded without "valid", also of a transform that selects no line
  // A field that the account's own form insists on is named by its label, one at a time.
  { as: 'mandatory-field', detail: /please enter value\(s\) for:/i },
  { as: 'mapping', detail: /mandatory on all lines of the journal entry/i }, // JE_LINE_MISSING_REQD_DATA
  { as: 'mapping', detail: /invalid field value .* for the following field/i },
  { as: 'mapping', detail: /invalid value for the resource or sub-resource field/i }, // recorded, code INVALID_VALUE
  { as: 'mapping', detail: /transaction subsidiary .* is not valid for/i }, // INVALID_TRANS_SUB_*
  { as: 'mapping', detail: /account cannot be used with the .* subsidiary/i },
  // Malformed JSON, an unknown field name, an idempotency key where none is sent: ours to mend.
  {
    as: 'bug',
    code: /^(INVALID_REQUEST|INVALID_CONTENT|INVALID_HEADER|INVALID_PARAMETER|INVALID_URL|IDEMPOTENCY_ERROR)$/,
  },
];

/** What a 4xx answer (other than 401 and 429) means. A text that no rule names is `other`: a person reads it. */
export function classifyRefusal(body: NetSuiteErrorBody): Refusal {
  for (const rule of RULES) {
    if (
      body.details.some((entry) => (rule.code?.test(entry.code) ?? true) && (rule.detail?.test(entry.detail) ?? true))
    )
      return rule.as;
  }
  return body.status === 404 ? 'not-found' : 'other';
}
