/** What orders and payouts do while a person must act: they say so where people look, wait, and go on. */
import { setCurrentDetails, setHandler, upsertSearchAttributes } from '@temporalio/workflow';
import { SEARCH_ATTRIBUTES } from '../contracts/search-attributes.ts';
import { tryAgain } from '../contracts/try-again.ts';

export interface Person {
  /** `tryAgain` was sent since it was last forgotten. */
  asked(): boolean;
  forget(): void;
  /** Says who is awaited (`exception:{number}`, `sku:{…}`) and, in words, what they must do. */
  block(by: string, details: string): void;
  /** Nobody is awaited any more; a workflow that ends says what it came to. */
  unblock(state?: 'open' | 'tied'): void;
}

/** To be called at the start of a workflow: it listens from then on. */
export function listenForPerson(): Person {
  let asked = false;
  let blocked = false;
  setHandler(tryAgain, () => {
    asked = true;
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
  };
}

/** Search attributes change only when a person is awaited or no longer is. */
function tell(state: 'waits' | 'open' | 'tied', blockedBy: string | null): void {
  upsertSearchAttributes([
    { key: SEARCH_ATTRIBUTES.state, value: state },
    { key: SEARCH_ATTRIBUTES.blockedBy, value: blockedBy },
  ]);
}
