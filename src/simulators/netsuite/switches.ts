import { notBuilt } from './refusal.ts';
import { isFields } from './json.ts';
import type { Costing } from './ledger/stock.ts';

/** Preferences and features of the account that change what NetSuite does. Set by `POST /admin/switches`. */
export interface Switches {
  /** Fields that the account's forms make mandatory, asked for one at a time by label, in this order, per record type. */
  mandatory: Record<string, { field: string; label: string }[]>;
  /** Most lines that a journal may have (200; SOAP's figure is 1,000). */
  journalLineLimit: number;
  /** Of department, class and location: those that every journal line must have. */
  journalLineNeeds: ('department' | 'class' | 'location')[];
  /** Journals need an approval before they post. */
  journalApproval: boolean;
  /** Bank or Other Current Asset for payments and refunds; else Bank only. */
  expandAccountLists: boolean;
  /** Record types whose `apply` lines are dropped at creation. */
  ignoreApplyOnCreate: string[];
  /** The account's form insists on a payment method on customer payments and refunds. */
  mandatoryPaymentMethod: boolean;
  /** An authorisation can be credited before its goods are back. */
  refundInAdvanceOfReturn: boolean;
  /** *Restock Returned Items*: what is received against an authorisation comes back to stock; else it is written off. */
  restock: boolean;
  /** Inventory lines of a fulfilment need a location. */
  multiLocation: boolean;
  /** Pick, Pack and Ship: `shipStatus` exists, and only `C` posts. */
  pickPackShip: boolean;
  /** Off: a fulfilment bills itself at once. */
  advancedShipping: boolean;
  /** *Use Item Cost as Transfer Cost* of transfer orders that do not say; else they go at their transfer price. */
  useItemCostAsTransferCost: boolean;
  /** *Fulfill Based on Commitment: Limit to Committed*: a fulfilment takes no more than the location holds. */
  fulfilOnlyFromStock: boolean;
  /** One average cost for each location, or one for all together (GROUPAVG). Chosen at the start. */
  costing: Costing;
  /** What `autoApply` is when a body leaves it out; each body that sends it changes this. */
  autoApply: boolean;
  /** What a sales order, authorisation or transfer order is without `orderStatus`: `A` pending approval, `B` pending fulfilment or receipt. */
  defaultOrderStatus: 'A' | 'B';
  /** "Allow Transaction Date Outside of the Posting Period": a document may post to another period than that of its day. */
  dateOutsidePeriod: boolean;
  /** The role that asks has *Override Period Restrictions*: it posts into locked periods, into closed ones never. */
  overridePeriodRestrictions: boolean;
  /** Currency of a revaluation: the company's, in which it changes balances, or that of the balance, with no amount in it. */
  revaluationCurrency: 'base' | 'own';
  /** Look for a used externalId only when all else is in order, as a save in the database would. */
  duplicateCheckLast: boolean;
  /** Per cent of the default tax code of customers and items: the tax goes on top of the lines. 0: nothing is taxed. */
  defaultTaxPercent: number;
  /** How SuiteQL shows dates. */
  dateFormat: 'M/D/YYYY' | 'YYYY-MM-DD';
  /** Milliseconds that each call takes. */
  latencyMs: number;
  /** Requests that may be under way at once. */
  concurrency: number;
}

export function defaultSwitches(): Switches {
  return {
    mandatory: {},
    journalLineLimit: 200,
    journalLineNeeds: [],
    journalApproval: false,
    expandAccountLists: false,
    ignoreApplyOnCreate: [],
    mandatoryPaymentMethod: false,
    refundInAdvanceOfReturn: true,
    restock: true,
    multiLocation: true,
    pickPackShip: true,
    advancedShipping: true,
    useItemCostAsTransferCost: true,
    fulfilOnlyFromStock: false,
    costing: 'location',
    autoApply: true,
    defaultOrderStatus: 'A',
    dateOutsidePeriod: false,
    overridePeriodRestrictions: false,
    revaluationCurrency: 'base',
    duplicateCheckLast: false,
    defaultTaxPercent: 0,
    dateFormat: 'M/D/YYYY',
    latencyMs: 0,
    concurrency: 5,
  };
}

/** Sets the named switches; an unknown name or a value of another kind is refused. */
export function setSwitches(switches: Switches, wanted: unknown): void {
  if (!isFields(wanted)) throw notBuilt('switches that are not an object');
  for (const [name, value] of Object.entries(wanted)) {
    const now: unknown = switches[name as keyof Switches];
    // "After you assign a Group Average to an item and save the record, you can't change the costing method" (NSHELP section_4345703444).
    if (name === 'costing' && value !== now) throw notBuilt('another costing method after the start');
    if (now === undefined || typeof now !== typeof value || Array.isArray(now) !== Array.isArray(value))
      throw notBuilt(`switch "${name}" with value ${JSON.stringify(value)}`);
  }
  Object.assign(switches, wanted);
}
