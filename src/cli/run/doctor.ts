import { EXIT } from '../exit-codes.ts';
import type { CommandIo } from '../command-io.ts';
import { inCharactersOf } from '../print/characters.ts';
import { renderFields } from '../print/table.ts';
import { installation, type Finding } from './doctor-installed.ts';
import { runningParts } from './doctor-running.ts';

/** Looks at each part by itself, so that one that is silent hides no other. Exit 1 when something is wrong. */
export async function examine(io: CommandIo, options: { json?: boolean }): Promise<void> {
  const findings = [...(await installation()), ...(await runningParts())];
  const wrong = findings.filter((finding) => finding.wrong !== null);
  io.exitCode = wrong.length === 0 ? EXIT.done : EXIT.failed;
  io.out(
    options.json
      ? `${JSON.stringify({ ok: wrong.length === 0, findings }, null, 2)}\n`
      : inCharactersOf(io, render(findings, Math.min(io.width, 110))),
  );
}

function render(findings: readonly Finding[], width: number): string {
  const wrong = findings.filter((finding) => finding.wrong !== null);
  return [
    ...renderFields(
      width,
      0,
      findings.map(({ part, detail, wrong: problem }): [string, string] => [
        part,
        `${problem === null ? '✓' : '✗'} ${detail}${problem === null ? '' : `: ${problem}`}`,
      ]),
    ),
    '',
    wrong.length === 0
      ? 'Nothing is wrong.'
      : `${wrong.length} ${wrong.length === 1 ? 'thing is' : 'things are'} wrong.`,
    ...wrong.flatMap(({ act }) => (act === null ? [] : [`  do  ${act}`])),
    '',
  ].join('\n');
}
