import { describe, expect, test } from '@jest/globals';
import { marketplaceByName } from '../../src/config/marketplaces.ts';
import { isMultiChannelSale } from '../../src/domain/identifiers/multi-channel.ts';
import { marketplaceOf } from '../../src/simulators/amazon/marketplaces.ts';

/** Names as reports have them, the country that they count as, and whether another shop made the sale. */
const NAMES: [name: string, country: string | undefined, multiChannel: boolean][] = [
  ['Amazon.com', 'US', false],
  ['amazon.com', 'US', false],
  ['Amazon.co.uk', 'UK', false],
  ['Amazon.com.be', 'BE', false],
  ['Amazon.co.jp', 'JP', false],
  ['Non-Amazon US', 'US', true],
  ['Non-Amazon UK', 'UK', true],
  ['Non-Amazon GB', 'UK', true],
  ['Non-Amazon CA', 'CA', true],
  ['Non-Amazon', undefined, true],
  ['SI UK Prod Marketplace', 'UK', true],
  ['SI Prod IT Marketplace', 'IT', true],
  ['si de prod marketplace', 'DE', true],
  ['SI Prod ES', 'ES', true],
  ['sim1.stores.amazon.com', 'US', true],
  ['sim1.stores.amazon.co.uk', 'UK', true],
  ['Silver Shop', undefined, false],
  ['', undefined, false],
];

test.each(NAMES)('"%s" counts as %s; Multi-Channel: %s', (name, country, multiChannel) => {
  expect([marketplaceByName(name)?.country, isMultiChannelSale('114-3000002-0000002', name)]).toEqual([
    country,
    multiChannel,
  ]);
});

test.each(NAMES.filter(([, country]) => country !== undefined))(
  'the simulator, by its own reading, takes "%s" for %s as well',
  (name, country) => {
    expect(marketplaceOf(name, 'USD').countryCode).toBe(country === 'UK' ? 'GB' : country);
  },
);

describe('an order id', () => {
  test.each([
    ['114-3000002-0000002', false],
    ['S01-3000001-0000001', true],
    ['S02-4000602-2000602', true],
    ['SHOP-1001', true],
    ['114-3000002-000000', true],
    ['1114-3000002-0000002', true],
  ])("%s is another shop's: %s", (orderId, multiChannel) => {
    expect(isMultiChannelSale(orderId, 'Amazon.com')).toBe(multiChannel);
  });
  test('that is missing says nothing', () => {
    expect(isMultiChannelSale(null, 'Amazon.com')).toBe(false);
  });
});
