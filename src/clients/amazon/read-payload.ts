/** What the readers of Amazon's payloads share: instants, amounts, counts, and the noting of what is unknown. */
import { z } from 'zod';
import { digitsOf, parseMinor, type CurrencyCode } from '../../domain/money/money.ts';
import { instantOf, type Instant } from '../../domain/money/instant.ts';
import type { DriftNotice } from './drift-notice.ts';
import { fingerprint, type UnreadRecord } from './unread-record.ts';

const ZONED = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/;

/** An ISO 8601 instant with its zone, to the second in UTC; null when the text is not one. */
export function readInstant(text: string): Instant | null {
  if (!ZONED.test(text)) return null;
  const epochMs = Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  return Number.isNaN(epochMs) ? null : instantOf(epochMs);
}

/** Schema of an instant. */
export const instant = z.string().transform((text, context): Instant => {
  const read = readInstant(text);
  if (read !== null) return read;
  context.addIssue({ code: 'custom', message: `"${text}" is not an instant` });
  return z.NEVER;
});

/** Schema of a whole number, whose token arrives as text. */
export const count = z.string().regex(/^\d+$/, 'is not a whole number').transform(Number);

/**
 * Minor units of an amount that Amazon wrote as a number. Its services compute with doubles, so a token may have
 * more digits than the currency (`12.299999999999999`): such a tail is rounded to the nearest minor unit.
 * @returns null when the text is no decimal, or when its third decimal is a real one (`12.345`)
 */
export function minorOfNumber(text: string, currency: CurrencyCode): bigint | null {
  const exact = parseMinor(text, currency);
  if (exact !== null) return exact;
  const digits = digitsOf(currency);
  const match = /^(-?)(\d+)\.(\d+)$/.exec(text);
  if (!match || match[3]!.length < digits + 6) return null;
  const tail = match[3]!.slice(digits);
  if (!/^(0{4,}|9{4,})/.test(tail)) return null;
  const kept = BigInt(match[2]! + match[3]!.slice(0, digits)) + (tail.startsWith('9') ? 1n : 0n);
  return match[1] ? -kept : kept;
}

/** A deduction, whichever sign it was written with. */
export function notPositive(minor: bigint): bigint {
  return minor > 0n ? -minor : minor;
}

/** Collects notices, each once, and records that cannot be read. */
export class DriftNotes {
  readonly #notices = new Map<string, DriftNotice>();
  readonly #unread = new Map<string, UnreadRecord>();

  note(where: string, what: string): void {
    this.#notices.set(`${where}\n${what}`, { where, what });
  }

  /** Notes every field of a payload that the reader does not know. Only names are kept, never values. */
  unknownFields(where: string, payload: object, known: readonly string[]): void {
    for (const name of Object.keys(payload)) {
      if (!known.includes(name)) this.note(where, `unknown field ${name}`);
    }
  }

  /** Notes a record that Amazon's model does not allow, by its id and the field that is wrong: it is put aside, and the others are read. */
  unreadable(
    of: Pick<UnreadRecord, 'record'> & {
      id: unknown;
      orderId?: string | null;
      changedAt?: unknown;
      span?: [unknown, unknown];
    },
    payload: unknown,
    error: z.ZodError,
  ): void {
    const [issue] = error.issues;
    const path = issue?.path ?? [];
    const value = path.reduce<unknown>(
      (inner, name) => (inner as Record<PropertyKey, unknown> | null)?.[name],
      payload,
    );
    const text = typeof value === 'string' ? value : JSON.stringify(value ?? '');
    const { record, orderId = null } = of;
    const id = typeof of.id === 'string' ? of.id : `(${fingerprint(payload)})`;
    const instantIn = (told: unknown) => (typeof told === 'string' ? readInstant(told) : null);
    const [start, end] = of.span?.map(instantIn) ?? [];
    this.#unread.set(`${record} ${id}`, {
      record,
      id,
      orderId,
      field: path.join('.'),
      text,
      why: issue?.message ?? 'is not as it is documented',
      since: instantIn(of.changedAt),
      ...(start && end ? { span: { start, end } } : {}),
    });
  }

  /** The records of a listing by themselves; those that cannot be read are noted. `of` names one by what it holds. */
  readable<T>(
    payloads: readonly unknown[] | null | undefined,
    schema: z.ZodType<T>,
    of: (payload: Record<string, unknown>) => Parameters<DriftNotes['unreadable']>[0],
  ): T[] {
    return (payloads ?? []).flatMap((payload) => {
      const parsed = schema.safeParse(payload);
      if (parsed.success) return [parsed.data];
      this.unreadable(of((payload ?? {}) as Record<string, unknown>), payload, parsed.error);
      return [];
    });
  }

  get unread(): UnreadRecord[] {
    return [...this.#unread.values()];
  }

  get all(): DriftNotice[] {
    return [...this.#notices.values()];
  }
}
