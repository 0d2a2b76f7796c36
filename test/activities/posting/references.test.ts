import { expect, test } from '@jest/globals';
import type { Connection } from '../../../src/activities/connection.ts';
import { accountReference } from '../../../src/activities/posting/references.ts';
import { demoConnectionSettings } from '../../../src/local/demo-month/connection-settings.ts';
import { demoMonth } from '../../../src/local/demo-month/demo-month.ts';

test('a role that comes for the first time and has no account stops with the setting that must name one', async () => {
  const settings = demoConnectionSettings(demoMonth());
  const { 'set-off': _, ...accounts } = settings.accounts;
  // NetSuite is not asked for an account that nobody named.
  const connection = { settings: { ...settings, name: 'demo-us', accounts } } as unknown as Connection;
  const refusal = accountReference(connection, 'set-off', 'USD');
  await expect(refusal).rejects.toMatchObject({
    type: 'SETTING_UNKNOWN',
    nonRetryable: false,
    details: ['accounts.set-off (USD)'],
  });
  await expect(refusal).rejects.toThrow(
    'The connection demo-us names no account for set-off in USD, and something is to be booked there now. Set accounts.set-off in the configuration and start again.',
  );
  await expect(
    accountReference(
      {
        ...connection,
        settings: { ...settings, accounts: { ...settings.accounts, 'reserve-held': { CAD: '1185' } } },
      } as unknown as Connection,
      'reserve-released',
      'USD',
    ),
  ).rejects.toMatchObject({ details: ['accounts.reserve-held (USD)'] });
});
