import type { TaxActivities } from '../../contracts/tax/tax-tie.ts';
import type { Bind } from '../bind.ts';
import { readTaxTie } from './read-tax-tie.ts';

export const taxActivities = (bind: Bind): TaxActivities => ({
  readTaxTie: bind(readTaxTie),
});
