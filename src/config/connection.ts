/**
 * What `tieout.config.yaml` may say, as zod schemas; `read-config.ts` turns their issues into sentences with path and
 * line. Secrets are never in this file: they come from the environment.
 */
import { z } from 'zod';
import { isConnectionName } from '../domain/identifiers/external-id.ts';
import { POSTED_RECORD_TYPES } from '../domain/documents/document-kinds.ts';
import { isOptionalRole, ROLES, type Role } from '../domain/mapping/roles.ts';
import { POSTING_MODE_NAMES } from '../domain/posting-modes/posting-modes.ts';
import { durationBetween } from './duration.ts';
import { webAddress } from './web-address.ts';
import { marketplaceById } from './marketplaces.ts';
import { alertsSchema } from './alerts.ts';
import { closeSchema } from './close.ts';
import { peopleSchema } from './people.ts';
import { configuredStatementForm } from './statement-form.ts';
import { stockSchema } from './stock.ts';
import { marketplaceTax, TAX_BY_JURISDICTION, taxSchema } from './tax.ts';

/** Roles that a connection maps to an account. The others are meanings or reached through items. */
export const ACCOUNT_ROLES = ROLES.filter(
  (role) =>
    ![
      'marketplace-tax',
      'reserve-released',
      'product-sales',
      'shipping-income',
      'gift-wrap',
      'promotions',
      'points',
      'refunds',
    ].includes(role),
);

/** An account number (`"1180"`), or one per currency (`{USD: "1180", CAD: "1181"}`). */
const accountNumber = z.union([z.string().min(1), z.record(z.string().regex(/^[A-Z]{3}$/), z.string().min(1))]);

const accountsByRole = z.strictObject(
  Object.fromEntries(
    ACCOUNT_ROLES.map((role) => [role, isOptionalRole(role) ? accountNumber.optional() : accountNumber]),
  ) as Record<Role, z.ZodOptional<typeof accountNumber>>,
);
/** Roles of tax may have an account for each jurisdiction beside the one for the rest (`sales-tax-payable:GB`). */
const accounts = accountsByRole.catchall(accountNumber).superRefine((given, context) => {
  const keys = Object.keys(given).filter((key) => !(key in accountsByRole.shape) && !TAX_BY_JURISDICTION.test(key));
  if (keys.length > 0) context.addIssue({ code: 'unrecognized_keys', keys, input: given });
});

/** Fields that every document of a type gets (`customForm`, `custbody_…`; `department`, `class` where its head has them): NetSuite accounts make some mandatory. */
const extraFields = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.record(z.string(), z.string())]),
);
/** What a dimension of journal lines is: by role, else by marketplace, else for all. Names, as NetSuite has them. */
const dimension = z.strictObject({
  default: z.string().min(1).optional(),
  byMarketplace: z
    .record(
      z.string().refine((id) => marketplaceById(id) !== undefined, 'is not a marketplace id'),
      z.string().min(1),
    )
    .optional(),
  byRole: z.partialRecord(z.enum(ROLES), z.string().min(1)).optional(),
});

const marketplace = z.strictObject({
  id: z.string().refine((id) => marketplaceById(id) !== undefined, 'is not a marketplace id'),
  /** entityid of the NetSuite customer that stands for this marketplace's buyers. */
  customer: z.string().min(1),
  /** Location name from which Amazon ships. */
  location: z.string().min(1),
  timeZone: z.string().optional(),
  ...marketplaceTax,
});

/** Between two looks: Temporal's shortest interval is a second, and what is read of Amazon overlaps by days. */
const everySoOften = durationBetween('1s', '1d');

/** Whole days of a duration, by which people keep things. */
const daysOf = (duration: string): number => (/^\d+d$/.test(duration) ? Number(duration.slice(0, -1)) : NaN);
/** A hundred years: no law asks for more, and a day that lies too far back is no date. */
const LONGEST_DAYS = 36_525;
const days = (least: number, why: string) =>
  z
    .string()
    .refine((text) => daysOf(text) >= least, {
      message: `is not a number of days from ${least}d on: ${why}`,
      abort: true,
    })
    .refine((text) => daysOf(text) <= LONGEST_DAYS, `is more than a hundred years, ${LONGEST_DAYS}d`);

/**
 * How long what is over is kept. Facts are what posted documents stand on: seven years at least, the longest that the IRS
 * asks (Publication 583, *How long to keep records*); Germany asks ten for books (§ 147 AO), so more may be said, never less.
 * Amazon lists a report for 90 days, and a mark that is gone before would have it read again.
 */
const retentionSchema = z.strictObject({
  facts: days(2555, 'records behind posted documents are kept for seven years').default('2555d'),
  events: days(100, 'Amazon lists its reports for 90 days').default('400d'),
  logs: days(1, 'a run needs its own log').default('30d'),
});

export const connectionSchema = z.strictObject({
  name: z.string().refine(isConnectionName, 'may hold a-z, 0-9 and -, at most 20 characters'),
  amazon: z.strictObject({ region: z.enum(['na', 'eu', 'fe']), endpoint: webAddress.optional() }),
  netsuite: z.strictObject({
    account: z.string().min(1),
    subsidiary: z.string().min(1).optional(),
    restBaseUrl: webAddress.optional(),
    clientId: z.string().min(1).optional(),
    certificateId: z.string().min(1).optional(),
    maxConcurrency: z.int().min(1).max(50).default(3),
    /** NetSuite ends a call after 15 minutes by itself. */
    timeout: durationBetween('1s', '15m').default('60s'),
  }),
  marketplaces: z.array(marketplace).min(1),
  postingMode: z.enum(POSTING_MODE_NAMES).default('invoice'),
  /** `plan` reads, plans and shows, and posts nothing. */
  posting: z.enum(['plan', 'live']).default('plan'),
  /** A settlement boundary; nothing shipped or settled earlier is posted. */
  cutOver: z.iso.datetime({ offset: false, precision: 0 }),
  shippedBeforeCutOver: z.enum(['documents', 'opening-balance']),
  merchantFulfilled: z.enum(['other', 'ours']).default('other'),
  multiChannel: z.enum(['ours', 'other']).default('ours'),
  /** Marketplaces of the seller that nobody books here; ids. */
  notOurs: z.array(z.string().refine((id) => marketplaceById(id) !== undefined, 'is not a marketplace id')).default([]),
  /** Rows of unlisted marketplaces in a settlement that names listed ones too: it waits, or they are merchant orders. */
  foreignRows: z.enum(['wait', 'merchant-orders']).default('wait'),
  /** A document whose period NetSuite has closed or locked waits, or is booked on the first open day after it. */
  closedPeriod: z.enum(['wait', 'first-open-day']).default('wait'),
  accounts,
  items: z.strictObject({
    shipping: z.string(),
    'gift-wrap': z.string(),
    promotion: z.string(),
    points: z.string(),
    refund: z.string(),
  }),
  merchantLocation: z.string().optional(),
  /** entityid of the payee of Amazon's charges. */
  vendor: z.string().min(1),
  settlementReportTypes: z.array(z.string()).min(1).default(['GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2']),
  /** `statement`: a payout is seen in a statement; `none`: NetSuite's own feed matches it. */
  bank: z.enum(['statement', 'none']).default('statement'),
  /** How the bank writes its CSV, where its headers are not ours. */
  statementColumns: configuredStatementForm.optional(),
  amountMap: z
    .array(z.strictObject({ key: z.tuple([z.string(), z.string(), z.string()]), role: z.enum(ROLES) }))
    .default([]),
  fields: z.partialRecord(z.enum(POSTED_RECORD_TYPES), extraFields).default({}),
  /** On the lines of journals, opening entries, deposits and charges. */
  dimensions: z
    .strictObject({ department: dimension.optional(), class: dimension.optional(), location: dimension.optional() })
    .default({}),
  limits: z
    .strictObject({
      journalLines: z.int().min(4).max(1000).default(200),
      documentsPerPayment: z.int().min(1).max(500).default(200),
    })
    .default({ journalLines: 200, documentsPerPayment: 200 }),
  schedules: z
    .strictObject({
      orders: everySoOften.default('3m'),
      payouts: everySoOften.default('1h'),
      reconciler: everySoOften.default('10m'),
      stock: everySoOften.default('15m'),
    })
    .default({ orders: '3m', payouts: '1h', reconciler: '10m', stock: '15m' }),
  /** Without it stock is left alone. */
  stock: stockSchema.optional(),
  /** Without it no document carries tax. */
  tax: taxSchema.optional(),
  /** Without it months are not closed here. */
  close: closeSchema.optional(),
  retention: retentionSchema.default({ facts: '2555d', events: '400d', logs: '30d' }),
  /** Waits after a lost answer before the look-up (NetSuite may work for 15 minutes on one call). */
  lostAnswerWaits: z.array(durationBetween('1ms', '1d')).min(1).default(['5s', '30s', '2m', '10m', '16m']),
});

/** Ports of a world on one machine, where nobody names others. */
export const DEFAULT_PORTS = {
  postgres: 54329,
  temporal: 7233,
  temporalUi: 8233,
  amazon: 4010,
  netsuite: 4020,
  health: 4030,
};

export const configSchema = z.strictObject({
  connections: z.array(connectionSchema).min(1),
  /** Without it everyone may do everything, and each decision says so. */
  people: peopleSchema.optional(),
  /** Without it nobody is told of anything. */
  alerts: alertsSchema.optional(),
  /** Only with simulators: where the demo clock is asked for the time. Refused beside a real connection. */
  demoClock: webAddress.optional(),
  temporal: z.strictObject({ codec: z.strictObject({ keyIds: z.array(z.string()).min(1) }).optional() }).default({}),
  ports: z
    .strictObject({
      postgres: z.int().default(DEFAULT_PORTS.postgres),
      temporal: z.int().default(DEFAULT_PORTS.temporal),
      temporalUi: z.int().default(DEFAULT_PORTS.temporalUi),
      amazon: z.int().default(DEFAULT_PORTS.amazon),
      netsuite: z.int().default(DEFAULT_PORTS.netsuite),
      /** Where health and metrics are told, on loopback. */
      health: z.int().default(DEFAULT_PORTS.health),
    })
    .default(DEFAULT_PORTS),
});

export type ConnectionSettings = z.output<typeof connectionSchema>;
export type TieoutConfig = z.output<typeof configSchema>;

/** Account number of a role in a currency, null where the connection names none. A role of tax: that of the jurisdiction, else that of the rest. */
export function accountOf(
  connection: ConnectionSettings,
  role: Role,
  currency: string,
  jurisdiction: string | null = null,
): string | null {
  const accounts = connection.accounts;
  const configured =
    (jurisdiction === null ? undefined : accounts[`${role}:${jurisdiction}`]) ??
    accounts[role === 'reserve-released' ? 'reserve-held' : role];
  return (typeof configured === 'string' ? configured : configured?.[currency]) ?? null;
}

/** Roles that stand on an account of the settings, those of a jurisdiction of their own among them. */
export function accountRolesOf({ accounts }: ConnectionSettings): { role: Role; jurisdiction: string | null }[] {
  const byPlace = Object.keys(accounts).flatMap((key) => {
    const [, role, place] = TAX_BY_JURISDICTION.exec(key) ?? [];
    return role === undefined ? [] : [{ role: role as Role, jurisdiction: place! }];
  });
  return [...ACCOUNT_ROLES.map((role) => ({ role, jurisdiction: null })), ...byPlace];
}
