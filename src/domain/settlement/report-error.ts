/** What can be wrong with a settlement report. Each code has its entry in the catalogue of errors. */
export type ReportProblemCode =
  | 'report-not-settlement'
  | 'report-columns'
  | 'report-summary'
  | 'report-truncated'
  | 'report-amount'
  | 'report-quantity'
  | 'report-number'
  | 'report-date'
  | 'report-currency'
  | 'report-foreign-row'
  | 'report-encoding'
  | 'report-sum';

/** A refused report, as facts that do not know the file's name. */
export interface ReportProblem {
  code: ReportProblemCode;
  /** A sentence: what is wrong. */
  what: string;
  /** 1-based line, null when the whole file is meant. */
  line: number | null;
  /** Column by its header name; its number where the header has none. */
  column: string | null;
  /** Offset of the field's first byte in the (unpacked) file, from 0. */
  byteOffset: number | null;
  /** The offending text, as it stands in the file. */
  text: string | null;
  /** More evidence, one sentence each. */
  evidence: string[];
  why: string | null;
  /** What to do about it. */
  remedy: string;
  /** Only for `report-sum`: the figures, signed minor units. */
  figures: { rows: number; sum: bigint; total: bigint; difference: bigint } | null;
}

export const RESTORE = 'restore the file as Amazon delivered it; spreadsheets change numbers and dates';
export const DOWNLOAD_AGAIN = 'download it again: Seller Central › Payments › Reports repository';

/** Thrown by the parser: the report is refused as a whole, nothing of it may be used. */
export class ReportError extends Error {
  readonly problem: ReportProblem;

  constructor(problem: Pick<ReportProblem, 'code' | 'what'> & Partial<ReportProblem>) {
    super(problem.what);
    this.name = 'ReportError';
    this.problem = {
      line: null,
      column: null,
      byteOffset: null,
      text: null,
      evidence: [],
      why: null,
      remedy: RESTORE,
      figures: null,
      ...problem,
    };
  }
}
