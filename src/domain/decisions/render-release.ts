import { counted, renderAmount, renderCount, renderMoney } from '../money/render-amount.ts';
import type { PayoutRelease, SkuRelease } from './explain-release.ts';

/** `✓ 9 of 9 orders released · 9 sales orders · 214.91 USD   6.2 s`. */
export function renderSkuRelease(
  { of, released, salesOrders, stopped, waiting, amounts }: SkuRelease,
  seconds: number,
): string {
  if (of === 0) return '✓ no order waits for it; it holds for those to come';
  const parts = [
    `${waiting === 0 ? '✓' : '…'} ${renderCount(released)} of ${counted(of, 'order')} released`,
    ...(salesOrders === 0 ? [] : [counted(salesOrders, 'sales order')]),
    ...amounts.map(({ currency, amount }) => renderMoney(amount, currency)),
    ...(stopped === 0 ? [] : [`${renderCount(stopped)} refused by NetSuite: npx tieout exceptions`]),
    ...(waiting === 0 ? [] : [waiting === 1 ? 'the other follows by itself' : 'the others follow by themselves']),
  ];
  return `${parts.join(' · ')}   ${seconds.toFixed(1)} s`;
}

const STATES: Readonly<Record<string, string>> = {
  tied: 'tied',
  'waits-bank': 'posted, waits for its bank line',
  'waits-documents': 'posted, waits for order documents',
  'waits-amount': 'waits for another amount',
  stopped: 'waits for a person: npx tieout exceptions',
  held: 'posted, waits for a person: npx tieout exceptions',
  refused: 'refused',
  planned: 'planned only',
};

/** `✓ 1 of 1 payout released · 20001234562 tied · 12,246.39 Dr = Cr   9.8 s`, a line each when there are several. */
export function renderPayoutRelease(payouts: readonly PayoutRelease[], seconds: number): string[] {
  if (payouts.length === 0) return ['✓ no payout waits for it; it holds for those to come'];
  const released = payouts.filter((payout) => payout.released);
  const head = `${released.length === payouts.length ? '✓' : '…'} ${released.length} of ${counted(payouts.length, 'payout')} released`;
  const said = payouts.map((payout) =>
    [
      `${payout.settlementId} ${payout.released ? (STATES[payout.state] ?? payout.state) : 'goes on by itself'}`,
      ...(payout.debits === null ? [] : [`${renderAmount(payout.debits, payout.currency)} Dr = Cr`]),
    ].join(' · '),
  );
  if (said.length === 1) return [`${head} · ${said[0]}   ${seconds.toFixed(1)} s`];
  return [`${head}   ${seconds.toFixed(1)} s`, ...said.map((line) => `  ${line}`)];
}
