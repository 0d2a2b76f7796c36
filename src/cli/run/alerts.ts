import { nearestOf } from '../../config/near-miss.ts';
import { readConfig } from '../../config/read-config.ts';
import { renderMinute } from '../../domain/clocks/render-dates.ts';
import { EXIT } from '../../errors/exit-codes.ts';
import { TieoutError } from '../../errors/tieout-error.ts';
import { testChannel } from '../../operations/alerts/test-channel.ts';
import { withConnections, type RunningConnections } from '../../operations/running-connection.ts';
import { alertsView, type AlertChannelView } from '../../views/alerts/alerts-view.ts';
import type { CommandIo } from '../command-io.ts';
import type { QueryOptions } from '../command-options.ts';
import { inCharactersOf } from '../print/characters.ts';
import { asJson } from '../print/document.ts';
import { renderFields, renderParagraph, type Field } from '../print/table.ts';

const viewOf = (running: RunningConnections) =>
  alertsView(running, running.names, readConfig(running.world.config).alerts);

export async function showAlerts(io: CommandIo, options: QueryOptions): Promise<void> {
  await withConnections(options.connection, async (running) => {
    const channels = await viewOf(running);
    if (options.json) return io.out(asJson(channels));
    const none = 'Nobody is told of anything: docs/operations/alerts.md sets channels up.';
    const lines =
      channels.length === 0
        ? [none]
        : renderFields(
            Math.min(io.width, 110),
            0,
            channels.map((one) => fieldOf(one, running.names.length > 1)),
          );
    io.out(inCharactersOf(io, `${lines.join('\n')}\n`));
  });
}

function fieldOf(one: AlertChannelView, several: boolean): Field {
  const { connection, channel, via, owners, takenAt, failingSince, problem, waiting, unknown } = one;
  return [
    several ? `${channel} ${connection}` : channel,
    [
      `${via}, for ${owners.join(', ')}`,
      failingSince === null
        ? takenAt === null
          ? 'told nothing yet'
          : `told last on ${renderMinute(takenAt)}`
        : `takes nothing since ${renderMinute(failingSince)}: ${problem}`,
      ...(waiting === 0 ? [] : [`${waiting} to tell`]),
      ...(unknown === 0 ? [] : [`${unknown} perhaps not told; the next digest tells them again`]),
    ],
  ];
}

/** Fails where the channel does not take it. @throws TieoutError `not-found` for a channel that is not configured */
export async function testAlerts(io: CommandIo, channel: string, options: QueryOptions): Promise<void> {
  await withConnections(options.connection, async (running) => {
    const configured = (readConfig(running.world.config).alerts?.channels ?? []).map(({ name }) => name);
    if (!configured.includes(channel)) throw unknownChannel(channel, configured);
    const results: { connection: string; channel: string; taken: boolean; detail: string }[] = [];
    for (const connection of running.names) {
      const detail = await testChannel(running.world, connection, channel);
      const [now] = (await viewOf(running)).filter((one) => one.connection === connection && one.channel === channel);
      results.push({ connection, channel, taken: now?.failingSince === null && now.waiting === 0, detail });
    }
    if (results.some(({ taken }) => !taken)) io.exitCode = EXIT.failed;
    if (options.json) return io.out(asJson(results));
    const lines = results.flatMap(({ connection, taken, detail }) =>
      renderParagraph(`${taken ? '✓' : '✗'} ${connection}: ${detail}`, Math.min(io.width, 110), 2),
    );
    io.out(inCharactersOf(io, `${lines.join('\n')}\n`));
  });
}

function unknownChannel(channel: string, configured: readonly string[]): TieoutError {
  const near = nearestOf(channel, configured);
  return new TieoutError({
    code: 'not-found',
    what: `There is no channel ${channel}.`,
    notDone: 'Nothing was sent.',
    where: [configured.length === 0 ? 'no channel is configured' : `configured: ${configured.join(', ')}`],
    do: [near === null ? 'name one of alerts.channels in tieout.config.yaml' : `did you mean ${near}?`],
  });
}
