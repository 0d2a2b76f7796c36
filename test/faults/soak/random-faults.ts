/** Faults of every kind, drawn from a seed: each with the share of the work that is done when it strikes. */
import type { SeededRandom } from '../../../src/local/demo-month/seeded-random.ts';
import { SICKNESSES, type Sickness } from '../sick-postgres.ts';

export type SoakFault =
  | {
      at: number;
      kind: 'netsuite';
      fault: { kind: string; match: { method?: string; path?: string }; times: number; delayMs?: number };
    }
  | {
      at: number;
      kind: 'amazon';
      fault: {
        kind: string;
        match: { path?: string; holds?: string };
        change?: { find: string; put: string };
        times: number;
        delayMs?: number;
      };
    }
  | { at: number; kind: 'worker-killed' }
  | { at: number; kind: 'worker-dies'; point: string }
  | { at: number; kind: 'postgres-restarts' }
  | { at: number; kind: 'postgres-killed' }
  | { at: number; kind: 'postgres-sick'; with: Sickness }
  | { at: number; kind: 'temporal' }
  /** Its database is gone: no workflow is known any more. */
  | { at: number; kind: 'temporal-lost' }
  /** A backup, and later the store as it was then. */
  | { at: number; kind: 'postgres-backed-up' }
  | { at: number; kind: 'postgres-restored' };

/** The rest of a hundred are HTTP faults, two of them at NetSuite for one at Amazon. */
const PER_HUNDRED = {
  killed: 6,
  dies: 6,
  restarts: 1,
  postgresKilled: 1,
  sick: 2,
  temporal: 2,
  temporalLost: 1,
  restored: 1,
};

const POSTING = { method: 'POST', path: '/record/v1/' };
const ASKING = { path: 'suiteql' };
const NETSUITE = [
  ...['lost-before-commit', 'lost-after-commit', '500-before-commit', '500-after-commit', 'slow', '429'].map(
    (kind) => ({ kind, match: POSTING }),
  ),
  ...['lost-before-commit', 'lost-after-commit', '500-before-commit', '401', '429'].map((kind) => ({
    kind,
    match: ASKING,
  })),
] as const;
/** Amazon's 429 only where its quota refills within seconds: elsewhere a soak would mostly wait, as the product rightly does. */
const AMAZON = [
  ...['lost-before', 'lost-after', '500', '503', 'slow', 'small-chunks', 'reset-mid-body'].map((kind) => ({
    kind,
    match: {},
  })),
  { kind: '429', match: { path: '^/finances/2024-06-19' } },
  { kind: '429', match: { path: '^/reports/2021-06-30/reports/.' } },
] as const;
/**
 * What cannot be read or kept: a row, an order, a transaction, texts, and a document that is not handed over, often enough to
 * be put aside. A person has what stands aside read again, by the command that its exception names.
 */
const changed = (path: string, find: string, put: string) => ({
  kind: 'changed',
  match: { path },
  change: { find, put },
});
const POISON = [
  changed('documents-store', '(\\n114-\\d{7}-\\d{7}(?:\\t[^\\t\\n]*){14}\\t\\d+)\\t', '$1.0\t'),
  changed('^/orders/2026-01-01/orders$', '"quantityOrdered":\\d+', '"quantityOrdered":"one"'),
  changed('^/orders/2026-01-01/orders$', '"asin":"', '"asin":"\\u0000\\ud800'),
  changed('^/finances/2024-06-19/transactions$', '"postedDate":"', '"postedDate":"about '),
  ...['403', '404', 'truncated-gzip'].map((kind) => ({
    kind,
    match: { path: 'documents-store', holds: '^settlement-id' },
    times: 3,
  })),
] as const;
const OF_AMAZON = [...AMAZON, ...POISON];
/** What is poisoned is read while orders still come in: before the last week's. */
function ofAmazon(at: number, fault: (typeof OF_AMAZON)[number]): SoakFault {
  const isPoison = 'change' in fault || 'times' in fault;
  return { at: isPoison ? at / 2 : at, kind: 'amazon', fault: { times: 1, delayMs: 700, ...fault } };
}

/** Points that are passed again and again while orders come in, and points that the last payout still passes. */
const EARLY = [
  'SO:before-call',
  'SO:after-call',
  'IF:before-call',
  'IF:after-call',
  'INV:before-call',
  'INV:after-call',
  'activity:postSalesOrder:after',
  'activity:billShipment:before',
  'activity:tellOrders:after',
] as const;
const LATE = [
  'activity:classifySettlement:after',
  'activity:tieSettlement:after',
  'JE:after-call',
  'activity:postJournal:after',
  'PAY:before-call',
  'PAY:after-call',
  'activity:postMovements:before',
  'DEP:after-call',
  'activity:provePayout:after',
] as const;

/** In the order in which they strike. */
export function randomFaults(count: number, random: SeededRandom): SoakFault[] {
  const many = (perHundred: number) => Math.max(1, Math.round((count * perHundred) / 100));
  const at = (to = 90) => random.below(to * 10) / 1000;
  const processes: SoakFault[] = [
    ...Array.from({ length: many(PER_HUNDRED.killed) }, (): SoakFault => ({ at: at(), kind: 'worker-killed' })),
    // A point is in the file until it is passed: one late point each, and the early ones in the first half.
    ...Array.from({ length: many(PER_HUNDRED.dies) }, (_, index): SoakFault =>
      index % 3 === 2 && index / 3 < LATE.length
        ? { at: at(), kind: 'worker-dies', point: LATE[Math.floor(index / 3)]! }
        : { at: at(45), kind: 'worker-dies', point: EARLY[random.below(EARLY.length)]! },
    ),
    ...Array.from({ length: many(PER_HUNDRED.restarts) }, (): SoakFault => ({ at: at(), kind: 'postgres-restarts' })),
    ...Array.from({ length: many(PER_HUNDRED.postgresKilled) }, (): SoakFault => ({
      at: at(),
      kind: 'postgres-killed',
    })),
    ...Array.from({ length: many(PER_HUNDRED.sick) }, (): SoakFault => ({
      at: at(),
      kind: 'postgres-sick',
      with: SICKNESSES[random.below(SICKNESSES.length)]!,
    })),
    ...Array.from({ length: many(PER_HUNDRED.temporal) }, (): SoakFault => ({ at: at(), kind: 'temporal' })),
    ...Array.from({ length: many(PER_HUNDRED.temporalLost) }, (): SoakFault => ({ at: at(), kind: 'temporal-lost' })),
    // Each restores the newest backup before it. The decisions of the last week are not among what is forgotten.
    ...Array.from({ length: many(PER_HUNDRED.restored) }, (): SoakFault[] => {
      const backup = at(60);
      return [
        { at: backup, kind: 'postgres-backed-up' },
        { at: backup + 0.1, kind: 'postgres-restored' },
      ];
    }).flat(),
  ].slice(0, count);
  const calls = Array.from({ length: count - processes.length }, (_, index): SoakFault => {
    if (index % 3 === 2) return ofAmazon(at(70), OF_AMAZON[random.below(OF_AMAZON.length)]!);
    return {
      at: at(),
      kind: 'netsuite',
      fault: { ...NETSUITE[random.below(NETSUITE.length)]!, times: random.between(1, 3), delayMs: 700 },
    };
  });
  return [...processes, ...calls].sort((a, b) => a.at - b.at);
}
