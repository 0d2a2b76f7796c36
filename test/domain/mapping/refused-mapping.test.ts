import { describe, expect, test } from '@jest/globals';
import { explainRefusedRole, isChosenRole } from '../../../src/domain/mapping/chosen-role.ts';
import { amountOverrides, classify } from '../../../src/domain/mapping/classify.ts';
import { explainRefusedMapping } from '../../../src/domain/mapping/refused-mapping.ts';
import { isRevenueRole, REVENUE_ROLES, ROLES } from '../../../src/domain/mapping/roles.ts';
import { key } from './keys.ts';

const NEW = key('other-transaction / other-transaction / FBA Inbound Dock Fee');

/** Roles with mechanics, and a word of what serves instead. */
const REFUSED: [string, RegExp][] = [
  ['balance-due-to-amazon', /set-off.*Payable to Amazon/],
  ['amazon-charges', /cost.*Successful charge/],
  ['payouts-in-transit', /Failed Disbursement.*Micro Deposit/],
  ['reserve-held', /Current Reserve Amount.*loans/],
  ['reserve-released', /Previous Reserve Amount Balance/],
  ['opening-balance', /cut-over/],
  ['settlement-in-progress', /suspense/],
  ['clearing', /product-sales.*refunds/],
  ['receivable', /product-sales.*refunds/],
  ['bank', /Successful charge/],
  ['card', /Successful charge/],
  ['conversion', /selling-fees/],
  ['accrued', /cost or income/],
  ['marketplace-tax', /sales-tax-payable.*tax-on-fees/],
];

describe('a role with mechanics of its own', () => {
  test.each(REFUSED)('%s is no choice for a person, and the sentence says what serves', (role, instead) => {
    expect(explainRefusedMapping(NEW, { role })).toMatch(instead);
    expect(explainRefusedMapping(NEW, { role })).toContain(`${role} is no choice`);
  });

  test('every other role is one', () => {
    expect(ROLES.filter((role) => !isChosenRole(role)).sort()).toEqual(REFUSED.map(([role]) => role).sort());
    for (const role of ROLES.filter((known) => isChosenRole(known) && !isRevenueRole(known)))
      expect(explainRefusedMapping(NEW, { role })).toBeNull();
  });

  test('what only documents recognise is one on rows of Order and Refund, which they own, and on no other', () => {
    for (const role of REVENUE_ROLES) {
      for (const transactionType of ['Order', 'refund'])
        expect(explainRefusedMapping({ ...NEW, transactionType }, { role })).toBeNull();
      for (const transactionType of ['BuyerRecharge', 'Order_Retrocharge', 'Chargeback Refund'])
        expect(explainRefusedMapping({ ...NEW, transactionType }, { role })).toContain(
          `${role} is no choice for rows of ${transactionType}`,
        );
    }
  });

  test('what was decided so before it was refused waits anew', () => {
    const recharge = key('BuyerRecharge / ItemPrice / Principal');
    expect(classify(recharge, amountOverrides([{ ...recharge, role: 'refunds' }]))).toBeNull();
    expect(classify(recharge, amountOverrides([{ ...recharge, role: 'chargebacks-and-claims' }]))).toMatchObject({
      role: 'chargebacks-and-claims',
    });
  });

  test('names in its sentence only known keys that the amount map knows', () => {
    const keys = REFUSED.flatMap(([role]) =>
      [...explainRefusedRole(role)!.matchAll(/"([^"]+ \/ [^"]+)"/g)].map((match) => match[1]!),
    );
    expect(keys.length).toBeGreaterThan(8);
    expect(keys.filter((text) => classify(key(text)) === null)).toEqual([]);
  });

  test('of a decision taken earlier is left out, so that its key waits for a better answer', () => {
    expect(classify(NEW, amountOverrides([{ ...NEW, role: 'balance-due-to-amazon' }]))).toBeNull();
  });
});

describe('what is refused beside the amount map', () => {
  test('a role that does not exist', () => {
    expect(explainRefusedMapping(NEW, { role: 'inbond' })).toContain('"inbond" is not a role');
  });

  test.each(['Current Reserve Amount', 'Payable to Amazon', 'Successful charge', 'Transfer of funds unsuccessful: no'])(
    'to send a key away that has mechanics: %s',
    (description) => {
      expect(
        explainRefusedMapping(key(`other-transaction / other-transaction / ${description}`), { role: 'storage' }),
      ).toContain('it stays there');
    },
  );

  test('but a known key without mechanics may be another cost to a connection', () => {
    expect(
      explainRefusedMapping(key('Seller Rewards / Seller Rewards / Seller Rewards'), { role: 'reimbursements' }),
    ).toBeNull();
  });

  test('a beginning that would take known keys from their role', () => {
    expect(
      explainRefusedMapping(key('other-transaction / other-transaction / Current Reserve…'), { role: 'storage' }),
    ).toContain('Current Reserve Amount, which is reserve-held');
    expect(
      explainRefusedMapping(key('other-transaction / other-transaction / Transfer of funds…'), { role: 'suspense' }),
    ).toContain('which is payouts-in-transit');
    expect(explainRefusedMapping(key('FBAFees / FBA Customer… / Base fee'), { role: 'storage' })).toContain(
      'which is fulfilment-fees',
    );
    expect(explainRefusedMapping(key('FBAFees / FBA Customer… / Base fee'), { role: 'fulfilment-fees' })).toBeNull();
    expect(explainRefusedMapping(key('FBAFees / FBA Rework Fee… / Base fee'), { role: 'storage' })).toBeNull();
  });

  test('a beginning of next to nothing, or of a transaction type', () => {
    expect(explainRefusedMapping(key('other-transaction / other-transaction / …'), { role: 'storage' })).toContain(
      'too much',
    );
    expect(explainRefusedMapping(key('other-transaction / other-transaction / FBA …'), { role: 'storage' })).toContain(
      'too much',
    );
    expect(
      explainRefusedMapping(key('other-transaction… / other-transaction / Storage surcharge'), { role: 'storage' }),
    ).toContain('transaction type is named whole');
  });

  test('the same as a key that the map does not know, or for one that it does', () => {
    const sameAs = key('other-transaction / other-transaction / Current Reserve Amount');
    expect(explainRefusedMapping(NEW, { sameAs })).toBeNull();
    expect(explainRefusedMapping(NEW, { sameAs: key('other-transaction / other-transaction / Zork') })).toContain(
      'does not know other-transaction / other-transaction / Zork',
    );
    expect(
      explainRefusedMapping(NEW, { sameAs: key('other-transaction / other-transaction / MiscAdjustment') }),
    ).toContain('does not know');
    expect(explainRefusedMapping(key('other-transaction / other-transaction / Storage Fee'), { sameAs })).toContain(
      'knows other-transaction / other-transaction / Storage Fee already, as storage',
    );
    expect(
      explainRefusedMapping(key('other-transaction / other-transaction / Micro Dep…'), {
        sameAs: key('other-transaction / other-transaction / Failed Disbursement'),
      }),
    ).toContain('Micro Deposit, which is payouts-in-transit');
  });
});
