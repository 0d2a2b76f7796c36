import { expect, test } from '@jest/globals';
import { demoMonth } from '../../../src/local/demo-month/demo-month.ts';
import {
  withOtherPrice,
  withOtherTotal,
  withoutBankLine,
  withoutRefund,
  withoutReportRow,
  withoutShipment,
} from '../../../src/local/demo-month/disagreements.ts';
import { centsOf, plainReport, sumOf } from './plain-report.ts';

const world = demoMonth();
const [settlement] = world.settlements;
const shipped = plainReport(settlement?.bytes ?? new Uint8Array()).rows.find(
  ({ cells }) =>
    cells['amount-description'] === 'Principal' && cells['fulfillment-id'] === 'AFN' && cells['amount'] !== '0.00',
);
const orderId = shipped?.cells['order-id'] ?? '';

test('another price stands in the order and in its shipment, not in the report', () => {
  const other = withOtherPrice(world, orderId, '1.11');
  expect(other.orders.find((order) => order.orderId === orderId)?.items[0]?.principal).toBe('1.11');
  expect(other.shipments.find((shipment) => shipment.orderId === orderId)?.items[0]?.principal).toBe('1.11');
  expect(other.settlements).toEqual(world.settlements);
});

test('a report without a row differs from its total by that row', () => {
  const report = plainReport(
    withoutReportRow(world, '20001234561', [orderId, 'Principal']).settlements[0]?.bytes ?? new Uint8Array(),
  );
  expect(report.totalCents - sumOf(report.rows)).toBe(shipped?.cents);
});

test('another total stands in the summary row alone', () => {
  const report = plainReport(withOtherTotal(world, '20001234561', '1.00').settlements[0]?.bytes ?? new Uint8Array());
  expect([report.totalCents, sumOf(report.rows)]).toEqual([100, centsOf(settlement?.total)]);
});

test('shipments, refunds and bank lines can be missing', () => {
  expect(withoutShipment(world, orderId).shipments.some((shipment) => shipment.orderId === orderId)).toBe(false);
  const refunded = world.refunds[0]?.orderId ?? '';
  expect(withoutRefund(world, refunded).refunds.some((refund) => refund.orderId === refunded)).toBe(false);
  expect(
    withoutBankLine(world, '20001234562')
      .bankLines.filter(({ description }) => description === 'AMAZON.COM MKTPL')
      .map(({ date }) => date),
  ).toEqual(['2026-10-16']);
});

test('nothing to change is an error, not a quiet success', () => {
  expect(() => withOtherPrice(world, '111-0-0', '1.00')).toThrow('no order 111-0-0');
  expect(() => withoutReportRow(world, '20001234561', ['no such cell'])).toThrow('no row');
  expect(() => withOtherTotal(world, '1', '1.00')).toThrow('no settlement 1');
  expect(() => withoutShipment(world, '111-0-0')).toThrow('no shipment');
  expect(() => withoutRefund(world, '111-0-0')).toThrow('no refund');
  expect(() => withoutBankLine(world, '1')).toThrow('no bank line');
});
