/** Faults on request: what can go wrong between two systems, chosen by method, path, record type or external id. */
import { isFields } from './json.ts';
import { notBuilt } from './refusal.ts';

export const FAULT_KINDS = [
  'lost-after-commit',
  'lost-before-commit',
  '429',
  '500-after-commit',
  '500-before-commit',
  'slow',
  '401',
  'changed',
  'workflow-lock',
  'no-permission',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export interface Fault {
  id: number;
  match: { method?: string; path?: string; type?: string; externalId?: string };
  kind: FaultKind;
  /** How many requests it still hits. */
  times: number;
  delayMs: number;
  hits: number;
}

/** What a fault is chosen by; `type` is the record type that the request would write or read. */
export interface FaultTarget {
  method: string;
  path: string;
  type: string | null;
  externalId: string | null;
}

export class FaultList {
  #faults: Fault[] = [];
  #lastId = 0;

  add(wanted: unknown): Fault {
    if (!isFields(wanted)) throw notBuilt('a fault that is not an object');
    const kind = FAULT_KINDS.find((known) => known === wanted['kind']);
    if (!kind) throw notBuilt(`the fault "${String(wanted['kind'])}"; known are ${FAULT_KINDS.join(', ')}`);
    const match = isFields(wanted['match']) ? wanted['match'] : {};
    this.#lastId += 1;
    const fault: Fault = {
      id: this.#lastId,
      kind,
      times: numberOr(wanted['times'], 1),
      delayMs: numberOr(wanted['delayMs'], 1000),
      hits: 0,
      match: {},
    };
    for (const name of ['method', 'path', 'type', 'externalId'] as const) {
      const value = match[name];
      if (typeof value === 'string') fault.match[name] = value;
    }
    for (const pattern of [fault.match.path, fault.match.externalId])
      if (!isPattern(pattern ?? '')) throw notBuilt(`the pattern ${pattern}, which is no regular expression`);
    this.#faults.push(fault);
    return fault;
  }

  clear(): void {
    this.#faults = [];
  }

  all(): readonly Fault[] {
    return this.#faults;
  }

  /** The first fault that this request meets; it is used up by one. */
  take(target: FaultTarget): Fault | null {
    const fault = this.#faults.find(({ match, times }) => times > 0 && meets(match, target));
    if (!fault) return null;
    fault.times -= 1;
    fault.hits += 1;
    return fault;
  }
}

function meets(match: Fault['match'], target: FaultTarget): boolean {
  return (
    (match.method === undefined || match.method.toUpperCase() === target.method) &&
    (match.path === undefined || new RegExp(match.path).test(target.path)) &&
    (match.type === undefined || match.type.toLowerCase() === target.type?.toLowerCase()) &&
    (match.externalId === undefined ||
      (target.externalId !== null && new RegExp(match.externalId).test(target.externalId)))
  );
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}

function numberOr(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}
