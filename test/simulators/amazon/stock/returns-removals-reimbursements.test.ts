import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startAt } from '../started-simulator.ts';
import type { Started } from '../started-simulator.ts';
import { askFor, cells, DETAIL, rowsOf, told } from './asked-report.ts';
import { stockedWorld } from './stocked-world.ts';

/** Three reports beside the ledger: they agree with it as far as Amazon's do. */

const RETURNS = 'GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA';
const REIMBURSEMENTS = 'GET_FBA_REIMBURSEMENTS_DATA';
const REMOVALS = 'GET_FBA_FULFILLMENT_REMOVAL_ORDER_DETAIL_DATA';
const REMOVED = 'GET_FBA_FULFILLMENT_REMOVAL_SHIPMENT_DETAIL_DATA';
let started: Started;
beforeEach(async () => {
  started = await startAt('2026-10-25T12:00:00Z', { world: stockedWorld() });
});
afterEach(() => started.simulator.close());

const header = async (type: string): Promise<string | undefined> => (await askFor(started, type)).text?.split('\n')[0];
const ledger = async (options: Record<string, string>): Promise<string[]> =>
  cells(await rowsOf(started, DETAIL, { options }), 'Date', 'MSKU', 'Quantity', 'Disposition');

describe('customer returns', () => {
  test('its columns, without quotes', async () => {
    expect(await header(RETURNS)).toBe(
      'return-date\torder-id\tsku\tasin\tfnsku\tproduct-name\tquantity\tfulfillment-center-id\tdetailed-disposition\treason\tstatus\tlicense-plate-number\tcustomer-comments',
    );
  });

  test('a line for each unit, with its order and a plate of its own', async () => {
    const rows = await rowsOf(started, RETURNS);
    expect(
      cells(rows, 'return-date', 'order-id', 'sku', 'quantity', 'detailed-disposition', 'reason', 'status'),
    ).toEqual([
      '2026-10-08T15:00:00+00:00 111-0000011-0000011 BLU-MUG 1 SELLABLE NO_REASON_GIVEN Unit returned to inventory',
      '2026-10-08T15:00:00+00:00 111-0000012-0000012 BLU-MUG 1 CUSTOMER_DAMAGED DEFECTIVE Unit returned to inventory',
    ]);
    expect(new Set(cells(rows, 'license-plate-number')).size).toBe(2);
    expect(rows[0]?.['license-plate-number']).toMatch(/^LPN[A-Z0-9]{11}$/);
  });

  test('DAMAGED is "Amazon at fault → reimbursed" and "never reaches the ledger"', async () => {
    const at = '2026-10-16T12:00:00Z';
    await told(started, { returns: [{ at, order: '111-0000013-0000013', sku: 'BLU-MUG-3P', disposition: 'DAMAGED' }] });
    const rows = await rowsOf(started, RETURNS, { start: at });
    expect(cells(rows, 'sku', 'detailed-disposition', 'status')).toEqual(['BLU-MUG-3P DAMAGED Reimbursed']);
    expect(await ledger({ eventType: 'CustomerReturns', MSKU: 'BLU-MUG-3P' })).toEqual([]);
  });

  test("another day than the ledger's, another thing than the one that was sent, a line that is late or never comes", async () => {
    const unit = { order: '111-0000013-0000013', sku: 'BLU-MUG-3P', disposition: 'SELLABLE' };
    await told(started, {
      returns: [
        { ...unit, at: '2026-10-16T12:00:00Z', ledgerAt: '2026-10-18T12:00:00Z', inReport: '2026-10-26T00:00:00Z' },
        { ...unit, at: '2026-10-17T12:00:00Z', came: 'OLD-CUP', reason: 'SWITCHEROO' },
        { ...unit, at: '2026-10-19T12:00:00Z', inReport: 'never' },
      ],
    });
    const lines = async (): Promise<string[]> =>
      cells(await rowsOf(started, RETURNS, { start: '2026-10-15T07:00:00Z' }), 'return-date', 'sku', 'reason');
    expect(await lines()).toEqual(['2026-10-17T12:00:00+00:00 BLU-MUG-3P SWITCHEROO']);
    expect((await ledger({ eventType: 'CustomerReturns' })).slice(2)).toEqual([
      '10/17/2026 OLD-CUP 1 SELLABLE',
      '10/18/2026 BLU-MUG-3P 1 SELLABLE',
      '10/19/2026 BLU-MUG-3P 1 SELLABLE',
    ]);
    started.at('2026-10-26T12:00:00Z');
    expect((await lines())[0]).toBe('2026-10-16T12:00:00+00:00 BLU-MUG-3P NO_REASON_GIVEN');
  });
});

describe('reimbursements', () => {
  const lost = { reimbursement: '77001', reason: 'Lost_Warehouse', sku: 'BLU-MUG', currency: 'USD', perUnit: '7.35' };

  test('its columns', async () => {
    await told(started, { reimbursements: [{ ...lost, at: '2026-10-20T12:00:00Z', cash: 1 }] });
    expect(await header(REIMBURSEMENTS)).toBe(
      'approval-date\treimbursement-id\tcase-id\tamazon-order-id\treason\tsku\tfnsku\tasin\tproduct-name\tcondition\tcurrency-unit\tamount-per-unit\tamount-total\tquantity-reimbursed-cash\tquantity-reimbursed-inventory\tquantity-reimbursed-total\toriginal-reimbursement-id\toriginal-reimbursement-type',
    );
  });

  test('money, units given back in kind ("comes as ledger N"), and "reversals are rows of their own"', async () => {
    await told(started, {
      reimbursements: [
        { ...lost, at: '2026-10-20T12:00:00Z', cash: 2, inventory: 1 },
        {
          ...lost,
          at: '2026-10-22T12:00:00Z',
          reimbursement: '77002',
          reason: 'Reimbursement_Reversal',
          cash: -1,
          inventory: -1,
          reverses: '77001',
        },
      ],
    });
    const rows = await rowsOf(started, REIMBURSEMENTS);
    expect(
      cells(
        rows,
        'reimbursement-id',
        'amount-per-unit',
        'amount-total',
        'quantity-reimbursed-cash',
        'quantity-reimbursed-inventory',
        'quantity-reimbursed-total',
        'original-reimbursement-id',
        'original-reimbursement-type',
      ),
    ).toEqual(['77001 7.35 14.70 2 1 3  ', '77002 7.35 -7.35 -1 -1 -2 77001 Lost_Warehouse']);
    const adjustments = await rowsOf(started, DETAIL, {
      start: '2026-10-20T07:00:00Z',
      options: { eventType: 'Adjustments' },
    });
    expect(cells(adjustments, 'Date', 'Reason', 'Quantity')).toEqual(['10/20/2026 N 1', '10/22/2026 O -1']);
  });

  test('"several rows for one id"', async () => {
    await told(started, {
      reimbursements: [
        { ...lost, at: '2026-10-20T12:00:00Z', cash: 1 },
        { ...lost, at: '2026-10-20T12:00:00Z', cash: 1, perUnit: '6.10' },
      ],
    });
    expect(cells(await rowsOf(started, REIMBURSEMENTS), 'reimbursement-id', 'amount-total')).toEqual([
      '77001 7.35',
      '77001 6.10',
    ]);
  });

  test('money, too, brings down what is unreconciled', async () => {
    await told(started, { reimbursements: [{ ...lost, at: '2026-10-20T12:00:00Z', cash: 1, settles: 'lost' }] });
    const rows = await rowsOf(started, DETAIL, { options: { eventType: 'Adjustments' } });
    expect(
      cells(
        rows.filter(({ Reason }) => Reason === 'M'),
        'Unreconciled Quantity',
      ),
    ).toEqual(['0']);
  });
});

describe('removals', () => {
  beforeEach(async () => {
    await told(started, {
      removals: [
        {
          removal: 'clear-out-1',
          at: '2026-10-15T12:00:00Z',
          kind: 'Return',
          currency: 'USD',
          lines: [
            { sku: 'OLD-CUP', disposition: 'Sellable', units: 5, fee: '4.85' },
            { sku: 'BLU-MUG', disposition: 'Unsellable', units: 1 },
          ],
        },
      ],
      events: [
        { at: '2026-10-15T13:00:00Z', type: 'convert', sku: 'BLU-MUG', units: 1, reason: 'E', into: 'DEFECTIVE' },
        {
          at: '2026-10-18T12:00:00Z',
          type: 'remove',
          removal: 'clear-out-1',
          sku: 'OLD-CUP',
          units: 3,
          tracking: '1Z9',
        },
        { at: '2026-10-19T12:00:00Z', type: 'cancel-removal', removal: 'clear-out-1', sku: 'OLD-CUP', units: 2 },
        {
          at: '2026-10-27T12:00:00Z',
          type: 'dispose',
          removal: 'clear-out-1',
          sku: 'BLU-MUG',
          units: 1,
          disposition: 'DEFECTIVE',
        },
      ],
    });
  });

  test('the columns of both', async () => {
    expect(await header(REMOVALS)).toBe(
      'request-date\torder-id\torder-type\tservice-speed\torder-status\tlast-updated-date\tsku\tfnsku\tdisposition\trequested-quantity\tcancelled-quantity\tdisposed-quantity\tshipped-quantity\tin-process-quantity\tremoval-fee\tcurrency',
    );
    expect(await header(REMOVED)).toBe(
      'request-date\torder-id\tshipment-date\tsku\tfnsku\tdisposition\tshipped-quantity\tcarrier\ttracking-number\tremoval-order-type',
    );
  });

  test('an order goes on from the events that name it, until nothing is in process', async () => {
    const order = async (): Promise<string[]> =>
      cells(
        await rowsOf(started, REMOVALS),
        'order-id',
        'order-status',
        'sku',
        'requested-quantity',
        'cancelled-quantity',
        'disposed-quantity',
        'shipped-quantity',
        'in-process-quantity',
        'removal-fee',
      );
    expect(await order()).toEqual([
      'clear-out-1 In Process OLD-CUP 5 2 0 3 0 4.85',
      'clear-out-1 In Process BLU-MUG 1 0 0 0 1 ',
    ]);
    started.at('2026-10-28T12:00:00Z');
    expect(await order()).toEqual([
      'clear-out-1 Completed OLD-CUP 5 2 0 3 0 4.85',
      'clear-out-1 Completed BLU-MUG 1 0 1 0 0 ',
    ]);
  });

  test('"removed by a removal order and shipped out" is VendorReturns; what was disposed of is `D` and in no shipment', async () => {
    started.at('2026-10-28T12:00:00Z');
    expect(
      cells(
        await rowsOf(started, REMOVED),
        'shipment-date',
        'sku',
        'disposition',
        'shipped-quantity',
        'tracking-number',
        'removal-order-type',
      ),
    ).toEqual(['2026-10-18T12:00:00+00:00 OLD-CUP Sellable 3 1Z9 Return']);
    expect(await ledger({ eventType: 'VendorReturns' })).toEqual(['10/18/2026 OLD-CUP -3 SELLABLE']);
    expect((await ledger({ eventType: 'Adjustments' })).at(-1)).toBe('10/27/2026 BLU-MUG -1 DEFECTIVE');
  });
});

test.each([RETURNS, REIMBURSEMENTS, REMOVALS, REMOVED])('%s: CANCELLED is "no data to return"', async (type) => {
  expect(await askFor(started, type, { start: '2026-10-24T07:00:00Z' })).toEqual({ status: 'CANCELLED', text: null });
});
