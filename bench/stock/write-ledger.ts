/** `write-ledger.ts FILE ROWS` */
import { writeLedger } from './generate.ts';

const [file, rows] = process.argv.slice(2) as [string, string];
writeLedger(file, Number(rows));
