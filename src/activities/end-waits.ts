import type { ExceptionCode } from '../domain/exceptions/catalogue.ts';
import { endWaits, findDecision, type DecisionKind } from '../store/decisions/decisions.ts';
import { markDecided, openKeys, resolveException } from '../store/exceptions/exceptions.ts';
import type { Dependencies } from './dependencies.ts';

const CODES: Readonly<Record<DecisionKind, ExceptionCode>> = { sku: 'sku-unknown', amount: 'unknown-amount' };

/**
 * An order or payout has taken up what it waited for, or wants it no longer. With the last one that waited the exception
 * ends: not before, since a signal that was sent may have reached nobody.
 */
export async function endWaitsOf(
  deps: Dependencies,
  connection: string,
  kind: DecisionKind,
  workflowId: string,
  still: readonly string[] = [],
): Promise<void> {
  const { db } = deps.store;
  const over = await endWaits(db, connection, kind, workflowId, still);
  for (const key of over) {
    const choice = await findDecision(db, connection, kind, key);
    await resolveException(
      db,
      connection,
      CODES[kind],
      key,
      choice === null ? 'nobody waits for it any more' : `decided: ${choice}`,
      await deps.now(),
    );
  }
}

/** Decided, or known meanwhile: the exception ends with the last that waits, or at once where nobody does. */
export async function announceEnd(
  deps: Dependencies,
  connection: string,
  kind: DecisionKind,
  key: string,
  waiters: number,
  said: string,
): Promise<void> {
  const { db } = deps.store;
  if (waiters === 0) return resolveException(db, connection, CODES[kind], key, said, await deps.now());
  if ((await openKeys(db, connection, CODES[kind])).includes(key))
    await markDecided(
      db,
      connection,
      CODES[kind],
      key,
      `${said}; it ends when ${waiters === 1 ? 'the one' : `all ${waiters}`} that waited ${waiters === 1 ? 'has' : 'have'} gone on`,
    );
}
