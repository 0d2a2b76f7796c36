/** The close in sentences: what stands in Temporal's details, on the terminal and later on pages. */
import { causesOf, type CloseItem } from './close-item.ts';
import { countItems, type Close } from './close.ts';
import { renderPeriod } from './calendar.ts';
import type { SignedStanding } from './signature.ts';

/** `October 2026: 9 of 14 items tie, stock and tax not used. Cannot be signed: 3 open, from 2 decisions.` */
export function renderClose(close: Close): string {
  const { tie, of, carried, waiting, open, notUsed, decisions } = countItems(close);
  const said = [
    `${tie} of ${of} items tie`,
    ...(carried === 0 ? [] : [`${carried} carried`]),
    ...(notUsed.length === 0 ? [] : [`${listed(notUsed)} not used`]),
  ];
  const head = `${renderPeriod(close.period)}: ${said.join(', ')}.`;
  const held = [
    ...(open === 0 ? [] : [`${open} open, from ${decisions} ${decisions === 1 ? 'decision' : 'decisions'}`]),
    ...(waiting === 0 ? [] : [`${waiting} ${waiting === 1 ? 'waits' : 'wait'} for Amazon`]),
  ];
  if (held.length > 0) return `${head} ${close.isOver ? 'Cannot be signed' : 'So far'}: ${held.join('; ')}.`;
  return `${head} ${close.isOver ? `It can be signed, due ${close.due}.` : 'The month is not over.'}`;
}

/** `a`, `a and b`, `a, b and c`. */
function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** Who must act for what, one line an open item. */
export function renderOpenItems({ items }: Pick<Close, 'items'>): string[] {
  return items
    .filter(({ state }) => state === 'open' || state === 'waits')
    .map((item) => `${item.name}: ${saidOf(item)}`);
}

function saidOf({ state, owner, figures }: CloseItem): string {
  if (state === 'waits') {
    const until = figures
      .flatMap((figure) => figure.until ?? [])
      .sort()
      .at(-1);
    return `waits for Amazon${until === undefined ? '' : ` until ${until}`}`;
  }
  const findings = figures.filter((figure) => figure.state === 'open').flatMap(({ open }) => open);
  const first = findings[0];
  const causes = causesOf(findings);
  const more = causes > 1 ? ` (and ${causes - 1} more)` : '';
  return `${owner} · ${first?.what ?? 'differs'}${more}${first?.act ? `: ${first.act}` : ''}`;
}

/** `signed by maria`, and how it stands now. */
export function renderSigned({ signer, at }: { signer: string; at: string }, standing: SignedStanding | null): string {
  const signed = `signed by ${signer} on ${at.slice(0, 10)}`;
  if (standing === null || standing.kind === 'as-signed') return signed;
  if (standing.kind === 'late-facts') return `${signed}; ${standing.said}`;
  const { differences } = standing;
  return `${signed}; no longer matches what was signed: ${differences[0]}${differences.length > 1 ? ` (and ${differences.length - 1} more)` : ''}`;
}
