/** Which period a date posts to, and whether it takes a posting, a change or a deletion. */
import type { Company } from '../company.ts';
import type { Transaction } from '../ledger/transaction.ts';
import { periodOfDay, type Period } from '../masters.ts';
import { invalidValue, outsidePeriod, userError } from '../refusal.ts';

/** What a posting touches: it decides which locks of a period count. */
export type LedgerArea = 'general' | 'receivable' | 'payable' | 'stock';

const AREAS: Record<string, LedgerArea> = {
  CustInvc: 'receivable',
  CustCred: 'receivable',
  CustPymt: 'receivable',
  CustRfnd: 'receivable',
  Check: 'payable',
  CardChrg: 'payable',
  ItemShip: 'stock',
  InvAdjst: 'stock',
  InvTrnfr: 'stock',
  ItemRcpt: 'stock',
};

/**
 * The period that a date posts to. A date outside it and a period that is closed or locked get the one sentence that
 * integrations report (Fyle's tests; Expensify NS0079); for closed and locked ones that is an assumption. No period at all,
 * and stock: NetSuite's error table, NSHELP section_N3539978. Stock is refused by its date, whatever period it posts to.
 */
export function openPeriod(company: Company, date: string, given: string | null, area: LedgerArea): string {
  const period = given === null ? periodOfDay(company.masters, date) : company.masters.periods.get(given);
  if (!period) throw userError('There are no Accounting Periods that cover this transaction date.');
  if (period.quarter || period.year) throw invalidValue(period.id, 'postingPeriod', 'postingPeriod');
  if (!company.switches.dateOutsidePeriod && (date < period.start || date > period.end)) throw outsidePeriod();
  if (isShut(company, period, area) || isShutByDay(company, date, area)) throw shut(area);
  return period.id;
}

/**
 * What has posted into a closed period can neither be changed nor deleted, and in a locked one only by a role that overrides
 * it (switch `overridePeriodRestrictions`; wp.jjknowledgebase.com, restriction-on-transactions-based-on-account-period). Stock: by its date.
 */
export function refuseShut(company: Company, { posting, period: id, type, date }: Transaction): void {
  const period = id === null ? undefined : company.masters.periods.get(id);
  const area = AREAS[type] ?? 'general';
  if (posting && period && (isShut(company, period, area) || isShutByDay(company, date, area))) throw shut(area);
}

function shut(area: LedgerArea): Error {
  return area === 'stock'
    ? userError(
        'The transaction date is not within an open accounting period. One or more fields on this transaction can trigger inventory costing calculations in a closed period.',
      )
    : outsidePeriod();
}

function isShutByDay(company: Company, date: string, area: LedgerArea): boolean {
  const period = area === 'stock' ? periodOfDay(company.masters, date) : undefined;
  return period !== undefined && isShut(company, period, area);
}

/** "Lock": who has *Override Period Restrictions* still posts; closed: nobody (the same page). */
function isShut({ switches }: Company, period: Period, area: LedgerArea): boolean {
  if (period.closed) return true;
  if (switches.overridePeriodRestrictions) return false;
  return period.allLocked || (area === 'receivable' && period.arLocked) || (area === 'payable' && period.apLocked);
}
