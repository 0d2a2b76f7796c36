import { digitsOf, minorOf, sumOf } from '../decimal.ts';
import { marketplaceCountry } from '../marketplaces.ts';
import { seededDigits } from '../seeded.ts';
import { plainTable } from '../stock/tables.ts';
import type { AmazonWorld, WorldVat } from '../world.ts';
import { VAT_COLUMNS, type VatColumn } from './vat-columns.ts';
import { vatEvents, type VatEvent, type VatPart } from './vat-events.ts';

type Cells = Partial<Record<VatColumn, string>>;

const EU = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ');
const MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');
const NAMES = new Intl.DisplayNames('en', { type: 'region' });

/**
 * GET_VAT_TRANSACTION_DATA of a month, `2026-10`: what was completed in it, whichever marketplace it is of. Buyers' names and
 * addresses are among the columns. Null when there is nothing to tell.
 */
export function vatTransactionsReport(world: AmazonWorld & { vat: WorldVat }, month: string): string | null {
  const rows = vatEvents(world)
    .filter(({ completedAt }) => completedAt.startsWith(month))
    .map((event) => rowOf(world, event));
  if (rows.length === 0) return null;
  return plainTable([VAT_COLUMNS, ...rows.map((cells) => VAT_COLUMNS.map((column) => cells[column] ?? ''))]);
}

function rowOf(world: AmazonWorld & { vat: WorldVat }, event: VatEvent): Cells {
  const { order, type, amazonOwes, departedAt, completedAt } = event;
  const { buyer, currency, marketplaceId } = order;
  const { address, vatNumber } = buyer;
  const departs = world.vat.departures?.[order.orderId] ?? marketplaceCountry(marketplaceId);
  const arrives = address.countryCode;
  const calculated = amazonOwes || world.vat.calculated;
  const jurisdiction = amazonOwes ? arrives : departs;
  const product = world.catalogue.find(({ sku }) => sku === event.sku);
  const numberIn = (country: string) => world.vat.numbers[country] ?? '';
  return {
    UNIQUE_ACCOUNT_IDENTIFIER: world.sellerId,
    ACTIVITY_PERIOD: `${completedAt.slice(0, 4)}-${MONTHS[Number(completedAt.slice(5, 7)) - 1]}`,
    SALES_CHANNEL: order.fulfilledBy === 'AMAZON' ? 'AFN' : 'MFN',
    MARKETPLACE: order.marketplaceName.toLowerCase(),
    PROGRAM_TYPE: 'REGULAR',
    TRANSACTION_TYPE: type,
    TRANSACTION_EVENT_ID: order.orderId,
    ACTIVITY_TRANSACTION_ID: event.id,
    TAX_CALCULATION_DATE: calculated ? day(departedAt ?? completedAt) : '',
    TRANSACTION_DEPART_DATE: departedAt === null ? '' : day(departedAt),
    TRANSACTION_COMPLETE_DATE: day(completedAt),
    SELLER_SKU: event.sku,
    ASIN: product?.asin ?? '',
    ITEM_DESCRIPTION: product?.title ?? '',
    QTY: String(event.quantity),
    ...amounts(event, calculated),
    TRANSACTION_CURRENCY_CODE: currency,
    DEPARTURE_COUNTRY: departs,
    ARRIVAL_CITY: address.city,
    ARRIVAL_COUNTRY: arrives,
    ARRIVAL_POST_CODE: address.postalCode,
    SALE_DEPART_COUNTRY: departs,
    SALE_ARRIVAL_COUNTRY: arrives,
    TRANSPORTATION_MODE: 'CONSIGNMENT_BY_POST',
    DELIVERY_CONDITIONS: 'DAP',
    SELLER_DEPART_VAT_NUMBER_COUNTRY: numberIn(departs) && departs,
    SELLER_DEPART_COUNTRY_VAT_NUMBER: numberIn(departs),
    SELLER_ARRIVAL_VAT_NUMBER_COUNTRY: numberIn(arrives) && arrives,
    SELLER_ARRIVAL_COUNTRY_VAT_NUMBER: numberIn(arrives),
    BUYER_VAT_NUMBER_COUNTRY: vatNumber === undefined ? '' : vatNumber.slice(0, 2),
    BUYER_VAT_NUMBER: vatNumber ?? '',
    ...(calculated && {
      TRANSACTION_SELLER_VAT_NUMBER_COUNTRY: amazonOwes ? '' : numberIn(jurisdiction) && jurisdiction,
      TRANSACTION_SELLER_VAT_NUMBER: amazonOwes ? '' : numberIn(jurisdiction),
      VAT_CALCULATION_IMPUTATION_COUNTRY: jurisdiction,
      TAXABLE_JURISDICTION: (NAMES.of(jurisdiction) ?? jurisdiction).toUpperCase(),
      TAXABLE_JURISDICTION_LEVEL: 'Country',
      VAT_INV_NUMBER: amazonOwes
        ? ''
        : `${type === 'SALE' ? 'INV' : 'CN'}-${jurisdiction}-${seededDigits(`vat invoice ${event.id}`, 9)}`,
      TAX_REPORTING_SCHEME: amazonOwes ? 'DEEMED_RESELLER' : 'REGULAR',
    }),
    EXPORT_OUTSIDE_EU: departs !== arrives && !EU.includes(arrives) ? 'YES' : 'NO',
    BUYER_NAME: buyer.name,
    ARRIVAL_ADDRESS: address.line1,
    TAX_COLLECTION_RESPONSIBILITY: amazonOwes ? 'MARKETPLACE' : 'SELLER',
  };
}

const GROUPS = ['PRICE_OF_ITEMS', 'SHIP_CHARGE', 'GIFT_WRAP'] as const;

/** Where Amazon has calculated nothing, only what the buyer paid is told. */
function amounts(event: VatEvent, calculated: boolean): Cells {
  const { currency } = event.order;
  const sum = (...texts: string[]) => sumOf(texts, currency);
  const parts: Record<(typeof GROUPS)[number], VatPart> = {
    PRICE_OF_ITEMS: event.items,
    SHIP_CHARGE: event.shipping,
    GIFT_WRAP: event.giftWrap,
  };
  const cells: Cells = {};
  const all = GROUPS.map((group) => parts[group]);
  const net = sum(...all.flatMap((part) => [part.net, part.promotion]));
  const tax = sum(...all.flatMap((part) => [part.tax, part.promotionTax]));
  for (const group of GROUPS) {
    const { net: price, tax: ofPrice, promotion, promotionTax } = parts[group];
    if (calculated) {
      cells[`${group}_AMT_VAT_EXCL`] = price;
      cells[`PROMO_${group}_AMT_VAT_EXCL`] = promotion;
      cells[`TOTAL_${group}_AMT_VAT_EXCL`] = sum(price, promotion);
      cells[`${group}_VAT_RATE_PERCENT`] = rate(net, tax, currency);
      cells[`${group}_VAT_AMT`] = ofPrice;
      cells[`PROMO_${group}_VAT_AMT`] = promotionTax;
      cells[`TOTAL_${group}_VAT_AMT`] = sum(ofPrice, promotionTax);
    }
    cells[`${group}_AMT_VAT_INCL`] = sum(price, ofPrice);
    cells[`PROMO_${group}_AMT_VAT_INCL`] = sum(promotion, promotionTax);
    cells[`TOTAL_${group}_AMT_VAT_INCL`] = sum(price, ofPrice, promotion, promotionTax);
  }
  if (calculated) {
    cells.TOTAL_ACTIVITY_VALUE_AMT_VAT_EXCL = net;
    cells.TOTAL_ACTIVITY_VALUE_VAT_AMT = tax;
  }
  cells.TOTAL_ACTIVITY_VALUE_AMT_VAT_INCL = sum(net, tax);
  return cells;
}

/** A fraction, for all that the column's name says: 0.2. The world knows amounts alone, so it is the nearest half per cent. */
function rate(net: string, tax: string, currency: string): string {
  const digits = digitsOf(currency);
  const [base, part] = [Number(minorOf(net, digits)), Number(minorOf(tax, digits))];
  return base === 0 ? '0' : String(Math.round((part * 200) / base) / 200);
}

/** `31-10-2026`, by UTC. */
function day(instant: string): string {
  return `${instant.slice(8, 10)}-${instant.slice(5, 7)}-${instant.slice(0, 4)}`;
}
