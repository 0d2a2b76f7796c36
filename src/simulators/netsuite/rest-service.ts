/** One request through the service: gate, token, fault, handler. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Company } from './company.ts';
import type { EnteredLater } from './entered-later.ts';
import { FaultList, type Fault } from './faults.ts';
import { invalidLogin, notBuilt, Refusal, tooManyRequests, unexpectedError, userError } from './refusal.ts';
import { handleAdmin } from './routes/admin-routes.ts';
import { AsyncJobs, externalIdOf } from './routes/async-jobs.ts';
import { QueryRoute } from './routes/query-route.ts';
import { handleRecord, recordTypeOf, refuseNotBuilt } from './routes/record-routes.ts';
import { prefers, type Answer, type ApiRequest } from './routes/request.ts';
import type { TokenDesk } from './token.ts';

/** The connection is dropped without an answer. */
export const NO_ANSWER = Symbol('no answer');

export class RestService {
  readonly faults = new FaultList();
  readonly #company: Company;
  readonly #tokens: TokenDesk;
  readonly #entered: EnteredLater;
  readonly #jobs = new AsyncJobs();
  readonly #queries: QueryRoute;
  #underWay = 0;
  #errors = 0;

  constructor(company: Company, tokens: TokenDesk, entered: EnteredLater) {
    this.#company = company;
    this.#entered = entered;
    this.#tokens = tokens;
    this.#queries = new QueryRoute(company);
  }

  async answer(request: ApiRequest): Promise<Answer | typeof NO_ANSWER> {
    try {
      this.#entered.enter();
      if (!request.path.startsWith('/services/rest/'))
        return handleAdmin(this.#company, this.faults, this.#tokens, request);
      if (request.path === '/services/rest/auth/oauth2/v1/token') return this.#issueToken(request);
      return await this.#gated(request);
    } catch (error) {
      return this.#refused(error);
    }
  }

  /** Concurrency is counted over all requests under way (NetSuite: NSHELP bridgehead_1500275603); there is no Retry-After. */
  async #gated(request: ApiRequest): Promise<Answer | typeof NO_ANSWER> {
    if (this.#underWay >= this.#company.switches.concurrency) throw tooManyRequests();
    this.#underWay += 1;
    try {
      this.#tokens.check(request.headers['authorization']);
      const target = {
        method: request.method,
        path: request.path,
        type: recordTypeOf(request.path),
        externalId: externalIdOf(request.text),
      };
      const fault = this.faults.take(target);
      const early = fault && this.#before(fault);
      if (early) return early;
      if (this.#company.switches.latencyMs > 0) await wait(this.#company.switches.latencyMs);
      const answer = this.#handle(request);
      return fault ? await this.#after(fault, answer) : answer;
    } finally {
      this.#underWay -= 1;
    }
  }

  /** Faults that keep the request from being carried out. */
  #before({ kind }: Fault): typeof NO_ANSWER | null {
    switch (kind) {
      case 'lost-before-commit':
        return NO_ANSWER;
      case '429':
        throw tooManyRequests();
      case '401':
        throw invalidLogin();
      case '500-before-commit':
        throw this.#unexpected();
      case 'changed':
        throw userError('Record has been changed');
      case 'workflow-lock':
        throw userError('This record has been locked by a user defined workflow.');
      // Recorded where a role lacks a permission, with 400 and without the sentence before it.
      case 'no-permission':
        throw new Refusal(400, [
          { code: 'USER_ERROR', detail: 'Your current role does not have permission to perform this action.' },
        ]);
      default:
        return null;
    }
  }

  /** Faults that strike when it has been carried out. */
  async #after({ kind, delayMs }: Fault, answer: Answer): Promise<Answer | typeof NO_ANSWER> {
    if (kind === 'lost-after-commit') return NO_ANSWER;
    if (kind === '500-after-commit') throw this.#unexpected();
    if (kind === 'slow') await wait(delayMs, undefined, { ref: false });
    return answer;
  }

  #handle(request: ApiRequest): Answer {
    if (request.path.startsWith('/services/rest/async/v1/job/')) return this.#jobs.handle(request);
    refuseNotBuilt(request);
    if (prefers(request, 'respond-async')) return this.#jobs.start(request, () => this.#caught(request));
    return this.#route(request);
  }

  #route(request: ApiRequest): Answer {
    if (request.path.startsWith('/services/rest/record/v1/')) return handleRecord(this.#company, request);
    if (request.path === '/services/rest/query/v1/suiteql') return this.#queries.handle(request);
    throw notBuilt(`${request.method} ${request.path}`);
  }

  #caught(request: ApiRequest): Answer {
    try {
      return this.#route(request);
    } catch (error) {
      return this.#refused(error);
    }
  }

  #issueToken(request: ApiRequest): Answer {
    return { status: 200, body: { ...this.#tokens.issue(new URLSearchParams(request.text)) } };
  }

  #refused(error: unknown): Answer {
    const refusal = error instanceof Refusal ? error : this.#unexpected(error);
    return { status: refusal.status, headers: refusal.headers, body: refusal.body() };
  }

  /** 500 with an error id; a bug of the simulator's own goes to stderr with it. */
  #unexpected(error?: unknown): Refusal {
    this.#errors += 1;
    const id = `sim${String(this.#errors).padStart(8, '0')}`;
    if (error !== undefined)
      process.stderr.write(
        `NetSuite simulator, error ${id}: ${error instanceof Error ? error.stack : String(error)}\n`,
      );
    return unexpectedError(id);
  }
}
