/** What tests and demos ask of the simulator itself: state, ledger, switches, periods, items, faults. No token is needed. */
import type { Company } from '../company.ts';
import { symbolOf } from '../company.ts';
import { currencyDigits, fromUnits } from '../decimal.ts';
import type { FaultList } from '../faults.ts';
import { isFields, type Json } from '../json.ts';
import { addItem, type Period } from '../masters.ts';
import { doTask, reopen } from '../period-close/checklist.ts';
import { notBuilt } from '../refusal.ts';
import type { NetSuiteSeedItem } from '../seed.ts';
import { setSwitches } from '../switches.ts';
import type { TokenDesk } from '../token.ts';
import { bodyOf, type Answer, type ApiRequest } from './request.ts';

export function handleAdmin(company: Company, faults: FaultList, tokens: TokenDesk, request: ApiRequest): Answer {
  switch (`${request.method} ${request.path}`) {
    case 'POST /faults':
      return { status: 200, body: faultBody(faults.add(bodyOf(request))) };
    case 'GET /faults':
      return { status: 200, body: { faults: faults.all().map(faultBody) } };
    case 'DELETE /faults':
      faults.clear();
      return { status: 204 };
    case 'GET /admin/state':
      return {
        status: 200,
        body: { today: company.today(), transactions: company.books.counts(), items: company.masters.items.size },
      };
    case 'GET /admin/ledger':
      return { status: 200, body: ledger(company) };
    case 'GET /admin/switches':
      return { status: 200, body: JSON.parse(JSON.stringify(company.switches)) as Json };
    case 'POST /admin/switches':
      setSwitches(company.switches, bodyOf(request));
      for (const { field } of Object.values(company.switches.mandatory).flat())
        if (field.startsWith('cust')) company.customFields.add(field);
      return { status: 200, body: JSON.parse(JSON.stringify(company.switches)) as Json };
    case 'POST /admin/periods':
      return setPeriod(company, request);
    case 'POST /admin/close':
      return closeTask(company, request);
    case 'POST /admin/items':
      return setItem(company, request);
    case 'POST /admin/accounts':
      return setAccount(company, request);
    case 'DELETE /admin/tokens':
      tokens.revokeAll();
      return { status: 204 };
    default:
      throw notBuilt(`${request.method} ${request.path}`);
  }
}

function faultBody(fault: ReturnType<FaultList['add']>): Json {
  const { id, kind, times, delayMs, hits, match } = fault;
  return { id, kind, times, delayMs, hits, match: { ...match } };
}

/** Balance by account number (or name) and currency, debit positive, of everything that posts. */
function ledger(company: Company): Json {
  const balances = new Map<string, { account: string; name: string; currency: string; units: bigint; lines: number }>();
  for (const { posting, lines, currency } of company.books.transactions.values()) {
    if (!posting) continue;
    for (const { account: id, amount } of lines) {
      const account = id === null ? undefined : company.masters.accounts.get(id);
      if (!account) continue;
      const symbol = symbolOf(company, currency);
      const key = `${account.id} ${symbol}`;
      const balance = balances.get(key) ?? {
        account: account.number ?? account.name,
        name: account.name,
        currency: symbol,
        units: 0n,
        lines: 0,
      };
      balance.units += amount;
      balance.lines += 1;
      balances.set(key, balance);
    }
  }
  return {
    balances: [...balances.values()].map(({ units, ...rest }) => ({
      ...rest,
      balance: fromUnits(units, currencyDigits(rest.currency)),
    })),
  };
}

/** `{month: "2026-10", closed?, allLocked?, arLocked?, apLocked?}`. */
function setPeriod(company: Company, request: ApiRequest): Answer {
  const body = bodyOf(request);
  const period = basePeriod(company, body['month']);
  for (const name of ['closed', 'allLocked', 'arLocked', 'apLocked'] as const) {
    const value = body[name];
    if (typeof value === 'boolean') period[name] = value;
  }
  if (body['closed'] === false) reopen(period);
  return { status: 204 };
}

/** `{month: "2026-10", task: "Lock A/R", rates?: {"EUR": "1.10"}}`: one task of the Period Close Checklist. */
function closeTask(company: Company, request: ApiRequest): Answer {
  const { month, task, rates } = bodyOf(request);
  const given = Object.entries(isFields(rates) ? rates : {}).map(([currency, rate]) => [currency, String(rate)]);
  return {
    status: 200,
    body: doTask(
      company,
      basePeriod(company, month),
      String(task),
      Object.fromEntries(given) as Record<string, string>,
    ),
  };
}

function basePeriod({ masters }: Company, month: Json | undefined): Period {
  const period = [...masters.periods.values()].find(
    ({ quarter, year, start }) => !quarter && !year && start.startsWith(String(month)),
  );
  if (period === undefined) throw notBuilt(`a period for the month ${String(month)}`);
  return period;
}

/** An item as in the seed; one that exists is made active or inactive. */
function setItem(company: Company, request: ApiRequest): Answer {
  const body = bodyOf(request);
  const { itemId, type, displayName, incomeAccount } = body;
  for (const item of company.masters.items.values()) {
    if (item.itemId !== itemId) continue;
    item.inactive = body['inactive'] === true;
    return { status: 200, body: { id: item.id } };
  }
  if (
    typeof itemId !== 'string' ||
    typeof displayName !== 'string' ||
    typeof incomeAccount !== 'string' ||
    (type !== 'InvtPart' && type !== 'NonInvtPart' && type !== 'Kit')
  ) {
    throw notBuilt('an item without itemId, type, displayName and incomeAccount');
  }
  const seed: NetSuiteSeedItem = { itemId, type, displayName, incomeAccount };
  for (const name of [
    'upc',
    'cogsAccount',
    'assetAccount',
    'gainLossAccount',
    'lastPurchasePrice',
    'stockUnit',
  ] as const) {
    const value = body[name];
    if (typeof value === 'string') seed[name] = value;
  }
  const numbered = body['numbered'];
  if (numbered === 'lot' || numbered === 'serial') seed.numbered = numbered;
  if (body['usesBins'] === true) seed.usesBins = true;
  if (body['members'] !== undefined) seed.members = membersIn(body['members']);
  return { status: 200, body: { id: addItem(company.masters, seed).id } };
}

/** `[{itemId, quantity}]`. */
function membersIn(members: Json): NonNullable<NetSuiteSeedItem['members']> {
  if (!Array.isArray(members)) throw notBuilt('members that are not a list');
  return members.map((member: Json) => {
    const { itemId, quantity } = isFields(member) ? member : {};
    if (typeof itemId !== 'string' || typeof quantity !== 'number')
      throw notBuilt('a member without itemId and quantity');
    return { itemId, quantity };
  });
}

/** `{number, inactive}`. */
function setAccount(company: Company, request: ApiRequest): Answer {
  const body = bodyOf(request);
  for (const account of company.masters.accounts.values()) {
    if (account.number === null || account.number !== body['number']) continue;
    if (isFields(body)) account.inactive = body['inactive'] === true;
    return { status: 204 };
  }
  throw notBuilt(`the account ${String(body['number'])}`);
}
