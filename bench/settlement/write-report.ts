/** `write-report.ts FILE ROWS` */
import { writeReport } from './generate.ts';

const [file, rows] = process.argv.slice(2) as [string, string];
writeReport(file, Number(rows));
