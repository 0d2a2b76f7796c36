import type { BankStoreActivities } from '../../contracts/bank/statement-import.ts';
import type { Bind } from '../bind.ts';
import { importStatement } from './import-statement.ts';

export const bankStoreActivities = (bind: Bind): BankStoreActivities => ({
  importStatement: bind(importStatement),
});
