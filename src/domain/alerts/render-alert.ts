/** Words of a message: for mail and Slack alike. */
import { renderDay, renderDayOfYear } from '../clocks/render-dates.ts';
import { counted, renderCount, renderMoney } from '../money/render-amount.ts';
import { parseMinor } from '../money/money.ts';
import { dayIn, timeIn, type Instant } from '../money/instant.ts';
import type { AlertLine, AlertLineKind, AlertMessage } from './alert-message.ts';

/** Lines of exceptions that a person reads in one go. */
const SHOWN = 12;

const HEADS: Readonly<Record<AlertLineKind, string>> = {
  opened: 'Opened',
  escalated: 'Open for long, and no note',
  open: 'Open',
  ended: 'Ended',
  passed: 'Opened, and ended since',
};

/** `demo-us: 14 exceptions since 14:00, largest 6,814.67 USD · 2 ended`; of a single thing its sentence. */
export function renderAlertSubject(message: AlertMessage, timeZone: string): string {
  return oneLine(`${message.connection}: ${summaryOf(message, timeZone)}`);
}

export function renderAlertText(message: AlertMessage, timeZone: string): string {
  const { exceptions, more } = message;
  const shown = exceptions.slice(0, SHOWN);
  const left = exceptions.length - shown.length + more;
  const lines = shown.flatMap((line, index) => [
    ...(shown[index - 1]?.event === line.event ? [] : ['', HEADS[line.event]]),
    ...linesOf(line, message, timeZone),
  ]);
  return [
    renderAlertSubject(message, timeZone),
    ...lines,
    ...(left === 0 ? [] : ['', `and ${renderCount(left)} more: npx tieout exceptions`]),
    ...(message.snoozed === 0 ? [] : ['', `${message.snoozed} put aside: npx tieout exceptions --snoozed`]),
  ].join('\n');
}

function summaryOf(message: AlertMessage, timeZone: string): string {
  const { kind, exceptions, day, owners } = message;
  if (kind === 'test') return 'a test message; this channel works';
  const of = (event: AlertLineKind) => exceptions.filter((line) => line.event === event);
  if (kind === 'digest') {
    const open = of('open');
    const on = `${renderDay(day!)}, ${owners.join(', ')}`;
    if (open.length === 0) return `${on}: nothing waits`;
    const holding = open.filter(({ holdsUp }) => holdsUp).length;
    return `${on}: ${counted(open.length + message.more, 'thing')} open${holding === 0 ? '' : `, ${holding} of them ${holding === 1 ? 'holds' : 'hold'} something up`}${largest(open)}`;
  }
  const only = exceptions.length === 1 && message.more === 0 ? exceptions[0]! : null;
  if (only !== null) return `${WORDS[only.event]}${only.what}`;
  const opened = of('opened');
  const counts: [number, (count: string) => string][] = [
    [of('escalated').length, (count) => `${count} open for long without a note`],
    [of('ended').length, (count) => `${count} ended`],
    [of('passed').length, (count) => `${count} came and ended`],
  ];
  return [
    ...(opened.length === 0
      ? []
      : [
          `${counted(opened.length + message.more, 'exception')} since ${momentOf(opened, message.at, timeZone)}${largest(opened)}`,
        ]),
    ...counts.flatMap(([count, say]) => (count === 0 ? [] : [say(String(count))])),
  ].join(' · ');
}

const WORDS: Readonly<Record<AlertLineKind, string>> = {
  opened: '',
  open: '',
  escalated: 'open for long, and no note: ',
  ended: 'ended: ',
  passed: 'opened and ended: ',
};

/** When the first of them opened: `14:00`, `28 Oct 14:00` where that is another day. */
function momentOf(lines: readonly AlertLine[], at: Instant, timeZone: string): string {
  const first = lines.flatMap(({ since }) => since ?? []).sort()[0] ?? at;
  return localMoment(first, at, timeZone);
}

function localMoment(instant: Instant, at: Instant, timeZone: string): string {
  const day = dayIn(instant, timeZone);
  const time = timeIn(instant, timeZone);
  return day === dayIn(at, timeZone) ? time : `${renderDayOfYear(day)} ${time}`;
}

/** The largest amount at stake of each currency. */
function largest(lines: readonly AlertLine[]): string {
  const found = new Map<string, bigint>();
  for (const { atStake, currency } of lines) {
    if (atStake === null || currency === null) continue;
    const minor = parseMinor(atStake, currency) ?? 0n;
    const before = found.get(currency);
    if (before === undefined || sizeOf(minor) > sizeOf(before)) found.set(currency, minor);
  }
  const amounts = [...found].map(([currency, minor]) => renderMoney(minor, currency));
  return amounts.length === 0 ? '' : `, largest ${amounts.join(', ')}`;
}

const sizeOf = (minor: bigint): bigint => (minor < 0n ? -minor : minor);

function linesOf(line: AlertLine, { at }: AlertMessage, timeZone: string): string[] {
  const { number, what, atStake, currency, owner, assignee, next, since, ended, resolution, perhapsTold } = line;
  const amount = atStake === null || currency === null ? [] : [renderMoney(parseMinor(atStake, currency)!, currency)];
  const who = owner.replace(/^./, (letter) => letter.toUpperCase());
  const facts = [
    ...amount,
    assignee === null ? who : `${who}: ${assignee}`,
    ...(since === null ? [] : [`since ${localMoment(since, at, timeZone)}`]),
    ...(ended === null ? [] : [`ended ${localMoment(ended, at, timeZone)}`]),
    ...(perhapsTold ? ['perhaps not told before'] : []),
  ];
  return [
    `#${number} ${oneLine(what)}`,
    `  ${facts.join(' · ')}`,
    ...(next === null ? [] : [`  ${oneLine(next)}`]),
    ...(resolution === null ? [] : [`  ${oneLine(resolution)}`]),
  ];
}

/** What came from outside may hold anything; here it is one line. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
