/** The `close` part of a connection's settings (close.md); without it months are not closed here. */
import { z } from 'zod';

export const closeSchema = z.strictObject({
  /** Working days after a month by which it should be signed. */
  closeTarget: z.int().min(1).max(60).default(5),
  /** Whether what is not settled at a month's end is accrued, by a controller's word. */
  accruals: z.boolean().default(true),
  /** Who signs a month has carried nothing of it, and approved none of its accruals, variances and adjustments. */
  fourEyes: z.boolean().default(false),
});
