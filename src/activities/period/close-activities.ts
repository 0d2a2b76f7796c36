import type { BalancesOnActivities } from '../../contracts/period/balances-on.ts';
import type { CloseNetSuiteActivities, CloseStoreActivities } from '../../contracts/period/close.ts';
import type { Bind } from '../bind.ts';
import { asPerson } from '../decisions/as-person.ts';
import { decideFinances } from '../decisions/map-finances.ts';
import { decideAccrual } from './approve-accrual.ts';
import { decideCarryItem, decideOpeningBalance, decideReopen } from './decide-close.ts';
import { dueCloses, evaluateClose } from './evaluate-close.ts';
import { evaluateProfit } from './evaluate-profit.ts';
import { postAccruals } from './post-accruals.ts';
import { readBalancesOn } from './read-balances-on.ts';
import { decideSignOff } from './sign-close.ts';
import { tellClose } from './tell-close.ts';

export const closeNetSuiteActivities = (bind: Bind): CloseNetSuiteActivities => ({
  evaluateClose: bind(evaluateClose),
  evaluateProfit: bind(evaluateProfit),
  postAccruals: bind(postAccruals),
  decideSignOff: bind(asPerson('signOff', decideSignOff)),
});

export const balancesOnActivities = (bind: Bind): BalancesOnActivities => ({
  readBalancesOn: bind(readBalancesOn),
});

export const closeStoreActivities = (bind: Bind): CloseStoreActivities => ({
  dueCloses: bind(dueCloses),
  tellClose: bind(tellClose),
  decideCarryItem: bind(asPerson('carryItem', decideCarryItem)),
  decideAccrual: bind(asPerson('approveAccrual', decideAccrual)),
  decideReopen: bind(asPerson('reopen', decideReopen)),
  decideOpeningBalance: bind(asPerson('approveOpeningBalance', decideOpeningBalance)),
  decideFinances: bind(asPerson('mapFinances', decideFinances)),
});
