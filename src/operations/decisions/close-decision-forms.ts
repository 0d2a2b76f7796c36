/** Decisions about months as a file of decisions has them. */
import { z } from 'zod';
import type { CloseDecisions } from '../../contracts/period/close-decisions.ts';
import { isMonth } from '../../domain/money/instant.ts';
import { explainRefusedFinancesRole } from '../../domain/period/explain-finances-role.ts';

const text = z.string().min(1);
const said = { by: text.optional(), why: text };
const period = z.string().refine(isMonth, 'is not a month like 2026-10');
const currency = z.string().regex(/^[A-Z]{3}$/, 'is not a currency by three letters');
const amount = z.string().regex(/^-?\d{1,15}(\.\d{1,3})?$/, 'is not a plain decimal like -14.20');

export const CLOSE_FORMS = {
  carryItem: z.strictObject({
    kind: z.literal('carryItem'),
    period,
    item: text,
    currency: currency.optional(),
    amount,
    ...said,
  }),
  approveAccrual: z.strictObject({
    kind: z.literal('approveAccrual'),
    period,
    currency,
    none: z.boolean().optional(),
    ...said,
  }),
  signOff: z.strictObject({ kind: z.literal('signOff'), period, ...said }),
  reopen: z.strictObject({ kind: z.literal('reopen'), period, ...said }),
  approveOpeningBalance: z.strictObject({
    kind: z.literal('approveOpeningBalance'),
    account: text,
    currency,
    amount,
    ...said,
  }),
  mapFinances: z
    .strictObject({ kind: z.literal('mapFinances'), transactionType: text, path: text, role: text, ...said })
    .superRefine(({ transactionType, role }, context) => {
      const refused = explainRefusedFinancesRole(transactionType, role);
      if (refused !== null) context.addIssue({ code: 'custom', message: refused, path: ['role'] });
    }),
} satisfies Record<keyof CloseDecisions, z.ZodType>;
