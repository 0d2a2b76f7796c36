import { renderSettlementPeriod } from '../../domain/clocks/render-dates.ts';
import { counted } from '../../domain/money/render-amount.ts';
import { withConnection } from '../../operations/running-connection.ts';
import { payoutView, type PayoutView } from '../../views/payouts/payout-view.ts';
import type { CommandIo } from '../command-io.ts';
import type { QueryOptions } from '../command-options.ts';
import { showMoney } from '../print/amounts.ts';
import { inCharactersOf } from '../print/characters.ts';
import { asJson } from '../print/document.ts';
import { renderSteps } from '../print/signs.ts';
import { renderParagraph, renderParts } from '../print/table.ts';

export async function showPayout(io: CommandIo, settlementId: string, options: QueryOptions): Promise<void> {
  const view = await withConnection(options.connection, (running) => payoutView(running, settlementId));
  io.out(options.json ? asJson(view) : inCharactersOf(io, render(view, Math.min(io.width, 110))));
}

function render(view: PayoutView, width: number): string {
  const { settlementId, total, currency, steps, documents, roundings, taxRoundings, link, next } = view;
  const period = renderSettlementPeriod(view, view.timeZone);
  return [
    ...renderParts([`Payout ${settlementId}`, period, showMoney(total, currency), view.verdict], width),
    renderSteps(steps),
    ...renderParts(
      documents.map(({ name }) => name),
      width,
    ),
    ...(roundings === 0 ? [] : [`${counted(roundings, 'invoice')} rounded by a minor unit, on variance`]),
    ...(taxRoundings === 0
      ? []
      : [`${counted(taxRoundings, 'document')} of which Amazon rounds net and tax otherwise`]),
    ...renderParagraph(view.sentence, width),
    ...(link === null ? [] : [link]),
    ...(next === null ? [] : [`Next: ${next}`]),
    '',
  ].join('\n');
}
