import { describe, expect, test } from '@jest/globals';
import { classifyRefusal, type Refusal } from '../../../src/clients/netsuite/classify-refusal.ts';
import { errorSentence, readErrorBody } from '../../../src/clients/netsuite/error-body.ts';
import type { NetSuiteErrorBody } from '../../../src/clients/netsuite/netsuite-client.ts';

const refused = (status: number, ...details: [code: string, detail: string][]): NetSuiteErrorBody => ({
  status,
  title: 'Bad Request',
  details: details.map(([code, detail]) => ({ code, detail })),
});

// Typed from Oracle's tables, public integrations and the answers recorded below; most texts arrive after "Error while accessing a resource. ".
const TABLE: [status: number, code: string, detail: string, as: Refusal][] = [
  [404, 'NONEXISTENT_ID', 'Record does not exist.', 'not-found'],
  [400, 'USER_ERROR', 'The record instance does not exist. Provide a valid record instance ID.', 'not-found'],
  [400, 'INVALID_REQUEST', 'The request could not be understood by the server due to malformed syntax.', 'bug'],
  [
    400,
    'INVALID_CONTENT',
    'Error while accessing resource: You have entered an Invalid Field Value 9999 for the following field: item',
    'mapping',
  ],
  [400, 'INVALID_CONTENT', 'Unknown field name memmo. The field does not exist on this record instance.', 'bug'],
  [400, 'USER_ERROR', 'Error while accessing a resource. Please enter value(s) for: Subsidiary.', 'mandatory-field'],
  [400, 'USER_ERROR', 'Error while accessing a resource. This entity already exists.', 'duplicate'],
  [400, 'USER_ERROR', 'Error while accessing a resource. This record already exists.', 'duplicate'],
  [
    400,
    'USER_ERROR',
    'Error while accessing a resource. This record has been locked by a user defined workflow.',
    'locked',
  ],
  [400, 'USER_ERROR', 'Error while accessing a resource. Record has been changed', 'changed'],
  [400, 'USER_ERROR', 'Error while accessing a resource. The amounts in the journal entry must balance.', 'unbalanced'],
  [400, 'USER_ERROR', 'Error while accessing a resource. Journal Entries can have a maximum of 1000 lines.', 'split'],
  [400, 'USER_ERROR', 'Error while accessing a resource. Transactions can have a maximum of 200 lines.', 'split'],
  [
    400,
    'USER_ERROR',
    'Error while accessing a resource. Department are mandatory on all lines of the journal entry.',
    'mapping',
  ],
  [
    400,
    'USER_ERROR',
    'Your transaction date does not fall between the start and end dates of your accounting period.',
    'period',
  ],
  [400, 'USER_ERROR', 'There are no Accounting Periods that cover this transaction date.', 'period'],
  [
    400,
    'USER_ERROR',
    'The transaction date is not within an open accounting period. One or more fields on this transaction can trigger inventory costing calculations in a closed period.',
    'period',
  ],
  [
    400,
    'USER_ERROR',
    'Transaction subsidiary 3 is not valid for account 118. Please choose a different account.',
    'mapping',
  ],
  [400, 'USER_ERROR', 'The 1180 Amazon clearing account cannot be used with the UK subsidiary.', 'mapping'],
  [
    400,
    'USER_ERROR',
    "You can not over-fulfill an item unless you have selected the 'Allow Overage on Item Fulfillments' preference.",
    'over-fulfil',
  ],
  [
    400,
    'USER_ERROR',
    'You may not distribute LOT-7 numbers that are not currently in inventory at this location.',
    'stock',
  ],
  [400, 'USER_ERROR', 'That is not a valid record transformation.', 'state'],
  [400, 'USER_ERROR', 'You must have at least one valid line item for this transaction.', 'state'],
  [403, 'USER_ERROR', 'Permission Violation: You need the Make Journal Entry permission to access this page.', 'role'],
  [400, 'IDEMPOTENCY_ERROR', 'A request with the same idempotency key is already submitted.', 'bug'],
  [429, 'CONCURRENCY_LIMIT_EXCEEDED', 'Concurrent request limit exceeded. Request blocked.', 'throttled'],
  [400, 'USER_ERROR', 'A rule of this account that nobody has written down.', 'other'],
];

/** Recorded from real accounts, verbatim: cassettes of hotgluexyz/target-netsuite-v2, tests and logs of other integrations. */
const RECORDED: [status: number, code: string, detail: string, as: Refusal][] = [
  [400, 'USER_ERROR', 'Error while accessing a resource. The amounts in a journal entry must balance.', 'unbalanced'],
  [
    400,
    'USER_ERROR',
    'Error while accessing a resource. You must enter at least one line item for this transaction.',
    'state',
  ],
  [
    400,
    'USER_ERROR',
    'The transaction date you specified is not within the date range of your accounting period.',
    'period',
  ],
  [400, 'USER_ERROR', 'Your current role does not have permission to perform this action.', 'role'],
  [
    400,
    'INVALID_VALUE',
    "Invalid value for the resource or sub-resource field 'item'. Provide a valid value.",
    'mapping',
  ],
];

describe('what a refusal of NetSuite means', () => {
  test.each(RECORDED)('%i %s "%s", recorded, is %s', (status, code, detail, as) =>
    expect(classifyRefusal(refused(status, [code, detail]))).toBe(as),
  );

  test('a sentence about a period that no document and no recording shows is for a person to read', () => {
    expect(
      classifyRefusal(refused(400, ['USER_ERROR', 'You cannot post to the accounting period Oct 2026: it is closed.'])),
    ).toBe('other');
  });

  test.each(TABLE)('%i %s "%s" is %s', (status, code, detail, as) =>
    expect(classifyRefusal(refused(status, [code, detail]))).toBe(as),
  );

  test('of several details, that the document exists already decides', () => {
    expect(
      classifyRefusal(
        refused(400, ['USER_ERROR', 'Please enter value(s) for: Memo.'], ['USER_ERROR', 'This record already exists.']),
      ),
    ).toBe('duplicate');
  });

  test('a 404 without details is not found', () => expect(classifyRefusal(refused(404))).toBe('not-found'));
});

describe('the error form', () => {
  test('is read with its path, and the stray code beside it is passed over', () => {
    const text =
      '{"type":"https://www.w3.org/Protocols/rfc2616/rfc2616-sec10.html","title":"Bad Request","status":400,"o:errorCode":"X","o:errorDetails":[{"detail":"Invalid.","o:errorCode":"INVALID_CONTENT","o:errorPath":"item.items[0].item"}]}';
    expect(readErrorBody(400, text)).toEqual({
      status: 400,
      title: 'Bad Request',
      details: [{ code: 'INVALID_CONTENT', detail: 'Invalid.', path: 'item.items[0].item' }],
    });
  });

  test('is absent from the page of a proxy', () => expect(readErrorBody(502, '<html>Bad gateway</html>')).toBeNull());

  test('becomes one sentence without the wrapper', () => {
    expect(
      errorSentence(
        refused(400, ['USER_ERROR', 'Error while accessing a resource. Please enter value(s) for: Subsidiary.']),
      ),
    ).toBe('Please enter value(s) for: Subsidiary.');
    expect(errorSentence(refused(404))).toBe('Bad Request 404');
  });
});
