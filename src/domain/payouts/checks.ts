/**
 * The checks of a payout, one visible list: rows = total = journal = what NetSuite holds, every expected movement seen,
 * every order and refund row applied, and each document that it touches settled for exactly its amount.
 */
import type { Day } from '../money/instant.ts';
import { sumMinor, type CurrencyCode } from '../money/money.ts';
import { renderMoney } from '../money/render-amount.ts';

export interface PayoutFacts {
  settlementId: string;
  currency: CurrencyCode;
  total: bigint;
  sumOfRows: bigint;
  /** Rows without a role, or with neither a journal line nor a named wash. */
  unplacedRows: number;
  /** Debit − credit of the payout line, as planned. */
  payoutLine: bigint;
  journal: { debit: bigint; credit: bigint };
  /** What we planned and what NetSuite says, by document and account: debit positive. */
  planned: ReadonlyMap<string, bigint>;
  readBack: ReadonlyMap<string, bigint>;
  /** Documents that NetSuite holds on another day, so perhaps in another month, than they were posted on. */
  redated: readonly { externalId: string; held: Day; posted: Day }[];
  /** Documents of the payout that are not in NetSuite. */
  unposted: readonly string[];
  /** Documents that NetSuite holds and does not post: they wait for an approval there. */
  unapproved: readonly string[];
  unseenMovements: readonly string[];
  /** Open exceptions that hold the payout up, each as a sentence, but those that other checks speak of. */
  held: readonly string[];
  /** Sentences about movements that were seen and do not add up: given back, or paid and not reported. */
  unansweredMovements: readonly string[];
  /** Groups of order and refund rows that no document owns. */
  untiedGroups: number;
  unapplied: number;
  /** Documents settled for more or for less than they are. */
  differing: readonly string[];
  /** Documents that should be paid off and have an amount left in NetSuite. */
  leftOpen: readonly string[];
}

export interface PayoutCheck {
  name: string;
  /** A sentence when it fails. */
  run: (facts: PayoutFacts) => string | null;
  /** The figures that it compares, whether it holds or not. */
  compared: (facts: PayoutFacts) => string;
}

export function redatedSentence({ externalId, held, posted }: PayoutFacts['redated'][number]): string {
  return `${externalId} is dated ${held} in NetSuite, and was posted on ${posted}`;
}

const text = (facts: PayoutFacts, minor: bigint) => renderMoney(minor, facts.currency);

/** `{document} {account}` of what was planned, then of what NetSuite has besides. */
const linesOf = ({ planned, readBack }: PayoutFacts): string[] => [...new Set([...planned.keys(), ...readBack.keys()])];

const debitsOf = (lines: ReadonlyMap<string, bigint>): bigint =>
  sumMinor([...lines.values()].filter((amount) => amount > 0n));

export const PAYOUT_CHECKS: readonly PayoutCheck[] = [
  {
    name: 'rows = total',
    compared: (facts) => `rows ${text(facts, facts.sumOfRows)}, total ${text(facts, facts.total)}`,
    run: (facts) =>
      facts.sumOfRows === facts.total
        ? null
        : `the rows come to ${text(facts, facts.sumOfRows)}, the report's total is ${text(facts, facts.total)}`,
  },
  {
    name: 'every row in one place',
    compared: (facts) => `${facts.unplacedRows} rows without a place`,
    run: (facts) => (facts.unplacedRows === 0 ? null : `${facts.unplacedRows} rows are in no journal line and no wash`),
  },
  {
    name: 'payout line = total',
    compared: (facts) => `payout line ${text(facts, facts.payoutLine)}, total ${text(facts, facts.total)}`,
    run: (facts) =>
      facts.payoutLine === facts.total
        ? null
        : `the payout line is ${text(facts, facts.payoutLine)}, the total ${text(facts, facts.total)}`,
  },
  {
    name: 'debits = credits',
    compared: (facts) => `debits ${text(facts, facts.journal.debit)}, credits ${text(facts, facts.journal.credit)}`,
    run: (facts) =>
      facts.journal.debit === facts.journal.credit
        ? null
        : `debits are ${text(facts, facts.journal.debit)}, credits ${text(facts, facts.journal.credit)}`,
  },
  {
    name: 'posted',
    compared: (facts) => `${facts.unposted.length} not posted`,
    run: (facts) => (facts.unposted.length === 0 ? null : `not posted in NetSuite: ${facts.unposted.join(', ')}`),
  },
  {
    name: 'approved',
    compared: (facts) => `${facts.unapproved.length} not approved`,
    run: (facts) => (facts.unapproved.length === 0 ? null : `not approved in NetSuite: ${facts.unapproved.join(', ')}`),
  },
  {
    name: 'plan = NetSuite',
    compared: (facts) =>
      `${linesOf(facts).length} lines, debits ${text(facts, debitsOf(facts.planned))} planned, ${text(facts, debitsOf(facts.readBack))} in NetSuite`,
    run: (facts) => {
      const different = linesOf(facts).filter(
        (key) => (facts.planned.get(key) ?? 0n) !== (facts.readBack.get(key) ?? 0n),
      );
      return different.length === 0
        ? null
        : different
            .slice(0, 3)
            .map(
              (key) =>
                `${key} is ${text(facts, facts.readBack.get(key) ?? 0n)} in NetSuite, planned ${text(facts, facts.planned.get(key) ?? 0n)}`,
            )
            .join('; ');
    },
  },
  {
    name: 'days = NetSuite',
    compared: (facts) => `${facts.redated.length} on another day`,
    run: (facts) => (facts.redated.length === 0 ? null : facts.redated.slice(0, 3).map(redatedSentence).join('; ')),
  },
  {
    name: 'movements seen',
    compared: (facts) => `${facts.unseenMovements.length} not seen`,
    run: (facts) =>
      facts.unseenMovements.length === 0 ? null : `not seen on a statement: ${facts.unseenMovements.join(', ')}`,
  },
  {
    name: 'movements add up',
    compared: (facts) => `${facts.unansweredMovements.length} unanswered`,
    run: (facts) => (facts.unansweredMovements.length === 0 ? null : facts.unansweredMovements.join('; ')),
  },
  {
    name: 'rows tied',
    compared: (facts) => `${facts.untiedGroups} sales or refunds without a document`,
    run: (facts) => (facts.untiedGroups === 0 ? null : `${facts.untiedGroups} sales or refunds have no document yet`),
  },
  {
    name: 'applied',
    compared: (facts) => `${facts.unapplied} not applied`,
    run: (facts) => (facts.unapplied === 0 ? null : `${facts.unapplied} documents are not applied yet`),
  },
  {
    name: 'settled exactly',
    compared: (facts) => `${facts.differing.length} settled otherwise`,
    run: (facts) =>
      facts.differing.length === 0 ? null : `settled for more or less than the document: ${facts.differing.join(', ')}`,
  },
  {
    name: 'nothing holds it up',
    compared: (facts) => `${facts.held.length} open`,
    run: (facts) => (facts.held.length === 0 ? null : facts.held.join('; ')),
  },
  {
    name: 'nothing left open',
    compared: (facts) => `${facts.leftOpen.length} with an amount left`,
    run: (facts) =>
      facts.leftOpen.length === 0 ? null : `NetSuite shows an amount left on ${facts.leftOpen.join(', ')}`,
  },
];

/** What the checks found at one moment, kept so that a proof shows them as they ran. */
export interface CheckRun {
  checks: { name: string; holds: boolean; compared: string; why: string | null }[];
  /** Of the documents of the payout, by account (NetSuite's id), debit positive. */
  lines: { document: string; account: string; planned: bigint; netsuite: bigint }[];
}

export function runChecks(facts: PayoutFacts): CheckRun {
  return {
    checks: PAYOUT_CHECKS.map(({ name, run, compared }) => {
      const why = run(facts);
      return { name, holds: why === null, compared: compared(facts), why };
    }),
    lines: linesOf(facts).map((key) => {
      const space = key.indexOf(' ');
      return {
        document: key.slice(0, space),
        account: key.slice(space + 1),
        planned: facts.planned.get(key) ?? 0n,
        netsuite: facts.readBack.get(key) ?? 0n,
      };
    }),
  };
}

/** Sentences of the checks that fail; empty when the payout is tied. */
export function failing({ checks }: CheckRun): string[] {
  return checks.flatMap(({ name, why }) => (why === null ? [] : [`${name}: ${why}`]));
}
