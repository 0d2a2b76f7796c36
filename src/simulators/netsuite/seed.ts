/** What the NetSuite account holds before the first call. Ids are given by the simulator; names are found by SuiteQL. */
export interface NetSuiteSeed {
  account: string;
  /** Days of the first and the last accounting period, monthly between them: `2026-01` … `2026-12`. */
  periods: { from: string; to: string; closed: string[]; locked: string[] };
  currencies: string[];
  subsidiary: string;
  accounts: { number: string; name: string; type: string; currency?: string; inactive?: boolean }[];
  customers: { entityId: string; currency: string; receivableAccount?: string }[];
  vendors: { entityId: string }[];
  locations: { name: string }[];
  /** None where they are left out, as in an account without the feature. */
  departments?: { name: string }[];
  classifications?: { name: string }[];
  items: NetSuiteSeedItem[];
  openingStock: { itemId: string; location: string; quantity: number; unitCost: string }[];
}

export interface NetSuiteSeedItem {
  itemId: string;
  /** `InvtPart` or `NonInvtPart` (for sale). */
  type: 'InvtPart' | 'NonInvtPart';
  displayName: string;
  upc?: string;
  inactive?: boolean;
  incomeAccount: string;
  cogsAccount?: string;
  assetAccount?: string;
}
