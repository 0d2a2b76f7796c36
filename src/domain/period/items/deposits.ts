import { addWorkingDays } from '../../matching/working-days.ts';
import type { Day } from '../../money/instant.ts';
import { sumMinor, type CurrencyCode } from '../../money/money.ts';
import { counted } from '../../money/render-amount.ts';
import { figureOf, type Finding, type ItemFigure } from '../close-item.ts';
import { byCurrency } from './by-currency.ts';

export interface TransferredMovement {
  externalId: string;
  settlementId: string;
  kind: string;
  currency: CurrencyCode;
  amount: bigint;
  day: Day;
  /** `posted` or `returned`: its line was seen and its documents are posted. */
  isSeen: boolean;
  /** What Amazon says of the transfer; null where it says nothing. */
  transferStatus: string | null;
}

export interface DepositsFacts {
  firstDay: Day;
  /** Of transfers dated up to the month's last day: of earlier months only what was not seen says anything here. */
  movements: readonly TransferredMovement[];
  today: Day;
}

/** A bank line is looked for up to 5 working days after its transfer (accounting.md, *Which line*). */
const LINE_WITHIN = 5;
/** What Amazon calls a transfer that it is about to make; *Unknown*, which it says of many, is none (amazon.md). */
const UNDER_WAY = new Set(['initiated', 'processing']);

/** Every movement of a transfer dated up to the last day is deposited, or Amazon reports it under way, or its line may still come (close.md, `deposits`). */
export function depositsItem({ firstDay, movements, today }: DepositsFacts): ItemFigure[] {
  return byCurrency(movements).map((currency) => {
    const own = movements.filter((one) => one.currency === currency);
    const ofMonth = own.filter(({ day }) => day >= firstDay);
    const unseen = own.filter(({ isSeen }) => !isSeen);
    const mayCome = unseen.filter(
      (one) => isUnderWay(one) || (!isFailed(one) && today <= addWorkingDays(one.day, LINE_WITHIN)),
    );
    const open = unseen.filter((one) => !mayCome.includes(one));
    return figureOf({
      currency,
      // Of all that was transferred in it: what is deposited after the month changes no signed figure.
      figure: sumMinor(ofMonth.map(({ amount }) => amount)),
      population: `${ofMonth.filter(({ isSeen }) => isSeen).length} of ${counted(ofMonth.length, 'transfer')} seen`,
      open: open.map((one) =>
        findingOf(one, isFailed(one) ? 'Amazon says that it failed' : 'its bank line was not seen'),
      ),
      named: mayCome.map((one) =>
        findingOf(one, isUnderWay(one) ? 'Amazon reports it under way' : 'its bank line may still come'),
      ),
    });
  });
}

function isUnderWay({ transferStatus, kind }: TransferredMovement): boolean {
  return kind === 'payout' && UNDER_WAY.has(transferStatus?.toLowerCase() ?? '');
}

function isFailed({ transferStatus, kind }: TransferredMovement): boolean {
  return kind === 'payout' && transferStatus?.toLowerCase() === 'failed';
}

function findingOf({ settlementId, kind, amount, day }: TransferredMovement, said: string): Finding {
  return {
    what: `${kind} of settlement ${settlementId}, dated ${day}: ${said}`,
    amount,
    cause: `payout ${settlementId}`,
    act: `npx tieout status ${settlementId}`,
  };
}
