/**
 * The Period Close Checklist (NSHELP section_N1455781): a period is closed task by task, each once those before it are done. It
 * is a page of NetSuite's, not of its REST services, so here it is one of the simulator's own.
 */
import type { Company } from '../company.ts';
import type { Json } from '../json.ts';
import type { Period } from '../masters.ts';
import { userError } from '../refusal.ts';
import { revalueOpenBalances } from './revaluation.ts';

/** What each does to the period, in NetSuite's order and with its names; what only people look at says what they find. */
const TASKS: readonly [
  name: string,
  work: (company: Company, period: Period, rates: Record<string, string>) => Record<string, Json>,
][] = [
  ['Lock A/R', (_, period) => set(period, { arLocked: true })],
  ['Lock A/P', (_, period) => set(period, { apLocked: true })],
  ['Lock Payroll', () => ({})],
  ['Lock All', (_, period) => set(period, { allLocked: true })],
  ['Resolve Date/Period Mismatches', (company, period) => ({ transactions: mismatches(company, period) })],
  ['Review Negative Inventory', () => ({})],
  ['Review Inventory Cost Accounting', () => ({})],
  ['Create Intercompany Adjustments', () => ({})],
  [
    'Revalue Open Foreign Currency Balances',
    (company, period, rates) => ({ transactions: revalueOpenBalances(company, period, rates) }),
  ],
  ['Calculate Consolidated Exchange Rates', () => ({})],
  ['Eliminate Intercompany Transactions', () => ({})],
  ['Close', (_, period) => set(period, { closed: true })],
];

export const CLOSE_TASKS: readonly string[] = TASKS.map(([name]) => name);

/** Does one task, or does it again. @throws where one before it is not done */
export function doTask(company: Company, period: Period, task: string, rates: Record<string, string>): Json {
  const index = CLOSE_TASKS.indexOf(task);
  if (index < 0) throw userError(`There is no task ${task} in the Period Close Checklist.`);
  const before = CLOSE_TASKS.slice(0, index).find((name) => !period.tasks.includes(name));
  if (before !== undefined) throw userError(`Complete the task ${before} before ${task}.`);
  if (period.closed) throw userError(`${period.name} is closed.`);
  const found = TASKS[index]![1](company, period, rates);
  if (!period.tasks.includes(task)) period.tasks.push(task);
  return { done: [...period.tasks], ...found };
}

/** Opens it again, and with it every task. */
export function reopen(period: Period): void {
  period.tasks = [];
}

function set(period: Period, locks: Partial<Pick<Period, 'arLocked' | 'apLocked' | 'allLocked' | 'closed'>>) {
  Object.assign(period, locks);
  return {};
}

/** Ids of what posts to the period under a date outside of it, or is dated in it and posts to another. */
function mismatches({ books }: Company, { id, start, end }: Period): string[] {
  return [...books.transactions.values()]
    .filter(
      ({ posting, period, date }) => posting && period !== null && (period === id) !== (date >= start && date <= end),
    )
    .map((transaction) => transaction.id);
}
