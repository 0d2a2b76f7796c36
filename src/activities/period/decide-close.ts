/** What people decide about months: carried, signed, reopened, and what stood there before the first one. */
import { formatMinor, parseMinor } from '../../domain/money/money.ts';
import type { Deciding } from '../../contracts/decisions/decision-activities.ts';
import type { DecisionResult } from '../../contracts/decisions/decisions.ts';
import type { ApproveOpeningBalance, CarryItem, Reopen } from '../../contracts/period/close-decisions.ts';
import { ITEM_NAMES, type ItemName } from '../../domain/period/close-item.ts';
import { explainRefusedCarry, lookedAt } from '../../domain/period/close-items.ts';
import { recordAuditOnce, recordAudit, lastAuditOf } from '../../store/audit/audit-log.ts';
import {
  aloneOnClose,
  carriedOf,
  confirmedOpenings,
  confirmOpening,
  loadClose,
  markReopened,
  recordCarry,
  signaturesOf,
  standingSignatures,
} from '../../store/period/closes.ts';
import type { Connection } from '../connection.ts';
import { refuseDecision } from '../decisions/refuse-decision.ts';
import { firstMonth, refuseNoMonth } from './month-frame.ts';

type Acted = { act: string };

/**
 * An open item's difference, with a reason: it holds as long as the difference is just that (close.md, `carryItem`).
 * Idempotent by its act.
 */
export async function decideCarryItem(
  connection: Connection,
  { decision, act }: Deciding<CarryItem> & Acted,
): Promise<DecisionResult> {
  const { db, name } = connection;
  const { period, by, why } = decision;
  const currency = decision.currency ?? null;
  const item = itemNamed(decision.item);
  const at = await connection.now();
  const amount = currency === null ? wholeOf(decision.amount) : parseMinor(decision.amount, currency);
  if (amount === null)
    throw refuseDecision(
      'CLOSE_REFUSED',
      `"${decision.amount}" is not an amount${currency === null ? '' : ` in ${currency}`}.`,
    );
  refuseNoMonth(connection, period, at);
  await refuseSigned(connection, period);
  const close = (await loadClose(db, name, period))?.close;
  if (close === undefined) throw refuseDecision('CLOSE_REFUSED', `${period} has not been worked out yet.`);
  const figure = close.items.find((one) => one.name === item)?.figures.find((one) => one.currency === currency);
  const shown =
    figure === undefined
      ? ''
      : currency === null
        ? String(figure.difference)
        : formatMinor(figure.difference, currency);
  const refused = explainRefusedCarry(item, figure, amount, shown);
  const known = await lastAuditOf(db, name, 'carry-item', { act });
  if (refused !== null && known === null) throw refuseDecision('CLOSE_REFUSED', refused);
  const audit = await recordAuditOnce(db, name, act, {
    action: 'carry-item',
    detail: { period, item, ...(currency === null ? {} : { currency }), amount: decision.amount },
    by,
    why,
    at,
  });
  await aloneOnClose(db, name, async (tx) => {
    if ((await carriedOf(tx, name, period)).some((one) => one.audit === audit)) return;
    await recordCarry(tx, name, period, {
      item,
      currency,
      amount,
      ...lookedAt(figure ?? { open: [] }),
      by,
      why,
      at,
      audit,
    });
  });
  return {
    audit,
    released: 1,
    choice: 'carry',
    detail: `${item}${currency === null ? '' : ` in ${currency}`} of ${period} is carried with ${decision.amount}, and heads the next month until it is gone`,
  };
}

/** A signed month is opened again; a second signature will stand beside the first. A second run finds it reopened and answers the same. */
export async function decideReopen(
  connection: Connection,
  { decision, act }: Deciding<Reopen> & Acted,
): Promise<DecisionResult> {
  const { db, name } = connection;
  const { period, by, why } = decision;
  const at = await connection.now();
  const audit = await aloneOnClose(db, name, async (tx) => {
    const done = await lastAuditOf(tx, name, 'reopen', { act });
    if (done !== null) return done;
    const signatures = await signaturesOf(tx, name);
    const signature = standingSignatures(signatures).get(period);
    if (signature === undefined) throw refuseDecision('CLOSE_REFUSED', `${period} is not signed.`);
    const number = await recordAudit(tx, name, {
      action: 'reopen',
      detail: { period, number: signature.number, hash: signature.hash, act },
      by,
      why,
      at,
    });
    await markReopened(tx, name, signature, { by, why, at });
    return number;
  });
  await connection.resolve('close-changed', period, `reopened by ${by}`);
  return {
    audit,
    released: 1,
    choice: 'reopen',
    detail: `${period} is open again; what was signed stays beside what will be`,
  };
}

/**
 * What stood on an account before the first month, as a controller confirms it. Until a month is signed another word replaces it;
 * a second run answers what was confirmed.
 */
export async function decideOpeningBalance(
  connection: Connection,
  { decision }: Deciding<ApproveOpeningBalance>,
): Promise<DecisionResult> {
  const { db, name } = connection;
  const { account, currency, by, why } = decision;
  const amount = parseMinor(decision.amount, currency);
  if (amount === null) throw refuseDecision('CLOSE_REFUSED', `"${decision.amount}" is not an amount in ${currency}.`);
  await requireAccount(connection, account, currency);
  const at = await connection.now();
  const audit = await aloneOnClose(db, name, async (tx) => {
    const known = (await confirmedOpenings(tx, name)).find(
      (one) => one.account === account && one.currency === currency,
    );
    if (known !== undefined) {
      const before = await lastAuditOf(tx, name, 'approve-opening-balance', { account, currency });
      if (known.amount === amount && before !== null) return before;
      const [signed] = standingSignatures(await signaturesOf(tx, name)).keys();
      if (signed !== undefined)
        throw refuseDecision(
          'CLOSE_REFUSED',
          `${formatMinor(known.amount, currency)} ${currency} was confirmed for ${account}, and ${signed} is signed with it: reopen it first.`,
        );
    }
    const number = await recordAudit(tx, name, {
      action: 'approve-opening-balance',
      detail: { account, currency, amount: decision.amount },
      by,
      why,
      at,
    });
    await confirmOpening(tx, name, { account, currency, amount, by, why, audit: number, at });
    return number;
  });
  return {
    audit,
    released: 1,
    choice: 'approve-opening-balance',
    detail: `${account} stood at ${decision.amount} ${currency} before the first month`,
  };
}

/** One that the first month's close shows. @throws ApplicationFailure `CLOSE_REFUSED` */
async function requireAccount(connection: Connection, account: string, currency: string): Promise<void> {
  const close = await loadClose(connection.db, connection.name, firstMonth(connection));
  const shown = (close?.close.rollForwards ?? []).filter((one) => one.currency === currency).map((one) => one.account);
  if (!shown.includes(account))
    throw refuseDecision(
      'CLOSE_REFUSED',
      `${account} is no account of the first month in ${currency}; there are ${shown.join(', ') || 'none'}.`,
    );
}

/** @throws ApplicationFailure `CLOSE_REFUSED` */
export async function refuseSigned({ db, name }: Connection, period: string, tx = db): Promise<void> {
  const signature = standingSignatures(await signaturesOf(tx, name)).get(period);
  if (signature !== undefined) throw refuseDecision('CLOSE_REFUSED', explainSigned(signature));
}

export const explainSigned = ({ period, signer }: { period: string; signer: string }): string =>
  `${period} is signed by ${signer}: reopen it first.`;

function itemNamed(text: string): ItemName {
  const item = ITEM_NAMES.find((name) => name === text);
  if (item === undefined)
    throw refuseDecision('CLOSE_REFUSED', `"${text}" is no item; there are ${ITEM_NAMES.join(', ')}.`);
  return item;
}

function wholeOf(text: string): bigint | null {
  return /^-?\d{1,15}$/.test(text) ? BigInt(text) : null;
}
