import { accountOf, type TieoutConfig } from '../config/connection.ts';
import { overridesOf } from '../domain/mapping/classify.ts';
import type { InspectionOptions } from '../domain/payouts/inspect-settlement.ts';

/**
 * How the first connection of a configuration books a settlement: its accounts, posting mode, merchant-fulfilled rule
 * and decided keys. @throws TieoutError `config`, or `mode-not-built`.
 */
export async function inspectionOptionsOf(configFile: string): Promise<InspectionOptions> {
  const { readConfig } = await readConfigModule();
  const [connection] = (await readConfig(configFile)).connections;
  if (connection === undefined) throw new Error('bug: a valid configuration has a connection');
  return {
    mode: connection.postingMode,
    account: (role, currency) => accountOf(connection, role, currency),
    overrides: overridesOf(connection.amountMap),
    booking: { merchantFulfilled: connection.merchantFulfilled },
  };
}

/** The reader of configurations brings zod and yaml with it: only `--config` pays for them. */
async function readConfigModule(): Promise<{ readConfig: (file: string) => TieoutConfig | Promise<TieoutConfig> }> {
  const module = '../config/read-config.ts';
  return import(module);
}
