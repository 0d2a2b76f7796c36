import { explainRelease } from '../../domain/decisions/explain-release.ts';
import { parseWorkflowId } from '../../domain/identifiers/workflow-id.ts';
import { formatMinor } from '../../domain/money/money.ts';
import { renderSkuRelease } from '../../domain/decisions/render-release.ts';
import { waitersFor } from '../../store/decisions/decisions.ts';
import { waitingOrders } from '../../store/decisions/waiting.ts';
import type { CommandIo } from '../command-io.ts';
import { decidedBy, type ActionOptions } from '../command-options.ts';
import { inCharactersOf } from '../print/characters.ts';
import { renderParagraph } from '../print/table.ts';
import { poll } from './poll.ts';
import { withConnection, withTemporal } from './running-connection.ts';
import { sendDecision } from './send-decision.ts';

export async function mapSku(io: CommandIo, sku: string, item: string, options: ActionOptions): Promise<void> {
  const begun = performance.now();
  const by = decidedBy(options.by);
  await withConnection(options.connection, ({ world, name, store }) =>
    withTemporal(world, async (client) => {
      const before = await waitersFor(store.db, name, 'sku', sku);
      const result = await sendDecision(client, name, world.simulators !== null, {
        update: 'mapSku',
        args: { sku, item, by, ...(options.why === undefined ? {} : { why: options.why }) },
      });
      const say = (line: string) => {
        if (!options.json)
          io.out(inCharactersOf(io, `${renderParagraph(line, Math.min(io.width, 110), 2).join('\n')}\n`));
      };
      say(`✓ ${result.detail}`);
      say(`✓ mapped by ${by} · audit ${result.audit}`);
      const orderIds = [...new Set([...before, ...(await waitersFor(store.db, name, 'sku', sku))])].map(
        (id) => parseWorkflowId(id)?.key ?? id,
      );
      const release = await poll(
        async () => explainRelease(sku, orderIds, await waitingOrders(store.db, name, orderIds)),
        (seen) => seen.waiting === 0,
        options.wait,
      );
      const seconds = Math.round((performance.now() - begun) / 100) / 10;
      say(renderSkuRelease(release, seconds));
      if (options.json) {
        io.out(
          `${JSON.stringify(
            {
              kind: 'sku',
              connection: name,
              key: sku,
              choice: result.choice,
              by,
              why: options.why ?? null,
              audit: result.audit,
              detail: result.detail,
              orders: {
                of: release.of,
                released: release.released,
                salesOrders: release.salesOrders,
                stopped: release.stopped,
                waiting: release.waiting,
              },
              amounts: Object.fromEntries(
                release.amounts.map(({ currency, amount }) => [currency, formatMinor(amount, currency)]),
              ),
              seconds,
            },
            null,
            2,
          )}\n`,
        );
      }
    }),
  );
}
