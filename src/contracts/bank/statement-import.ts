import type { StatementForm } from '../../config/statement-form.ts';
import type { StatementProblem } from '../../config/statement-problem.ts';
import { statementImportId } from '../../domain/identifiers/workflow-id.ts';
import type { GivenBy, OfConnection, Telling } from '../activity-inputs.ts';
import { workflowContract } from '../workflow.ts';

/** A statement file that was put into the store, by its hash. */
export interface StatementToImport extends OfConnection, GivenBy {
  sha256: string;
  name: string;
  account: 'bank' | 'card';
  /** How a CSV is written, as the command says; null where it says nothing. */
  form?: StatementForm | null;
  remember?: boolean;
  number?: string | null;
}

/** Whose words said how the file is written: those of the command, those remembered for the account, the configuration's; null: the file's own. */
export type FormOrigin = 'command' | 'remembered' | 'configuration' | null;

export interface StatementImportResult {
  /** Last four digits of the account. */
  account: string | null;
  from: string | null;
  to: string | null;
  lines: number;
  fresh: number;
  formBy?: FormOrigin;
  leftOut?: { line: number; text: string }[];
}

/** Type of the failure of a file that cannot be read; its details are a {@link StatementRefused}. */
export const STATEMENT_REFUSED = 'STATEMENT_REFUSED';
export interface StatementRefused {
  problem: StatementProblem;
  formBy: FormOrigin;
}

export interface BankStoreActivities {
  /** @throws ApplicationFailure `STATEMENT_REFUSED`, `NOT_ALLOWED` */
  importStatement(input: StatementToImport): Promise<StatementImportResult>;
}

export type StatementImportInput = StatementToImport & Telling;
/** Takes the lines of a stored statement file in, and tells the payouts that wait for one. Fails with `STATEMENT_REFUSED`. */
export type StatementImport = (input: StatementImportInput) => Promise<StatementImportResult>;
export const STATEMENT_IMPORT = workflowContract<StatementImport, [sha256: string]>(
  'statementImport',
  statementImportId,
);
