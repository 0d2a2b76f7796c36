/** Decisions of a file, or the offered ones, each sent as the update that an operator would send. */
import { readFileSync } from 'node:fs';
import { WithStartWorkflowOperation, type Client } from '@temporalio/client';
import { z } from 'zod';
import { decisionsWorkflowId } from '../../domain/identifiers/workflow-id.ts';
import { workflowQueue } from '../../domain/identifiers/task-queue.ts';
import { suggestRole } from '../../domain/mapping/suggest-role.ts';
import { TieoutError } from '../../errors/tieout-error.ts';
import type { StoredException } from '../../store/exceptions.ts';
import type { ActivityPolicy } from '../../workflows/activity-policy.ts';
import type { DecisionResult, DecisionsInput, MapAmount, MapSku } from '../../workflows/decisions/decisions.contract.ts';

const decisionsFile = z.array(z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sku'), key: z.string().min(1), choice: z.string().min(1), why: z.string().optional() }),
  z.strictObject({ kind: z.literal('amount'), key: z.tuple([z.string(), z.string(), z.string()]), choice: z.string().min(1), why: z.string().optional() }),
]));
export type FileDecision = z.output<typeof decisionsFile>[number];

/** @throws TieoutError `decisions-file` with each place that is wrong. */
export function readDecisions(file: string): FileDecision[] {
  const refuse = (where: string[]) => new TieoutError({ code: 'decisions-file', what: `${file} is not a file of decisions.`, notDone: 'Nothing was started.', where, do: ['mend it: a JSON array of {kind, key, choice, why?}'] });
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw refuse([error instanceof Error ? error.message : String(error)]);
  }
  const parsed = decisionsFile.safeParse(json);
  if (parsed.success) return parsed.data;
  throw refuse(parsed.error.issues.map((issue) => `[${issue.path.join('].')}: ${issue.message}`));
}

/** The offered choices of open exceptions: only those that have one. */
export function suggestedDecisions(exceptions: readonly StoredException[]): FileDecision[] {
  return exceptions.flatMap((exception): FileDecision[] => {
    if (exception.code !== 'unknown-amount') return [];
    const key = JSON.parse(exception.subject.replace(/^amount:/, '')) as [string, string, string];
    const suggestion = suggestRole({ transactionType: key[0], amountType: key[1], amountDescription: key[2] });
    return suggestion ? [{ kind: 'amount', key, choice: suggestion.role, why: `suggested: ${suggestion.reason}` }] : [];
  });
}

/** The decisions that something waits for. */
export function openDecisions(decisions: readonly FileDecision[], exceptions: readonly StoredException[]): FileDecision[] {
  return decisions.filter((decision) => exceptions.some((exception) => decision.kind === 'sku'
    ? exception.code === 'sku-unknown' && exception.key === decision.key
    : exception.code === 'unknown-amount' && exception.subject === `amount:${JSON.stringify(decision.key)}`));
}

export async function sendDecision(client: Client, connection: string, policy: ActivityPolicy, decision: FileDecision, by: string): Promise<DecisionResult> {
  const input: DecisionsInput = { connection, policy, decisionsPerRun: 500 };
  const start = new WithStartWorkflowOperation('decisions', { workflowId: decisionsWorkflowId(connection), taskQueue: workflowQueue(), args: [input], workflowIdConflictPolicy: 'USE_EXISTING' });
  const why = decision.why === undefined ? {} : { why: decision.why };
  const [update, argument]: [string, MapSku | MapAmount] = decision.kind === 'sku'
    ? ['mapSku', { sku: decision.key, item: decision.choice, by, ...why }]
    : ['mapAmount', { transactionType: decision.key[0], amountType: decision.key[1], amountDescription: decision.key[2], role: decision.choice, by, ...why }];
  return client.workflow.executeUpdateWithStart(update, { args: [argument], startWorkflowOperation: start });
}
