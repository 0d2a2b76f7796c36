import { describe, expect, test } from '@jest/globals';
import { explainFailingStep, safeLine } from '../../../src/domain/exceptions/step-failing.ts';
import { flowSubject, payoutSubject } from '../../../src/domain/exceptions/exception.ts';
import { renderExceptionTitle } from '../../../src/domain/exceptions/render-exception.ts';

describe('the text of a failure, as a page shows it', () => {
  test.each([
    ['its first line alone', 'duplicate key\n  at line 4 of the stack', 'duplicate key'],
    [
      'no sign-in of an address',
      'cannot reach postgres://tieout:hunter2@db:5432/tieout',
      'cannot reach postgres://…@db:5432/tieout',
    ],
    ['no token', 'refused: Authorization: Bearer eyJhbGciOi.J9.x-y', 'refused: Authorization: … …'],
    ['no secret of a query', 'GET /x?token=abc123&limit=5 failed', 'GET /x?token=…&limit=5 failed'],
    ['no mail address', 'sent to Ana.B+1@mail.example.com twice', 'sent to …@… twice'],
    ['no long secret', `refresh Atzr${'a1'.repeat(40)} refused`, 'refresh … refused'],
    [
      'all of an order number, an externalId and an amount',
      'AMZ_demo-us_INV_112-1234567-1234567-Dx1_1 is 12.00 for 13.00',
      'AMZ_demo-us_INV_112-1234567-1234567-Dx1_1 is 12.00 for 13.00',
    ],
    ['something where there is nothing', ' \n', 'it says nothing'],
    ['no more than fits', 'x y '.repeat(100), `${'x y '.repeat(60).slice(0, 239)}…`],
  ])('has %s', (_, text, line) => {
    expect(safeLine(text)).toBe(line);
  });
});

test('a step and its payout, order or flow are one exception, however it fails', () => {
  const step = {
    activity: 'postJournal',
    subject: payoutSubject('27'),
    type: 'E',
    text: 'e',
    since: '2026-10-01T07:00:00Z',
    tries: 12,
    longestWait: '2 minutes',
  };
  const [one, other] = [
    explainFailingStep({ ...step, kind: 'bug' }),
    explainFailingStep({ ...step, kind: 'database' }),
  ];
  expect([one.key, other.key]).toEqual(['postJournal:27', 'postJournal:27']);
  expect(one.evidence.what).toBe(
    'postJournal of payout 27 has failed since 2026-10-01T07:00:00Z (12 tries), the last time with E: e',
  );
  expect(renderExceptionTitle({ code: 'step-failing', subject: flowSubject('orderIntake'), payout: null })).toBe(
    'keeps failing: flow order-intake',
  );
});
