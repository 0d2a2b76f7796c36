/** A file of decisions: a JSON array, each entry one answer of a person by name. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { TieoutError } from '../../errors/tieout-error.ts';
import { explainRefusedUnits } from '../../domain/decisions/explain-units.ts';
import { explainRefusedRole } from '../../domain/mapping/chosen-role.ts';
import { NOTE_REASONS } from '../../domain/exceptions/render-note.ts';
import { TRY_AGAIN, type Decisions } from '../../contracts/decisions/decisions.ts';
import type { Decision } from './decision.ts';
import { CLOSE_FORMS } from './close-decision-forms.ts';
import { STOCK_FORMS } from './stock-decision-forms.ts';

const text = z.string().min(1);
const said = { by: text.optional(), why: text };
const namedLine = z.union([
  z.strictObject({ number: z.int().positive() }),
  z.strictObject({ date: z.iso.date(), amount: text, description: z.string() }),
]);

const key = z.tuple([text, text, text]);
/** Of the item that one of a SKU is. */
const units = z
  .number()
  .superRefine((value, context) => {
    const refused = explainRefusedUnits(value);
    if (refused !== null) context.addIssue({ code: 'custom', message: refused });
  })
  .optional();
/** Roles with mechanics of their own are no choice for a person. */
const chosenRole = z.string().superRefine((role, context) => {
  const refused = explainRefusedRole(role);
  if (refused !== null) context.addIssue({ code: 'custom', message: refused });
});

/** A decision by the name of its update, with the update's fields; whoever adds a field to one adds it here. */
const BY_UPDATE = {
  mapSku: z.strictObject({ kind: z.literal('mapSku'), sku: text, item: text, units, ...said }),
  mapAmount: z
    .strictObject({
      kind: z.literal('mapAmount'),
      transactionType: text,
      amountType: text,
      amountDescription: text,
      role: chosenRole.optional(),
      sameAs: key.optional(),
      ...said,
    })
    .refine(({ role, sameAs }) => (role === undefined) !== (sameAs === undefined), 'needs one of role and sameAs'),
  settleDifference: z
    .strictObject({
      kind: z.literal('settleDifference'),
      document: text.optional(),
      settlementId: text.optional(),
      choice: z.enum(['variance', 'leave']),
      ...said,
    })
    .refine(
      ({ document, settlementId }) => (document === undefined) !== (settlementId === undefined),
      'needs one of document and settlementId',
    ),
  matchDeposit: z.strictObject({
    kind: z.literal('matchDeposit'),
    settlementId: text,
    movement: z.string().regex(/^(payout|return|(micro|charge)-[1-9]\d*)$/, 'is payout, return, micro-N or charge-N'),
    lines: z.array(namedLine).min(1),
    ...said,
  }),
  openChain: z.strictObject({ kind: z.literal('openChain'), settlementId: text, ...said }),
  bookRefund: z.strictObject({ kind: z.literal('bookRefund'), orderId: text, settlementId: text, ...said }),
  correctTax: z.strictObject({ kind: z.literal('correctTax'), document: text, ...said }),
  tryAgain: z.strictObject({ kind: z.literal('tryAgain'), of: z.enum(TRY_AGAIN), id: text, ...said }),
  placeSale: z.strictObject({ kind: z.literal('placeSale'), orderId: text, country: text, ...said }),
  confirmPrices: z.strictObject({ kind: z.literal('confirmPrices'), marketplace: text, ...said }),
  moveTax: z.strictObject({
    kind: z.literal('moveTax'),
    orderId: text,
    from: text,
    to: text,
    net: text,
    tax: text,
    ...said,
  }),
  bookFeeInvoice: z.strictObject({
    kind: z.literal('bookFeeInvoice'),
    number: text,
    date: z.iso.date(),
    jurisdiction: text,
    role: z.string(),
    net: text,
    tax: text,
    treatment: z.enum(['charged', 'zero', 'reverse']),
    marketplace: text.optional(),
    ...said,
  }),
  noteException: z.strictObject({
    kind: z.literal('noteException'),
    exception: z.int().positive(),
    reason: z.enum(NOTE_REASONS).optional(),
    reference: text.optional(),
    assignee: text.optional(),
    until: z.iso.date().optional(),
    ...said,
  }),
  ...CLOSE_FORMS,
  readAgain: z.strictObject({
    kind: z.literal('readAgain'),
    what: z.enum(['orders', 'shipments', 'refunds', 'settlements']),
    from: z.iso.datetime({ offset: false, precision: 0 }),
    ...said,
  }),
  ...STOCK_FORMS,
} satisfies Record<keyof Decisions, z.ZodType>;

/** The two that the report of a run offers, in its own words. */
const sku = z.strictObject({
  kind: z.literal('sku'),
  key: text,
  choice: text,
  units,
  why: z.string().optional(),
});
const amount = z.strictObject({
  kind: z.literal('amount'),
  key: z.tuple([z.string(), z.string(), z.string()]),
  choice: chosenRole,
  why: z.string().optional(),
});

const decisionsFile = z.array(z.discriminatedUnion('kind', [sku, amount, ...Object.values(BY_UPDATE)] as const));
export type FileDecision = z.output<typeof decisionsFile>[number];
const mappingsFile = z.array(z.discriminatedUnion('kind', [sku, BY_UPDATE.mapSku]));

/**
 * @param notDone what the caller did not do because of it
 * @throws TieoutError `decisions-file` with each place that is wrong
 */
export function readDecisions(file: string, notDone: string): FileDecision[] {
  const form = `{kind: "sku" | "amount", key, choice, why?}, or {kind, …its fields, by?, why} with kind one of ${Object.keys(BY_UPDATE).join(', ')}`;
  return readArray(decisionsFile, file, { what: 'a file of decisions', form, notDone });
}

/** The same of a file that holds nothing but mappings of SKUs. */
export function readMappings(file: string, notDone: string): FileDecision[] {
  const form = '{kind: "sku", key: SKU, choice: ITEM, units?, why?}';
  return readArray(mappingsFile, file, { what: 'a file of SKU mappings', form, notDone });
}

function readArray<Entry>(
  schema: z.ZodType<Entry[]>,
  file: string,
  { what, form, notDone }: { what: string; form: string; notDone: string },
): Entry[] {
  const refuse = (where: string[]) =>
    new TieoutError({
      code: 'decisions-file',
      what: `${file} is not ${what}.`,
      notDone,
      where,
      do: [`mend it: a JSON array of ${form}`],
    });
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw refuse([error instanceof Error ? error.message : String(error)]);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw refuse(
    parsed.error.issues.map(
      ({ path: [index, ...fields], message }) =>
        `${index === undefined ? 'the file' : `decision ${Number(index) + 1}`}${fields.length === 0 ? '' : `, ${fields.join('.')}`}: ${message}`,
    ),
  );
}

/** Of a mapping in a file that gives none. */
const NO_REASON = 'no reason given in the file';

/** The update that an operator would send for a decision of the file; `by` is who decides where the file does not say. */
export function updateOf(decision: FileDecision, by: string): Decision {
  switch (decision.kind) {
    case 'sku':
      return {
        update: 'mapSku',
        args: {
          sku: decision.key,
          item: decision.choice,
          ...(decision.units === undefined ? {} : { units: decision.units }),
          by,
          why: decision.why ?? NO_REASON,
        },
      };
    case 'amount': {
      const [transactionType, amountType, amountDescription] = decision.key;
      return {
        update: 'mapAmount',
        args: {
          transactionType,
          amountType,
          amountDescription,
          role: decision.choice,
          by,
          why: decision.why ?? NO_REASON,
        },
      };
    }
    default: {
      const { kind: update, ...args } = decision;
      return { update, args: { ...args, by: args.by ?? by } } as Decision;
    }
  }
}
