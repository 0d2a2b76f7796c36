/** What two connections of one NetSuite account may not share once months are closed (close.md, *Items*, the table of accounts). */
import type { Role } from '../domain/mapping/roles.ts';
import { WATCHED } from '../domain/period/accounts.ts';
import { accountOf, accountRolesOf, type ConnectionSettings } from './connection.ts';
import type { ConfigProblem } from './explain-issue.ts';
import { currencyOfMarketplace, marketplaceById } from './marketplaces.ts';

/**
 * Each account on which one of two may keep nothing but its own, and which the other keeps something on in the same
 * currency; each customer of both. A month of either would have the other's documents among its own.
 */
export function sharedContradictions(connections: readonly ConnectionSettings[]): ConfigProblem[] {
  return connections.flatMap((later, index) =>
    connections
      .slice(0, index)
      .filter((earlier) => isOneLedger(earlier, later) && [earlier, later].some(({ close }) => close !== undefined))
      .flatMap((earlier) => [...sharedAccounts(earlier, later, index), ...sharedCustomers(earlier, later, index)]),
  );
}

const isOneLedger = ({ netsuite: one }: ConnectionSettings, { netsuite: other }: ConnectionSettings): boolean =>
  one.account === other.account && one.restBaseUrl === other.restBaseUrl;

function sharedAccounts(earlier: ConnectionSettings, later: ConnectionSettings, index: number): ConfigProblem[] {
  const known = accountsOf(earlier);
  const found = new Map<string, ConfigProblem>();
  for (const { key, role, number, currency } of accountsOf(later)) {
    const other = known.find((one) => one.number === number && one.currency === currency && !mayShare(one.role, role));
    if (other === undefined) continue;
    // An account that stands for all currencies is said once.
    const problem = {
      path: ['connections', index, 'accounts', key],
      what: `${number} is ${other.key} of ${earlier.name} in ${currency} too: where months are closed each connection has an account of its own (receivable and accounts of cost may be shared)`,
    };
    found.set(key, found.get(key) ?? problem);
  }
  return [...found.values()];
}

const isOwn = (role: Role): boolean => WATCHED[role] === 'strict' || WATCHED[role] === 'zero';

/** Of receivable each counts what is of its own customers. */
const mayShare = (one: Role, other: Role): boolean =>
  one === 'receivable' && other === 'receivable' ? true : !isOwn(one) && !isOwn(other);

interface Account {
  /** As the settings have it (`sales-tax-payable:GB`). */
  key: string;
  role: Role;
  number: string;
  currency: string;
}

function accountsOf(settings: ConnectionSettings): Account[] {
  const currencies = new Set(settings.marketplaces.map(({ id }) => currencyOfMarketplace(marketplaceById(id)!)));
  return accountRolesOf(settings).flatMap(({ role, jurisdiction }) =>
    [...currencies].flatMap((currency): Account[] => {
      const number = accountOf(settings, role, currency, jurisdiction);
      const key = jurisdiction === null ? role : `${role}:${jurisdiction}`;
      return number === null ? [] : [{ key, role, number, currency }];
    }),
  );
}

function sharedCustomers(earlier: ConnectionSettings, later: ConnectionSettings, index: number): ConfigProblem[] {
  const known = new Set(earlier.marketplaces.map(({ customer }) => customer));
  return later.marketplaces.flatMap(({ customer }, place) =>
    known.has(customer)
      ? [
          {
            path: ['connections', index, 'marketplaces', place, 'customer'],
            what: `"${customer}" stands for buyers of ${earlier.name} too: where months are closed each connection has customers of its own`,
          },
        ]
      : [],
  );
}
