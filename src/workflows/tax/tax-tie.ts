import type { Telling } from '../../contracts/activity-inputs.ts';
import type { TaxTie } from '../../contracts/tax/tax-tie.ts';
import { onNetSuite } from '../activity-proxies.ts';

/** Holds the seller's tax in documents of a month against NetSuite's accounts. */
export async function taxTie({ connection, month, policy }: Telling & { month: string }): Promise<TaxTie[]> {
  return onNetSuite(connection, policy).readTaxTie({ connection, month });
}
