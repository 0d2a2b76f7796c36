import { taxPolicyOf } from '../../config/tax-policy.ts';
import type { OfConnection } from '../../contracts/activity-inputs.ts';
import type { TaxTie } from '../../contracts/tax/tax-tie.ts';
import { lastDayOfMonth } from '../../domain/money/instant.ts';
import { formatMinor } from '../../domain/money/money.ts';
import { tieToAccounts, type TaxMovement } from '../../domain/tax/vat-accounts.ts';
import { vatFactsOf } from '../../domain/tax/vat-month.ts';
import { vatFactsOfMonth } from '../../store/tax/vat-facts.ts';
import type { Connection } from '../connection.ts';
import { taxAccounts, taxMovements } from './netsuite-tax.ts';

/** So many of each are named; a month has thousands of documents, and a workflow's history holds no such list. */
const LISTED = 200;

/** Reads only, so it may run any number of times. */
export async function readTaxTie(
  connection: Connection,
  { month }: OfConnection & { month: string },
): Promise<TaxTie[]> {
  const { settings, db, name } = connection;
  const accounts = await taxAccounts(connection);
  const movements: TaxMovement[] = [];
  for (const [jurisdiction, account] of accounts)
    movements.push(...(await taxMovements(connection, jurisdiction, account, month)));
  // Read after NetSuite was asked: what is posted meanwhile is known, and shows as not booked until it is asked again.
  const period = { from: `${month}-01`, to: lastDayOfMonth(`${month}-01`) };
  const facts = vatFactsOf(await vatFactsOfMonth(db, name, period), (marketplace) =>
    taxPolicyOf(settings, marketplace),
  );
  return tieToAccounts(name, facts, movements).map(({ jurisdiction, currency, differing, others, ...tie }) => {
    const amount = (minor: bigint) => formatMinor(minor, currency);
    return {
      jurisdiction,
      currency,
      account: accounts.get(jurisdiction)?.number ?? null,
      documents: amount(tie.documents),
      booked: amount(tie.booked),
      difference: amount(tie.difference),
      ties: differing.length === 0,
      differing: differing.slice(0, LISTED).map(({ document, ...sides }) => ({
        document,
        documents: amount(sides.documents),
        booked: amount(sides.booked),
      })),
      differingCount: differing.length,
      foreign: amount(tie.foreign),
      others: others
        .slice(0, LISTED)
        .map((other) => ({ name: other.name, type: other.type, day: other.day, amount: amount(other.amount) })),
      othersCount: others.length,
    };
  });
}
