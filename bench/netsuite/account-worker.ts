/** One of the processes that share the account: told by its parent where everything is, it calls NetSuite until it is stopped. */
import { createNetSuiteClient } from '../../src/clients/netsuite/create-netsuite-client.ts';
import type { NetSuiteClient } from '../../src/clients/netsuite/netsuite-client.ts';
import { decimal } from '../../src/clients/netsuite/write-json.ts';
import { SharedSlots } from '../../src/store/limits/netsuite-slots.ts';

export interface AccountWork {
  name: string;
  databaseUrl: string;
  slots: number;
  /** Calls that this process always has under way or waiting. */
  atOnce: number;
  account: string;
  baseUrl: string;
  tokenUrl: string;
  clientId: string;
  certificateId: string;
  privateKeyPem: string;
}

process.once('message', (work: AccountWork) => void run(work));
process.once('disconnect', () => process.exit(0));

async function run(work: AccountWork): Promise<void> {
  const slots = await SharedSlots.open({ url: work.databaseUrl, account: work.account, size: work.slots });
  const client = createNetSuiteClient({ ...work, slots, timeoutMs: 20_000, now: Date.now });
  const journal = await journalMaker(client);
  let calls = 0;
  const keepCalling = async () => {
    for (;;) {
      calls += 1;
      if (calls % 2 === 0) await client.suiteql('SELECT id, acctnumber FROM account WHERE acctnumber = ?', ['6110']);
      else await client.create('journalEntry', journal(`AMZ_bench_JE_${work.name}_${calls}`));
    }
  };
  process.send?.('ready');
  await Promise.all(Array.from({ length: work.atOnce }, keepCalling));
}

async function journalMaker({ lookups }: NetSuiteClient) {
  const [currency, subsidiary, [period], fees, transit] = await Promise.all([
    lookups.currencyByCode('USD'),
    lookups.subsidiaryByName('Example Inc'),
    lookups.periodsFrom('2026-10-31'),
    lookups.accountByNumber('6110'),
    lookups.accountByNumber('1190'),
  ]);
  return (externalId: string) => ({
    externalId,
    tranDate: '2026-10-31',
    memo: externalId,
    currency: { id: currency!.id },
    subsidiary: { id: subsidiary!.id },
    postingPeriod: { id: period!.id },
    line: {
      items: [
        { account: { id: fees!.id }, debit: decimal('12.30') },
        { account: { id: transit!.id }, credit: decimal('12.30') },
      ],
    },
  });
}
