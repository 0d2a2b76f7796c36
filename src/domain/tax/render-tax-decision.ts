/** Decisions about tax in words: for terminal, page and record alike. */
import { quoted } from '../exceptions/render-remedy.ts';
import { formatMinor } from '../money/money.ts';
import { movedNet, movedTax, type TaxMove } from './tax-move.ts';

interface AskedMove {
  orderId: string;
  from: string;
  to: string;
  /** Decimal text. */
  net: string;
  tax: string;
}

/** The command that moves tax between two jurisdictions; a negative amount is one word with its option. */
export function moveCommand({ orderId, from, to, net, tax }: AskedMove): string {
  return `npx tieout move-tax ${quoted(orderId)} --from ${from} --to ${to} --net=${net} --tax=${tax} --why "…"`;
}

/** A move as it is asked for, in one text, however its amounts are typed: `202-… GB DE 100 20.5`. */
export function renderMoveWish({ orderId, from, to, net, tax }: AskedMove): string {
  return [orderId, from, to, shortest(net), shortest(tax)].join(' ');
}

function shortest(amount: string): string {
  const whole = amount.replace(/^(-?)0+(?=\d)/, '$1');
  const short = whole.includes('.') ? whole.replace(/\.?0+$/, '') : whole;
  return short === '-0' ? '0' : short;
}

/** One that was decided, as it would be asked for again. */
export function renderMoveAsked(move: TaxMove): string {
  const text = (minor: bigint) => formatMinor(minor, move.currency);
  return renderMoveWish({ ...move, net: text(movedNet(move)), tax: text(movedTax(move)) });
}
