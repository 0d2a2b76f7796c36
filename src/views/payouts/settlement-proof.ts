/** The proof of a settlement (close.md, *Proof*): from each row of the report as it was received to the line of the bank. */
import { POSTS_BY_PLAN } from '../../domain/documents/document-kinds.ts';
import { hasPlan } from '../../domain/documents/document-plans.ts';
import { unreversed } from '../../domain/identifiers/settlement-key.ts';
import { byBookedRole } from '../../domain/journal/explain-line.ts';
import { differenceFrom, formatMinor } from '../../domain/money/money.ts';
import { explainPayout } from '../../domain/payouts/explain-payout.ts';
import { renderCheckRun } from '../../domain/payouts/render-check-run.ts';
import { PAYOUT_STEPS } from '../../domain/payouts/payout-steps.ts';
import { proofFigures } from '../../domain/payouts/proof-figures.ts';
import { numberedLines, type NumberedLine } from '../../store/bank/statement-lines.ts';
import type { Database } from '../../store/database.ts';
import type { StoredDocument } from '../../store/documents/documents.ts';
import { readFileChunks } from '../../store/files/files.ts';
import { keysBehind } from '../../store/payouts/explain-line.ts';
import { loadCheckRun, type StoredCheckRun } from '../../store/payouts/check-runs.ts';
import { payoutStatus, type PayoutStatus } from '../../store/payouts/payout-status.ts';
import { readRowsAsWritten } from '../../store/payouts/settlement-rows.ts';
import { columnsOf, type Evidence, type EvidenceTable } from '../../domain/proof/evidence.ts';
import { journalRows, JOURNAL_COLUMNS, type AccountOfRole } from '../period/pack/journals.ts';
import type { ConnectionSource } from '../view-source.ts';
import { accountOf } from '../../config/connection.ts';
import { unknownPayout } from './payout-view.ts';

/** @throws TieoutError `not-found` where no report of that settlement was found */
export async function settlementProof({ store, settings }: ConnectionSource, settlementId: string): Promise<Evidence> {
  const { db } = store;
  const connection = settings.name;
  const status = await payoutStatus(db, connection, settlementId);
  if (status === null) throw await unknownPayout(db, connection, settlementId);
  const { settlement } = status;
  const lines = (await numberedLines(db, [connection], { account: null, unmatched: false })).filter(
    ({ movement }) => movement?.settlementId === settlementId,
  );
  const checked = await loadCheckRun(db, connection, settlementId);
  const stations = explainPayout(status);
  const isKept = settlement.purgedAt === null;
  return {
    name: `proof-${connection}-${settlementId}`,
    title: `Settlement ${settlementId}, ${connection}`,
    says: [
      `${PAYOUT_STEPS.map((step) => `${step}: ${stations.steps[step]}`).join(' · ')}.`,
      `${settlement.start} to ${settlement.end}, ${formatMinor(settlement.total, settlement.currency)} ${settlement.currency}: ${stations.state}.`,
      renderCheckRun(checked),
      isKept
        ? `The report as it was received has the SHA-256 ${settlement.sha256}.`
        : `The report was deleted past its retention on ${settlement.purgedAt!.slice(0, 10)}; its SHA-256 was ${settlement.sha256}.`,
    ],
    tables: [
      figuresTable(status, lines),
      ...checkTables(checked, settlement.currency),
      await waterfall(db, connection, status),
      {
        name: 'journals',
        title: 'Journals, deposits and charges',
        note: null,
        columns: JOURNAL_COLUMNS,
        rows: status.documents
          .filter(({ key }) => POSTS_BY_PLAN.includes(key.purpose))
          .flatMap((document) => journalRows(document, (...of) => accountOf(settings, ...of))),
      },
      bankTable(lines),
      await rowsTable(db, connection, status, (...of) => accountOf(settings, ...of)),
    ],
    files: isKept ? [{ path: `received/${settlementId}.txt`, bytes: await received(db, settlement.sha256) }] : [],
  };
}

async function received(db: Database, sha256: string): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of readFileChunks(db, sha256)) pieces.push(piece);
  return Buffer.concat(pieces);
}

function figuresTable(status: PayoutStatus, bankLines: readonly NumberedLine[]): EvidenceTable {
  const { currency } = status.settlement;
  const figures = proofFigures({
    total: status.settlement.total,
    rows: status.sum,
    documents: status.documents,
    movements: status.movements,
    bankLines,
  });
  const text = (amount: bigint | null) => (amount === null ? 'none yet' : formatMinor(amount, currency));
  return {
    name: 'tie',
    title: 'What it comes to at each end',
    note: 'The report, its rows and its journal agree, or the payout is not tied. A movement that the bank has not shown has no line.',
    columns: columnsOf('Where', 'Currency', '>Amount'),
    rows: [
      ['total of the report', currency, text(figures.total)],
      ['sum of its rows', currency, text(figures.rows)],
      ['paid out by its journal', currency, text(figures.journal)],
      ['debit − credit of its journal', currency, text(figures.unbalanced)],
      ['movements', currency, text(figures.moved)],
      ['lines of the bank', currency, text(figures.bank)],
    ],
  };
}

function checkTables(run: StoredCheckRun | null, currency: string): EvidenceTable[] {
  const amount = (minor: bigint) => formatMinor(minor, currency);
  return [
    {
      name: 'checks',
      title: 'Its checks',
      note: run === null ? null : `As they ran last against NetSuite, ${run.checkedAt}.`,
      columns: columnsOf('Check', 'Holds', 'Compared', 'What fails'),
      rows: (run?.checks ?? []).map(({ name, holds, compared, why }) => [
        name,
        holds ? 'yes' : 'no',
        compared,
        why ?? '',
      ]),
    },
    {
      name: 'netsuite-lines',
      title: 'Its documents as NetSuite held them then',
      note: 'By account, by the internal id that NetSuite has for it; debit positive.',
      columns: columnsOf('Document', 'Account', 'Currency', '>Planned', '>NetSuite', '>Difference'),
      rows: (run?.lines ?? [])
        .map(({ document, account, planned, netsuite }) => [
          document,
          account,
          currency,
          amount(planned),
          amount(netsuite),
          amount(differenceFrom(planned, netsuite)),
        ])
        .sort((a, b) => (a.slice(0, 2).join(' ') < b.slice(0, 2).join(' ') ? -1 : 1)),
    },
  ];
}

async function waterfall(db: Database, connection: string, { settlement }: PayoutStatus): Promise<EvidenceTable> {
  const groups = await keysBehind(db, connection, settlement.settlementId, 'all');
  return {
    name: 'waterfall',
    title: 'From sales to deposit',
    note: 'Rows by the role that they are booked on, signed as in the report; together they are the payout.',
    columns: columnsOf('Role', '>Rows', 'Currency', '>Amount'),
    rows: byBookedRole(groups).map(({ role, rows, amount }) => [
      role ?? 'not booked yet',
      String(rows),
      settlement.currency,
      formatMinor(amount, settlement.currency),
    ]),
  };
}

function bankTable(lines: readonly NumberedLine[]): EvidenceTable {
  return {
    name: 'bank-lines',
    title: 'Lines of the bank',
    note: null,
    columns: columnsOf('Line', 'Account', 'Date', 'Currency', '>Amount', 'Text', 'Proves'),
    rows: lines.map(({ number, account, date, currency, amount, description, movement }) => [
      String(number),
      account,
      date,
      currency,
      formatMinor(amount, currency),
      description,
      movement?.externalId ?? '',
    ]),
  };
}

/** Each row of the report: what it means, which document owns it, and the line of the journal that carries it. */
async function rowsTable(
  db: Database,
  connection: string,
  { settlement, documents }: PayoutStatus,
  account: AccountOfRole,
): Promise<EvidenceTable> {
  const journals = unreversed(
    documents.filter((document): document is StoredDocument<'journal'> => hasPlan(document, 'journal')),
  );
  const rows: string[][] = [];
  for await (const row of readRowsAsWritten(db, connection, settlement.settlementId)) {
    const journal = journals.find(({ key }) => key.purpose === 'JE' && key.part === row.part);
    rows.push([
      String(row.line),
      row.postedAt,
      row.transactionType,
      row.amountType,
      row.amountDescription,
      row.orderId ?? '',
      row.sku ?? '',
      settlement.currency,
      formatMinor(row.amount, settlement.currency),
      row.role ?? '',
      row.document ?? '',
      row.booked ?? '',
      row.booked === null ? '' : (account(row.booked, settlement.currency, null) ?? ''),
      journal?.externalId ?? '',
    ]);
  }
  return {
    name: 'rows',
    title: 'Rows of the report',
    note: 'In their order, each with the document that owns it, or the part of the journal that it is booked in.',
    columns: columnsOf(
      'Line',
      'Posted',
      'Transaction',
      'Amount type',
      'Description',
      'Order',
      'SKU',
      'Currency',
      '>Amount',
      'Means',
      'Owned by',
      'Booked on',
      'Account',
      'Journal',
    ),
    rows,
  };
}
