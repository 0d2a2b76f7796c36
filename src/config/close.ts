/** The `close` part of a connection's settings (close.md); without it months are not closed here. */
import { z } from 'zod';
import { COST_ROLES } from '../domain/mapping/roles.ts';
import type { AllocationKey } from '../domain/profit/allocate.ts';

const allocationKey = z.enum(['none', 'units', 'revenue'] as const satisfies readonly AllocationKey[]);

export const closeSchema = z.strictObject({
  /** Working days after a month by which it should be signed. */
  closeTarget: z.int().min(1).max(60).default(5),
  /** Whether what is not settled at a month's end is accrued, by a controller's word. */
  accruals: z.boolean().default(true),
  /** Who signs a month has carried nothing of it, and approved none of its accruals, variances and adjustments. */
  fourEyes: z.boolean().default(false),
  /** By which proportion what no SKU has of a role is allocated to SKUs (close.md, *Profit by SKU*); `none` where a role is not named. */
  allocate: z.partialRecord(z.enum(COST_ROLES), allocationKey).default({}),
});
