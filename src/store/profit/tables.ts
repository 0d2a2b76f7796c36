/** Tables of profit by SKU (close.md). */
import type { Channel } from '../../domain/profit/channel.ts';
import type { ProfitRole } from '../../domain/profit/split.ts';
import type { Instant, Json } from '../columns.ts';

/** `domain/profit/split.ts`. Belongs to its document, with which it goes. */
export interface SplitsTable {
  document: string;
  /** Keeps their order. */
  ordinal: number;
  line: number;
  /** Null where the amount is NetSuite's: its account says the role then. */
  role: ProfitRole | null;
  item: string | null;
  sku: string | null;
  channel: Channel;
  marketplace: string | null;
  /** Minor units, debit positive; null where it is NetSuite's, and the units are the proportion. */
  amount: bigint | null;
  units: number | null;
}

/** Each month as it was last worked out. */
export interface ProfitMonthsTable {
  connection: string;
  period: string;
  evaluated_at: Instant;
  profit: Json;
}
