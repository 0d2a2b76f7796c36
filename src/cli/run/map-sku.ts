import type { MapSku } from '../../contracts/decisions/decisions.ts';
import { poll } from '../../operations/poll.ts';
import { withConnectionAtWork } from '../../operations/running-connection.ts';
import { sendDecision } from '../../operations/decisions/send-decision.ts';
import { ordersWaitingFor, skuReleaseView } from '../../views/decisions/sku-release-view.ts';
import { mappingMovesView } from '../../views/stock/mapping-moves-view.ts';
import type { CommandIo } from '../command-io.ts';
import { whoActs } from '../../config/who-acts.ts';
import { reasonOf, type ActionOptions } from '../command-options.ts';
import { inCharactersOf } from '../print/characters.ts';
import { asJson } from '../print/document.ts';
import { secondsSince } from '../print/seconds.ts';
import { renderParagraph } from '../print/table.ts';

export async function mapSku(
  io: CommandIo,
  mapping: Pick<MapSku, 'sku' | 'item' | 'units'>,
  options: ActionOptions,
): Promise<void> {
  const { sku } = mapping;
  const begun = performance.now();
  const by = whoActs(options.by);
  const why = reasonOf(options.why, 'A SKU is mapped');
  await withConnectionAtWork(options.connection, async (running) => {
    const before = await ordersWaitingFor(running, sku);
    const result = await sendDecision(running, {
      update: 'mapSku',
      args: { ...mapping, by, why },
    });
    const say = (line: string) => {
      if (!options.json)
        io.out(inCharactersOf(io, `${renderParagraph(line, Math.min(io.width, 110), 2).join('\n')}\n`));
    };
    say(`✓ ${result.detail}`);
    say(`✓ mapped by ${by} · audit ${result.audit}`);
    if (result.note !== undefined) say(`! ${result.note}`);
    const [move] = await mappingMovesView(running, running.settings, [sku]);
    if (move !== undefined) say(`… ${move.sentence}`);
    const orderIds = [...new Set([...before, ...(await ordersWaitingFor(running, sku))])];
    const release = await poll(
      () => skuReleaseView(running, sku, orderIds, secondsSince(begun)),
      (seen) => seen.waiting === 0,
      options.wait,
    );
    say(release.sentence);
    if (options.json) {
      const { amounts, of, released, salesOrders, stopped, waiting } = release;
      io.out(
        asJson({
          kind: 'sku',
          connection: running.name,
          key: sku,
          choice: result.choice,
          units: mapping.units ?? 1,
          by,
          why,
          audit: result.audit,
          detail: result.detail,
          note: result.note ?? null,
          orders: { of, released, salesOrders, stopped, waiting },
          amounts,
          stock: move ?? null,
          seconds: secondsSince(begun),
        }),
      );
    }
  });
}
