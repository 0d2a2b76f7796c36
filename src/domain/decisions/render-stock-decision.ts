import { counted } from '../money/render-amount.ts';
import type { TakenDecision } from '../stock/stock-decisions.ts';

/** What a decision about stock is about and says, for a line on a screen: `6 of BLU-MUG missing → closed`. */
export function renderStockDecision(decision: TakenDecision): string {
  switch (decision.kind) {
    case 'mapMovement':
      return `${decision.eventType}${decision.reason === '' ? '' : ` ${decision.reason}`} in the ledger → ${decision.answer}`;
    case 'answerRows':
      return `${counted(decision.rows.length, 'row')} of the ledger → adjusted on ${decision.role}`;
    case 'explainForeign':
      return `movement ${decision.document} → ${decision.choice === 'counter' ? 'countered' : `answers ${counted(decision.rows.length, 'row')}`}`;
    case 'decideInbound':
      return `${decision.sku} of ${decision.shipmentId === '' ? 'no shipment' : decision.shipmentId} → ${decision.choice}`;
    case 'closeGap':
      return `gap of ${signed(decision.units)} ${decision.item} at ${decision.pool} ${decision.place} → closed`;
    case 'approveOpening':
      return `opening of ${decision.pool}${decision.items === null ? '' : `, ${decision.items.join(', ')},`} → approved`;
    case 'approveAdjustment':
      return `adjustment ${decision.document} → approved`;
  }
}

const signed = (units: number): string => (units < 0 ? `−${-units}` : `+${units}`);
