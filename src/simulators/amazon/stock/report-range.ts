/** `reportOptions` of a request. */
export type ReportOptions = Readonly<Record<string, string>>;

/** What a report is asked for: instants with both ends, the demo clock's now, and options. */
export interface ReportRange {
  start: string;
  end: string;
  now: string;
  options: ReportOptions;
}
