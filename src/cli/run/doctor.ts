import { EXIT } from '../../errors/exit-codes.ts';
import { doctorView, type DoctorView } from '../../views/doctor/doctor-view.ts';
import type { CommandIo } from '../command-io.ts';
import { inCharactersOf } from '../print/characters.ts';
import { asJson } from '../print/document.ts';
import { renderFields } from '../print/table.ts';

/** Exit 1 when something is wrong. */
export async function examine(io: CommandIo, options: { json?: boolean }): Promise<void> {
  const view = await doctorView();
  io.exitCode = view.ok ? EXIT.done : EXIT.failed;
  io.out(options.json ? asJson(view) : inCharactersOf(io, render(view, Math.min(io.width, 110))));
}

function render({ findings }: DoctorView, width: number): string {
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
