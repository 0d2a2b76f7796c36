import { renderMinute } from '../../domain/clocks/render-dates.ts';
import { formatMinor } from '../../domain/money/money.ts';
import { renderAmount, renderCount } from '../../domain/money/render-amount.ts';
import { importSettlementFile } from '../../operations/payouts/import-settlement.ts';
import { inspectFile } from '../../operations/payouts/inspect-file.ts';
import { watchPayout } from '../../operations/payouts/watch-payout.ts';
import { withConnectionAtWork } from '../../operations/running-connection.ts';
import type { CommandIo } from '../command-io.ts';
import { whoActs } from '../../config/who-acts.ts';
import type { ByOptions, QueryOptions } from '../command-options.ts';
import { inCharactersOf } from '../print/characters.ts';
import { asJson } from '../print/document.ts';
import { renderParagraph } from '../print/table.ts';

/** The file is read whole before anything is stored, so a refused one leaves no trace. */
export async function importSettlement(io: CommandIo, file: string, options: QueryOptions & ByOptions): Promise<void> {
  const {
    inspection: { header, rows, sum, unknown },
  } = await inspectFile(file, {});
  const { settlementId, currency, start, end, total } = header;
  await withConnectionAtWork(options.connection, async (running) => {
    const { known, sha256 } = await importSettlementFile(running, file, whoActs(options.by));
    const state = (await watchPayout(running, settlementId, 0)) ?? 'found';
    if (options.json) {
      io.out(
        asJson({
          connection: running.name,
          settlementId,
          currency,
          start,
          end,
          total: formatMinor(total, currency),
          rows,
          sha256,
          known,
          state,
          unknownKeys: unknown.length,
        }),
      );
      return;
    }
    const lines = [
      `Settlement ${settlementId} · ${currency} · ${renderMinute(start)} to ${renderMinute(end)}`,
      `✓ ${renderCount(rows)} rows come to ${renderAmount(sum, currency)}, its total-amount`,
      known
        ? `✓ known before in ${running.name} (${state}): nothing was changed`
        : `✓ taken in for ${running.name}; its payout has started`,
      ...(unknown.length === 0 || known
        ? []
        : [
            `… ${unknown.length} amount ${unknown.length === 1 ? 'type has' : 'types have'} no account in the map: npx tieout exceptions`,
          ]),
      `Next: npx tieout status payout ${settlementId}`,
    ].flatMap((line) => renderParagraph(line, Math.min(io.width, 110), 2));
    io.out(inCharactersOf(io, [...lines, ''].join('\n')));
  });
}
