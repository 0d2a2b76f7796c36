/**
 * Where an amount comes from and where it went, from any end (close.md, *Proof*): a row of a report, an order, a document, a
 * payout, a line of the bank. Each stage is a sentence with the command that goes on from it.
 */
import { accountOf } from '../../config/connection.ts';
import { isSalesPurpose, kindOf } from '../../domain/documents/document-kinds.ts';
import { hasPlan } from '../../domain/documents/document-plans.ts';
import { renderDay } from '../../domain/clocks/render-dates.ts';
import { unreversed } from '../../domain/identifiers/settlement-key.ts';
import { counted, renderMoney } from '../../domain/money/render-amount.ts';
import { sumMinor } from '../../domain/money/money.ts';
import { keyText } from '../../domain/settlement/fold-key.ts';
import { numberedLines, type NumberedLine } from '../../store/bank/statement-lines.ts';
import { documentsNumbered } from '../../store/documents/listed-documents.ts';
import { documentsOfSettlement, loadDocument, type StoredDocument } from '../../store/documents/documents.ts';
import { rowsOfDocuments, rowsOnLine, type RowOnLine } from '../../store/payouts/rows-of-documents.ts';
import { loadSettlement } from '../../store/payouts/settlements.ts';
import { orderStatus } from '../../store/orders/order-status.ts';
import { orderView } from '../orders/order-view.ts';
import type { ConnectionSource } from '../view-source.ts';
import { unknownBankLine, unknownEnd, unknownRow } from './explain-refusals.ts';
import { documentView, type DocumentView } from './posted-document.ts';

export interface TrailStage {
  /** `row`, `means`, `document`, `order`, `payout`, `bank`. */
  name: string;
  says: string;
  /** What a person types to go on from there; null where it is said here already. */
  next: string | null;
}

export interface TrailView {
  connection: string;
  about: string;
  stages: TrailStage[];
}

/**
 * From anything but a document's external id.
 * @param number of a line of a report or of a statement
 * @throws TieoutError `not-found` where nothing has that name
 */
export async function trailFrom(source: ConnectionSource, name: string, number: number | null): Promise<TrailView> {
  if (number !== null) return name === 'bank' ? bankLineTrail(source, number) : rowTrail(source, name, number);
  const { store, settings } = source;
  const found = await numberTrail(source, name);
  if (found !== null) return found;
  if ((await orderStatus(store.db, settings.name, name)) === null) throw unknownEnd(settings.name, name);
  return orderTrail(source, name);
}

async function rowTrail(source: ConnectionSource, settlementId: string, line: number): Promise<TrailView> {
  const { store, settings } = source;
  const settlement = await loadSettlement(store.db, settings.name, settlementId);
  const rows = settlement === null ? [] : await rowsOnLine(store.db, settings.name, settlementId, line);
  if (settlement === null || rows.length === 0) throw unknownRow(settings.name, settlementId, line);
  const documents = await documentsOfSettlement(store.db, settings.name, settlementId);
  const { currency } = settlement;
  const stages = await Promise.all(
    rows.map(async (row): Promise<TrailStage[]> => [
      {
        name: 'row',
        says: [
          `${keyText(row)}, ${renderMoney(row.amount, currency)}, posted ${renderDay(row.postedAt.slice(0, 10))}`,
          ...(row.sku === null ? [] : [`SKU ${row.sku}`]),
        ].join(', '),
        next: null,
      },
      await meansOf(source, row, currency, documents),
    ]),
  );
  const orders = [...new Set(rows.flatMap(({ orderId }) => orderId ?? []))];
  return {
    connection: settings.name,
    about: `line ${line} of the report of settlement ${settlementId}`,
    stages: [
      ...stages.flat(),
      ...orders.map((order): TrailStage => ({ name: 'order', says: order, next: `npx tieout explain ${order}` })),
      ...(await payoutStages(source, settlementId)),
    ],
  };
}

/** The document that owns a row, or the line of the journal that it is booked in. */
async function meansOf(
  { store: { db }, settings }: ConnectionSource,
  { role, document, booked, part }: RowOnLine,
  currency: string,
  documents: readonly StoredDocument[],
): Promise<TrailStage> {
  const means = role ?? 'nobody knows yet what it is';
  if (document !== null) {
    const owner = await loadDocument(db, document);
    const said = owner === null ? document : inWords(owner);
    return { name: 'means', says: `${means}, owned by ${said}`, next: `npx tieout explain ${document}` };
  }
  if (booked === null) return { name: 'means', says: `${means}, not booked yet`, next: null };
  const journals = unreversed(
    documents.filter((one): one is StoredDocument<'journal'> => hasPlan(one, 'journal') && one.key.purpose === 'JE'),
  );
  const journal = journals.find(({ key }) => key.part === part);
  const account = accountOf(settings, booked, currency, null);
  const on = `${means}, booked on ${booked}${account === null ? '' : `, account ${account}`}`;
  if (journal === undefined) return { name: 'means', says: `${on}, in no journal yet`, next: null };
  const at = journal.plan.lines.findIndex((line) => line.role === booked) + 1;
  const line = at === 0 ? journal.externalId : `${journal.externalId}:${at}`;
  return { name: 'means', says: `${on}, in ${line}`, next: `npx tieout explain ${line}` };
}

/** The payout of a settlement, its journals, and the lines of the bank that prove it. */
async function payoutStages(
  { store: { db }, settings: { name } }: ConnectionSource,
  settlementId: string,
): Promise<TrailStage[]> {
  const settlement = (await loadSettlement(db, name, settlementId))!;
  const journals = (await documentsOfSettlement(db, name, settlementId)).filter(({ key }) => key.purpose === 'JE');
  const lines = (await numberedLines(db, [name], { account: null, unmatched: false })).filter(
    ({ movement }) => movement?.settlementId === settlementId,
  );
  return [
    {
      name: 'payout',
      says: `settlement ${settlementId}, ${renderMoney(settlement.total, settlement.currency)}: ${settlement.state}`,
      next: `npx tieout status payout ${settlementId}`,
    },
    ...journals.map((journal): TrailStage => ({
      name: 'journal',
      says: inWords(journal),
      next: `npx tieout explain ${journal.externalId}`,
    })),
    ...(lines.length === 0
      ? [{ name: 'bank', says: 'no line of the bank proves it yet', next: 'npx tieout bank lines --unmatched' }]
      : lines.map(bankStage)),
  ];
}

const bankStage = ({ number, account, date, amount, currency, description }: NumberedLine): TrailStage => ({
  name: 'bank',
  says: `line ${number} of the ${account}, ${renderDay(date)}, ${renderMoney(amount, currency)}, ${description}`,
  next: `npx tieout explain bank:${number}`,
});

async function orderTrail(source: ConnectionSource, orderId: string): Promise<TrailView> {
  const { connection, state, documents, payouts } = await orderView(source, orderId);
  const ofPayouts = await Promise.all(
    payouts.map(async ({ settlementId, rows, amount, currency }): Promise<TrailStage[]> => [
      {
        name: 'rows',
        says: `${counted(rows, 'row')} of settlement ${settlementId}, ${amount} ${currency}`,
        next: `npx tieout proof ${settlementId}`,
      },
      ...(await payoutStages(source, settlementId)),
    ]),
  );
  return {
    connection,
    about: `order ${orderId}`,
    stages: [
      { name: 'order', says: state, next: `npx tieout status order ${orderId}` },
      ...documents.map((one): TrailStage => ({
        name: 'document',
        says: `${one.externalId}, ${ofDocument(one)}`,
        next: `npx tieout explain ${one.externalId}`,
      })),
      ...ofPayouts.flat(),
    ],
  };
}

/**
 * A document of an order, of tax or of a month: the rows that it owns, and the payouts that they are of. Null for one that is not
 * known, and for one of a payout, whose lines are explained.
 */
export async function documentTrail(source: ConnectionSource, name: string): Promise<TrailView | null> {
  const { db } = source.store;
  const document = await loadDocument(db, name);
  if (document === null || document.key.connection !== source.settings.name) return null;
  if (kindOf(document.key.purpose).of === 'payout') return null;
  const { externalId, orderId, currency } = document;
  const rows = await rowsOfDocuments(db, document.key.connection, [externalId], []);
  const settlements = [...new Set(rows.map(({ settlementId }) => settlementId))];
  const ofPayouts = await Promise.all(
    settlements.map(async (settlementId): Promise<TrailStage[]> => {
      const own = rows.filter((row) => row.settlementId === settlementId);
      const lines = [...new Set(own.map(({ line }) => line))];
      return [
        {
          name: 'rows',
          says: `${counted(own.length, 'row')} of settlement ${settlementId}, ${renderMoney(sumMinor(own.map(({ amount }) => amount)), currency)}: ${lines.length === 1 ? 'line' : 'lines'} ${lines.slice(0, TOLD).join(', ')}${lines.length > TOLD ? ` and ${lines.length - TOLD} more` : ''}`,
          next: `npx tieout explain ${settlementId}:${lines[0]}`,
        },
        ...(await payoutStages(source, settlementId)),
      ];
    }),
  );
  return {
    connection: document.key.connection,
    about: externalId,
    stages: [
      { name: 'document', says: ofDocument(documentView(document)), next: null },
      ...(orderId === null ? [] : [{ name: 'order', says: orderId, next: `npx tieout explain ${orderId}` }]),
      // Of an order's documents those of its money alone own rows.
      ...(rows.length === 0 && isSalesPurpose(document.key.purpose)
        ? [{ name: 'rows', says: 'no settlement has brought it yet', next: null }]
        : ofPayouts.flat()),
    ],
  };
}

/** So many lines are named. */
const TOLD = 8;

async function bankLineTrail(source: ConnectionSource, number: number): Promise<TrailView> {
  const { store, settings } = source;
  const lines = await numberedLines(store.db, [settings.name], { account: null, unmatched: false });
  const line = lines.find((one) => one.number === number);
  if (line === undefined) throw unknownBankLine(settings.name, number);
  const { movement } = line;
  return {
    connection: settings.name,
    about: `line ${number} of the ${line.account}`,
    stages: [
      { ...bankStage(line), next: null },
      ...(movement === null
        ? [{ name: 'proves', says: 'nothing yet', next: 'npx tieout bank lines --unmatched' }]
        : [
            {
              name: 'proves',
              says: `the ${movement.kind} ${movement.externalId}`,
              next:
                (await loadDocument(store.db, movement.externalId)) === null
                  ? null
                  : `npx tieout explain ${movement.externalId}`,
            },
            ...(await payoutStages(source, movement.settlementId)).filter(({ name }) => name !== 'bank'),
          ]),
    ],
  };
}

/** A settlement by its id, or documents by the number that NetSuite gave them; null where nothing has it. */
async function numberTrail(source: ConnectionSource, number: string): Promise<TrailView | null> {
  const { store, settings } = source;
  const connection = settings.name;
  if ((await loadSettlement(store.db, connection, number)) !== null)
    return { connection, about: `settlement ${number}`, stages: await payoutStages(source, number) };
  const documents = await documentsNumbered(store.db, connection, number);
  if (documents.length === 0) return null;
  return {
    connection,
    about: `number ${number} in NetSuite`,
    stages: documents.map((one): TrailStage => ({
      name: 'document',
      says: `${one.externalId}, ${one.recordType}, ${renderDay(one.date)}, ${renderMoney(one.total, one.currency)}: ${one.state}`,
      next: `npx tieout explain ${one.externalId}`,
    })),
  };
}

function inWords(document: StoredDocument): string {
  return `${document.externalId}, ${ofDocument(documentView(document))}`;
}

function ofDocument({ name, date, total, currency, state }: DocumentView): string {
  return `${name}, ${renderDay(date)}, ${total} ${currency}: ${state}`;
}
