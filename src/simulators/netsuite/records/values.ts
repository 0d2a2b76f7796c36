/** Reading single values out of a document. */
import type { Company } from '../company.ts';
import { symbolOf } from '../company.ts';
import { currencyDigits, toUnits } from '../decimal.ts';
import type { FieldValues } from '../ledger/transaction.ts';
import { invalidValue, missingValue } from '../refusal.ts';

export function textOf(values: FieldValues, name: string): string | null {
  const value = values[name];
  return typeof value === 'string' ? value : null;
}

export function flagOf(values: FieldValues, name: string, otherwise: boolean): boolean {
  const value = values[name];
  return typeof value === 'boolean' ? value : otherwise;
}

export function numberOf(values: FieldValues, name: string): number | null {
  const value = values[name];
  return typeof value === 'number' ? value : null;
}

/** A value that must be there: without it NetSuite asks for it by its label. */
export function requiredText(values: FieldValues, name: string, label: string): string {
  const text = textOf(values, name);
  if (text === null || text === '') throw missingValue(label);
  return text;
}

/** Minor units of an amount; null when it is not there. More decimals than the currency has are refused. */
export function amountOf(
  company: Company,
  currency: string,
  values: FieldValues,
  name: string,
  path: string,
): bigint | null {
  const text = textOf(values, name);
  if (text === null) return null;
  const units = toUnits(text, currencyDigits(symbolOf(company, currency)));
  if (units === null) throw invalidValue(text, name, path);
  return units;
}

/** Department, class and location of a line. */
export function dimensionsOf(values: FieldValues): {
  department: string | null;
  class: string | null;
  location: string | null;
} {
  return {
    department: textOf(values, 'department'),
    class: textOf(values, 'class'),
    location: textOf(values, 'location'),
  };
}

/** `custcol_…` values of a line, as text. */
export function customColumns(values: FieldValues): { custom?: Record<string, string> } {
  const columns = Object.entries(values).filter(([name]) => name.startsWith('custcol'));
  return columns.length === 0
    ? {}
    : { custom: Object.fromEntries(columns.map(([name, value]) => [name, String(value)])) };
}
