/** Files as received, kept in pieces under the hash of their (unpacked) bytes, so that none is ever whole in memory. */
import { createHash, randomUUID } from 'node:crypto';
import type { Database } from '../database.ts';

const CHUNK = 1024 * 1024;

/** Stores a stream of bytes and returns its SHA-256; the same bytes twice are stored once. `watch` sees each piece. */
export async function saveFile(
  db: Database,
  name: string,
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  receivedAt: string,
  watch: (piece: Uint8Array) => void = () => {},
): Promise<string> {
  const upload = randomUUID();
  const hash = createHash('sha256');
  let held: Uint8Array[] = [];
  let heldSize = 0;
  let size = 0n;
  let ordinal = 0;
  const flush = async () => {
    if (heldSize === 0) return;
    await db
      .insertInto('file_chunks')
      .values({ upload, ordinal, bytes: Buffer.concat(held) })
      .execute();
    ordinal += 1;
    held = [];
    heldSize = 0;
  };
  try {
    for await (const piece of bytes) {
      hash.update(piece);
      watch(piece);
      held.push(piece);
      heldSize += piece.length;
      size += BigInt(piece.length);
      if (heldSize >= CHUNK) await flush();
    }
    await flush();
  } catch (error) {
    await db.deleteFrom('file_chunks').where('upload', '=', upload).execute();
    throw error;
  }
  const sha256 = hash.digest('hex');
  const stored = await db
    .insertInto('files')
    .values({ sha256, upload, name, size, received_at: receivedAt })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (stored.numInsertedOrUpdatedRows === 0n) await db.deleteFrom('file_chunks').where('upload', '=', upload).execute();
  return sha256;
}

export async function isKept(db: Database, sha256: string): Promise<boolean> {
  return (await db.selectFrom('files').select('sha256').where('sha256', '=', sha256).executeTakeFirst()) !== undefined;
}

/** The pieces of a stored file in order. @throws Error when it is not there. */
export async function* readFileChunks(db: Database, sha256: string): AsyncGenerator<Uint8Array> {
  const file = await db.selectFrom('files').select('upload').where('sha256', '=', sha256).executeTakeFirst();
  if (!file) throw new Error(`bug: file ${sha256} is not in the store`);
  for (let ordinal = 0; ; ordinal += 1) {
    const chunk = await db
      .selectFrom('file_chunks')
      .select('bytes')
      .where('upload', '=', file.upload)
      .where('ordinal', '=', ordinal)
      .executeTakeFirst();
    if (!chunk) return;
    yield chunk.bytes;
  }
}
