import { counted } from '../../domain/money/render-amount.ts';

/** As many as can be read at one glance; the inbox shows all. */
const NAMED = 5;

/** `… 173 exceptions still open: A; B; C; D; E; and 168 more. npx tieout exceptions` */
export function stillOpen(titles: readonly string[]): string {
  if (titles.length === 0) return '✓ nothing is open';
  const named = titles.slice(0, NAMED);
  const more = titles.length - named.length;
  return `… ${counted(titles.length, 'exception')} still open: ${[...named, ...(more === 0 ? [] : [`and ${more} more`])].join('; ')}. npx tieout exceptions`;
}
