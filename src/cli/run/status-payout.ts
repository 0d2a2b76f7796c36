import { amountKeyOf } from '../../domain/exceptions/render-exception.ts';
import { renderDocument } from '../../domain/identifiers/render-document.ts';
import { payoutWorkflowId } from '../../domain/identifiers/workflow-id.ts';
import { formatMinor } from '../../domain/money/money.ts';
import { counted, renderMoney } from '../../domain/money/render-amount.ts';
import { explainPayout } from '../../domain/payouts/explain-payout.ts';
import { PAYOUT_STEPS, type StepState } from '../../domain/payouts/payout-steps.ts';
import { TieoutError } from '../../errors/tieout-error.ts';
import type { Store } from '../../store/database.ts';
import { payoutStatus, type PayoutStatus } from '../../store/payouts/payout-status.ts';
import { listSettlements } from '../../store/payouts/settlements.ts';
import { rowsOfKey } from '../../store/decisions/waiting.ts';
import type { CommandIo } from '../command-io.ts';
import type { QueryOptions } from '../command-options.ts';
import { inCharactersOf } from '../print/characters.ts';
import { renderSettlementPeriod } from '../print/dates.ts';
import { renderParagraph, renderParts } from '../print/table.ts';
import { withConnection } from './running-connection.ts';
import { namespace, workflowLink } from './temporal-ui.ts';
import { timeZoneOf } from './time-zone.ts';

const SIGNS: Readonly<Record<StepState, string>> = { done: '✓', open: '…', differs: '≠', none: '–' };

export async function showPayout(io: CommandIo, settlementId: string, options: QueryOptions): Promise<void> {
  await withConnection(options.connection, async ({ world, name, settings, store }) => {
    const status = await payoutStatus(store.db, name, settlementId);
    if (status === null) throw await unknownPayout(store, name, settlementId);
    const { settlement } = status;
    const story = explainPayout(
      status,
      settlement.state === 'waits-amount' ? await unknownRows(store, name, status) : [],
    );
    const workflowId = payoutWorkflowId(name, settlementId);
    const link = workflowLink(world.temporal.uiUrl, namespace(), workflowId);
    const amount = (minor: bigint) => formatMinor(minor, settlement.currency);
    if (options.json) {
      io.out(
        `${JSON.stringify(
          {
            connection: name,
            settlementId,
            currency: settlement.currency,
            start: settlement.start,
            end: settlement.end,
            depositDate: settlement.depositDate,
            total: amount(settlement.total),
            rows: status.rows,
            sum: amount(status.sum),
            state: settlement.state,
            steps: story.steps,
            applied: status.applications.applied,
            toApply: status.applications.planned,
            roundings: status.roundings,
            documents: status.documents.map((document) => ({
              externalId: document.externalId,
              type: document.recordType,
              state: document.state,
              number: document.tranId,
              netsuiteId: document.netsuiteId,
              date: document.date,
              trueDay: document.trueDay,
              total: formatMinor(document.total, document.currency),
              currency: document.currency,
              failure: document.failure,
            })),
            movements: status.movements.map((movement) => ({
              kind: movement.kind,
              externalId: movement.externalId,
              amount: amount(movement.amount),
              traceId: movement.traceId,
              date: movement.date,
              state: movement.state,
            })),
            waitsFor: story.waitsFor,
            next: story.next,
            exceptions: status.exceptions.map(({ id }) => id),
            workflowId,
            link,
          },
          null,
          2,
        )}\n`,
      );
      return;
    }
    const zone = timeZoneOf(settings, null);
    const width = Math.min(io.width, 110);
    const waits =
      story.waitsFor !== null
        ? `Waits for ${story.waitsFor}.`
        : settlement.state === 'tied'
          ? 'Waits for nothing.'
          : 'Goes on by itself.';
    io.out(
      inCharactersOf(
        io,
        [
          ...renderParts(
            [
              `Payout ${settlementId}`,
              renderSettlementPeriod(settlement, zone),
              renderMoney(settlement.total, settlement.currency),
              story.state,
            ],
            width,
          ),
          PAYOUT_STEPS.map((step) => `${step} ${SIGNS[story.steps[step]]}`).join(' '),
          ...renderParts(status.documents.map(renderDocument), width),
          ...(status.roundings === 0
            ? []
            : [`${counted(status.roundings, 'invoice')} rounded by a minor unit, on variance`]),
          ...renderParagraph(waits, width),
          ...(link === null ? [] : [link]),
          ...(story.next === null ? [] : [`Next: ${story.next}`]),
          '',
        ].join('\n'),
      ),
    );
  });
}

/** Rows of the keys that it waits for. */
async function unknownRows(
  store: Store,
  connection: string,
  { settlement, exceptions }: PayoutStatus,
): Promise<{ rows: number; amount: bigint }[]> {
  const keys = exceptions.map(amountKeyOf).filter((key) => key !== null);
  const found = await Promise.all(keys.map((key) => rowsOfKey(store.db, connection, key)));
  return found.flat().filter((rows) => rows.settlementId === settlement.settlementId);
}

async function unknownPayout(store: Store, connection: string, settlementId: string): Promise<TieoutError> {
  const known = (await listSettlements(store.db, connection)).map((settlement) => settlement.settlementId);
  return new TieoutError({
    code: 'not-found',
    what: `No report of settlement ${settlementId} is known.`,
    notDone: 'Nothing was done.',
    where: [`connection ${connection}${known.length === 0 ? ' has none yet' : ` has ${known.slice(-5).join(', ')}`}`],
    do: ['npx tieout settlement import FILE takes in a report that Amazon no longer keeps'],
  });
}
