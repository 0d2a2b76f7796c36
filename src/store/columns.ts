/** Columns of one kind: facts as JSON, instants as text. */
import type { ColumnType } from 'kysely';

export type Json = ColumnType<unknown, string, string>;

export type Instant = ColumnType<string, string, string>;
