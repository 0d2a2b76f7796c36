import type { ActivityPolicy } from '../activity-policy.ts';

export interface IntakeInput {
  connection: string;
  policy: ActivityPolicy;
}
