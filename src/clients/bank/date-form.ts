import type { Day } from '../../domain/money/instant.ts';
import { readDay } from './statement.ts';

const ISO = 'YYYY-MM-DD';
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const PARTS: Readonly<Record<string, string>> = {
  YYYY: '(?<year>\\d{4})',
  YY: '(?<year>\\d{2})',
  MMM: '(?<month>[A-Za-z]{3})',
  MM: '(?<month>\\d{1,2})',
  DD: '(?<day>\\d{1,2})',
};

/**
 * The day that a text names in a form like `DD.MM.YYYY`, or null. Day and month may go without their zero where marks part
 * them; two digits of a year are of this century; a time behind the day is let be.
 */
export function readDayIn(text: string, form: string = ISO): Day | null {
  if (form === ISO) return readDay(text);
  const groups = patternOf(form).exec(text)?.groups;
  if (!groups) return null;
  const { year, month, day } = groups as { year: string; month: string; day: string };
  const number = /\D/.test(month) ? String(MONTHS.indexOf(month.toLowerCase()) + 1) : month;
  return readDay(`${year.length === 2 ? `20${year}` : year}-${number.padStart(2, '0')}-${day.padStart(2, '0')}`);
}

function patternOf(form: string): RegExp {
  const marked = /[-./ ]/.test(form);
  const pattern = form.replace(
    /YYYY|YY|MMM|MM|DD|[-./ ]/g,
    (part) => PARTS[part]?.replace('{1,2}', marked ? '{1,2}' : '{2}') ?? `\\${part}`,
  );
  return new RegExp(`^${pattern}(?:[ T]\\d{1,2}:\\d\\d.*)?$`);
}
