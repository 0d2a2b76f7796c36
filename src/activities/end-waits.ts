import type { ExceptionCode } from '../domain/exceptions/catalogue.ts';
import { renderItem } from '../domain/decisions/render-item.ts';
import { endWaits, findDecision, type DecisionKind } from '../store/decisions/decisions.ts';
import { markDecided, openKeys } from '../store/exceptions/exceptions.ts';
import type { Connection } from './connection.ts';

const CODES: Readonly<Record<DecisionKind, ExceptionCode>> = { sku: 'sku-unknown', amount: 'unknown-amount' };

/**
 * An order or payout has taken up what it waited for, or wants it no longer. With the last one that waited the exception
 * ends: not before, since a signal that was sent may have reached nobody.
 */
export async function endWaitsOf(
  connection: Connection,
  kind: DecisionKind,
  workflowId: string,
  still: readonly string[] = [],
): Promise<void> {
  const { db } = connection;
  const over = await endWaits(db, connection.name, kind, workflowId, still);
  for (const key of over) {
    const decided = await findDecision(db, connection.name, kind, key);
    await connection.resolve(
      CODES[kind],
      key,
      decided === null ? 'nobody waits for it any more' : `decided: ${renderItem(decided.choice, decided.units)}`,
    );
  }
}

/** Decided, or known meanwhile: the exception ends with the last that waits, or at once where nobody does. */
export async function announceEnd(
  connection: Connection,
  kind: DecisionKind,
  key: string,
  waiters: number,
  said: string,
): Promise<void> {
  const { db } = connection;
  if (waiters === 0) return connection.resolve(CODES[kind], key, said);
  if ((await openKeys(db, connection.name, CODES[kind])).includes(key))
    await markDecided(
      db,
      connection.name,
      CODES[kind],
      key,
      `${said}; it ends when ${waiters === 1 ? 'the one' : `all ${waiters}`} that waited ${waiters === 1 ? 'has' : 'have'} gone on`,
    );
}
