/** A month's close: may it be signed, and what is open. One document: the terminal prints it, `--json` is it. */
import type { BroughtForward } from '../../domain/period/brought-forward.ts';
import { countItems } from '../../domain/period/close.ts';
import { renderClose, renderSigned } from '../../domain/period/render-close.ts';
import type { CloseItem, Finding, ItemFigure } from '../../domain/period/close-item.ts';
import type { SignedStanding } from '../../domain/period/signature.ts';
import { formatMinor } from '../../domain/money/money.ts';
import {
  evaluatedPeriods,
  loadClose,
  signaturesOf,
  standingSignatures,
  type Signature,
} from '../../store/period/closes.ts';
import { standingOfBroken } from '../../store/period/signature-chain.ts';
import { carriedOfMonth } from './carried-of-month.ts';
import { loadBroughtForward } from './carried-before.ts';
import type { ConnectionSource } from '../view-source.ts';

/** Amounts are decimal texts in the figure's currency, counts whole numbers as text. */
export interface FindingView extends Omit<Finding, 'amount'> {
  amount: string | null;
}

export interface FigureView extends Omit<ItemFigure, 'figure' | 'difference' | 'open' | 'named'> {
  figure: string;
  difference: string;
  open: FindingView[];
  openCount: number;
  named: FindingView[];
  namedCount: number;
}

/** What an earlier month carried and is not gone; `now`: what its item differs by there now. */
export interface BroughtForwardView {
  period: string;
  currency: string | null;
  amount: string;
  now: string;
  by: string;
  why: string;
  at: string;
}

export interface ItemView extends Omit<CloseItem, 'figures'> {
  /** Heads the item until it is gone; it holds nothing up and is in no figure of this month. */
  brought: BroughtForwardView[];
  figures: FigureView[];
}

export interface CloseView {
  connection: string;
  period: string;
  /** How it stands, in a sentence. */
  sentence: string;
  evaluatedAt: string;
  due: string;
  isOver: boolean;
  items: ItemView[];
  rollForwards: {
    account: string;
    currency: string;
    opening: string;
    movements: { kind: string; amount: string }[];
    closing: string;
    residues: string;
    difference: string;
  }[];
  residues: { account: string; currency: string; subject: string; amount: string; since: string }[];
  carried: { item: string; currency: string | null; amount: string; by: string; why: string; at: string }[];
  late: { document: string; day: string; bookedOn: string; currency: string; amount: string }[];
  /** The lines of `sales`: a currency, marketplace and day each; `unproven`: shipments whose report nobody can read yet. */
  sales: {
    currency: string;
    marketplace: string;
    day: string;
    shipments: number;
    unproven: number;
    report: string;
    netsuite: string;
    moved: string;
    difference: string;
  }[];
  /** The newest last; one that was reopened says by whom and why. */
  signatures: (Omit<Signature, 'document' | 'late' | 'period'> & { signed: unknown })[];
  signed: boolean;
  standing: SignedStanding | null;
}

/** So many of each are told, all of them where one item is asked for; the counts say how many there are. */
const TOLD = 50;

/** Null where the month has not been worked out. */
export async function closeView(
  { store: { db }, settings: { name } }: ConnectionSource,
  period: string,
  { all: isWhole = false }: { all?: boolean } = {},
): Promise<CloseView | null> {
  const stored = await loadClose(db, name, period);
  if (stored === null) return null;
  const { close } = stored;
  const all = await signaturesOf(db, name);
  const standing = standingOfBroken(all, period) ?? stored.standing;
  const signature = standingSignatures(all).get(period) ?? null;
  const brought = await loadBroughtForward(db, name, period);
  return {
    connection: name,
    period,
    sentence: signature === null ? renderClose(close) : renderSigned(signature, standing),
    evaluatedAt: close.evaluatedAt,
    due: close.due,
    isOver: close.isOver,
    items: close.items.map((item) => ({
      ...item,
      brought: brought.filter((one) => one.item === item.name).map(broughtView),
      figures: item.figures.map((figure) => figureView(figure, isWhole ? Infinity : TOLD)),
    })),
    rollForwards: close.rollForwards.map(({ account, currency, opening, movements, closing, residues, difference }) => {
      const text = (amount: bigint) => formatMinor(amount, currency);
      return {
        account,
        currency,
        opening: text(opening),
        movements: movements.map(({ kind, amount }) => ({ kind, amount: text(amount) })),
        closing: text(closing),
        residues: text(residues),
        difference: text(difference),
      };
    }),
    residues: close.residues.map((residue) => ({ ...residue, amount: formatMinor(residue.amount, residue.currency) })),
    carried: (await carriedOfMonth(db, name, period, signature)).map(({ item, currency, amount, by, why, at }) => ({
      item,
      currency,
      amount: textOf(amount, currency),
      by,
      why,
      at,
    })),
    late: close.late.map((fact) => ({ ...fact, amount: formatMinor(fact.amount, fact.currency) })),
    sales: (close.sales ?? []).map(({ report, netsuite, moved, difference, ...line }) => ({
      ...line,
      report: formatMinor(report, line.currency),
      netsuite: formatMinor(netsuite, line.currency),
      moved: formatMinor(moved, line.currency),
      difference: formatMinor(difference, line.currency),
    })),
    signatures: all
      .filter((one) => one.period === period)
      .map(({ document, late: _late, period: _period, ...rest }) => ({
        ...rest,
        signed: JSON.parse(document) as unknown,
      })),
    signed: signature !== null,
    standing,
  };
}

function broughtView({ period, currency, amount, now, by, why, at }: BroughtForward): BroughtForwardView {
  return { period, currency, amount: textOf(amount, currency), now: textOf(now, currency), by, why, at };
}

function textOf(amount: bigint, currency: string | null): string {
  return currency === null ? String(amount) : formatMinor(amount, currency);
}

function figureView({ currency, figure, difference, open, named, ...rest }: ItemFigure, upTo: number): FigureView {
  const told = (findings: readonly Finding[]): FindingView[] =>
    findings.slice(0, upTo).map(({ amount, ...finding }) => ({
      ...finding,
      amount: amount === null ? null : textOf(amount, currency),
    }));
  return {
    ...rest,
    currency,
    figure: textOf(figure, currency),
    difference: textOf(difference, currency),
    open: told(open),
    openCount: open.length,
    named: told(named),
    namedCount: named.length,
  };
}

export interface ClosesView {
  connection: string;
  /** In order. */
  months: {
    period: string;
    sentence: string;
    tie: number;
    of: number;
    open: number;
    signed: boolean;
    /** Signed, and no longer as it was then. */
    changed: boolean;
    evaluatedAt: string;
  }[];
}

/** Every month that was worked out, in a line each. */
export async function closesView({ store: { db }, settings: { name } }: ConnectionSource): Promise<ClosesView> {
  const signed = standingSignatures(await signaturesOf(db, name));
  const months: ClosesView['months'] = [];
  for (const { period, evaluatedAt } of await evaluatedPeriods(db, name)) {
    const { close, standing } = (await loadClose(db, name, period))!;
    const signature = signed.get(period) ?? null;
    const { tie, of, open } = countItems(close);
    const sentence = signature === null ? renderClose(close) : renderSigned(signature, standing);
    months.push({
      period,
      sentence,
      tie,
      of,
      open,
      signed: signature !== null,
      changed: standing?.kind === 'changed',
      evaluatedAt,
    });
  }
  return { connection: name, months };
}
