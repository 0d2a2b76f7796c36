/** Amazon's VAT Transactions Report as a file of this machine: read, and kept nowhere. */
import { readFile } from 'node:fs/promises';
import { readVatReport, VatReportError, type VatReportWish } from '../../clients/amazon/read-vat-report.ts';
import type { AmazonVatRow } from '../../domain/tax/vat-facts.ts';
import { TieoutError } from '../../errors/tieout-error.ts';

/** @throws TieoutError `report-file` when it cannot be opened, `vat-report` when it is none of this month and these currencies */
export async function readVatFile(file: string, wish: VatReportWish): Promise<AmazonVatRow[]> {
  try {
    return readVatReport(await readFile(file), wish);
  } catch (error) {
    throw refused(error, file);
  }
}

const UNREADABLE = new Map([
  ['ENOENT', 'there is no such file'],
  ['EISDIR', 'it is a folder'],
  ['EACCES', 'it may not be read'],
]);

function refused(error: unknown, file: string): unknown {
  const notDone = 'Nothing is shown.';
  if (error instanceof VatReportError) {
    const { line, column, message, text } = error;
    return new TieoutError({
      code: 'vat-report',
      what: `Amazon's VAT report cannot be used: ${message}.`,
      notDone,
      where: [
        `${file}, line ${line}${column === null ? '' : `, column ${column}`}${text === null ? '' : `: "${text}"`}`,
      ],
      do: ['download the month again: Seller Central › Reports › Fulfilment › Amazon VAT Transactions Report'],
    });
  }
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const reason = UNREADABLE.get(code);
  if (reason === undefined) return error;
  return new TieoutError({
    code: 'report-file',
    what: "Amazon's VAT report cannot be opened.",
    notDone,
    where: [`${file}: ${reason}`],
    do: ["give the path of Amazon's VAT Transactions Report"],
  });
}
