/**
 * Records histories of each workflow and its branches into test/replay/histories, from worlds that live through them:
 * `npx tsx scripts/record-histories.ts`. Run it after a workflow was changed on purpose and patched or pinned; the
 * histories that it replaces are what running workflows look like, so read CONTRIBUTING.md first.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { sendDecision } from '../src/operations/decisions/send-decision.ts';
import { withReissuedReport } from '../src/local/demo-month/disagreements.ts';
import { worldFromSettlements } from '../src/simulators/amazon/world-from-settlements.ts';
import { account, report, sale, type Cells } from '../test/end-to-end/report.ts';
import { openWorld, type WorldUnderTest } from '../test/end-to-end/world-under-test.ts';
import { liveThrough, openSmallMonth } from '../test/faults/small-month.ts';

const FOLDER = fileURLToPath(new URL('../test/replay/histories/', import.meta.url));

/** Name of the file → workflow id, or the beginning of it (then the first that began so). Each run becomes a file. */
type Wanted = Record<string, string>;

async function record(world: WorldUnderTest, wanted: Wanted): Promise<void> {
  const executions: { workflowId: string; runId: string; start: number }[] = [];
  for await (const execution of world.client.workflow.list())
    executions.push({ workflowId: execution.workflowId, runId: execution.runId, start: execution.startTime.getTime() });
  executions.sort((a, b) => a.start - b.start);
  for (const [name, id] of Object.entries(wanted)) {
    const first = executions.find(
      ({ workflowId }) => workflowId === id || (id.endsWith('*') && workflowId.startsWith(id.slice(0, -1))),
    );
    if (!first) throw new Error(`no workflow ${id} to record as ${name}`);
    const runs = executions.filter(({ workflowId }) => workflowId === first.workflowId);
    for (const [index, { workflowId, runId }] of runs.entries()) {
      const history = await world.client.workflow.getHandle(workflowId, runId).fetchHistory();
      writeFileSync(
        `${FOLDER}${name}${runs.length > 1 ? `-${index + 1}` : ''}.json`,
        `${withoutMachine(historyToJSON(history))}\n`,
      );
    }
  }
  process.stdout.write(`${Object.keys(wanted).join(', ')}\n`);
}

/** The first workflow, of those that begin so, that asked for this activity. */
async function thatAskedFor(world: WorldUnderTest, activity: string, beginning: string): Promise<string> {
  const found: { workflowId: string; start: number }[] = [];
  for await (const { workflowId, runId, startTime } of world.client.workflow.list()) {
    if (!workflowId.startsWith(beginning)) continue;
    const { events } = await world.client.workflow.getHandle(workflowId, runId).fetchHistory();
    if (events?.some((event) => event.activityTaskScheduledEventAttributes?.activityType?.name === activity))
      found.push({ workflowId, start: startTime.getTime() });
  }
  const [first] = found.sort((a, b) => a.start - b.start);
  if (!first) throw new Error(`no workflow ${beginning}… asked for ${activity}`);
  return first.workflowId;
}

/** Without the machine that recorded it, which a worker's own queue (`1234@host`) and the stack of a failure name too; one event a line. */
function withoutMachine(json: string): string {
  const { events } = JSON.parse(json, (key, value: unknown) => {
    if (key === 'identity' || key.endsWith('Identity')) return 'recorder';
    if (key === 'stackTrace') return '';
    return typeof value === 'string' && /^\d+@\S+$/.test(value) ? 'worker@host' : value;
  }) as { events: unknown[] };
  return `{"events":[\n${events.map((event) => JSON.stringify(event)).join(',\n')}\n]}`;
}

/** A month without trouble of the machine's making, with its decisions; decisions continue as new after each. */
async function theSmallMonth(): Promise<void> {
  const world = await openSmallMonth();
  try {
    await world.client.workflow.start('decisions', {
      workflowId: 'decisions:demo-us',
      taskQueue: 'workflows',
      args: [{ connection: world.connection, policy: world.policy, decisionsPerRun: 1 }],
    });
    await liveThrough(world);
    await record(world, {
      'order-billed': 'order:demo-us:114-1000002-0000002',
      'order-refunded': 'order:demo-us:114-1000001-0000001',
      'order-waits-for-sku-and-is-mapped': 'order:demo-us:114-1000004-0000004',
      'order-cancelled': 'order:demo-us:114-1000005-0000005',
      'order-multi-channel': 'order:demo-us:S01-1000003-0000003',
      'order-refund-of-former-days': 'order:demo-us:114-0900000-0000009',
      'payout-unknown-amount-mapped-and-tied': 'payout:demo-us:27200000001',
      'decisions-continued-as-new': 'decisions:demo-us',
      'order-intake': 'order-intake:demo-us:*',
      'payout-intake': 'payout-intake:demo-us:*',
      'population-intake': 'population-intake:demo-us:*',
      'close-look': 'close:demo-us:look-*',
      'close-signed-and-reopened': 'close:demo-us:2026-10',
      'statement-import': 'bank-import:demo-us:*',
      'tie-out': 'tie-out:demo-us',
      'tax-tie': 'tax-tie:demo-us:*',
      'balances-on': 'balances:demo-us:*',
      tax: 'tax:demo-us:*',
      'connection-check': 'connection-check:demo-us',
      housekeeping: 'housekeeping:demo-us',
      'document-sweep': 'document-sweep:demo-us:*',
      alerts: await thatAskedFor(world, 'sendAlert', 'alerts:demo-us:'),
      reconciler: 'reconciler:demo-us:*',
      'stock-nothing-to-post': 'stock:demo-us:*',
      'stock-posts': await thatAskedFor(world, 'postStockDocument', 'stock:demo-us:'),
      'stock-closes-authorisation': await thatAskedFor(world, 'closeReturnUnits', 'stock:demo-us:'),
      'inbound-received-and-closed': 'inbound:demo-us:FBA15SMALL',
    });
  } finally {
    await world.close();
  }
}

const sold = (order: string, at: string): Cells[] =>
  sale({ order, shipment: `D${order.slice(-7)}`, at, item: `9${order.slice(-7)}`, sku: 'SKU-A', quantity: 1 }, [
    ['ItemPrice', 'Principal', '25.00'],
    ['ItemFees', 'Commission', '-3.75'],
    ['ItemFees', 'FBAPerUnitFulfillmentFee', '-3.25'],
  ]);
const BROKEN = report(
  {
    id: '27500000003',
    start: '2026-10-29T07:00:00Z',
    end: '2026-11-05T08:00:00Z',
    deposit: '2026-11-07T08:00:00Z',
    total: '99.00',
  },
  [account('Subscription Fee', '-1.00', '2026-10-30T08:00:00Z')],
);
const NEGATIVE = report(
  {
    id: '27500000001',
    start: '2026-10-01T07:00:00Z',
    end: '2026-10-15T07:00:00Z',
    deposit: '2026-10-17T07:00:00Z',
    total: '-4.00',
  },
  [...sold('114-5000001-0000001', '2026-10-08T16:00:00Z'), account('Storage Fee', '-22.00', '2026-10-11T08:00:00Z')],
);
const LATE = report(
  {
    id: '27500000002',
    start: '2026-10-15T07:00:00Z',
    end: '2026-10-29T07:00:00Z',
    deposit: '2026-11-03T08:00:00Z',
    total: '14.00',
  },
  [
    account('Payable to Amazon', '-4.00', '2026-10-15T07:00:00Z'),
    ...sold('114-5000002-0000002', '2026-10-20T16:00:00Z'),
  ],
);

/** What waits: for a price, for a person after a refusal, for documents, for the bank. */
async function whatWaits(): Promise<void> {
  const told = worldFromSettlements([NEGATIVE, LATE, BROKEN]);
  const pending = (order: (typeof told.orders)[number]) =>
    order.orderId === '114-5000001-0000001'
      ? {
          ...order,
          history: [
            { at: '2026-10-02T16:00:00Z', status: 'PENDING' as const },
            { at: '2026-10-06T16:00:00Z', status: 'UNSHIPPED' as const },
            { at: '2026-10-08T16:00:00Z', status: 'SHIPPED' as const },
          ],
        }
      : order;
  const world = await openWorld({ world: { ...told, orders: told.orders.map(pending) }, paceDays: 2 });
  try {
    await world.netsuitePage('POST', '/admin/switches', {
      mandatory: { salesOrder: [{ field: 'custbody_channel', label: 'Sales Channel' }] },
    });
    await world.runToTheEnd();
    await world.netsuitePage('POST', '/admin/switches', { mandatory: {} });
    for (const order of ['114-5000001-0000001', '114-5000002-0000002'])
      await world.client.workflow.getHandle(`order:demo-us:${order}`).signal('tryAgain');
    await world.until(
      () => world.tieOut(),
      ({ orders }) => orders.invoices === 2,
    );
    await world.look();
    await world.look();
    await record(world, {
      'order-pending-then-priced-then-refused-and-tried-again': 'order:demo-us:114-5000001-0000001',
      'payout-negative-waits-for-documents': 'payout:demo-us:27500000001',
      'payout-waits-for-documents-and-bank': 'payout:demo-us:27500000002',
      'payout-report-refused': 'payout:demo-us:27500000003',
    });
  } finally {
    await world.close();
  }
}

/** A report that a person hands in, of a connection that only plans. */
async function onlyPlanned(): Promise<void> {
  const world = await openWorld({
    world: worldFromSettlements([NEGATIVE]),
    paceDays: 14,
    settings: { posting: 'plan' },
  });
  try {
    await world.runToTheEnd();
    const file = await world.store.db.selectFrom('files').select('sha256').executeTakeFirstOrThrow();
    await world.client.workflow.execute('settlementImport', {
      workflowId: 'settlement-import:demo-us',
      taskQueue: 'workflows',
      args: [{ connection: world.connection, sha256: file.sha256, policy: world.policy }],
    });
    await record(world, {
      'order-planned': 'order:demo-us:114-5000001-0000001',
      'payout-planned': 'payout:demo-us:27500000001',
      'settlement-import': 'settlement-import:demo-us',
    });
  } finally {
    await world.close();
  }
}

const FIRST_ISSUE = report(
  {
    id: '27500000004',
    start: '2026-10-01T07:00:00Z',
    end: '2026-10-15T07:00:00Z',
    deposit: '2026-10-17T07:00:00Z',
    total: '18.00',
  },
  sold('114-5000004-0000004', '2026-10-08T16:00:00Z'),
);
const ISSUED_AGAIN = report(
  {
    id: '27500000004',
    start: '2026-10-01T07:00:00Z',
    end: '2026-10-15T07:00:00Z',
    deposit: '2026-10-17T07:00:00Z',
    total: '18.00',
  },
  sold('114-5000004-0000004', '2026-10-08T16:00:00Z').map((cells) => ({
    ...cells,
    ...(cells['amount'] === '25.00' ? { amount: '24.00' } : cells['amount'] === '-3.75' ? { amount: '-2.75' } : {}),
  })),
);

/** A report that Amazon issues again with another price, and the difference that a person settles. */
async function issuedAgain(): Promise<void> {
  const told = withReissuedReport(
    worldFromSettlements([FIRST_ISSUE]),
    '27500000004',
    ISSUED_AGAIN.bytes,
    '2026-10-28T08:00:00Z',
  );
  const world = await openWorld({ world: told, paceDays: 7 });
  try {
    await world.runToTheEnd();
    await sendDecision(world.context, {
      update: 'settleDifference',
      args: {
        document: 'AMZ_demo-us_INV_114-5000004-0000004-D0000004_1',
        choice: 'variance',
        by: 'maria',
        why: 'the price of the second report holds',
      },
    });
    await world.until(
      () => world.tieOut(),
      ({ payouts }) => payouts.every(({ tied }) => tied),
    );
    await record(world, {
      'payout-issued-again-and-difference-settled': 'payout:demo-us:27500000004',
      'decisions-difference-settled': 'decisions:demo-us',
    });
  } finally {
    await world.close();
  }
}

rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
await theSmallMonth();
await whatWaits();
await onlyPlanned();
await issuedAgain();
process.exit(0);
