/**
 * Faults that a caller switches on. `lost-before`: the connection breaks before anything is done; `lost-after`: it is
 * done, the answer is lost; `truncated-gzip`: a document ends early though its length is as announced;
 * `reset-mid-body`: the connection breaks in the middle of a body; `small-chunks`: the body comes whole, but seven bytes
 * at a time, which splits characters of several bytes; `changed`: `change` puts one text in the place of another, so that a
 * single row, order or amount is as nobody expects it. `403` and `404` are the document store's own where it is called.
 */
export const FAULT_KINDS = [
  'lost-before',
  'lost-after',
  '403',
  '404',
  '429',
  '500',
  '503',
  'slow',
  'truncated-gzip',
  'reset-mid-body',
  'small-chunks',
  'changed',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** The first text that matches is replaced, `$1` as in JavaScript. In JSON the text is as it goes out, escapes and all. */
export interface Change {
  find: string;
  put: string;
}

export interface Fault {
  /** `holds`: only an answer, or an unpacked document, that holds it. */
  match: { path?: string; method?: string; holds?: string };
  kind: FaultKind;
  times: number;
  delayMs: number;
  change?: Change;
}

export class Faults {
  #waiting: Fault[] = [];

  /** Throws with a sentence when the description is not one of a fault. */
  add(description: unknown): Fault {
    const { match = {}, kind, times = 1, delayMs = 2_000, change } = (description ?? {}) as Partial<Fault>;
    if (!FAULT_KINDS.includes(kind as FaultKind)) throw new Error(`kind must be one of ${FAULT_KINDS.join(', ')}`);
    for (const pattern of [match.path, match.holds, change?.find]) if (pattern !== undefined) new RegExp(pattern);
    if ((kind === 'changed') !== (change !== undefined)) throw new Error('change belongs to the kind changed');
    if (match.holds !== undefined && (kind === 'lost-before' || kind === 'slow'))
      throw new Error(`${kind} strikes before there is an answer: it cannot go by what that holds`);
    const fault: Fault = { match, kind: kind as FaultKind, times, delayMs, ...(change ? { change } : {}) };
    this.#waiting.push(fault);
    return fault;
  }

  clear(): void {
    this.#waiting = [];
  }

  list(): readonly Fault[] {
    return this.#waiting;
  }

  /** Whether some fault goes by what an answer holds. */
  get readsAnswers(): boolean {
    return this.#waiting.some(readsAnswer);
  }

  /** The fault that hits this call whatever it answers, counted down; null when none does. */
  take(method: string, path: string): Fault | null {
    return this.#takeFirst((fault) => !readsAnswer(fault) && isCalled(fault, method, path));
  }

  /** The fault that hits a call for what its answer holds, counted down. */
  takeHolding(method: string, path: string, text: string): Fault | null {
    return this.#takeFirst(
      (fault) => fault.kind !== 'changed' && readsAnswer(fault) && isCalled(fault, method, path) && holds(fault, text),
    );
  }

  /** All changes that have something to change in an answer, each counted down. */
  takeChanges(method: string, path: string, text: string): Change[] {
    const changes: Change[] = [];
    for (const fault of this.#waiting) {
      if (fault.kind !== 'changed' || !isCalled(fault, method, path) || !holds(fault, text)) continue;
      if (!new RegExp(fault.change!.find).test(text)) continue;
      changes.push(fault.change!);
      this.#countDown(fault);
    }
    return changes;
  }

  #takeFirst(hits: (fault: Fault) => boolean): Fault | null {
    const fault = this.#waiting.find(hits);
    if (!fault) return null;
    this.#countDown(fault);
    return fault;
  }

  #countDown(fault: Fault): void {
    fault.times -= 1;
    if (fault.times <= 0) this.#waiting = this.#waiting.filter((other) => other !== fault);
  }
}

const readsAnswer = ({ kind, match }: Fault): boolean => kind === 'changed' || match.holds !== undefined;

const holds = ({ match }: Fault, text: string): boolean =>
  match.holds === undefined || new RegExp(match.holds).test(text);

const isCalled = ({ match }: Fault, method: string, path: string): boolean =>
  (match.method === undefined || match.method.toUpperCase() === method) &&
  (match.path === undefined || new RegExp(match.path).test(path));
