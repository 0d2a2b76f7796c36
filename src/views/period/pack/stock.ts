/** Stock of the month's last ledger day, item by item: units on both sides, what the difference is made of, and value beside it. */
import type { ConnectionSettings } from '../../../config/connection.ts';
import { isSimulated } from '../../../config/simulated.ts';
import type { Day } from '../../../domain/money/instant.ts';
import { columnsOf, type EvidenceTable } from '../../../domain/proof/evidence.ts';
import type { Database } from '../../../store/database.ts';
import { standingRowsOf } from '../../stock/standing-rows.ts';
import { noFigures, stockFiguresOn, type StockFigures } from '../../stock/stock-figures.ts';

/** None where the connection has no stock flow. Figures of another day than the month's last stand in no pack. */
export async function stockTables(db: Database, settings: ConnectionSettings, on: Day): Promise<EvidenceTable[]> {
  const figures = await stockFiguresOn(db, settings, { on, isDemo: isSimulated(settings) });
  if (figures === null) return [];
  const currency = figures.netsuite?.currency ?? '';
  return [
    {
      name: 'stock',
      title: 'Stock by item',
      note: noteOf(figures, on),
      columns: columnsOf(
        'Pool',
        'Item',
        'Place',
        '>Amazon',
        '>NetSuite',
        '>Difference',
        '>Opening',
        '>Waiting',
        '>Ahead',
        '>Foreign',
        '>Gap',
        '>Unit cost',
        '>Amazon, value',
        '>NetSuite, value',
        'Currency',
      ),
      rows: figures.day !== on ? [] : rowsOf(figures).map((row) => [...row, currency]),
    },
  ];
}

function rowsOf(figures: StockFigures): string[][] {
  return standingRowsOf(figures)
    .map(({ pool, item, place, amazon, netsuite, difference, terms, unitCost, amazonValue, netsuiteValue }) => [
      pool,
      item,
      place,
      ...[amazon, netsuite, difference].map(String),
      ...(['opening', 'waiting', 'ahead', 'foreign', 'gap'] as const).map((term) => String(terms?.[term] ?? '')),
      unitCost ?? '',
      amazonValue ?? '',
      netsuiteValue ?? '',
    ])
    .sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
}

/** Pool, item and place, by which rows are sorted. */
const placeOf = (row: readonly string[]) => row.slice(0, 3).join('\u0000');

function noteOf(figures: StockFigures, on: Day): string {
  if (figures.day === null) return noFigures(figures);
  if (figures.day !== on) return `${figures.instead ?? noFigures(figures)} None of them stand here.`;
  const more =
    "Units at the end of this day of Amazon's ledger are what is signed; value is by the unit cost that NetSuite told last. A difference is the sum of its terms.";
  return `${on}. ${more}`;
}
