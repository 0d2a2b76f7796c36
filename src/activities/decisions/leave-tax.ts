import type { ExceptionCode } from '../../domain/exceptions/catalogue.ts';
import { sumMinor } from '../../domain/money/money.ts';
import { renderMoney } from '../../domain/money/render-amount.ts';
import { standsOn } from '../../domain/tax/collected-tax.ts';
import type { Database } from '../../store/database.ts';
import { recordAudit } from '../../store/audit/audit-log.ts';
import { openExceptionOf, resolveException } from '../../store/exceptions/exceptions.ts';
import { loadSettlement } from '../../store/payouts/settlements.ts';
import { leftByPeople } from '../../store/tax/left-by-people.ts';
import type { DecisionResult, SettleDifference } from '../../contracts/decisions/decisions.ts';
import type { Connection } from '../connection.ts';
import { LEAVE_TAX, taxOfNobodyIn } from '../tax/tax-of-nobody.ts';
import { taxResidualsIn, type TaxResidual } from '../tax/tax-residuals.ts';
import { refuseDecision } from './refuse-decision.ts';

/**
 * Tax that is nobody's, and tax that is left although Amazon collects it, stay on `sales-tax-payable`: the orders and amounts that
 * the person was asked about, and no others. Null when there is nothing to leave.
 * @throws ApplicationFailure where they are no longer those that were asked about
 */
export async function leaveTax(
  tx: Database,
  connection: Connection,
  { settlementId, choice, by, why }: SettleDifference & { settlementId: string },
  at: string,
): Promise<Pick<DecisionResult, 'audit' | 'detail'> | null> {
  const { name } = connection;
  const settlement = await loadSettlement(tx, name, settlementId);
  if (settlement === null) return null;
  const asks = async (code: ExceptionCode, key: string, { what }: { what: string }): Promise<boolean> => {
    const open = await openExceptionOf(tx, name, code, key);
    if (open !== null && open.evidence.what !== what)
      throw refuseDecision(
        'DIFFERENCE_UNKNOWN',
        `The tax of settlement ${settlementId} is no longer what was asked about: look at it again (npx tieout try-again payout ${settlementId}), then decide.`,
      );
    return open !== null;
  };
  const nobodys = await taxOfNobodyIn(tx, connection, settlement);
  const asked = {
    nobodys: nobodys !== null && (await asks('tax-of-nobody', settlementId, nobodys)) ? nobodys : null,
    residuals: [] as TaxResidual[],
  };
  const residuals = await taxResidualsIn(tx, connection, settlement);
  for (const residual of residuals)
    if (await asks('tax-residual', residual.key, residual)) asked.residuals.push(residual);
  if (asked.nobodys === null && asked.residuals.length === 0) {
    const left = await leftByPeople(tx, name, settlementId);
    const isLeft = nobodys === null && residuals.every(({ words }) => left.residuals.has(words));
    return isLeft && left.audit !== null ? { audit: left.audit, detail: `${settlementId} was decided before` } : null;
  }
  const about = {
    settlementId,
    ...(asked.nobodys === null ? {} : { nobodys: asked.nobodys.words }),
    ...(asked.residuals.length === 0 ? {} : { residuals: asked.residuals.map(({ words }) => words) }),
  };
  const audit = await recordAudit(tx, name, { action: LEAVE_TAX, detail: { ...about, choice }, by, why, at });
  if (asked.nobodys !== null) await resolveException(tx, name, 'tax-of-nobody', settlementId, `left by ${by}`, at);
  for (const { key } of asked.residuals) await resolveException(tx, name, 'tax-residual', key, `left by ${by}`, at);
  const amount = sumMinor([asked.nobodys?.amount ?? 0n, ...asked.residuals.map((residual) => residual.amount)]);
  const places = standsOn({ amount, owned: asked.residuals.flatMap(({ owned }) => owned) }, settlement.currency);
  return {
    audit,
    detail: `${renderMoney(amount, settlement.currency)} of tax of payout ${settlementId} stay on ${places}`,
  };
}
