/** NetSuite's sums and our plans, brought together by account for a month's balances (close.md, `balances`, `costs`). */
import { kindOf, POSTS_BY_PLAN, PURPOSES, type Purpose } from '../documents/document-kinds.ts';
import { parseExternalId } from '../identifiers/external-id.ts';
import type { Role } from '../mapping/roles.ts';
import { monthOf, type Day } from '../money/instant.ts';
import { sumMinor, type CurrencyCode } from '../money/money.ts';
import { grouped } from '../stock/grouped.ts';
import type { Jurisdiction } from '../tax/tax-policy.ts';
import type { WatchedAccount } from './accounts.ts';
import type { Period } from './calendar.ts';
import type { AccountFacts, Residue } from './items/balances.ts';
import type { CostFacts } from './items/costs.ts';
import { isRevaluation } from './netsuites-own.ts';

/** What NetSuite posted on an account, of one type of document. Debit positive. */
export interface LedgerSum {
  account: string;
  currency: CurrencyCode;
  /** `transaction.type` */
  type: string;
  isOurs: boolean;
  amount: bigint;
}

/** What documents of ours put on a role, as planned; sums of documents of one kind and month may be one line. */
export interface PlannedLine {
  role: Role;
  jurisdiction: Jurisdiction | null;
  currency: CurrencyCode;
  purpose: Purpose;
  /** Debit positive. */
  amount: bigint;
  period: Period;
  day: Day;
  /** What is left of it is of this: a settlement, or a document of its own. */
  subject: string;
  /** Its external id; left out where it is a sum over several. */
  document?: string;
}

export interface LedgerFacts {
  period: Period;
  accounts: readonly WatchedAccount[];
  /** NetSuite's, in periods before the month, and in it. */
  before: readonly LedgerSum[];
  month: readonly LedgerSum[];
  /** Ours, up to the month's last day. */
  planned: readonly PlannedLine[];
  /** Invoices and memos that are not paid off as of that day, debit positive on receivable. */
  openSales: readonly { document: string; currency: CurrencyCode; amount: bigint; since: Day }[];
}

/** What these keep is of one settlement after the other, so that only what is left over all of them says anything. */
const BY_ACCOUNT: ReadonlySet<Role> = new Set<Role>([
  'reserve-held',
  'balance-due-to-amazon',
  'settlement-in-progress',
  'bank',
  'card',
  'conversion',
  'opening-balance',
  'merchant-orders',
  'loans',
  'accrued',
  'sales-tax-payable',
  'input-tax',
  'tax-withheld',
]);

const nameOf = ({ roles }: WatchedAccount): string =>
  roles.map(({ role, jurisdiction }) => (jurisdiction === null ? role : `${role}:${jurisdiction}`)).join(', ');

/** A line of a jurisdiction stands on the account that the settings name for it, else on the role's own. */
function isOn(account: WatchedAccount, line: PlannedLine, all: readonly WatchedAccount[]): boolean {
  const names = ({ roles, currency }: WatchedAccount, place: Jurisdiction | null) =>
    line.currency === currency && roles.some(({ role, jurisdiction }) => role === line.role && jurisdiction === place);
  if (names(account, line.jurisdiction)) return true;
  return line.jurisdiction !== null && names(account, null) && !all.some((one) => names(one, line.jurisdiction));
}

/** The account's facts, without the documents that differ, which are asked for where these do not agree. */
export function accountFacts(facts: LedgerFacts): AccountFacts[] {
  return facts.accounts.map((account): AccountFacts => {
    const { watch, currency } = account;
    const held = (sums: readonly LedgerSum[]) =>
      sums.filter((sum) => sum.account === account.id && sum.currency === currency && !isRevaluation(sum.type));
    // On a shown account what others book is normal: our lines alone are looked at.
    const counting = (sums: readonly LedgerSum[]) => (watch === 'shown' ? sums.filter(({ isOurs }) => isOurs) : sums);
    const before = counting(held(facts.before));
    const month = counting(held(facts.month));
    const ours = facts.planned.filter((line) => isOn(account, line, facts.accounts));
    const opening = sumMinor(before.map(({ amount }) => amount));
    return {
      account: nameOf(account),
      watch,
      currency,
      opening,
      closing: opening + sumMinor(month.map(({ amount }) => amount)),
      openingOurs: sumMinor(ours.filter(({ period }) => period < facts.period).map(({ amount }) => amount)),
      movements: movementsOf(
        month,
        ours.filter(({ period }) => period === facts.period),
      ),
      residues: residuesOf(account, ours, facts.openSales),
      differing: [],
    };
  });
}

/** A charge is a check or a card charge: by the first type of its kind both are one. */
const KIND_OF_TYPE = new Map(
  PURPOSES.flatMap((purpose) => kindOf(purpose).suiteqlTypes.map((type) => [type, kindOf(purpose).suiteqlTypes[0]])),
);

function movementsOf(held: readonly LedgerSum[], planned: readonly PlannedLine[]): AccountFacts['movements'] {
  const typeOf = ({ purpose }: PlannedLine) => kindOf(purpose).suiteqlTypes[0];
  const own = held.flatMap((sum) => (sum.isOurs ? [{ ...sum, type: KIND_OF_TYPE.get(sum.type) ?? sum.type }] : []));
  const types = [...new Set([...own.map(({ type }) => type), ...planned.map(typeOf)])].sort();
  const others = held.filter(({ isOurs }) => !isOurs);
  return [
    ...types.map((type) => ({
      kind: type,
      netsuite: sumMinor(own.filter((sum) => sum.type === type).map(({ amount }) => amount)),
      ours: sumMinor(planned.filter((line) => typeOf(line) === type).map(({ amount }) => amount)),
    })),
    ...(others.length === 0 ? [] : [{ kind: null, netsuite: sumMinor(others.map(({ amount }) => amount)), ours: 0n }]),
  ];
}

/** By document or settlement, with the day of its first line; what is wholly answered leaves nothing. */
function residuesOf(
  account: WatchedAccount,
  ours: readonly PlannedLine[],
  openSales: LedgerFacts['openSales'],
): Residue[] {
  const roles = account.roles.map(({ role }) => role);
  const sales = roles.includes('receivable')
    ? openSales
        .filter(({ currency }) => currency === account.currency)
        .map(({ document, amount, since }) => ({ subject: document, amount, since }))
    : [];
  const lines = ours.filter(({ role }) => role !== 'receivable');
  const bySubject = grouped(lines, ({ role, subject }) => (BY_ACCOUNT.has(role) ? role : subject));
  return [
    ...sales,
    ...[...bySubject].map(([subject, of]) => ({
      subject,
      amount: sumMinor(of.map(({ amount }) => amount)),
      since: of.map(({ day }) => day).reduce((first, day) => (day < first ? day : first)),
    })),
  ].filter(({ amount }) => amount !== 0n);
}

/**
 * Documents whose lines on an account are not what was planned: altered, gone, moved to another month, or there without a plan
 * for the month. Those of sales and what settles them are sums, which have no documents here.
 * @param planned of the month
 * @param held what NetSuite has of each of our documents in it
 * @param all the accounts of the connection, for lines of a jurisdiction that one of them names
 */
export function differingOn(
  account: WatchedAccount,
  planned: readonly PlannedLine[],
  held: ReadonlyMap<string, bigint>,
  all: readonly WatchedAccount[] = [account],
): AccountFacts['differing'] {
  const own = grouped(
    planned.filter((line) => line.document !== undefined && isOn(account, line, all)),
    ({ document }) => document!,
  );
  const unplanned = [...held.keys()].filter((document) => !own.has(document) && isPostedByPlan(document));
  return [...own.keys(), ...unplanned].flatMap((document) => {
    const amount = sumMinor((own.get(document) ?? []).map((line) => line.amount));
    const has = held.get(document) ?? 0n;
    return has === amount ? [] : [{ document, planned: amount, held: has }];
  });
}

/** A key under our prefix that is none of ours was never planned either. */
function isPostedByPlan(document: string): boolean {
  const purpose = parseExternalId(document)?.purpose;
  return purpose === undefined || POSTS_BY_PLAN.includes(purpose);
}

/** Accounts of income and cost that journals own: NetSuite's lines of our journals beside the parts that were planned. */
export function costFacts(
  { accounts, before, month, planned, period }: LedgerFacts,
  lastMonth: Period | null,
): CostFacts[] {
  return accounts.flatMap((account): CostFacts[] => {
    const of = (sums: readonly LedgerSum[]) =>
      sumMinor(
        sums
          .filter(
            (sum) =>
              sum.isOurs && sum.type === 'Journal' && sum.account === account.id && sum.currency === account.currency,
          )
          .map(({ amount }) => amount),
      );
    const own = planned.filter((line) => isOn(account, line, accounts) && monthOf(line.day) === period);
    const netsuite = of(month);
    const wasPlanned = sumMinor(own.map(({ amount }) => amount));
    const last = lastMonth === null ? null : of(before);
    if (netsuite === 0n && own.length === 0 && (last ?? 0n) === 0n) return [];
    return [
      {
        account: nameOf(account),
        currency: account.currency,
        netsuite,
        planned: wasPlanned,
        lastMonth: last,
      },
    ];
  });
}
