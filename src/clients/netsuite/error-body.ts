import { z } from 'zod';
import { parseJson } from '../http/json-text.ts';
import type { NetSuiteErrorBody } from './netsuite-client.ts';

/** NetSuite's error form (NSHELP section_156570709583): several details may come together. */
const errorForm = z.looseObject({
  title: z.string().optional(),
  'o:errorDetails': z.array(
    z.looseObject({
      detail: z.string().default(''),
      'o:errorCode': z.string().default(''),
      'o:errorPath': z.string().optional(),
    }),
  ),
});

/** The error that an answer carries, or null when its text is not NetSuite's (a proxy's page, half an answer). */
export function readErrorBody(status: number, text: string): NetSuiteErrorBody | null {
  let json: unknown;
  try {
    json = parseJson(text);
  } catch {
    return null;
  }
  const form = errorForm.safeParse(json);
  if (!form.success) return null;
  return {
    status,
    title: form.data.title ?? '',
    details: form.data['o:errorDetails'].map((entry) => ({
      code: entry['o:errorCode'],
      detail: entry.detail,
      ...(entry['o:errorPath'] === undefined ? {} : { path: entry['o:errorPath'] }),
    })),
  };
}

/** One line for people: the details, else title and status. */
export function errorSentence(body: NetSuiteErrorBody): string {
  const details = body.details
    .map(({ detail }) => detail.replace(/^Error while accessing a resource[.:]\s*/, '').trim())
    .filter(Boolean);
  return details.join(' · ') || `${body.title || 'HTTP'} ${body.status}`;
}
