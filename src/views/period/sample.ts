/** A sample of a month's documents for an auditor (close.md, *Proof*), each with the rows of Amazon's reports behind it. */
import { createHash } from 'node:crypto';
import { parseExternalId } from '../../domain/identifiers/external-id.ts';
import { firstDayOf, lastDayOf, renderPeriod } from '../../domain/period/calendar.ts';
import { formatMinor } from '../../domain/money/money.ts';
import { columnsOf, type Evidence } from '../../domain/proof/evidence.ts';
import { sampleOf } from '../../domain/proof/sample.ts';
import { documentsDated, type ListedDocument } from '../../store/documents/listed-documents.ts';
import { rowsOfDocuments } from '../../store/payouts/rows-of-documents.ts';
import type { ConnectionSource } from '../view-source.ts';

/** The population: every posted document that is dated in the month, by its external id. */
export async function sampleOfMonth(
  { store: { db }, settings: { name } }: ConnectionSource,
  { period, size, seed }: { period: string; size: number; seed: string },
): Promise<Evidence> {
  const population = (await documentsDated(db, name, firstDayOf(period), lastDayOf(period))).filter(
    ({ state }) => state === 'posted',
  );
  const sample = sampleOf(population, { idOf: ({ externalId }) => externalId, hashOf: sha256, seed, size });
  const documents = sample.map(({ one }) => one);
  const rows = await rowsOfDocuments(
    db,
    name,
    documents.map(({ externalId }) => externalId),
    documents.flatMap(partOf),
  );
  return {
    name: `sample-${name}-${period}`,
    title: `Sample of ${renderPeriod(period)}, ${name}`,
    says: [
      `${sample.length} of ${population.length} posted documents of the month: those whose SHA-256 of the seed "${seed}" and the external id is smallest.`,
      'Whoever has the seed and the documents of the month (close pack, tables/documents.csv) works out the same ones.',
    ],
    tables: [
      {
        name: 'sample',
        title: 'Documents',
        note: null,
        columns: columnsOf(
          'SHA-256',
          'Document',
          'Date',
          'Type',
          'Number',
          'Currency',
          '>Total',
          'Order',
          'Settlement',
        ),
        rows: sample.map(({ one, hash }) => [
          hash,
          one.externalId,
          one.date,
          one.recordType,
          one.tranId ?? '',
          one.currency,
          formatMinor(one.total, one.currency),
          one.orderId ?? '',
          one.settlementId ?? '',
        ]),
      },
      {
        name: 'rows',
        title: 'Rows of Amazon behind them',
        note: 'Those that a document owns, and those of a journal. An order, a fulfilment or a movement of stock owns none.',
        columns: columnsOf(
          'Document',
          'Settlement',
          'Line',
          'Posted',
          'Transaction',
          'Amount type',
          'Description',
          'Order',
          'SKU',
          'Currency',
          '>Amount',
        ),
        rows: rows.map((row) => {
          const { currency } = documents.find(({ externalId }) => externalId === row.document)!;
          return [
            row.document,
            row.settlementId,
            String(row.line),
            row.postedAt,
            row.transactionType,
            row.amountType,
            row.amountDescription,
            row.orderId ?? '',
            row.sku ?? '',
            currency,
            formatMinor(row.amount, currency),
          ];
        }),
      },
    ],
    files: [],
  };
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** Which part of its settlement's rows a journal is made of. */
function partOf({
  externalId,
  settlementId,
}: ListedDocument): { document: string; settlementId: string; part: number }[] {
  const key = parseExternalId(externalId);
  if (key?.purpose !== 'JE' || settlementId === null) return [];
  return [{ document: externalId, settlementId, part: key.part }];
}
