/** What orders and payouts do while a person must act: they say so where people look, wait, and go on. */
import {
  allHandlersFinished,
  condition,
  patched,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  uuid4,
  workflowInfo,
} from '@temporalio/workflow';
import { SEARCH_ATTRIBUTES } from '../contracts/search-attributes.ts';
import type { Telling } from '../contracts/activity-inputs.ts';
import { lookAgain, tryAgain } from '../contracts/try-again.ts';
import { onStore } from './activity-proxies.ts';

export interface Person {
  /** `tryAgain` or `lookAgain` was sent since it was last forgotten. */
  asked(): boolean;
  forget(): void;
  /** Says who is awaited (`exception:{number}`, `sku:{…}`) and, in words, what they must do. */
  block(by: string, details: string): void;
  /** Nobody is awaited any more; a workflow that ends says what it came to. */
  unblock(state?: 'open' | 'tied'): void;
  /** What people sent by hand stands in the record of what they did; to be waited for before a workflow ends. */
  recorded(): Promise<void>;
}

/** To be called at the start of a workflow: it listens from then on. */
export function listenForPerson({ connection, policy }: Telling): Person {
  let asked = false;
  let blocked = false;
  setHandler(lookAgain, () => {
    asked = true;
  });
  setHandler(tryAgain, async (sent) => {
    asked = true;
    // By hand, from the Temporal UI or its CLI: whoever sends the update has a record already.
    if (sent?.audit === undefined && patched('signals-by-hand-recorded-2026-11'))
      await onStore(policy).recordSignal({
        connection,
        signal: tryAgain.name,
        workflow: workflowInfo().workflowId,
        by: sent?.by ?? null,
        why: sent?.why ?? null,
        act: uuid4(),
      });
  });
  return {
    asked: () => asked,
    forget: () => {
      asked = false;
    },
    block: (by, details) => {
      blocked = true;
      setCurrentDetails(details);
      tell('waits', by);
    },
    unblock: (state = 'open') => {
      if (!blocked && state === 'open') return;
      blocked = false;
      tell(state, null);
    },
    recorded: () => condition(allHandlersFinished),
  };
}

/** Search attributes change only when a person is awaited or no longer is. */
function tell(state: 'waits' | 'open' | 'tied', blockedBy: string | null): void {
  upsertSearchAttributes([
    { key: SEARCH_ATTRIBUTES.state, value: state },
    { key: SEARCH_ATTRIBUTES.blockedBy, value: blockedBy },
  ]);
}
