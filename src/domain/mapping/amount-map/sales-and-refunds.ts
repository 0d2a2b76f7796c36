/** What a buyer paid or got back, with the tax, the promotions and the fees of that order: orders, refunds, chargebacks and claims. */
import { rule, type AmountMapSection } from './amount-rule.ts';

/** Transaction types on which tax stands. */
const TAXED = [
  'Order',
  'Refund',
  'Chargeback Refund',
  'A-to-z Guarantee Refund',
  'Order_Retrocharge',
  'Refund_Retrocharge',
  'Liquidations',
  'Liquidations Adjustments',
];
const SALES_AND_CLAIMS = ['Order', 'Refund', 'Chargeback Refund', 'A-to-z Guarantee Refund'];
const TAX_WITHHELD_BY_AMAZON = [
  'MarketplaceFacilitatorTax-Principal',
  'MarketplaceFacilitatorTax-Shipping',
  'MarketplaceFacilitatorTax-Giftwrap',
  'MarketplaceFacilitatorTax-Other',
  'MarketplaceFacilitatorTax-RestockingFee',
  'MarketplaceFacilitatorVAT-Principal',
  'MarketplaceFacilitatorVAT-Shipping',
  'LowValueGoodsTax-Principal',
  'LowValueGoodsTax-Shipping',
  'LowValueGoodsTax-Other',
];
/** India's goods and services tax, by who levies it: centre, state, both at once, union territory. */
const GST = ['CGST', 'SGST', 'IGST', 'UTGST'];
const TAX_COLLECTED_AT_SOURCE = GST.map((tax) => `TCS-${tax}`);
const withGst = (fees: readonly string[]): string[] => fees.flatMap((fee) => GST.map((tax) => `${fee} ${tax}`));

export const SALES_AND_REFUNDS: AmountMapSection = {
  changes: 0,
  rules: [
    rule('Order', 'ItemPrice', 'Principal', 'product-sales'),
    rule('Order', 'ItemPrice', ['Shipping', 'ReturnShipping', 'COD'], 'shipping-income'),
    rule('Order', 'ItemPrice', 'GiftWrap', 'gift-wrap'),
    rule('Order', 'ItemPrice', ['Goodwill', 'RestockingFee'], 'ask', 'seen on refunds only'),
    rule(
      TAXED,
      'ItemPrice',
      ['Tax', 'ShippingTax', 'GiftWrapTax', 'Product Tax', 'COD Tax'],
      'marketplace-tax',
      'washes with the tax withheld; what is left is sales-tax-payable',
    ),
    rule(TAXED, 'ItemWithheldTax', TAX_COLLECTED_AT_SOURCE, 'tax-withheld', 'India: a receivable, never a wash'),
    rule(TAXED, 'ItemWithheldTax', TAX_WITHHELD_BY_AMAZON, 'marketplace-tax'),
    rule(
      TAXED,
      ['ItemFees', 'ItemPrice'],
      TAX_WITHHELD_BY_AMAZON,
      'marketplace-tax',
      'V1 has no column for tax withheld, and some V2 exports put it here too',
    ),
    rule(['Order', 'Refund'], 'Promotion', ['Principal', 'Shipping'], 'promotions'),
    rule(
      ['Order', 'Refund'],
      'Promotion',
      'TaxDiscount',
      'marketplace-tax',
      'lowers the tax, so the wash needs it (one production system books it to promotions)',
    ),
    rule(['Order', 'Refund'], ['Points', 'ItemFees'], ['PointsGranted', 'PointsReturned'], 'points'),
    rule(
      ['Order', 'Refund'],
      'ItemFees',
      ['FBA Pick & Pack Fee', 'FBA Weight Handling Fee'],
      'fulfilment-fees',
      'India',
    ),
    rule(
      ['Order', 'Refund'],
      'ItemFees',
      withGst(['FBA Pick & Pack Fee', 'FBA Weight Handling Fee', 'Fixed closing fee', 'Commission']),
      'tax-on-fees',
      'India: recoverable tax, never a cost of the fee',
    ),
    rule(['Order', 'Refund'], 'ItemTCS', TAX_COLLECTED_AT_SOURCE, 'tax-withheld', 'India'),
    rule(['Order', 'Refund'], 'ItemTDS', 'TDS (Section 194-O)', 'tax-withheld', 'India'),
    rule(['Order', 'Refund'], 'Promotion', 'Promo rebates', 'promotions', 'India'),
    rule(['Order', 'Refund'], 'Promotion', 'Product tax discount', 'marketplace-tax', 'India'),
    rule(
      SALES_AND_CLAIMS,
      'ItemFees',
      [
        'Commission',
        'RefundCommission',
        'VariableClosingFee',
        'FixedClosingFee',
        'DigitalServicesFee',
        'SalesTaxServiceFee',
        'TechnologyFee',
        'ShippingHB',
      ],
      'selling-fees',
    ),
    rule(
      SALES_AND_CLAIMS,
      'ItemFees',
      [
        'FBAPerUnitFulfillmentFee',
        'FBAPerUnitFulfilmentFee',
        'FBAPerOrderFulfillmentFee',
        'FBAPerOrderFulfilmentFee',
        'FBAWeightBasedFee',
        'FBATransportationFee',
        'ShippingChargeback',
        'DeliveryChargeback',
        'GiftwrapChargeback',
        'RemoteFulfillmentCredit',
        'SSOFFulfillmentFee',
        'CODFee',
        'FBACustomerReturnPerUnitFee',
        'FBACustomerReturnPerOrderFee',
        'FBACustomerReturnWeightBasedFee',
      ],
      'fulfilment-fees',
    ),
    rule(['Order', 'Refund'], 'ItemFees', ['PolybaggingFee', 'LabelingFee'], 'inbound'),
    rule(
      'Refund',
      'ItemFees',
      ['Goodwill', 'RestockingFee', 'ReturnShipping'],
      'refunds',
      'some exports put them under ItemFees',
    ),
    rule(
      ['Order', 'Shipment'],
      ['ShipmentFees', 'Shipment-Fees'],
      [
        'FBA transportation fee',
        'FBAPerOrderFulfillmentFee',
        'FBATransportationFee',
        'Shipping',
        'Multi-Channel Fulfillment Brand-Neutral Box Fee',
      ],
      'fulfilment-fees',
      'Multi-Channel Fulfilment',
    ),
    rule('Order', 'DirectPayment', 'CollectOnDeliveryRevenue', 'ask', 'cash that the carrier took'),
    rule(
      'Refund',
      'ItemPrice',
      ['Principal', 'Shipping', 'GiftWrap', 'Goodwill', 'RestockingFee', 'ReturnShipping', 'COD'],
      'refunds',
    ),
    rule(
      ['Chargeback Refund', 'A-to-z Guarantee Refund'],
      'ItemPrice',
      ['Principal', 'Shipping', 'GiftWrap', 'Goodwill'],
      'chargebacks-and-claims',
    ),
    rule(
      ['Chargeback Refund', 'A-to-z Guarantee Refund'],
      'Promotion',
      ['Principal', 'Shipping'],
      'chargebacks-and-claims',
      "the claim's own promotion back",
    ),
  ],
};
