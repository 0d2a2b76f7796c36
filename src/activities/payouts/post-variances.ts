import { varianceKey } from '../../domain/identifiers/settlement-key.ts';
import { journalLine, type SignedLine } from '../../domain/journal/balance-parts.ts';
import { dimensionsOf, withDimensions } from '../../domain/mapping/dimensions.ts';
import type { StoredJournalPart } from '../../domain/journal/journal-plan.ts';
import { dayIn, type Instant } from '../../domain/money/instant.ts';
import { varianceLines } from '../../domain/payouts/document-standing.ts';
import { LATE_TAX } from '../../domain/payouts/settled-by.ts';
import { salesPurposeOf } from '../../domain/documents/document-plans.ts';
import { setOffVarianceLines } from '../../domain/payouts/set-offs.ts';
import { differencesOf } from '../../store/payouts/differences.ts';
import { settledSetOffs } from '../../store/payouts/set-offs.ts';
import type { DocumentIntent } from '../../store/documents/documents.ts';
import { postDocument } from '../posting/post-document.ts';
import type { StoppedPosting } from '../posting/stopped-posting.ts';
import { journalCall } from './journal-call.ts';
import { accountNumberOf, settlementZone, type PayoutSetup } from './payout-setup.ts';

/**
 * Books each difference, and each side of a set-off, that a person has put on `variance`, and tax that a journal had before its document, taken from `sales-tax-payable`, or that a person left there: one journal for each, dated the day it was decided.
 * Idempotent: by `AMZ_…_JE_{settlementId}-v{n}_1`.
 */
export async function postVariances(setup: PayoutSetup): Promise<{ result: 'done' } | StoppedPosting> {
  for (const variance of await variancesOf(setup)) {
    const intent = intentOf(setup, variance);
    const posting = await postDocument(setup.connection, intent, (dated) =>
      journalCall(setup.connection, intent, intent.plan, dated),
    );
    if (posting.result === 'stopped') return posting;
  }
  return { result: 'done' };
}

interface Variance {
  number: number;
  amount: bigint;
  at: Instant;
  lines: SignedLine[];
}

async function variancesOf({ connection, settlement: { settlementId } }: PayoutSetup): Promise<Variance[]> {
  const ofDocuments = (await differencesOf(connection.db, connection.name, settlementId)).flatMap(
    ({ document, number, amount, at, by, choice }): Variance[] => {
      if (number === null) return [];
      return [
        {
          number,
          amount,
          at,
          lines: varianceLines(
            salesPurposeOf(document),
            amount,
            `${document} settled for ${amount > 0n ? 'more' : 'less'} than it is; by ${by}`,
            // Tax that is left is booked all the same: the document is settled in full.
            by === LATE_TAX || choice === 'leave' ? 'sales-tax-payable' : 'variance',
          ),
        },
      ];
    },
  );
  const ofSetOffs = (await settledSetOffs(connection.db, connection.name, settlementId)).map(
    ({ number, amount, at, by }): Variance => ({
      number,
      amount,
      at,
      lines: setOffVarianceLines(amount, `set-off of ${settlementId} that nothing answers; by ${by}`),
    }),
  );
  return [...ofDocuments, ...ofSetOffs];
}

function intentOf(setup: PayoutSetup, { number, amount, at, lines }: Variance): DocumentIntent<'journal'> {
  const { connection, settlement } = setup;
  const account = accountNumberOf(connection, settlement.currency);
  const plan: StoredJournalPart = {
    part: 1,
    of: 1,
    mapVersion: settlement.mapVersion!,
    date: dayIn(at, settlementZone(setup)),
    lines: withDimensions(
      lines.map((line) => journalLine(line, account)),
      (role) => dimensionsOf(connection.settings.dimensions, role, null),
    ),
  };
  return {
    key: {
      connection: connection.name,
      purpose: 'JE',
      businessKey: varianceKey(settlement.settlementId, number),
      part: 1,
    },
    date: plan.date,
    currency: settlement.currency,
    total: amount < 0n ? -amount : amount,
    orderId: null,
    settlementId: settlement.settlementId,
    plan,
  };
}
