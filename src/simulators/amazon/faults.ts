/**
 * Faults that a caller switches on. `lost-before`: the connection breaks before anything is done; `lost-after`: it is
 * done, the answer is lost; `truncated-gzip`: a document ends early though its length is as announced;
 * `reset-mid-body`: the connection breaks in the middle of a body; `small-chunks`: the body comes whole, but seven bytes
 * at a time, which splits characters of several bytes.
 */
export const FAULT_KINDS = [
  'lost-before',
  'lost-after',
  '429',
  '500',
  '503',
  'slow',
  'truncated-gzip',
  'reset-mid-body',
  'small-chunks',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export interface Fault {
  match: { path?: string; method?: string };
  kind: FaultKind;
  times: number;
  delayMs: number;
}

export class Faults {
  #waiting: Fault[] = [];

  /** Throws with a sentence when the description is not one of a fault. */
  add(description: unknown): Fault {
    const { match = {}, kind, times = 1, delayMs = 2_000 } = (description ?? {}) as Partial<Fault>;
    if (!FAULT_KINDS.includes(kind as FaultKind)) throw new Error(`kind must be one of ${FAULT_KINDS.join(', ')}`);
    if (match.path !== undefined) new RegExp(match.path);
    const fault: Fault = { match, kind: kind as FaultKind, times, delayMs };
    this.#waiting.push(fault);
    return fault;
  }

  clear(): void {
    this.#waiting = [];
  }

  list(): readonly Fault[] {
    return this.#waiting;
  }

  /** The fault that hits this call, counted down; null when none does. */
  take(method: string, path: string): Fault | null {
    const fault = this.#waiting.find(
      ({ match }) =>
        (match.method === undefined || match.method.toUpperCase() === method) &&
        (match.path === undefined || new RegExp(match.path).test(path)),
    );
    if (!fault) return null;
    fault.times -= 1;
    if (fault.times <= 0) this.#waiting = this.#waiting.filter((other) => other !== fault);
    return fault;
  }
}
