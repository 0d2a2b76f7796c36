/** Decisions about stock as a file has them, each with its update's fields; whoever adds a field to one adds it here. */
import { z } from 'zod';
import type { StockDecisionKind } from '../../contracts/decisions/stock-decisions.ts';
import { explainRefusedStockRole } from '../../domain/decisions/explain-stock-role.ts';
import type { Role } from '../../domain/mapping/roles.ts';

const text = z.string().min(1);
const said = { by: text.optional(), why: text };
const rows = z.array(text).min(1);

const stockRole = z
  .custom<Role>((role) => typeof role === 'string')
  .superRefine((role, context) => {
    const refused = explainRefusedStockRole(role);
    if (refused !== null) context.addIssue({ code: 'custom', message: refused });
  });

export const STOCK_FORMS = {
  mapMovement: z.strictObject({
    kind: z.literal('mapMovement'),
    eventType: text,
    reason: z.string(),
    answer: z.enum(['adjust', 'pair', 'outside']),
    ...said,
  }),
  answerRows: z.strictObject({ kind: z.literal('answerRows'), rows, role: stockRole, ...said }),
  explainForeign: z
    .strictObject({
      kind: z.literal('explainForeign'),
      document: text,
      choice: z.enum(['counter', 'answers']),
      rows: rows.optional(),
      ...said,
    })
    .refine(
      ({ choice, rows: named }) => (choice === 'answers') === (named !== undefined),
      'names rows with answers, and only then',
    ),
  decideInbound: z.strictObject({
    kind: z.literal('decideInbound'),
    /** Empty for receipts without a reference. */
    shipmentId: z.string(),
    sku: text,
    choice: z.enum(['wait', 'lost', 'returned', 'take-from-source', 'found']),
    ...said,
  }),
  closeGap: z.strictObject({
    kind: z.literal('closeGap'),
    pool: text,
    item: text,
    place: z.enum(['sellable', 'unsellable']),
    units: z.int().refine((units) => units !== 0, 'is a whole number signed as the gap, and not 0'),
    ...said,
  }),
  approveOpening: z.strictObject({ kind: z.literal('approveOpening'), pool: text, items: rows.optional(), ...said }),
  approveAdjustment: z.strictObject({ kind: z.literal('approveAdjustment'), document: text, ...said }),
} satisfies Record<StockDecisionKind, z.ZodType>;
