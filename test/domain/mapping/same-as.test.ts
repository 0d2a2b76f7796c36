import { describe, expect, test } from '@jest/globals';
import { amountOverrides, classify, overridesOf, type AmountOverride } from '../../../src/domain/mapping/classify.ts';
import { SettlementInspection, type Inspection } from '../../../src/domain/payouts/inspect-settlement.ts';
import { account, report, sale, type Cells } from '../../end-to-end/report.ts';
import { key } from './keys.ts';

const OTHER = 'other-transaction / other-transaction';
const AT = '2026-10-05T09:00:00Z';

/** A settlement of these rows as it is inspected when the new spellings are decided so. */
function inspect(total: string, rows: Cells[], spellings: Record<string, string>): Inspection {
  const overrides = amountOverrides(
    Object.entries(spellings).map(([named, known]): AmountOverride => ({ ...key(named), sameAs: key(known) })),
  );
  const inspection = new SettlementInspection({ overrides });
  inspection.push(
    report(
      {
        id: '27300000001',
        start: '2026-10-01T07:00:00Z',
        end: '2026-10-15T07:00:00Z',
        deposit: '2026-10-17T07:00:00Z',
        total,
      },
      rows,
    ).bytes,
  );
  return inspection.finish();
}
const booked = ({ byRole }: Inspection) => Object.fromEntries(byRole.map(({ role, amount }) => [role, amount]));

describe('a new spelling of a known key has the mechanics of that key', () => {
  const refused = `${OTHER} / Die Überweisung wurde abgelehnt…`;

  test('a failed transfer comes back as a returned payout, whatever its words', () => {
    const { movements, unknown } = inspect(
      '30.00',
      [account('Die Überweisung wurde abgelehnt: Konto unbekannt', '30.00', AT)],
      { [refused]: `${OTHER} / Failed Disbursement` },
    );
    expect(unknown).toEqual([]);
    expect(movements.returned).toEqual([{ amount: 3000n, postedAt: AT, line: 3 }]);
    expect(movements.movements.map(({ kind, amount }) => [kind, amount])).toEqual([['payout', 3000n]]);
  });

  test('a micro deposit is a movement of its own and none that comes back', () => {
    const { movements } = inspect('-0.01', [account('Kleine Überweisung zur Probe', '-0.01', AT)], {
      [`${OTHER} / Kleine Überweisung zur Probe`]: `${OTHER} / Micro Deposit`,
    });
    expect(movements.movements.map(({ kind, amount }) => [kind, amount])).toEqual([['micro-deposit', 1n]]);
    expect(movements.returned).toEqual([]);
  });

  test('a charge is expected on the card', () => {
    const { movements } = inspect('39.00', [account('Charged to your card', '39.00', AT)], {
      [`${OTHER} / Charged to your card`]: `${OTHER} / Successful charge`,
    });
    expect(movements.movements.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['payout', 3900n],
      ['charge', -3900n],
    ]);
  });

  test('a reserve is held and released', () => {
    const seen = inspect(
      '70.00',
      [
        account('WAREHOUSE_LOST', '100.00', AT, 'FBA Inventory Reimbursement'),
        account('Held back', '-50.00', AT),
        account('Given back', '20.00', AT),
      ],
      {
        [`${OTHER} / Held back`]: `${OTHER} / Current Reserve Amount`,
        [`${OTHER} / Given back`]: `${OTHER} / Previous Reserve Amount Balance`,
      },
    );
    expect(booked(seen)).toEqual({ 'reserve-held': -5000n, 'reserve-released': 2000n, reimbursements: 10000n });
  });

  test('tax withheld washes with the tax of its order, and what is left says that Amazon withholds it', () => {
    const taxed = (withheld: string) =>
      sale({ order: '114-0000001-0000001', at: AT, item: '9', sku: 'SKU-A', quantity: 1 }, [
        ['ItemPrice', 'Principal', '20.00'],
        ['ItemPrice', 'Tax', '2.00'],
        ['ItemWithholding', 'AmazonCollectedTax-Principal', withheld],
      ]);
    const spellings = {
      'Order / ItemWithholding / AmazonCollectedTax-Principal':
        'Order / ItemWithheldTax / MarketplaceFacilitatorTax-Principal',
    };
    expect(inspect('20.00', taxed('-2.00'), spellings).journal!.residuals).toEqual([]);
    expect(inspect('20.50', taxed('-1.50'), spellings).journal!.residuals).toEqual([
      { orderId: '114-0000001-0000001', amount: 50n, rows: 2, withheldRow: true },
    ]);
  });

  test('a sale under another transaction type clears as one, and goes to merchant-orders where another system owns it', () => {
    const rows = (channel: 'AFN' | 'MFN') =>
      sale({ order: '114-0000001-0000001', at: AT, item: '9', sku: 'SKU-A', quantity: 1, channel }, [
        ['ItemPrice', 'Principal', '20.00'],
      ]).map((cells) => ({ ...cells, 'transaction-type': 'Bestellung' }));
    const spellings = { 'Bestellung / ItemPrice / Principal': 'Order / ItemPrice / Principal' };
    expect(booked(inspect('20.00', rows('AFN'), spellings))).toEqual({ clearing: 2000n });
    expect(booked(inspect('20.00', rows('MFN'), spellings))).toEqual({ 'merchant-orders': 2000n });
  });
});

describe('what a known key means to a connection its new spelling means too', () => {
  const NEW = 'Seller Bonus / Seller Bonus / Seller Bonus';
  const KNOWN = 'Seller Rewards / Seller Rewards / Seller Rewards';
  const stored = (named: string, choice: string, sameAs: string | null = null) => {
    const names = (text: string): [string, string, string] => text.split(' / ') as [string, string, string];
    return { spelled: JSON.stringify(names(named)), choice, sameAs: sameAs === null ? null : names(sameAs) };
  };

  test('by the map, or by the decision for the known key', () => {
    expect(classify(key(NEW), overridesOf([], [stored(NEW, 'selling-fees', KNOWN)]))).toMatchObject({
      role: 'selling-fees',
      known: key(KNOWN),
    });
    expect(
      classify(
        key(NEW),
        overridesOf(
          [{ key: ['Seller Rewards', 'Seller Rewards', 'Seller Rewards'], role: 'reimbursements' }],
          [stored(NEW, 'selling-fees', KNOWN)],
        ),
      )?.role,
    ).toBe('reimbursements');
  });

  test('and two spellings that name each other lead on in no circle', () => {
    const circle = overridesOf([], [stored(NEW, 'selling-fees', KNOWN), stored(KNOWN, 'selling-fees', NEW)]);
    expect(classify(key(NEW), circle)?.role).toBe('selling-fees');
    expect(classify(key(KNOWN), circle)).toBeNull();
  });

  test('a later decision with a role takes its place', () => {
    expect(
      classify(key(NEW), overridesOf([], [stored(NEW, 'selling-fees', KNOWN), stored(NEW, 'loans')])),
    ).toMatchObject({ role: 'loans', known: key(NEW) });
  });
});
