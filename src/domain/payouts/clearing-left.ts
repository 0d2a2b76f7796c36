/** What stands on clearing of a settlement's rows: its journal brings them there, and what settles their documents takes them away. */
import { asShown, type SalesPurpose, type SettlingPurpose } from '../documents/document-kinds.ts';
import { sumMinor } from '../money/money.ts';

/** Sums of equal things of one settlement, in minor units, each as it is stored. */
export interface ClearingSums {
  /** Rows booked on clearing, as in the report. */
  rows: bigint;
  /** By what settles documents: above zero. */
  applied: readonly { purpose: SettlingPurpose; amount: bigint }[];
  /** Settled − total of documents whose difference was put on `variance`, by what they are. */
  variances: readonly { purpose: SalesPurpose; amount: bigint }[];
}

/** Rows less what was applied and what went to variance, each with its sign in the settlement; positive where more came than was applied. */
export function clearingLeft({ rows, applied, variances }: ClearingSums): bigint {
  const gone = [...applied, ...variances].map(({ purpose, amount }) => asShown(purpose, amount));
  return rows - sumMinor(gone);
}
