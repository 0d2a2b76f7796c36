/**
 * Suites that `npm run test:full` runs and `npm test` does not: each lives a world, or a size, of which `npm test` keeps the rule
 * by a smaller suite. One by itself: `TESTS=full npx jest test/end-to-end/stock-kits`.
 */
export const LONG_SUITES = [
  // Kept by domain/stock, activities/stock, properties/stock and, as worlds, by end-to-end/stock and end-to-end/stock-reports.
  'end-to-end/stock-beyond-shipped',
  'end-to-end/stock-by-hand',
  'end-to-end/stock-changed-in-netsuite',
  'end-to-end/stock-closed-period',
  'end-to-end/stock-costs',
  'end-to-end/stock-countered-transfers',
  'end-to-end/stock-europe',
  'end-to-end/stock-fates',
  'end-to-end/stock-kits',
  'end-to-end/stock-month-end',
  'end-to-end/stock-moved-days',
  'end-to-end/stock-openings',
  'end-to-end/stock-past-transit',
  'end-to-end/stock-planned',
  'end-to-end/stock-returns',
  'end-to-end/stock-theirs',
  'end-to-end/stock-two-pools',
  'end-to-end/stock-waiting',
  // Kept by domain/payouts, domain/matching, activities/payouts, activities/bank, golden, worlds and end-to-end/settlement-files.
  'end-to-end/altered-memo',
  'end-to-end/before-the-cut-over',
  'end-to-end/closed-period',
  'end-to-end/dimensions',
  'end-to-end/disagreement',
  'end-to-end/found-under-our-key',
  'end-to-end/missing-settlement',
  'end-to-end/movements-and-the-bank',
  'end-to-end/points-and-below-zero',
  'end-to-end/read-again',
  'end-to-end/reissued-and-differing',
  'end-to-end/two-chains',
  // Kept by domain/orders, activities/orders and, as worlds, by end-to-end/refunds, packs, claims, amount-decisions.
  'end-to-end/decisions',
  'end-to-end/multi-channel-and-merchant',
  'end-to-end/refund-that-is-not-told',
  'end-to-end/sales-of-others',
  // Kept by domain/tax, activities/tax, golden and, as worlds, by end-to-end/sales-tax, tax-decisions, uk-month.
  'end-to-end/prices-proven',
  'end-to-end/tax-corrected',
  'end-to-end/tax-of-another',
  'end-to-end/tax-of-two-countries',
  // Sizes: what they hold is held by activities/payouts and by `npm run bench`.
  'activities/many-orders',
  'activities/tie-in-bounded-memory',
  // Kept by faults/killed-worker and killed-server.
  'faults/hung-worker',
  // Kept by faults/soak, which loses Temporal and restores an older store.
  'faults/stores-out-of-step',
  // Kept by `tsc`: that the compiler names each place where a new kind of document must be told.
  'domain/documents/document-kinds',
];
