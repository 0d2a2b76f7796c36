import { renderDay } from '../clocks/render-dates.ts';
import { renderItem } from '../decisions/render-item.ts';
import { counted } from '../money/render-amount.ts';
import type { Day } from '../money/instant.ts';
import type { MappingChange, PerSku } from './sku-items.ts';

interface MappingMove extends Pick<MappingChange, 'sku' | 'from' | 'to'> {
  day: Day;
  asOf: Day | null;
  held: readonly { pool: string; place: string; units: number }[];
}

/**
 * `what Amazon has of A-1 when 20 Oct 2026 ends moves from MUG to CUP × 3 (ADJ us-20261020-map); on 19 Oct 2026 that was 12
 * units in us sellable, 1 unit in us unsellable`.
 */
export function renderMappingMove({ sku, day, asOf, from, to, held }: MappingMove, pools: readonly string[]): string {
  const items = (all: readonly PerSku[]) => all.map(({ item, perSku }) => renderItem(item, perSku)).join(' and ');
  const ofPools = [...new Set(held.map(({ pool }) => pool))];
  const keys = (ofPools.length === 0 ? pools : ofPools).map((pool) => `ADJ ${pool}-${day.replaceAll('-', '')}-map`);
  const units = held.map(({ pool, place, units: of }) => `${counted(of, 'unit')} in ${pool} ${place}`);
  const known =
    asOf === null
      ? 'how much that is, its summary will tell'
      : `on ${renderDay(asOf)} that was ${units.length === 0 ? 'nothing' : units.join(', ')}`;
  return `what Amazon has of ${sku} when ${renderDay(day)} ends moves in the books from ${items(from)} to ${items(to)} (${keys.join(', ')}); ${known}`;
}
