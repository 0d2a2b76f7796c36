import { peopleOf } from '../../config/people.ts';
import { readConfig } from '../../config/read-config.ts';
import { writeArchive, type WrittenArchive } from '../../operations/evidence/write-archive.ts';
import { withConnection } from '../../operations/running-connection.ts';
import { closePack } from '../../views/period/close-pack.ts';
import { settlementProof } from '../../views/payouts/settlement-proof.ts';
import { sampleOfMonth } from '../../views/period/sample.ts';
import type { CommandIo } from '../command-io.ts';
import type { ArchiveOptions } from '../command-options.ts';
import { inCharactersOf } from '../print/characters.ts';
import { asJson } from '../print/document.ts';
import { renderParagraph } from '../print/table.ts';
import { notWorkedOut } from './close.ts';

export interface SampleOptions extends ArchiveOptions {
  period: string;
  n: number;
  seed: string;
}

/** @throws TieoutError `not-found` where the month has not been worked out */
export async function writePack(io: CommandIo, period: string, options: ArchiveOptions): Promise<void> {
  const evidence = await withConnection(options.connection, (running) =>
    closePack(running, peopleOf(readConfig(running.world.config).people, running.name), period).then((pack) => {
      if (pack === null) throw notWorkedOut(period, [running.name]);
      return pack;
    }),
  );
  say(io, writeArchive(evidence, options.out), options);
}

export async function writeProof(io: CommandIo, settlementId: string, options: ArchiveOptions): Promise<void> {
  const evidence = await withConnection(options.connection, (running) => settlementProof(running, settlementId));
  say(io, writeArchive(evidence, options.out), options);
}

export async function writeSample(io: CommandIo, options: SampleOptions): Promise<void> {
  const { period, n: size, seed } = options;
  const evidence = await withConnection(options.connection, (running) =>
    sampleOfMonth(running, { period, size, seed }),
  );
  say(io, writeArchive(evidence, options.out), options);
}

function say(io: CommandIo, written: WrittenArchive, { json }: ArchiveOptions): void {
  if (json) return io.out(asJson(written));
  const { title, says, file, files, hash } = written;
  const lines = [title, ...says, `${file}: ${files} files`, `SHA-256 ${hash}`].flatMap((line) =>
    renderParagraph(line, io.width),
  );
  io.out(inCharactersOf(io, `${lines.join('\n')}\n`));
}
