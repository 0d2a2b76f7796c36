/**
 * The close's item `tax` and the view of `tieout vat` read Amazon's VAT report alike. By hand: A and B, 100.00 with 20.00 each, billed
 * in Britain on 28 October; B left from Germany, as Amazon's report says. Until its tax is moved there, and the journal of the move
 * is in NetSuite, October does not tie; no document of October changes by it.
 */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { decideMoveTax } from '../../../src/activities/decisions/move-tax.ts';
import { closeFacts } from '../../../src/activities/period/close-facts.ts';
import { monthFrame } from '../../../src/activities/period/month-frame.ts';
import { postTaxJournals } from '../../../src/activities/tax/post-tax-journals.ts';
import { takeInVatReport } from '../../../src/activities/tax/take-in-vat-report.ts';
import { taxItem } from '../../../src/domain/period/items/tax.ts';
import { vatView } from '../../../src/views/tax/vat-view.ts';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import type { AccountUnderTest } from '../account-under-test.ts';
import { alsoInGermany, bill, NOW, openTaxed, sales, settled } from '../tax/uk-sales.ts';
import { takeEverythingIn } from '../worked-example.ts';

const [A, B] = ['202-1000061-0000001', '202-1000062-0000002'] as const;
const TAX = {
  registrations: ['GB', 'DE'],
  items: { GB: 'AMZ-VAT-GB', DE: 'AMZ-VAT-DE' },
  rates: { GB: { standard: 20 }, DE: { standard: 19 } },
  vatReport: 'amazon',
};

let postgres: FreshPostgres;
let account: AccountUnderTest;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());
afterEach(() => account?.close());

async function item() {
  const frame = await monthFrame(account.connection, '2026-10', NOW);
  const { tax } = await closeFacts(account.connection, frame, { fresh: false });
  return taxItem(tax).map(({ figure, population, open }) => [figure, population, open.map(({ what }) => what)]);
}
async function vat() {
  const { settings } = account.connection;
  const source = { store: postgres.store, settings, world: { temporal: { uiUrl: null } } };
  const view = await vatView(source, { month: '2026-10', netsuite: null, amazon: null });
  const { ties, agree, counts, moves, waiting } = view.amazon!;
  return { ties, agree, differs: counts.differs, proposed: moves.length, waiting, notes: view.notes.join(' ') };
}
/** Sold from Germany by Amazon's report, from here by the document. */
const DIFFERS = expect.stringMatching(
  /^Amazon's VAT report differs: sale of .* in order .* is .* by documents, .* by Amazon$/,
);
const TIES = [4000n, "1 jurisdiction; Amazon's VAT report agrees", []];
const OPEN = [4000n, "1 jurisdiction; Amazon's VAT report differs", [DIFFERS]];

test('a tax that was moved where Amazon has it ties in both, once its journal is in NetSuite, and in neither before', async () => {
  account = await openTaxed(postgres, [settled(sales([A, B]), '240.00')], {
    tax: TAX,
    world: (told) => ({
      ...alsoInGermany(told),
      vat: { calculated: true, numbers: { GB: 'GB123456789', DE: 'DE123456789' }, departures: { [B]: 'DE' } },
    }),
    settings: { close: { accruals: false } },
  });
  await takeEverythingIn(account);
  await bill(account, A);
  await bill(account, B);
  await account.run(takeInVatReport);
  expect(await item()).toEqual([OPEN]);
  expect(await vat()).toMatchObject({ ties: false, agree: 1, differs: 1, proposed: 1, waiting: [] });

  const moved = { orderId: B, from: 'GB', to: 'DE', net: '100.00', tax: '20.00', by: 'maria', why: 'left Germany' };
  const { document } = await account.run(decideMoveTax, { decision: moved, act: 'move' });
  // Decided and in no account yet: it is not proposed again, and nothing agrees by it.
  expect(await item()).toEqual([OPEN]);
  expect(await vat()).toMatchObject({
    ties: false,
    agree: 1,
    differs: 1,
    proposed: 0,
    waiting: [document],
    notes: expect.stringContaining(document!),
  });

  expect(await account.run(postTaxJournals)).toEqual({ posted: 1, stopped: 0 });
  expect(await item()).toEqual([TIES]);
  expect(await vat()).toMatchObject({ ties: true, agree: 2, differs: 0, proposed: 0, waiting: [] });
});

test('a difference that nobody moved opens both', async () => {
  account = await openTaxed(postgres, [settled(sales([A, B]), '240.00')], {
    tax: { ...TAX, registrations: ['GB'], items: { GB: 'AMZ-VAT-GB' } },
    world: (told) => ({
      ...told,
      vat: { calculated: true, numbers: { GB: 'GB123456789' }, departures: { [B]: 'DE' } },
    }),
    settings: { close: { accruals: false } },
  });
  await takeEverythingIn(account);
  await bill(account, A);
  await bill(account, B);
  await account.run(takeInVatReport);
  const both = [await item(), await vat()];
  expect(both).toMatchObject([[OPEN], { ties: false, differs: 1 }]);
});
