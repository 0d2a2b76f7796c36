/** Decisions of a file, or the offered ones. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { amountKeyOf } from '../../domain/exceptions/render-exception.ts';
import { explainRefusedRole } from '../../domain/mapping/chosen-role.ts';
import { suggestRole } from '../../domain/mapping/suggest-role.ts';
import { TieoutError } from '../../errors/tieout-error.ts';
import type { StoredException } from '../../store/exceptions.ts';
import type { Decision } from '../run/send-decision.ts';

const chosenRole = z.string().superRefine((role, context) => {
  const refused = explainRefusedRole(role);
  if (refused !== null) context.addIssue({ code: 'custom', message: refused });
});
const decisionsFile = z.array(z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sku'), key: z.string().min(1), choice: z.string().min(1), why: z.string().optional() }),
  z.strictObject({ kind: z.literal('amount'), key: z.tuple([z.string(), z.string(), z.string()]), choice: chosenRole, why: z.string().optional() }),
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
    const key = exception.code === 'unknown-amount' ? amountKeyOf(exception) : null;
    if (key === null) return [];
    const suggestion = suggestRole({ transactionType: key[0], amountType: key[1], amountDescription: key[2] });
    return suggestion ? [{ kind: 'amount', key, choice: suggestion.role, why: `suggested: ${suggestion.reason}` }] : [];
  });
}

/** The decisions that something waits for. */
export function openDecisions(decisions: readonly FileDecision[], exceptions: readonly StoredException[]): FileDecision[] {
  return decisions.filter((decision) => exceptions.some((exception) => decision.kind === 'sku'
    ? exception.code === 'sku-unknown' && exception.key === decision.key
    : exception.code === 'unknown-amount' && exception.subject.id === JSON.stringify(decision.key)));
}

/** The update that an operator would send for a decision of the file. */
export function updateOf(decision: FileDecision, by: string): Decision {
  const why = decision.why === undefined ? {} : { why: decision.why };
  if (decision.kind === 'sku') return { update: 'mapSku', args: { sku: decision.key, item: decision.choice, by, ...why } };
  const [transactionType, amountType, amountDescription] = decision.key;
  return { update: 'mapAmount', args: { transactionType, amountType, amountDescription, role: decision.choice, by, ...why } };
}
