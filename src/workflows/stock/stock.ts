import { setCurrentDetails } from '@temporalio/workflow';
import type { Telling } from '../../contracts/activity-inputs.ts';
import type { ReadingResult, StockPlanned, StockSquared } from '../../contracts/stock/stock-activities.ts';
import { onAmazon, onNetSuite, onStore } from '../activity-proxies.ts';

/** One look at the stock of both sides: read, answer, post, and say where each item stands. */
export async function stock({ connection, policy }: Telling): Promise<string> {
  const said = [await readAmazon({ connection, policy })];
  await onNetSuite(connection, policy).readNetSuiteStock({ connection });
  const { posted, planned, squared } = await answer({ connection, policy });
  await onStore(policy).tellInbound({ connection, policy });
  said.push(`posted ${posted}, ${planned.waiting} rows wait, ${planned.problems} for a person`, standing(squared));
  const summary = `${said.join('; ')}.`;
  setCurrentDetails(summary);
  return summary;
}

/** Round by round: a run takes so many rows and documents at once. */
async function answer({ connection, policy }: Telling): Promise<Answered> {
  const netsuite = onNetSuite(connection, policy);
  const store = onStore(policy);
  let posted = 0;
  for (;;) {
    const planned = await store.planStock({ connection });
    const before = posted;
    for (const externalId of planned.send)
      if ((await netsuite.postStockDocument({ connection, externalId })) === 'posted') posted += 1;
    for (const authorisation of planned.close) await netsuite.closeReturnUnits({ connection, authorisation });
    if (posted > before) await netsuite.readNetSuiteStock({ connection });
    const { complete } = planned;
    const squared = await store.squareStock({ connection, ...(complete ? { complete } : {}) });
    // What could not be posted now is tried at the next look.
    const isOver = !planned.isBehind && !(planned.more && posted > before);
    if (isOver) return { posted, planned, squared };
  }
}

interface Answered {
  posted: number;
  planned: StockPlanned;
  squared: StockSquared;
}

/** Side by side: Amazon makes each report in a time of its own, and how many are asked for at once the queue says. */
async function readAmazon({ connection, policy }: Telling): Promise<string> {
  const reports = onAmazon(connection, 'reports', policy);
  const inventory = onAmazon(connection, 'inventory', policy);
  const readLedger = async () => {
    // The summary first: whether a ledger with fewer rows is whole, the summary says.
    const balances = await reports.takeInBalances({ connection });
    const ledger = await reports.takeInLedger({ connection });
    return { balances, ledger, adjustments: await reports.takeInAdjustments({ connection }) };
  };
  const readLines = (report: 'returns' | 'removals' | 'reimbursements') =>
    reports.takeInReportLines({ connection, report });
  const [{ balances, ledger, adjustments }, lines, inbound, snapshot] = await Promise.all([
    readLedger(),
    Promise.all([readLines('returns'), readLines('removals'), readLines('reimbursements')]),
    inventory.takeInInbound({ connection }),
    inventory.takeInSnapshot({ connection }),
  ]);
  return `Ledger ${said(ledger)}, older adjustments ${said(adjustments)}, balances ${said(balances)}, reports ${lines.map(said).join(', ')}, inbound ${said(inbound)}, now ${said(snapshot)}`;
}

function said(reading: ReadingResult): string {
  if (reading.result === 'read') return `${reading.rows} rows, ${reading.news} new`;
  return reading.result === 'skipped' ? 'not due' : reading.result;
}

function standing({ day, agree, all }: StockSquared): string {
  return day === null ? 'no day is whole yet' : `${agree} of ${all} agree at the end of ${day}`;
}
