/** What is found under our key, held against what we meant to make: its head first, then all of it. Reads only. */
import type {
  HeldDocument,
  HeldLine,
  OptionalColumn,
  TransactionHead,
} from '../../clients/netsuite/netsuite-client.ts';
import { differenceOf, type DocumentFacts, type LineFacts } from '../../domain/documents/compare-document.ts';
import { isSettlingPurpose, kindOf, type Purpose } from '../../domain/documents/document-kinds.ts';
import { memoStart } from '../../domain/identifiers/external-id.ts';
import { formatMinor, parseMinor, sumsByKey } from '../../domain/money/money.ts';
import type { StoredDocument } from '../../store/documents/documents.ts';
import type { Connection } from '../connection.ts';
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

/** The first line (or what else we said of it) that is not as the call would make it, or null. */
export async function wholeDifference(
  connection: Connection,
  { key: { purpose }, currency, recordType }: StoredDocument,
  id: string,
  call: PostingCall,
): Promise<string | null> {
  const planned = await plannedFacts(connection, purpose, currency, call);
  const held = await connection.netsuite.heldDocument(id, optionalColumns(planned));
  const applied = planned.applied === null ? null : await connection.netsuite.applications(recordType, id);
  // One that NetSuite has made without its `apply` lines gets them by an update of its own.
  const settles =
    applied === null || applied.length === 0
      ? null
      : new Map(applied.map(({ document, amount }) => [document, minorOfText(amount, currency)]));
  return differenceOf(
    planned,
    { head: headOf(held), lines: linesOf(held, purpose, currency), applied: settles },
    currency,
  );
}

function optionalColumns({ head, lines }: DocumentFacts): OptionalColumn[] {
  const ofLines = (['location', 'department', 'class'] as const).filter((column) =>
    lines.some((line) => line[column] !== undefined),
  );
  return [...(head.subsidiary === undefined ? [] : ['subsidiary' as const]), ...ofLines];
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
  const factsOf = ({ main: _, amount, ...line }: HeldLine): LineFacts => ({
    ...compact(line),
    amount: minorOfText(amount, currency),
  });
  if (!isSettlingPurpose(purpose)) return lines.filter(({ main }) => !main || isAllLines(purpose)).map(factsOf);
  const posting = lines.flatMap(({ account, amount }) => (account === undefined ? [] : [{ account, amount }]));
  const sums = sumsByKey(posting, ({ account, amount }) => ({ key: account, amount: minorOfText(amount, currency) }));
  return [...sums].map(([account, amount]) => ({ account, amount }));
}
