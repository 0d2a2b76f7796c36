/** `npm run rehearse`: the procedure of docs/operations/backup-and-restore.md on a small simulated month; exit 1 when the month does not end as it must. */
import { rehearseRestore } from '../test/faults/rehearsal/rehearse-restore.ts';

const { result, unknown } = await rehearseRestore((line) => process.stdout.write(`${line}\n`));
const good =
  result.tied.every(Boolean) && result.duplicates.length + unknown.length + result.openExceptions.length === 0;
process.exit(good ? 0 : 1);
