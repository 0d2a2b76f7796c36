/** Tables of files as they were received. */
import type { Instant } from '../columns.ts';

export interface FilesTable {
  sha256: string;
  upload: string;
  name: string;
  size: bigint;
  received_at: Instant;
}

export interface FileChunksTable {
  upload: string;
  ordinal: number;
  bytes: Buffer;
}
