import { describe, expect, test } from '@jest/globals';
import type { Purpose } from '../../../src/domain/documents/document-kinds.ts';
import { explainPayout, type KnownPayout } from '../../../src/domain/payouts/explain-payout.ts';
import type { PayoutState } from '../../../src/domain/payouts/payout-states.ts';

const journal = (state: string, purpose: Purpose = 'JE') => ({
  externalId: `AMZ_x_${purpose}_1_1`,
  key: { purpose, part: 1 },
  state,
  tranId: null,
  netsuiteId: null,
});
const moved = (state: string, date: string | null, amount = 10000n, kind = 'payout') => ({
  kind,
  amount,
  currency: 'USD',
  state,
  bankLine: date,
  date,
});

function payout(state: PayoutState, known: Partial<KnownPayout> = {}, total = 10000n): KnownPayout {
  return {
    settlement: { settlementId: '1', state, total, currency: 'USD' },
    rows: 5,
    sum: total,
    documents: [],
    movements: [],
    applications: { planned: 0, applied: 0 },
    exceptions: [],
    ...known,
  };
}

describe('the five signs of a payout', () => {
  test('are all done when it is tied', () => {
    expect(
      explainPayout(payout('tied', { documents: [journal('posted')], movements: [moved('posted', '2026-10-16')] }))
        .steps,
    ).toEqual({ rows: 'done', total: 'done', journal: 'done', deposit: 'done', bank: 'done' });
  });

  test('show that a bank line is there and its deposit is not', () => {
    expect(
      explainPayout(payout('works', { documents: [journal('posted')], movements: [moved('matched', '2026-10-16')] }))
        .steps,
    ).toMatchObject({ deposit: 'open', bank: 'done' });
  });

  test('wait for every part of the journal and the opening entry', () => {
    expect(
      explainPayout(payout('works', { documents: [journal('posted'), journal('sending', 'OPN')] })).steps.journal,
    ).toBe('open');
  });

  test('show a report whose rows do not come to its total', () => {
    expect(explainPayout(payout('refused', { rows: 0, sum: 0n })).steps).toMatchObject({
      rows: 'open',
      total: 'differs',
    });
    expect(explainPayout(payout('staged', { sum: 9999n })).steps.total).toBe('differs');
  });

  test('have no deposit and no bank line for a tied settlement that moves no money', () => {
    expect(explainPayout(payout('tied', { documents: [journal('posted')] }, -500n)).steps).toMatchObject({
      deposit: 'none',
      bank: 'none',
    });
  });

  test('count a payout that came back as seen', () => {
    expect(explainPayout(payout('tied', { movements: [moved('returned', null)] })).steps).toMatchObject({
      deposit: 'done',
      bank: 'done',
    });
  });
});

describe('what a payout waits for', () => {
  test('is what in transit keeps after its line was seen, with the decision that ends it', () => {
    expect(
      explainPayout(
        payout('waits-bank', {
          movements: [moved('posted', '2026-10-16')],
          exceptions: [
            {
              id: 7,
              code: 'report-reissued',
              evidence: { what: 'in transit keeps −20.00 USD' },
              remedy: { kind: 'settle-payout', first: 'Look', settlementId: '1' },
            },
          ],
        }),
      ),
    ).toMatchObject({
      state: 'waits for Finance',
      waitsFor: 'in transit keeps −20.00 USD',
      next: 'npx tieout settle-difference 1 variance --why "…"',
    });
  });

  test('is an account for its rows, with the command that gives one', () => {
    const story = explainPayout(
      payout('waits-amount', {
        exceptions: [
          {
            id: 42,
            code: 'unknown-amount',
            evidence: { what: '…' },
            remedy: { kind: 'map-amount', key: ['a', 'b', 'c'], role: null, beginning: null },
          },
        ],
      }),
      [
        { rows: 2, amount: -2580n },
        { rows: 1, amount: -1290n },
      ],
    );
    expect(story).toMatchObject({
      state: 'waits for Finance',
      waitsFor: '3 rows (−38.70 USD) without an account',
      next: 'npx tieout map-amount 42 ROLE --why "…"',
    });
  });

  test('is its bank lines, each with its amount', () => {
    const story = explainPayout(
      payout('waits-bank', {
        movements: [
          moved('expected', null),
          moved('posted', '2026-10-02', 10n, 'micro-deposit'),
          moved('expected', null, -2500n, 'charge'),
        ],
      }),
    );
    expect(story).toMatchObject({
      waitsFor: 'its bank lines of 100.00 USD, −25.00 USD',
      next: 'npx tieout bank import FILE',
    });
  });

  test('is a look at the exception that stopped it', () => {
    expect(
      explainPayout(
        payout('stopped', {
          exceptions: [
            {
              id: 7,
              code: 'period-closed',
              evidence: { what: 'September is closed' },
              remedy: { kind: 'try-again', first: 'Open it', of: 'payout', id: '2000' },
            },
          ],
        }),
      ),
    ).toMatchObject({
      state: 'waits for a person',
      waitsFor: 'September is closed',
      next: 'npx tieout try-again payout 2000',
    });
  });

  test('is nothing when it is tied', () => {
    expect(explainPayout(payout('tied'))).toMatchObject({ waitsFor: null, next: null });
  });
});
