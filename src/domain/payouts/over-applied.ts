/** True when payouts would settle more of a document than it is: it is not open for that amount. */
export function overApplied(total: bigint, settled: bigint): boolean {
  return settled > total;
}
