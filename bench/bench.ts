/** What each benchmark exports as `bench`; `bench/main.ts` runs it and prints it. */
export interface Bench<Result extends object = object> {
  /** A sentence: what is measured, beside which peer. */
  about: string;
  /** Runs it; `arguments_` are those after the name. Narration goes to stderr. */
  run(arguments_: readonly string[]): Promise<Result>;
  /** Lines for a person; figures are ratios in this run, absolute ones mean little. */
  render(result: Result): string[];
}
