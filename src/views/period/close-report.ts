/** The close in the report of a run: the last month that is over, and what keeps months from being signed. */
import { formatMinor } from '../../domain/money/money.ts';
import type { CloseItem, ItemName, ItemState } from '../../domain/period/close-item.ts';
import type { Close } from '../../domain/period/close.ts';
import { renderPeriod } from '../../domain/period/calendar.ts';
import { renderClose, renderOpenItems, renderSigned } from '../../domain/period/render-close.ts';
import { evaluatedPeriods, loadClose, signaturesOf, standingSignatures } from '../../store/period/closes.ts';
import type { ConnectionSource } from '../view-source.ts';

export interface CloseReport {
  period: string;
  /** A line a figure: of a currency, or without one where things are counted. What is not used has no figure. */
  items: { name: ItemName; currency: string | null; state: ItemState; figure: string | null }[];
  signed: boolean;
  /** SHA-256 of what was signed, in hex; null where it is not. */
  hash: string | null;
  /** How it stands, in a sentence. */
  said: string;
}

/** Null where the connection closes no months here, or none is over yet. `open`: what a person must end, in sentences. */
export async function closeOfRun({
  store: { db },
  settings: { name, close: isClosed },
}: Pick<ConnectionSource, 'store' | 'settings'>): Promise<{ report: CloseReport; open: string[] } | null> {
  if (isClosed === undefined) return null;
  const signatures = standingSignatures(await signaturesOf(db, name));
  const open: string[] = [];
  let report: CloseReport | null = null;
  for (const { period } of await evaluatedPeriods(db, name)) {
    const { close, standing } = (await loadClose(db, name, period))!;
    if (!close.isOver) continue;
    const signature = signatures.get(period) ?? null;
    report = {
      period,
      items: close.items.flatMap(figuresOf),
      signed: signature !== null,
      hash: signature?.hash ?? null,
      said: signature === null ? renderClose(close) : `${renderPeriod(period)}: ${renderSigned(signature, standing)}`,
    };
    if (signature === null) open.push(explainUnsigned(close));
    else if (standing?.kind === 'changed') open.push(`${report.said} (npx tieout close ${period})`);
  }
  return report === null ? null : { report, open };
}

function figuresOf({ name, state, figures }: CloseItem): CloseReport['items'] {
  if (figures.length === 0) return [{ name, currency: null, state, figure: null }];
  return figures.map((one) => ({
    name,
    currency: one.currency,
    state: one.state,
    figure: one.currency === null ? String(one.figure) : formatMinor(one.figure, one.currency),
  }));
}

/** The first few of its open items, each with what ends it. */
function explainUnsigned(close: Close): string {
  const open = renderOpenItems(close);
  const told = open.length === 0 ? 'nothing holds it up' : open.slice(0, TOLD).join('; ');
  const more = open.length > TOLD ? `; and ${open.length - TOLD} more` : '';
  return `${close.period} is not signed: ${told}${more} (npx tieout close ${close.period})`;
}

const TOLD = 3;
