/** What each decision answers, and whether that is open: the one place that says when a decision may be sent. */
import { renderItem } from '../../domain/decisions/render-item.ts';
import { parseExternalId } from '../../domain/identifiers/external-id.ts';
import { covers } from '../../domain/mapping/beginnings.ts';
import { keyOfFolded } from '../../domain/settlement/fold-key.ts';
import { formatMinor } from '../../domain/money/money.ts';
import type { DifferenceChoice } from '../../domain/payouts/document-standing.ts';
import { renderMoveAsked, renderMoveWish } from '../../domain/tax/render-tax-decision.ts';
import type { Database } from '../../store/database.ts';
import { allMarks } from '../../store/intake/marks.ts';
import { openExceptions, type StoredException } from '../../store/exceptions/exceptions.ts';
import { invoiceNumbers } from '../../store/tax/fee-invoices.ts';
import { allMoves } from '../../store/tax/tax-moves.ts';
import { bankLines } from '../../store/payouts/applications.ts';
import { allMovements, type StoredMovement } from '../../store/payouts/planned-movements.ts';
import type { Decisions, NamedBankLine, TryAgain } from '../../contracts/decisions/decisions.ts';
import type { SentStockDecision } from '../../contracts/decisions/stock-decisions.ts';
import type { CloseDecision, Decision } from './decision.ts';
import { CLOSE_ANSWERS, closeDecisionWords, readOpenCloses, type OpenCloses } from './open-closes.ts';
import { readNumbers, readOpeningApproved, STOCK_ANSWERS, stockDecisionWords, type OpenStock } from './open-stock.ts';

/** What stands open in a connection. */
export interface OpenSubjects extends OpenStock, OpenCloses {
  movements: readonly StoredMovement[];
  /** Statement lines that no movement has taken. */
  freeLines: readonly FreeLine[];
  /** Up to when each source has been read. */
  marks: ReadonlyMap<string, string>;
  /** How many moves of tax were decided, by what they are asked for with. */
  moves: ReadonlyMap<string, number>;
  /** Numbers of Amazon's invoices for fees that were entered. */
  invoices: ReadonlySet<string>;
}
export interface FreeLine {
  number: number;
  date: string;
  amount: string;
  description: string;
}

type Open = Pick<OpenSubjects, 'exceptions'>;
const raised = ({ exceptions }: Open, code: StoredException['code'], about: (exception: StoredException) => boolean) =>
  exceptions.some((exception) => exception.code === code && about(exception));

/** Whether such a choice about a document answers what is raised of it: of its tax it can only be left. */
function isSettledBy({ code, remedy }: Pick<StoredException, 'code' | 'remedy'>, choice: DifferenceChoice): boolean {
  if (code === 'document-differs') return remedy.kind === 'settle-difference';
  if (code === 'document-altered') return choice === 'leave';
  const isOpen = remedy.kind === 'settle-difference' || (remedy.kind === 'correct-tax' && remedy.orLeave === true);
  return code === 'tax-collector-differs' && choice === 'leave' && isOpen;
}

/** Update → what it answers. */
const ANSWERS: { [Update in keyof Decisions]: (args: Decisions[Update], open: OpenSubjects) => boolean } = {
  /** An SKU that NetSuite has no item for. */
  mapSku: ({ sku }, open) => raised(open, 'sku-unknown', ({ key, remedy }) => key === sku && remedy.kind === 'map-sku'),
  /** An amount that no rule names, or that begins so. */
  mapAmount: (args, open) =>
    raised(open, 'unknown-amount', ({ key, remedy }) => remedy.kind === 'map-amount' && covers(args, keyOfFolded(key))),
  /** A document that Amazon settled for more or less than it is, or what a payout keeps in transit, or of tax that is nobody's. */
  settleDifference: ({ document, settlementId, choice }, { exceptions }) =>
    exceptions.some(({ code, key, remedy }) =>
      document === undefined
        ? remedy.kind === 'settle-payout' &&
          remedy.settlementId === settlementId &&
          (remedy.choice ?? 'variance') === choice
        : key === document && isSettledBy({ code, remedy }, choice),
    ),
  /** A document whose total is off by just its tax. */
  correctTax: ({ document }, open) =>
    raised(open, 'tax-collector-differs', ({ key, remedy }) => key === document && remedy.kind === 'correct-tax'),
  /** An order whose sale nobody knows, and which was refunded. */
  placeSale: ({ orderId }, open) =>
    raised(open, 'sale-unplaced', ({ remedy }) => remedy.kind === 'place-sale' && remedy.order === orderId),
  /** A marketplace whose prices are not proven, by its domain or its id. */
  confirmPrices: ({ marketplace }, open) =>
    raised(
      open,
      'prices-differ',
      ({ key, remedy }) =>
        remedy.kind === 'confirm-prices' && (remedy.marketplace === marketplace || key.startsWith(`${marketplace} `)),
    ),
  /** A movement that no line was found for, or that came back; its lines are read and nobody's yet. */
  matchDeposit: ({ settlementId, movement, lines }, open) =>
    lines.every((line) => open.freeLines.some((free) => isLine(line, free))) &&
    (movement === 'return'
      ? raised(open, 'transfer-failed', ({ payout }) => payout === settlementId)
      : isAwaited(settlementId, movement, open)),
  /** A settlement before which one is missing. */
  openChain: ({ settlementId }, open) =>
    raised(open, 'chain-broken', ({ payout, remedy }) => payout === settlementId && remedy.kind === 'open-chain'),
  /** Rows of a refund that no document answers. */
  bookRefund: ({ orderId, settlementId }, open) =>
    raised(
      open,
      'document-missing',
      ({ remedy }) =>
        remedy.kind === 'book-refund' && remedy.orderId === orderId && remedy.settlementId === settlementId,
    ),
  /** A source that has been read further than that. */
  readAgain: ({ what, from }, { marks }) => (marks.get(what) ?? '') > from,
  /** Something of an order or a payout that was stopped. */
  tryAgain: ({ of, id }, open) => open.exceptions.some((exception) => isAbout(exception, of, id)),
  /** An exception by its number. */
  noteException: ({ exception }, { exceptions }) => exceptions.some(({ id }) => id === exception),
  /** Tax that was not moved so yet; whether it is there is asked when it is taken. */
  moveTax: (args, { moves }) => (moves.get(renderMoveWish(args)) ?? 0) === 0,
  /** An invoice that was not entered yet. */
  bookFeeInvoice: ({ number }, { invoices }) => !invoices.has(number),
  ...CLOSE_ANSWERS,
  ...STOCK_ANSWERS,
};

/** Whether an exception is about an order or a document, or about a payout whatever its own subject is. */
export function isAbout({ subject, payout }: StoredException, of: TryAgain['of'], id: string): boolean {
  return of === 'payout' ? payout === id : subject.kind === of && subject.id === id;
}

export function isOpen(decision: Decision, open: OpenSubjects): boolean {
  // The table holds one function for each update, which the compiler cannot tie to the update's own arguments.
  return (ANSWERS[decision.update] as (args: Decision['args'], open: OpenSubjects) => boolean)(decision.args, open);
}

/** `micro-2` is the second micro deposit of the file, in the order of its rows. */
function isAwaited(settlementId: string, movement: string, { movements }: OpenSubjects): boolean {
  const [, name, ordinal] = /^(payout|micro|charge)(?:-(\d+))?$/.exec(movement) ?? [];
  const kind = name === 'micro' ? 'micro-deposit' : name;
  const part = ({ externalId }: StoredMovement) => parseExternalId(externalId)?.part ?? 0;
  const alike = movements
    .filter((known) => known.settlementId === settlementId && known.kind === kind)
    .sort((a, b) => part(a) - part(b));
  const one = alike[Number(ordinal ?? 1) - 1];
  return one !== undefined && (one.state === 'expected' || one.state === 'failed');
}

function isLine(named: NamedBankLine, line: FreeLine): boolean {
  return 'number' in named
    ? named.number === line.number
    : named.date === line.date && named.amount === line.amount && named.description === line.description;
}

export async function readOpenSubjects(db: Database, connection: string): Promise<OpenSubjects> {
  const lines = await bankLines(db, connection, { unmatched: true });
  const exceptions = await openExceptions(db, connection);
  return {
    exceptions,
    movements: await allMovements(db, connection),
    marks: await allMarks(db, connection),
    moves: counts((await allMoves(db, connection)).map(renderMoveAsked)),
    invoices: await invoiceNumbers(db, connection),
    opening: await readOpeningApproved(db, connection),
    numbers: await readNumbers(db, connection, exceptions),
    ...(await readOpenCloses(db, connection, exceptions)),
    freeLines: lines.map(({ number, date, amount, currency, description }) => ({
      number,
      date,
      amount: formatMinor(amount, currency),
      description,
    })),
  };
}

/** What a decision is about and says, for a line on a screen: `SKU BLU-MUG-2 → BLU-MUG`. */
function counts(words: readonly string[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const word of words) found.set(word, (found.get(word) ?? 0) + 1);
  return found;
}

export function decisionWords({ update, args }: Decision): string {
  switch (update) {
    case 'mapSku':
      return `SKU ${args.sku} → ${renderItem(args.item, args.units)}`;
    case 'mapAmount':
      return `${args.transactionType} / ${args.amountType} / ${args.amountDescription} → ${args.role ?? `the same as ${args.sameAs?.join(' / ')}`}`;
    case 'settleDifference':
      return `difference of ${args.document ?? `settlement ${args.settlementId}`} → ${args.choice}`;
    case 'correctTax':
      return `tax of ${args.document} → owed as its rows say`;
    case 'confirmPrices':
      return `prices of ${args.marketplace} → as the settings say`;
    case 'placeSale':
      return `order ${args.orderId} → went to ${args.country}`;
    case 'moveTax':
      return `tax of order ${args.orderId} → from ${args.from} to ${args.to}`;
    case 'bookFeeInvoice':
      return `Amazon's invoice ${args.number} → ${args.role}, ${args.treatment}`;
    case 'matchDeposit':
      return `${args.movement} of settlement ${args.settlementId} → ${args.lines.length === 1 ? 'a bank line' : `${args.lines.length} bank lines`}`;
    case 'openChain':
      return `settlement ${args.settlementId} → opens a chain`;
    case 'tryAgain':
      return `${args.of} ${args.id} → goes on`;
    case 'readAgain':
      return `${args.what} → read again from ${args.from}`;
    case 'noteException':
      return `exception ${args.exception} → ${args.until === undefined ? 'noted' : `comes back on ${args.until}`}`;
    case 'carryItem':
    case 'approveAccrual':
    case 'signOff':
    case 'reopen':
    case 'approveOpeningBalance':
    case 'mapFinances':
      return closeDecisionWords({ update, args } as CloseDecision);
    case 'bookRefund':
      return `refund of order ${args.orderId} → as settlement ${args.settlementId} pays it`;
    default:
      return stockDecisionWords({ kind: update, ...args } as SentStockDecision);
  }
}
