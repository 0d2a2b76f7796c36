import { describe, expect, test } from '@jest/globals';
import {
  digestMessage,
  exceptionsMessage,
  testMessage,
  type PendingEvent,
  type ToldException,
} from '../../../src/domain/alerts/alert-message.ts';
import { renderAlertSubject, renderAlertText } from '../../../src/domain/alerts/render-alert.ts';

const ZONE = 'America/Los_Angeles';
const HEAD = { id: 'a', connection: 'demo-us', at: '2026-11-03T22:05:00Z', owners: ['operations'] } as const;
const SKU: ToldException = {
  id: 41,
  code: 'sku-unknown',
  owner: 'operations',
  evidence: { what: 'NetSuite has no item for SKU BLU-MUG-2 · 9 orders', atStake: 21_491n, currency: 'USD' },
  remedy: { kind: 'map-sku', sku: 'BLU-MUG-2' },
  opened: 1,
  openSince: '2026-11-03T22:00:00Z',
  closedAt: null,
  resolution: null,
  assignee: null,
};
const many = (count: number, over: (index: number) => Partial<ToldException> = () => ({})): PendingEvent[] =>
  Array.from({ length: count }, (_, index) => ({
    kind: 'opened',
    opened: 1,
    exception: { ...SKU, id: index + 1, ...over(index) },
  }));
const of = (kind: PendingEvent['kind'], over: Partial<ToldException> = {}, opened = 1): PendingEvent => ({
  kind,
  opened,
  exception: { ...SKU, ...over },
});
const subjectOf = (...events: PendingEvent[]) => renderAlertSubject(exceptionsMessage(HEAD, events), ZONE);

describe('one exception', () => {
  test('is told by its sentence, the amount, its owner and the next step, as the terminal has them', () => {
    expect(renderAlertText(exceptionsMessage(HEAD, [of('opened')]), ZONE)).toBe(
      [
        'demo-us: NetSuite has no item for SKU BLU-MUG-2 · 9 orders',
        '',
        'Opened',
        '#41 NetSuite has no item for SKU BLU-MUG-2 · 9 orders',
        '  214.91 USD · Operations · since 14:00',
        '  npx tieout map-sku BLU-MUG-2 ITEM --why "…"',
      ].join('\n'),
    );
  });

  test('that ended says how, and asks for nothing', () => {
    const ended = { closedAt: '2026-11-03T22:04:00Z', resolution: 'BLU-MUG' };
    const text = renderAlertText(exceptionsMessage(HEAD, [of('ended', ended)]), ZONE);
    expect(text.split('\n')[0]).toBe('demo-us: ended: NetSuite has no item for SKU BLU-MUG-2 · 9 orders');
    expect(text).toContain('ended 14:04\n  BLU-MUG');
    expect(text).not.toContain('npx tieout');
    expect(subjectOf(of('opened', ended), of('ended', ended))).toContain('opened and ended: ');
  });

  test('of a text that came from outside is one line, and no header of a mail', () => {
    const what = 'line\r\nBcc: somebody@example.com';
    expect(subjectOf(of('opened', { evidence: { what, atStake: null, currency: null } }))).toBe(
      'demo-us: line Bcc: somebody@example.com',
    );
  });

  test('that is over is not escalated, and the end of an earlier time is told apart from the time that is', () => {
    expect(exceptionsMessage(HEAD, [of('escalated', { closedAt: HEAD.at })]).exceptions).toEqual([]);
    const again = { opened: 2, openSince: '2026-11-03T22:04:00Z' };
    const { exceptions } = exceptionsMessage(HEAD, [of('ended', again), of('opened', again, 2)]);
    expect(exceptions).toMatchObject([
      { event: 'opened', since: '2026-11-03T22:04:00Z', next: expect.stringContaining('map-sku') },
      { event: 'ended', since: null, ended: null, next: null, resolution: 'it has opened again since' },
    ]);
  });
});

describe('many at once', () => {
  test('are one message: how many, since when, the largest of each currency, what holds up first', () => {
    const events = many(14, (index) => ({
      openSince: index === 3 ? '2026-11-02T22:00:00Z' : SKU.openSince,
      ...(index === 5 ? { evidence: { ...SKU.evidence, atStake: -681_467n } } : {}),
      ...(index === 7 ? { evidence: { ...SKU.evidence, atStake: 12n, currency: 'EUR' } } : {}),
      ...(index === 0 ? { code: 'drift' as const } : {}),
    }));
    const message = exceptionsMessage(HEAD, events);
    expect(renderAlertSubject(message, ZONE)).toBe(
      'demo-us: 14 exceptions since 2 Nov 14:00, largest −6,814.67 USD, 0.12 EUR',
    );
    expect(message.exceptions[0]).toMatchObject({ number: 6, atStake: '-6814.67' });
    expect(message.exceptions.at(-1)).toMatchObject({ number: 1, code: 'drift' });
    expect(renderAlertText(message, ZONE)).toContain('and 2 more: npx tieout exceptions');
  });

  test('of several kinds say how many of each', () => {
    const ended = { closedAt: '2026-11-03T22:04:00Z', resolution: 'mended' };
    expect(subjectOf(...many(2), of('ended', { ...ended, id: 9 }), of('escalated', { id: 10 }))).toBe(
      'demo-us: 2 exceptions since 14:00, largest 214.91 USD · 1 open for long without a note · 1 ended',
    );
  });

  test('are counted where they are too many for a message', () => {
    const message = exceptionsMessage(HEAD, many(4_000));
    expect([message.exceptions.length, message.more]).toEqual([500, 3_500]);
    expect(renderAlertSubject(message, ZONE)).toContain('4,000 exceptions since 14:00');
    expect(renderAlertText(message, ZONE)).toContain('and 3,988 more');
  });
});

describe('a digest', () => {
  const digest = (open: ToldException[], over: { snoozed?: number; perhapsTold?: PendingEvent[] } = {}) =>
    renderAlertText(digestMessage(HEAD, { day: '2026-11-03', open, snoozed: 0, perhapsTold: [], ...over }), ZONE);

  test('says what is open, and what holds something up', () => {
    expect(digest([SKU, { ...SKU, id: 42, code: 'drift' }])).toContain(
      'demo-us: 3 Nov 2026, operations: 2 things open, 1 of them holds something up, largest 214.91 USD\n\nOpen\n#41',
    );
  });

  test('says that nothing waits, and what is put aside', () => {
    expect(digest([], { snoozed: 2 })).toBe(
      'demo-us: 3 Nov 2026, operations: nothing waits\n\n2 put aside: npx tieout exceptions --snoozed',
    );
  });

  test('tells again what may not have come', () => {
    const ended = { id: 43, closedAt: '2026-11-03T21:00:00Z', resolution: 'mended' };
    const text = digest([SKU], { perhapsTold: [of('opened'), of('ended', ended)] });
    expect(text.match(/perhaps not told before/g)).toHaveLength(2);
    expect(text).toContain('Ended\n#43');
  });
});

test('a test says so', () => {
  expect(renderAlertText(testMessage(HEAD), ZONE)).toBe('demo-us: a test message; this channel works');
});
