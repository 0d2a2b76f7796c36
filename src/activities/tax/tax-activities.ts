import type { TaxLookActivities, TaxReportsActivities } from '../../contracts/tax/tax-look.ts';
import type { TaxActivities } from '../../contracts/tax/tax-tie.ts';
import type { Bind } from '../bind.ts';
import { postTaxJournals } from './post-tax-journals.ts';
import { readTaxTie } from './read-tax-tie.ts';
import { takeInVatReport } from './take-in-vat-report.ts';

export const taxActivities = (bind: Bind): TaxActivities & TaxLookActivities => ({
  readTaxTie: bind(readTaxTie),
  postTaxJournals: bind(postTaxJournals),
});

export const taxReportsActivities = (bind: Bind): TaxReportsActivities => ({
  takeInVatReport: bind(takeInVatReport),
});
