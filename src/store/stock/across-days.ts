/**
 * Rows and what answers them, and lines that come to nothing against each other, of which one half is dated up to a day and
 * the other later, settled or not: what the equation of a day that is past needs of all that came since.
 */
import { sql, type RawBuilder } from 'kysely';
import type { Day } from '../../domain/money/instant.ts';
import type { DatedAnswer, DatedLine, DatedOffset } from '../../domain/stock/equation-on.ts';
import type { Place } from '../../domain/stock/pools.ts';
import type { Database } from '../database.ts';
import { STOCK_PURPOSES } from './stock-documents.ts';

export interface Span {
  /** Of which the equation is asked for. */
  day: Day;
  /** The last whole day; what is dated after it counts for neither. */
  last: Day;
  /** The day before the first that is ours. */
  opened: Day;
  posting: 'plan' | 'live';
  /** Fulfilments that count as NetSuite's in `posting: plan`, by external id. */
  planned: ReadonlyMap<string, Day>;
}

/** What answers rows across the day. */
export async function loadAnswersAcross(db: Database, connection: string, span: Span): Promise<DatedAnswer[]> {
  const { day, last } = span;
  const { rows } = await sql<AnswerRow>`
    with ${lines(connection, span)}, later as (
      select a.id from own join stock_answers a on a.kind = 'document' and a.document = own.external_id where own.day > ${day}
      union all
      select a.id from netsuite_movements m
        join stock_answers a on a.connection = m.connection and a.kind = 'movement' and a.document = m.netsuite_id and a.line = m.line
        where m.connection = ${connection} and m.day > ${day} and m.day <= ${last}
      union all
      select a.id from planned p join stock_answers a on a.connection = ${connection} and a.kind = 'movement' and a.document = p.id where p.day > ${day}
      union all
      select a.id from stock_answers a where a.connection = ${connection} and (a.nothing_day > ${day} or a.kind = 'movement' and a.line < 0)
    )
    select * from (
      select ${answer(connection, span)} from ${answered(connection)} join later on later.id = a.id where r.day <= ${day}
      union all
      select ${answer(connection, span)} from ${answered(connection)} where r.day > ${day} and r.day <= ${last}
    ) across
    where by_day <= ${last} and (row_day > ${day}) <> (by_day > ${day})`.execute(db);
  return rows.map(answerOf);
}

/** Units of rows after the day, as far as something up to the last day answers them, by country and disposition; of a pool where that is known. */
export async function sumAnsweredSince(
  db: Database,
  connection: string,
  span: Span,
): Promise<(Pick<DatedAnswer['row'], 'pool' | 'country' | 'disposition'> & { item: string; units: number })[]> {
  const isSince = sql`r.day > ${span.day} and r.day <= ${span.last}`;
  // What answers a settled row is dated up to the last day as well.
  const { rows } = await sql<Awaited<ReturnType<typeof sumAnsweredSince>>[number]>`
    with ${lines(connection, span)}
    select pool, country, disposition, item, sum(units)::int as units from (
      select r.pool, r.country, r.disposition, a.item, a.units from ${rowsAnswered(connection)} where a.settled and ${isSince}
      union all
      select pool, country, disposition, item, units from (
        select ${answer(connection, span)} from ${answered(connection)} where not a.settled and ${isSince}
      ) open where by_day <= ${span.last}
    ) since group by pool, country, disposition, item`.execute(db);
  return rows;
}

/** Which of some documents of ours NetSuite has on a day after the one that is asked for. */
export async function documentsSince(
  db: Database,
  connection: string,
  span: Span,
  externalIds: readonly string[],
): Promise<Set<string>> {
  const { rows } = await sql<{ external_id: string }>`
    with ${lines(connection, span)}
    select external_id from own where external_id = any(${[...externalIds]}) and day > ${span.day} and day <= ${span.last}`.execute(
    db,
  );
  return new Set(rows.map(({ external_id: id }) => id));
}

/** Pairs of lines across the day. */
export async function loadOffsetsAcross(db: Database, connection: string, span: Span): Promise<DatedOffset[]> {
  const { day, last } = span;
  const half = (document: RawBuilder<unknown>, line: RawBuilder<unknown>) => sql`
    (select own.day from own where own.external_id = ${document}) as own_day,
    coalesce(
      (select m.day from netsuite_movements m where m.connection = ${connection} and m.netsuite_id = ${document} and m.line = ${line}),
      (select p.day from planned p where p.id = ${document}), ${otherDay(connection, span, document, line)}) as day,
    coalesce(
      (select m.external_id from netsuite_movements m where m.connection = ${connection} and m.netsuite_id = ${document} and m.line = ${line}),
      (select p.id from planned p where p.id = ${document})) as external_id`;
  const { rows } = await sql<OffsetRow>`
    with ${lines(connection, span)}
    select o.*, coalesce(one.own_day, one.day) as day, one.own_day is not null as is_own, one.external_id,
      coalesce(other.own_day, other.day) as against_day, other.own_day is not null as is_against_own, other.external_id as against_external_id
    from stock_offsets o
      cross join lateral (select ${half(sql.ref('o.document'), sql.ref('o.line'))}) one
      cross join lateral (select ${half(sql.ref('o.against_document'), sql.ref('o.against_line'))}) other
    where o.connection = ${connection} order by o.id`.execute(db);
  return withGoneLines(rows)
    .filter(({ day: one, against_day: other }) => one !== null && other !== null && one <= last && other <= last)
    .filter(({ day: one, against_day: other }) => one! > day !== other! > day)
    .map(({ pool, place, item, units, ...of }) => ({
      pool,
      place: place as Place,
      item,
      units,
      line: lineOf({ kind: of.is_own ? 'document' : 'movement', ...of, by_day: of.day! }),
      against: lineOf({
        kind: of.is_against_own ? 'document' : 'movement',
        document: of.against_document,
        line: of.against_line,
        by_day: of.against_day!,
        external_id: of.against_external_id,
      }),
    }));
}

/** A line that NetSuite has no longer was never there: what stands against it stands against the first of its own kind. */
function withGoneLines(rows: readonly OffsetRow[]): OffsetRow[] {
  const keyOf = ({ against_document: document, against_line: line }: OffsetRow) => `${document}:${line}`;
  const first = new Map<string, Day>();
  for (const row of rows) {
    const known = first.get(keyOf(row));
    if (row.day !== null && (known === undefined || row.day < known)) first.set(keyOf(row), row.day);
  }
  return rows.map((row) => ({ ...row, against_day: row.against_day ?? first.get(keyOf(row)) ?? null }));
}

interface LineRow {
  kind: 'document' | 'movement';
  document: string;
  line: number;
  by_day: Day;
  external_id: string | null;
}

interface AnswerRow extends Pick<DatedAnswer['row'], 'pool' | 'country' | 'disposition' | 'seen'> {
  row_id: string;
  row_day: Day;
  item: string;
  units: number;
  kind: 'document' | 'movement' | 'nothing';
  document: string | null;
  line: number | null;
  by_day: Day;
  external_id: string | null;
  in_opening: boolean;
}

interface OffsetRow {
  pool: string;
  place: string;
  item: string;
  units: number;
  document: string;
  line: number;
  against_document: string;
  against_line: number;
  day: Day | null;
  against_day: Day | null;
  is_own: boolean;
  is_against_own: boolean;
  external_id: string | null;
  against_external_id: string | null;
}

function answerOf(row: AnswerRow): DatedAnswer {
  const { row_id: id, row_day: day, pool, country, disposition, seen, item, units, kind, document, line } = row;
  return {
    row: { id, day, pool, country, disposition, seen },
    item,
    units,
    by:
      kind === 'nothing'
        ? { kind, day: row.by_day }
        : lineOf({ kind, document: document!, line: line!, by_day: row.by_day, external_id: row.external_id }),
    isRowInOpening: row.in_opening,
  };
}

const lineOf = ({ kind, document, line, by_day: day, external_id: externalId }: LineRow): DatedLine => ({
  kind,
  document,
  line,
  day,
  externalId,
});

/**
 * `own`: documents of ours that count as NetSuite's, on the day on which it has them; what was deleted there counts, against a
 * movement by its units. A receipt that raised nothing counts only while NetSuite has it. `planned`: fulfilments.
 */
function lines(connection: string, { posting, planned }: Span): RawBuilder<unknown> {
  const own =
    posting === 'plan'
      ? sql`select external_id, date::text as day from documents where connection = ${connection} and purpose = any(${STOCK_PURPOSES})`
      : sql`
        select d.external_id, coalesce(min(m.day), d.date::text) as day
        from documents d join stock_netsuite n on n.connection = d.connection
          left join netsuite_movements m on m.connection = d.connection and m.netsuite_id = d.netsuite_id
        where d.connection = ${connection} and d.purpose = any(${STOCK_PURPOSES}) and d.state = 'posted' and d.netsuite_id is not null
        group by d.external_id, n.read_at
        having count(m.netsuite_id) > 0 or (d.posted_at < n.read_at::timestamptz
          and not exists (select 1 from stock_document_notes o where o.external_id = d.external_id and not o.restocked))`;
  return sql`own as materialized (${own}),
    planned as materialized (select * from unnest(${[...planned.keys()]}::text[], ${[...planned.values()]}::text[]) as planned (id, day))`;
}

const rowsAnswered = (connection: string) => sql`stock_answers a
  join ledger_rows r on r.connection = a.connection and r.row_id = a.row_id and a.connection = ${connection}`;

const answered = (connection: string) => sql`${rowsAnswered(connection)}
  left join own on a.kind = 'document' and own.external_id = a.document
  left join netsuite_movements m on a.kind = 'movement' and m.connection = a.connection and m.netsuite_id = a.document and m.line = a.line
  left join planned p on a.kind = 'movement' and p.id = a.document`;

const answer = (connection: string, span: Span) => sql`
  a.row_id, r.day as row_day, r.pool, r.country, r.disposition, r.seen, a.item, a.units, a.kind, a.document, a.line,
  case a.kind when 'nothing' then a.nothing_day when 'document' then own.day
    else coalesce(m.day, p.day, ${otherDay(connection, span, sql`a.document`, sql`a.line`)}) end as by_day,
  coalesce(m.external_id, p.id) as external_id, coalesce(a.astride ->> 'inOpening' = 'row', false) as in_opening`;

/** Of lines that NetSuite has not, and that are told as what it lacks: of a document of ours, or of those dated before `from`. */
const otherDay = (
  connection: string,
  { opened }: Span,
  document: RawBuilder<unknown>,
  line: RawBuilder<unknown>,
) => sql`case
  when ${line} < 0 then coalesce(
    (select min(x.day) from netsuite_movements x where x.connection = ${connection} and x.netsuite_id = ${document}),
    (select min(x.date)::text from documents x where x.connection = ${connection} and x.netsuite_id = ${document}))
  when ${document} like 'before-%' then ${opened}::text end`;
