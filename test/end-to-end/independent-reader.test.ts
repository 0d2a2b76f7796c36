import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TieOut } from '../../src/contracts/tie-out/tie-out.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import { plainSettlement, type PlainSettlement } from '../golden/plain-settlement-reader.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const FILES = ['order-and-reserve-usd.txt', 'refund-and-reimbursement-usd.txt', 'reserve-in-and-out-eur.txt'];
const bytes = (name: string) => readFileSync(fileURLToPath(new URL(`../golden/settlements/${name}`, import.meta.url)));

/** What documents carry: the price and what was taken off it. Tax washes, and fees are the journal's. */
const ofDocuments = (key: string) => /^(Order|Refund) \/ (ItemPrice|Promotion) \//.test(key) && !key.endsWith('Tax');

/** Accounts and the keys of these files that end there, by hand. */
const ENDS_IN: Record<string, RegExp> = {
  'selling-fees': /\/ (Commission|RefundCommission)$/,
  'fulfilment-fees': /\/ (FBAPerUnitFulfillmentFee|ShippingChargeback)$/,
  storage: /\/ (Base fee|Storage Fee)$/,
  advertising: /Cost of Advertising/,
  reimbursements: /FBA Inventory Reimbursement/,
  'product-sales': /^Order \/ ItemPrice \/ Principal$/,
  'shipping-income': /^Order \/ ItemPrice \/ Shipping$/,
};
const CURRENCIES = { USD: ['26100000001', '26100000002'], EUR: ['26200000001'] };

const minor = (text: string) => BigInt(text.replace('.', ''));
const sum = (amounts: Iterable<bigint>) => [...amounts].reduce((total, amount) => total + amount, 0n);

describe('a plain reader that shares no code with the product', () => {
  let world: WorldUnderTest;
  let tieOut: TieOut;
  const read: PlainSettlement[] = FILES.map((name) => plainSettlement(bytes(name).toString('utf8'), ofDocuments));
  const files = (currency: keyof typeof CURRENCIES) => read.filter(({ id }) => CURRENCIES[currency].includes(id));
  beforeAll(async () => {
    world = await openWorld({
      world: worldFromSettlements(FILES.map((name) => ({ name, bytes: bytes(name) }))),
      paceDays: 14,
    });
    await world.runToTheEnd();
    tieOut = await world.tieOut();
  }, 120_000);
  afterAll(() => world?.close());

  test.each(['USD', 'EUR'] as const)('agrees with NetSuite on each account in %s, by key', (currency) => {
    for (const [role, keys] of Object.entries(ENDS_IN)) {
      const amounts = files(currency).flatMap(({ byKey }) =>
        [...byKey].filter(([key]) => keys.test(key)).map(([, amount]) => amount),
      );
      if (amounts.length === 0) continue;
      // Whole units that came back are taken off the sales; others are on an account of their own.
      const back =
        role === 'product-sales' && currency === 'USD'
          ? sum(files(currency).flatMap(({ byKey }) => byKey.get('Refund / ItemPrice / Principal') ?? []))
          : 0n;
      expect([role, minor(tieOut.balances[`${role}.${currency}`]!)]).toEqual([role, -sum(amounts) - back]);
    }
  });

  test.each(['USD', 'EUR'] as const)('agrees with the bank in %s: the totals, and nothing on clearing', (currency) => {
    expect(minor(tieOut.balances[`bank.${currency}`]!)).toBe(sum(files(currency).map(({ total }) => total)));
    for (const role of ['clearing', 'receivable', 'payouts-in-transit'])
      expect(tieOut.balances[`${role}.${currency}`] ?? '0.00').toBe('0.00');
  });

  test('agrees with the documents in NetSuite, order by order', async () => {
    const documents = await world.suiteql(
      "SELECT otherrefnum, type, foreigntotal FROM transaction WHERE type IN ('CustInvc', 'CustCred') ORDER BY id",
    );
    const held = new Map<string, bigint>();
    for (const { otherrefnum, type, foreigntotal } of documents) {
      const [, whole, fraction = ''] = /^-?(\d+)(?:\.(\d+))?$/.exec(foreigntotal!)!;
      const size = BigInt(whole + fraction.padEnd(2, '0'));
      held.set(otherrefnum!, (held.get(otherrefnum!) ?? 0n) + (type === 'CustInvc' ? size : -size));
    }
    const wanted = new Map<string, bigint>();
    for (const { byOrder } of read)
      for (const [order, amount] of byOrder) wanted.set(order, (wanted.get(order) ?? 0n) + amount);
    expect([...held].sort()).toEqual([...wanted].sort());
  });

  test('every file adds up to its total, and each payout is tied', () => {
    for (const { sum: added, total } of read) expect(added).toBe(total);
    expect(tieOut.payouts.map(({ settlementId, tied }) => [settlementId, tied]).sort()).toEqual([
      ['26100000001', true],
      ['26100000002', true],
      ['26200000001', true],
    ]);
  });
});
