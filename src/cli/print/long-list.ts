import { renderCount } from '../../domain/money/render-amount.ts';

/** So many rows of a list are shown; all of them with `--all`. */
export const SHOWN = 20;

/** The first rows of a list, and a line that says how many more there are. */
export function shortened<T>(rows: readonly T[], options: { all?: boolean }): { shown: readonly T[]; more: string[] } {
  if (options.all === true || rows.length <= SHOWN) return { shown: rows, more: [] };
  return { shown: rows.slice(0, SHOWN), more: [`… and ${renderCount(rows.length - SHOWN)} more: --all shows them`] };
}
