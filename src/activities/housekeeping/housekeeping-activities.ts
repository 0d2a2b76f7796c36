import type { HousekeepingActivities } from '../../contracts/housekeeping/housekeeping.ts';
import type { Bind } from '../bind.ts';
import { purgePastRetention } from './purge-past-retention.ts';

export const housekeepingActivities = (bind: Bind): HousekeepingActivities => ({
  purgePastRetention: bind(purgePastRetention),
});
