export interface ToldOver {
  channel: string;
  result: 'sent' | 'unknown' | 'not taken' | 'waits' | 'nothing';
  problem: string | null;
}

const WORDS: Readonly<Record<ToldOver['result'], string>> = {
  sent: 'told',
  unknown: 'perhaps told',
  'not taken': 'not taken',
  waits: 'waits for its next try',
  nothing: 'nothing to tell',
};

/** What a look did: `books told; pager not taken (it answers 503).` */
export function renderAlertsTold(told: readonly ToldOver[]): string {
  if (told.length === 0) return 'Nothing to tell.';
  return `${told
    .map(({ channel, result, problem }) => `${channel} ${WORDS[result]}${problem === null ? '' : ` (${problem})`}`)
    .join('; ')}.`;
}
