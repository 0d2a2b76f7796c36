/** What the NetSuite account holds before the first call. Ids are given by the simulator; names are found by SuiteQL. */
export interface NetSuiteSeed {
  account: string;
  /**
   * Days of the first and the last accounting period, monthly between them: `2026-01` … `2026-12`. Base periods may have another
   * format than Calendar Months: 4 Weeks, or 4-4-5 Weeks (NSHELP section_N1449871); they are named one by one then, first to last.
   */
  periods: {
    from: string;
    to: string;
    closed: string[];
    locked: string[];
    base?: { name: string; start: string; end: string }[];
  };
  currencies: string[];
  subsidiary: string;
  /** Others of the company, which accounts, customers and items serve as well. */
  otherSubsidiaries?: string[];
  accounts: { number: string; name: string; type: string; currency?: string; inactive?: boolean }[];
  customers: { entityId: string; currency: string; receivableAccount?: string }[];
  vendors: { entityId: string }[];
  locations: { name: string; usesBins?: boolean }[];
  /** None where they are left out, as in an account without the feature. */
  departments?: { name: string }[];
  classifications?: { name: string }[];
  /** Each with its base unit (rate 1). None without the feature. */
  unitsTypes?: { name: string; units: { name: string; rate: number }[] }[];
  items: NetSuiteSeedItem[];
  /** Entered by hand once the clock says `at`; `account` by number. */
  adjustments?: {
    at: string;
    itemId: string;
    location: string;
    quantity: number;
    account: string;
    memo: string;
    /** As its document shows it; the next of the account's own without. */
    number?: string;
  }[];
  openingStock: { itemId: string; location: string; quantity: number; unitCost: string }[];
}

export interface NetSuiteSeedItem {
  itemId: string;
  /** An inventory item, a non-inventory item for sale, or a kit. */
  type: 'InvtPart' | 'NonInvtPart' | 'Kit';
  displayName: string;
  upc?: string;
  inactive?: boolean;
  incomeAccount: string;
  cogsAccount?: string;
  assetAccount?: string;
  gainLossAccount?: string;
  /** Of a kit: items that stand before it, and their units for one of it. */
  members?: { itemId: string; quantity: number }[];
  numbered?: 'lot' | 'serial';
  usesBins?: boolean;
  lastPurchasePrice?: string;
  /** A unit of one of the units types; without it the item is counted in no unit. */
  stockUnit?: string;
}
