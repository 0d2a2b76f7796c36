/** What is found under our key, held against what we meant to make: its head first, then all of it. Reads only. */
import type {
  HeldDocument,
  HeldLine,
  OptionalColumn,
  TransactionHead,
} from '../../clients/netsuite/netsuite-client.ts';
import { NetSuiteFailure } from '../../clients/netsuite/netsuite-failure.ts';
import {
  addsOnTop,
  differenceOf,
  type DocumentFacts,
  type LineFacts,
} from '../../domain/documents/compare-document.ts';
import { isSettlingPurpose, kindOf, type Purpose } from '../../domain/documents/document-kinds.ts';
import { memoStart } from '../../domain/identifiers/external-id.ts';
import { formatMinor, parseMinor, sumsByKey } from '../../domain/money/money.ts';
import type { StoredDocument } from '../../store/documents/documents.ts';
import type { Connection } from '../connection.ts';
import { heldUnits, movesStock } from './moved-units.ts';
import { compact, isAllLines, minorOfText, plannedFacts, rateText } from './planned-facts.ts';
import type { PostingCall } from './posting-call.ts';

/** Type, day, memo and total; no further call. */
export function headDifferences(document: StoredDocument, head: TransactionHead): string[] {
  const { suiteqlTypes, compared } = kindOf(document.key.purpose);
  const total = parseMinor(head.foreignTotal || '0', document.currency);
  const size = total === null ? null : total < 0n ? -total : total;
  return [
    ...(suiteqlTypes.includes(head.type) ? [] : [`type ${head.type}`]),
    ...(head.date !== document.date ? [`date ${head.date} for ${document.date}`] : []),
    ...(!head.memo.startsWith(memoStart(document.key)) ? [`memo "${head.memo}"`] : []),
    ...((compared === 'total' || compared === 'settled') && size !== document.total
      ? [`total ${head.foreignTotal} for ${formatMinor(document.total, document.currency)}`]
      : []),
  ];
}

/** Whether NetSuite's total is above ours although its lines come to it: a tax code of its own has added tax (tax.md, *NetSuite*). */
export async function isTaxedOnTop(
  connection: Connection,
  { key: { purpose }, currency, total }: StoredDocument,
  { id, foreignTotal }: TransactionHead,
): Promise<boolean> {
  const { compared, lines } = kindOf(purpose);
  if (compared !== 'total' || lines.sublist !== 'item') return false;
  const { lines: held } = await connection.netsuite.heldDocument(id, []);
  return addsOnTop({
    planned: total,
    held: minorOfText(foreignTotal || '0', currency),
    lines: held.filter(({ main }) => !main).map(({ amount }) => minorOfText(amount, currency)),
  });
}

/** The first line (or what else we said of it) that is not as the call would make it, or null. */
export async function wholeDifference(
  connection: Connection,
  { key: { purpose }, currency, recordType }: StoredDocument,
  id: string,
  call: PostingCall,
): Promise<string | null> {
  const planned = await plannedFacts(connection, purpose, currency, call);
  const columns = optionalColumns(planned, purpose);
  const held = await connection.netsuite.heldDocument(id, columns);
  const applied = planned.applied === null ? null : await connection.netsuite.applications(recordType, id);
  // One that NetSuite has made without its `apply` lines gets them by an update of its own.
  const settles =
    applied === null || applied.length === 0
      ? null
      : new Map(applied.map(({ document, amount }) => [document, minorOfText(amount, currency)]));
  const factsOf = (document: HeldDocument): DocumentFacts => ({
    head: headOf(document),
    lines: linesOf(document, purpose, currency),
    applied: settles,
  });
  const difference = differenceOf(planned, factsOf(held), currency);
  if (difference === null || movesStock(purpose) || kindOf(purpose).lines.sublist !== 'item') return difference;
  const whole = await withoutMembers(connection, id, columns);
  return whole === null ? difference : differenceOf(planned, factsOf(whole), currency);
}

/** NetSuite makes lines of a kit's members. Asked for only where something differs: an account without kits may lack the column, then null. */
async function withoutMembers(
  { netsuite }: Connection,
  id: string,
  columns: readonly OptionalColumn[],
): Promise<HeldDocument | null> {
  try {
    const { lines, ...document } = await netsuite.heldDocument(id, [...columns, 'kitmemberof']);
    return { ...document, lines: lines.filter(({ isMember }) => !isMember) };
  } catch (error) {
    if (error instanceof NetSuiteFailure && error.status === 400) return null;
    throw error;
  }
}

function optionalColumns({ head, lines }: DocumentFacts, purpose: Purpose): OptionalColumn[] {
  const ofLines = (['location', 'department', 'class'] as const).filter((column) =>
    lines.some((line) => line[column] !== undefined),
  );
  return [
    ...(head.subsidiary === undefined ? [] : ['subsidiary' as const]),
    ...ofLines,
    ...(movesStock(purpose) ? ['isinventoryaffecting' as const] : []),
  ];
}

function headOf(held: HeldDocument): DocumentFacts['head'] {
  const main = held.lines.find((line) => line.main);
  return compact({
    entity: held.entity,
    currency: held.currency,
    exchangeRate: held.exchangeRate === undefined ? undefined : rateText(held.exchangeRate),
    subsidiary: held.subsidiary,
    period: held.period,
    account: main?.account,
  });
}

function linesOf({ lines }: HeldDocument, purpose: Purpose, currency: string): LineFacts[] {
  if (movesStock(purpose)) return heldUnits(lines);
  const factsOf = ({ main: _, affectsStock: __, amount, quantity, ...line }: HeldLine): LineFacts => ({
    ...compact({ ...line, quantity: quantity === undefined ? undefined : Math.abs(quantity) }),
    amount: minorOfText(amount, currency),
  });
  if (!isSettlingPurpose(purpose)) return lines.filter(({ main }) => !main || isAllLines(purpose)).map(factsOf);
  const posting = lines.flatMap(({ account, amount }) => (account === undefined ? [] : [{ account, amount }]));
  const sums = sumsByKey(posting, ({ account, amount }) => ({ key: account, amount: minorOfText(amount, currency) }));
  return [...sums].map(([account, amount]) => ({ account, amount }));
}
