import { basename } from 'node:path';
import type { ApplicationFailure } from '@temporalio/common';
import { formatMinor } from '../../domain/money/money.ts';
import { renderAmount, renderCount } from '../../domain/money/render-amount.ts';
import { TieoutError } from '../../errors/tieout-error.ts';
import { saveFile } from '../../store/files/files.ts';
import { loadSettlement } from '../../store/payouts/settlements.ts';
import { databaseNow } from '../../store/decisions/waiting.ts';
import { productPolicy } from '../../temporal/product-policy.ts';
import type { CommandIo } from '../command-io.ts';
import type { QueryOptions } from '../command-options.ts';
import { inCharactersOf } from '../print/characters.ts';
import { renderMinute } from '../print/dates.ts';
import { renderParagraph } from '../print/table.ts';
import { plainBytesOf } from '../report-file.ts';
import { inspectFile } from '../settlement-inspect.ts';
import { runImport } from './import-file.ts';
import { withConnection, withTemporal } from './running-connection.ts';
import { SETTLEMENT_IMPORT, type SettlementImportInput } from '../../contracts/payouts/settlement-import.ts';

/** The file is read whole before anything is stored, so a refused one leaves no trace. */
export async function importSettlement(io: CommandIo, file: string, options: QueryOptions): Promise<void> {
  const {
    inspection: { header, rows, sum, unknown },
  } = await inspectFile(file, {});
  await withConnection(options.connection, async ({ world, name, store }) => {
    const sha256 = await saveFile(store.db, basename(file), plainBytesOf(file), await databaseNow(store.db)); // plain bytes: a packed copy is the same file
    const input: SettlementImportInput = { connection: name, sha256, policy: productPolicy(world.simulators !== null) };
    const imported = await withTemporal(world, (client) =>
      runImport(client, SETTLEMENT_IMPORT, input, (failure) => refused(failure, file)),
    );
    const state = (await loadSettlement(store.db, name, header.settlementId))?.state ?? 'found';
    if (options.json) {
      io.out(
        `${JSON.stringify(
          {
            connection: name,
            settlementId: header.settlementId,
            currency: header.currency,
            start: header.start,
            end: header.end,
            total: formatMinor(header.total, header.currency),
            rows,
            sha256,
            known: imported.known,
            state,
            unknownKeys: unknown.length,
          },
          null,
          2,
        )}\n`,
      );
      return;
    }
    io.out(
      inCharactersOf(
        io,
        [
          `Settlement ${header.settlementId} · ${header.currency} · ${renderMinute(header.start)} to ${renderMinute(header.end)}`,
          `✓ ${renderCount(rows)} rows come to ${renderAmount(sum, header.currency)}, its total-amount`,
          imported.known
            ? `✓ known before in ${name} (${state}): nothing was changed`
            : `✓ taken in for ${name}; its payout has started`,
          ...(unknown.length === 0 || imported.known
            ? []
            : [
                `… ${unknown.length} amount ${unknown.length === 1 ? 'type has' : 'types have'} no account in the map: npx tieout exceptions`,
              ]),
          `Next: npx tieout status payout ${header.settlementId}`,
        ]
          .flatMap((line) => renderParagraph(line, Math.min(io.width, 110), 2))
          .concat('')
          .join('\n'),
      ),
    );
  });
}

function refused(failure: ApplicationFailure, file: string): TieoutError | null {
  if (failure.type !== 'REPORT_REFUSED') return null;
  const late = /cut-over/.test(failure.message);
  return new TieoutError({
    code: late ? 'report-before-cut-over' : 'report-not-settlement',
    what: late ? failure.message : 'The report is refused.',
    notDone: 'Nothing was posted.',
    where: [late ? file : `${file}: ${failure.message}`],
    do: [
      late
        ? 'nothing: the books from before the cut-over hold it'
        : 'npx tieout settlement inspect FILE shows what is wrong',
    ],
  });
}
