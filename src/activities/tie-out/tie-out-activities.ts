import type { TieOutActivities } from '../../contracts/tie-out/tie-out.ts';
import type { Bind } from '../bind.ts';
import { readTieOut } from './read-tie-out.ts';

export const tieOutActivities = (bind: Bind): TieOutActivities => ({
  readTieOut: bind(readTieOut),
});
