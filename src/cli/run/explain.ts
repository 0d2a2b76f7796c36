import { hasPlan } from '../../domain/documents/document-plans.ts';
import { overridesOf } from '../../domain/mapping/classify.ts';
import { keyText } from '../../domain/settlement/fold-key.ts';
import { parseExternalId } from '../../domain/identifiers/external-id.ts';
import { standing } from '../../domain/identifiers/settlement-key.ts';
import { formatMinor } from '../../domain/money/money.ts';
import { renderAmount } from '../../domain/money/render-amount.ts';
import { allDecisions } from '../../store/decisions/decisions.ts';
import { documentsOfSettlement, loadDocument, type StoredDocument } from '../../store/documents/documents.ts';
import { keysBehind, rowsBehind } from '../../store/payouts/explain-line.ts';
import { movementsOf } from '../../store/payouts/planned-movements.ts';
import { loadSettlement } from '../../store/payouts/settlements.ts';
import type { CommandIo } from '../command-io.ts';
import type { QueryOptions } from '../command-options.ts';
import { inCharactersOf } from '../print/characters.ts';
import { renderDayOfYear } from '../print/dates.ts';
import { renderFields } from '../print/table.ts';
import { lineDocument, listed } from './document-lines.ts';
import { notExplained, unknownDocument, unknownLine } from './explain-refusals.ts';
import { linesOf, type ExplainableLine } from './explainable.ts';
import { LABEL, rowLines, rowTable } from './explained-rows.ts';
import { withConnection, type RunningConnection } from './running-connection.ts';

/** How many reasons are shown; `--json` has all. */
const REASONS = 8;

export interface ExplainOptions extends QueryOptions {
  rows?: boolean;
}

export async function explainDocument(
  io: CommandIo,
  externalId: string,
  number: number | null,
  options: ExplainOptions,
): Promise<void> {
  await withConnection(options.connection ?? parseExternalId(externalId)?.connection, async (running) => {
    const document = await loadDocument(running.store.db, externalId);
    if (document === null || document.key.connection !== running.name) throw await unknownDocument(running, externalId);
    const lines = linesOf(document, await stands(running, document));
    if (lines.length === 0) throw notExplained(document);
    if (number === null)
      return io.out(
        options.json
          ? `${JSON.stringify(
              lines.map((line) => lineDocument(line, document)),
              null,
              2,
            )}\n`
          : inCharactersOf(io, listed(document, lines, io.width)),
      );
    const line = lines[number - 1];
    if (line === undefined) throw unknownLine(document, number, lines.length);
    await explain(io, running, document, line, options);
  });
}

async function stands({ store, name }: RunningConnection, document: StoredDocument): Promise<boolean> {
  const { settlementId, key } = document;
  if (settlementId === null || !hasPlan(document, 'journal')) return true;
  return standing(
    (await documentsOfSettlement(store.db, name, settlementId))
      .filter((other) => hasPlan(other, 'journal'))
      .filter((other) => other.key.purpose === key.purpose),
  ).some((other) => other.externalId === document.externalId);
}

async function explain(
  io: CommandIo,
  { name, settings, store }: RunningConnection,
  document: StoredDocument,
  line: ExplainableLine,
  options: ExplainOptions,
): Promise<void> {
  const settlementId = document.settlementId!;
  const { currency } = document;
  const amount = (minor: bigint) => renderAmount(minor, currency);
  const decisions = (await allDecisions(store.db, name)).filter((decision) => decision.kind === 'amount');
  const overrides = overridesOf(settings.amountMap);
  const proof = line.explain(line.rows === null ? [] : await keysBehind(store.db, name, settlementId, line.rows), {
    overrides,
    decisions,
  });
  const rows =
    options.rows && line.rows !== null
      ? (await rowsBehind(store.db, name, settlementId, line.rows)).filter((row) =>
          proof.groups.some((group) => keyText(group.key) === keyText(row.key)),
        )
      : null;
  const settlement = await loadSettlement(store.db, name, settlementId);
  const payout = (await movementsOf(store.db, name, settlementId)).find((movement) => movement.kind === 'payout');
  if (options.json) {
    io.out(
      `${JSON.stringify(
        {
          ...lineDocument(line, document),
          settlementId,
          byKey: proof.groups.map((group) => ({
            ...group.key,
            rows: group.rows,
            amount: formatMinor(group.amount, currency),
            role: group.role,
            booked: group.booked,
          })),
          rowCount: proof.rows,
          sum: formatMinor(proof.sum, currency),
          agrees: proof.agrees,
          because: proof.because,
          payout: settlement && {
            total: formatMinor(settlement.total, currency),
            state: settlement.state,
            bankDate: payout?.date ?? null,
            traceId: payout?.traceId ?? null,
          },
          ...(rows === null
            ? {}
            : {
                rows: rows.map((row) => ({
                  line: row.line,
                  postedAt: row.postedAt,
                  orderId: row.orderId,
                  sku: row.sku,
                  ...row.key,
                  amount: formatMinor(row.amount, currency),
                })),
              }),
        },
        null,
        2,
      )}\n`,
    );
    return;
  }
  const width = Math.min(io.width, 110);
  const bank =
    payout === undefined
      ? []
      : [
          payout.date === null
            ? 'bank line not seen yet'
            : `bank ${renderDayOfYear(payout.date)}${payout.traceId === null ? '' : `, trace …${payout.traceId.slice(-4)}`}`,
        ];
  io.out(
    inCharactersOf(
      io,
      [
        ...renderFields(width, LABEL, [
          [line.kind, [line.name, line.account, sideOf(line, amount)].filter((part) => part !== null)],
        ]),
        ...rowLines(line, proof, amount, width),
        ...renderFields(width, LABEL, [
          ...proof.because
            .slice(0, REASONS)
            .map((reason, index): [string, string] => [index === 0 ? 'because' : '', reason]),
          ['', proof.because.length > REASONS ? `and ${proof.because.length - REASONS} more (--json has all)` : null],
          [
            'part of',
            [
              `payout ${settlementId}`,
              ...(settlement === null ? [] : [`${amount(settlement.total)} ${currency}`]),
              ...bank,
            ],
          ],
          [
            '',
            document.state === 'posted'
              ? null
              : `the document is ${document.state}${document.failure === null ? '' : `: ${document.failure}`}`,
          ],
          [
            'rows',
            rows !== null || line.rows === null
              ? null
              : `npx tieout explain ${document.externalId}:${line.number} --rows`,
          ],
        ]),
        ...(rows === null ? [] : ['', ...rowTable(rows, amount, io.width)]),
        '',
      ].join('\n'),
    ),
  );
}

function sideOf({ debit, credit }: ExplainableLine, amount: (minor: bigint) => string): string {
  if (debit === credit) return amount(debit);
  return debit > 0n ? `Dr ${amount(debit)}` : `Cr ${amount(credit)}`;
}
