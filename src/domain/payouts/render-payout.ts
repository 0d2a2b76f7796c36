/** Sentences of a payout's page in Temporal: what it waits for and who must act. */

export const renderPayoutStep = (what: string) => `${what}. Nobody has to act.`;

export function renderPayoutUnknownAmount(
  keys: readonly string[],
  rows: number,
  amount: string,
  currency: string,
  suggestion: string | null,
): string {
  const first =
    keys[0]
      ?.split(' / ')
      .map((part) => `"${part}"`)
      .join(' ') ?? '';
  return (
    `**Waits for Finance.** ${rows} ${rows === 1 ? 'row has' : 'rows have'} no account, ${amount} ${currency}:\n\n${keys.map((key) => `- ${key}`).join('\n')}\n\n` +
    `Decide once for all payouts: \`npx tieout map-amount ${first} ${suggestion ?? 'ROLE'} --why "…"\`.${suggestion === null ? '' : ` Suggested: ${suggestion}.`}`
  );
}

export function renderPayoutStopped(exception: number, sentence: string): string {
  return `**Waits for a person** (exception ${exception}). ${sentence}\n\nAfter mending it: \`npx tieout try-again payout ID\`, or the signal \`tryAgain\`.`;
}

export function renderPayoutWaits(reasons: readonly string[]): string {
  return `Posted. Not tied yet:\n\n${reasons.map((reason) => `- ${reason}`).join('\n')}\n\nIt looks again by itself when documents or bank lines come.`;
}

export const renderPayoutWaitsForEarlier = (missing: number) =>
  `Waits for the documents of ${missing} orders that were shipped before the cut-over. Nobody has to act.`;
export const renderPayoutTied = () => 'Tied: rows = total = journal = deposit = bank line, read back from NetSuite.';
export const renderPayoutLeftAlone = () =>
  'Left alone: its marketplaces are not listed by this connection. Nobody has to act.';
export const renderPayoutPlanned = () => 'Planned only: the connection is in `posting: plan`, so nothing is posted.';
