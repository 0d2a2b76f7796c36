import type { Role } from './roles.ts';

/** What NetSuite groups the lines of a journal by, beside the account. */
export const DIMENSIONS = ['department', 'class', 'location'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** Names in NetSuite, of those that a line has. */
export type Dimensions = Partial<Record<Dimension, string>>;

/** Of one dimension: by role, else by marketplace (its id), else for all. */
export interface DimensionRule {
  default?: string | undefined;
  byMarketplace?: Readonly<Record<string, string>> | undefined;
  byRole?: Readonly<Partial<Record<Role, string>>> | undefined;
}
export type DimensionRules = Readonly<Partial<Record<Dimension, DimensionRule | undefined>>>;

/** @param marketplace id; null for a line of no one marketplace: the payout, a bridge, a deposit */
export function dimensionsOf(rules: DimensionRules, role: Role, marketplace: string | null): Dimensions {
  const dimensions: Dimensions = {};
  for (const name of DIMENSIONS) {
    const rule = rules[name];
    const value =
      rule?.byRole?.[role] ?? (marketplace === null ? undefined : rule?.byMarketplace?.[marketplace]) ?? rule?.default;
    if (value !== undefined) dimensions[name] = value;
  }
  return dimensions;
}

/** Equal for equal dimensions. */
export function dimensionKey(dimensions: Dimensions): string {
  return DIMENSIONS.map((name) => dimensions[name] ?? '').join('\t');
}

/** Lines of no one marketplace with their dimensions; a line that has some keeps them. */
export function withDimensions<L extends { role: Role; dimensions?: Dimensions }>(
  lines: readonly L[],
  ofRole: (role: Role) => Dimensions,
): L[] {
  return lines.map((line) => {
    const dimensions = line.dimensions ?? ofRole(line.role);
    return Object.keys(dimensions).length === 0 ? line : { ...line, dimensions };
  });
}
