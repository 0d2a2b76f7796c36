/** `Prefer: respond-async`: the request becomes a job; an idempotency key names it once (NetSuite: NSHELP subsect_164494900632). */
import { isFields, type Json } from '../json.ts';
import { noSuchRecord, Refusal } from '../refusal.ts';
import type { Answer, ApiRequest } from './request.ts';

interface Job {
  id: string;
  result: Answer | null;
}
const ROOT = '/services/rest/async/v1/job';

export class AsyncJobs {
  readonly #jobs = new Map<string, Job>();
  readonly #byKey = new Map<string, string>();

  /** Takes the request and answers 202 at once; `run` is called soon after. A key that is known answers 400 and names its job. */
  start(request: ApiRequest, run: () => Answer): Answer {
    const key = request.headers['x-netsuite-idempotency-key'];
    const earlier = typeof key === 'string' ? this.#byKey.get(key) : undefined;
    if (earlier !== undefined) {
      throw new Refusal(
        400,
        [{ code: 'IDEMPOTENCY_ERROR', detail: 'A request with the same idempotency key is already submitted.' }],
        {
          title: 'Conflict',
          headers: { Location: `${request.origin}${ROOT}/${earlier}` },
        },
      );
    }
    const job: Job = { id: String(this.#jobs.size + 1), result: null };
    this.#jobs.set(job.id, job);
    if (typeof key === 'string') this.#byKey.set(key, job.id);
    setImmediate(() => {
      job.result = run();
    });
    return {
      status: 202,
      headers: { Location: `${request.origin}${ROOT}/${job.id}`, 'Preference-Applied': 'respond-async' },
    };
  }

  /** The job, its one task, and the task's result. */
  handle(request: ApiRequest): Answer {
    const [id = '', task, number, result] = request.path.slice(ROOT.length + 1).split('/');
    const job = this.#jobs.get(id);
    if (!job) throw noSuchRecord();
    const completed = job.result !== null;
    const self = `${request.origin}${ROOT}/${id}`;
    if (task === undefined)
      return {
        status: 200,
        body: {
          completed,
          id,
          progress: completed ? 'succeeded' : 'processing',
          task: { links: [{ rel: 'self', href: `${self}/task` }] },
        },
      };
    const one: Json = {
      id: '1',
      completed,
      progress: completed ? 'succeeded' : 'processing',
      links: [{ rel: 'self', href: `${self}/task/1` }],
    };
    if (number === undefined)
      return { status: 200, body: { count: 1, hasMore: false, items: [one], offset: 0, totalResults: 1 } };
    if (number !== '1') throw noSuchRecord();
    if (result === undefined) return { status: 200, body: one };
    if (!job.result) throw noSuchRecord();
    return job.result;
  }
}

/** The external id in a body, as far as it can be read; faults are chosen by it. */
export function externalIdOf(text: string): string | null {
  try {
    const body: unknown = JSON.parse(text);
    const id = isFields(body) ? body['externalId'] : null;
    return typeof id === 'string' ? id : null;
  } catch {
    return null;
  }
}
