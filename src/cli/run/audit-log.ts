import { renderMinute } from '../../domain/clocks/render-dates.ts';
import { renderCount } from '../../domain/money/render-amount.ts';
import { withConnections } from '../../operations/running-connection.ts';
import { EXIT } from '../../errors/exit-codes.ts';
import { auditLogView, auditVerifiedView, type AuditLogView } from '../../views/audit/audit-log-view.ts';
import type { CommandIo } from '../command-io.ts';
import type { CsvOptions, QueryOptions } from '../command-options.ts';
import { inCharactersOf } from '../print/characters.ts';
import { asCsv } from '../../operations/evidence/csv.ts';
import { asJson } from '../print/document.ts';
import { SHOWN } from '../print/long-list.ts';
import { renderParagraph, renderTable } from '../print/table.ts';

export async function showAuditLog(io: CommandIo, options: CsvOptions): Promise<void> {
  await withConnections(options.connection, async (running) => {
    const most = options.all || options.csv || options.json ? null : SHOWN;
    const views = await Promise.all(running.names.map((name) => auditLogView(running, name, most)));
    if (options.csv) return io.out(csv(views));
    if (options.json) return io.out(asJson(views));
    io.out(inCharactersOf(io, views.map((view) => page(view, io.width, most !== null).join('\n')).join('\n')));
  });
}

/** @param expected an end that was noted before: `NUMBER:HASH` as this command printed it */
export async function verifyAuditLog(
  io: CommandIo,
  expected: { number: number; hash: string } | null,
  options: QueryOptions,
): Promise<void> {
  await withConnections(options.connection, async (running) => {
    const view = await auditVerifiedView(running, expected);
    io.exitCode = view.stands ? EXIT.done : EXIT.failed;
    if (options.json) return io.out(asJson(view));
    const { entries, end, broken, signatures } = view;
    const noted =
      end === null ? [] : [`  Keep it elsewhere: npx tieout audit-log verify --expect ${end.number}:${end.hash}`];
    const lines =
      broken === null
        ? [
            `✓ ${renderCount(entries)} entries stand as they were written${end === null ? '' : `, verified to ${renderCount(end.number)}`}`,
            ...noted,
          ]
        : [
            `✗ entry ${renderCount(broken.number)}: ${broken.what}`,
            end === null
              ? '  Nothing before it stands.'
              : `  Verified to ${renderCount(end.number)}. Compare the rest with a backup (docs/operations/audit-log.md)`,
          ];
    const unsigned = signatures.map(
      ({ connection, period, number, what }) => `✗ signature ${number} of ${period}, ${connection}, ${what}`,
    );
    io.out(inCharactersOf(io, `${[...lines, ...unsigned].join('\n')}\n`));
  });
}

function csv(views: readonly AuditLogView[]): string {
  return asCsv(
    ['connection', 'number', 'at', 'by', 'action', 'about', 'why', 'hash'],
    views.flatMap(({ connection, entries }) =>
      entries.map(({ number, at, by, action, about, why, hash }) => [
        connection,
        number,
        at,
        by,
        action,
        about,
        why,
        hash,
      ]),
    ),
  );
}

function page({ connection, entries }: AuditLogView, width: number, cut: boolean): string[] {
  if (entries.length === 0) return [`${connection}: nobody has done anything yet.`, ''];
  return [
    ...renderParagraph(`${connection} · what people did, the newest first`, width),
    '',
    ...renderTable(
      [
        { align: 'right', head: '#', key: true },
        { align: 'left', head: 'When' },
        { align: 'left', head: 'Who', key: true },
        { align: 'left', head: 'What', key: true },
        { align: 'left', head: 'About', gives: true },
        { align: 'left', head: 'Why', wide: true },
      ],
      entries.map(({ number, at, by, action, about, why }) => [
        renderCount(number),
        renderMinute(at),
        by,
        action,
        about,
        why ?? '–',
      ]),
      width,
    ),
    ...(cut && entries.length === SHOWN ? ['… and what is older: --all shows it'] : []),
    'Next: npx tieout audit-log verify',
    '',
  ];
}
