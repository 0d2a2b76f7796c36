/** `planned` not sent · `sending` a call is out · `unknown` its answer was lost · `posted` · `rejected` · `conflict` NetSuite holds another under our key. */
export type DocumentState = 'planned' | 'sending' | 'unknown' | 'posted' | 'rejected' | 'conflict';

export const documentIs = {
  /** An earlier call may still bring it into NetSuite: it keeps the day of that call. */
  perhapsOut: ({ state }: { state: DocumentState }): boolean => state === 'sending' || state === 'unknown',
  /** Never sent, or refused: NetSuite holds nothing under its key. */
  notInNetSuite: ({ state, attempt }: { state: DocumentState; attempt: number }): boolean =>
    state === 'rejected' || (state === 'planned' && attempt === 0),
} as const;
