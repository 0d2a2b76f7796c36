/**
 * What each kind of amount that Finances tells means: transaction type and breakdown path → role, the second list beside the
 * amount map (close.md, *Accruals*). What is the same thing in a settlement has the same role here. Amazon publishes no list of
 * its words; each rule says where its names were seen. A name that no rule has is unknown: nothing is guessed.
 *
 * A path is exact, or a name and all below it (`…/`). `Sales`, `Expenses` and their refunded twins, which only group, are left
 * out of it. Whoever changes a rule raises the version.
 */
import type { Role } from '../mapping/roles.ts';

export const FINANCES_MAP_VERSION = 1;

export interface FinancesRule {
  types: readonly string[];
  paths: readonly string[];
  role: Role;
  /** Where the names come from. */
  source: string;
}

const MODEL = "Amazon's model finances_2024-06-19";
const MODEL_V0 = "Amazon's model financesV0";
const SEEN = 'amazon.md §4.1';
const FEES_SEEN = 'amazon.md §4.2, fee types seen';
/** Names of breakdowns by transaction type, counted over 13,818 transactions of a seller in the US; one Swedish sale with its fees' `Base` and `Tax`. */
const RECORDED = 'recordings of others (a US account, 2026; a test of Airbyte)';
const AMOUNT_KEYS = 'samples/settlements, samples/amount-keys: the same name in a settlement';

export const SALE = ['Shipment', 'ShipmentSettle'];
export const REFUND = ['Refund'];
const CLAIM = ['Chargeback', 'GuaranteeClaim'];
const OF_ORDERS = [...SALE, ...REFUND, ...CLAIM];
const LIQUIDATION = ['RemovalShipment', 'RemovalShipmentAdjustment', 'FBALiquidation'];

const rule = (types: readonly string[], paths: readonly string[], role: Role, source: string): FinancesRule => ({
  types,
  paths,
  role,
  source,
});
const within = (group: string, names: readonly string[]) => names.map((name) => `${group}/${name}/…`);

const PRINCIPAL = [
  'ProductCharges',
  ...within('ProductCharges', ['OurPricePrincipal', 'Principal', 'Principle', 'Base']),
];
const SHIPPING = ['Shipping', ...within('Shipping', ['ShippingPrincipal', 'ShippingCharge', 'Base'])];
const GIFT_WRAP = ['GiftWrap', ...within('GiftWrap', ['GiftwrapPrincipal', 'Base'])];
const COD = ['COD', 'COD/COD', 'COD/Base'];
const PROMOTIONS = [
  'PromoRebates',
  ...within('PromoRebates', ['PromotionAmount', 'OurPriceDiscount', 'ShippingDiscount', 'Promo', 'Base']),
];
const GIVEN_BACK = [
  ...['Goodwill', 'RestockingFee', 'ReturnShipping'].flatMap((name) => [name, `${name}/${name}`, `${name}/Base`]),
  'Goodwill/GoodwillPrincipal',
  'RestockingFee/RestockingDeductionPrincipal',
];
const WITHHELD_BY_AMAZON = [
  ...['Principal', 'Shipping', 'Giftwrap', 'Other', 'RestockingFee'].map((of) => `MarketplaceFacilitatorTax-${of}`),
  ...['Principal', 'Shipping'].map((of) => `MarketplaceFacilitatorVAT-${of}`),
  ...['Principal', 'Shipping', 'Other'].map((of) => `LowValueGoodsTax-${of}`),
];
const COLLECTED_AT_SOURCE = ['TCS-CGST', 'TCS-SGST', 'TCS-IGST', 'TCS-UTGST'];

/** A fee by its name, alone or within the group of Amazon's fees; the tax on it apart. */
function fees(types: readonly string[], names: readonly string[], role: Role, source: string): FinancesRule[] {
  const paths = names.flatMap((name) => [name, `AmazonFees/${name}`, `FBAFees/${name}`]);
  return [
    rule(
      types,
      paths.map((path) => `${path}/…`),
      role,
      source,
    ),
    rule(
      types,
      paths.map((path) => `${path}/Tax`),
      'tax-on-fees',
      RECORDED,
    ),
  ];
}

const OF_SALES_AND_REFUNDS: readonly FinancesRule[] = [
  rule(SALE, PRINCIPAL, 'product-sales', `${SEEN}; ${MODEL}, example`),
  rule(SALE, SHIPPING, 'shipping-income', RECORDED),
  rule(SALE, COD, 'shipping-income', AMOUNT_KEYS),
  rule(SALE, GIFT_WRAP, 'gift-wrap', RECORDED),
  rule(REFUND, [...PRINCIPAL, ...SHIPPING, ...GIFT_WRAP, ...COD, ...GIVEN_BACK], 'refunds', `${SEEN}; ${RECORDED}`),
  rule(
    CLAIM,
    [...PRINCIPAL, ...SHIPPING, ...GIFT_WRAP, ...PROMOTIONS, 'Goodwill', 'Goodwill/…'],
    'chargebacks-and-claims',
    `${MODEL_V0}, ChargebackEventList, GuaranteeClaimEventList`,
  ),
  rule([...SALE, ...REFUND], PROMOTIONS, 'promotions', RECORDED),
  rule([...SALE, ...REFUND], ['Points', 'Points/PointsGranted', 'Points/PointsReturned'], 'points', AMOUNT_KEYS),
  rule(
    OF_ORDERS,
    [
      'Tax',
      ...within('Tax', [
        'OurPriceTax',
        'ShippingTax',
        'GiftwrapTax',
        'CODTax',
        'TaxDiscount',
        'ShippingTaxDiscount',
        'Base',
      ]),
      ...['ProductCharges', 'Shipping', 'GiftWrap', 'PromoRebates'].map((group) => `${group}/Tax`),
      ...['TaxDiscount', 'ShippingTaxDiscount'].map((name) => `PromoRebates/${name}`),
      'RestockingFee/RestockingDeductionTax',
    ],
    'marketplace-tax',
    `${SEEN}; ${RECORDED}`,
  ),
  rule(
    OF_ORDERS,
    ['TaxWithheld', ...within('TaxWithheld', WITHHELD_BY_AMAZON)],
    'marketplace-tax',
    `${MODEL_V0}, ChargeComponent; ${RECORDED}`,
  ),
  rule(OF_ORDERS, within('TaxWithheld', COLLECTED_AT_SOURCE), 'tax-withheld', `${MODEL_V0}, ChargeComponent`),
  ...fees(
    OF_ORDERS,
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
    `${FEES_SEEN}; ${AMOUNT_KEYS}`,
  ),
  ...fees(
    OF_ORDERS,
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
    `${FEES_SEEN}; ${RECORDED}; ${AMOUNT_KEYS}`,
  ),
  ...fees([...SALE, ...REFUND], ['PolybaggingFee', 'LabelingFee'], 'inbound', AMOUNT_KEYS),
];

const SERVICE = ['ServiceFee'];
const OF_SERVICES: readonly FinancesRule[] = [
  ...fees(SERVICE, ['FBAStorageFee', 'FBALongTermStorageFee', 'FBAAgedInventorySurcharge'], 'storage', FEES_SEEN),
  ...fees(
    SERVICE,
    [
      'FBAInboundTransportationFee',
      'FBAInboundTransportationProgramFee',
      'FBAInboundConvenienceFee',
      'FBAInternationalInboundFreightFee',
    ],
    'inbound',
    FEES_SEEN,
  ),
  ...fees(SERVICE, ['FBARemovalFee', 'FBADisposalFee'], 'removal', FEES_SEEN),
  ...fees(
    SERVICE,
    [
      'CustomerReturnHRRUnitFee',
      'ReCommerceGradingAndListingFee',
      'FBACustomerReturnPerUnitFee',
      'FBACustomerReturnPerOrderFee',
      'FBACustomerReturnWeightBasedFee',
    ],
    'fulfilment-fees',
    `${FEES_SEEN}; ${AMOUNT_KEYS}`,
  ),
  ...fees(
    SERVICE,
    [
      'VineFee',
      'CouponParticipationFee',
      'CouponPerformanceFee',
      'DealParticipationFee',
      'DealPerformanceFee',
      'RunLightningDealFee',
    ],
    'advertising',
    FEES_SEEN,
  ),
  ...fees(SERVICE, ['Subscription', 'PaidServicesFee'], 'subscription', `${FEES_SEEN}; ${RECORDED}`),
  ...fees(SERVICE, ['HighVolumeListingFee'], 'selling-fees', FEES_SEEN),
  ...fees(
    ['ProductAdsPayment'],
    [
      'AdvertisingFee',
      'AdvertisingFeeRefund',
      'ProductAdsPayment/AdvertisingFee',
      'ProductAdsPayment/AdvertisingFeeRefund',
    ],
    'advertising',
    RECORDED,
  ),
  ...fees(['SellerDealPayment'], ['RunLightningDealFee'], 'advertising', `${MODEL_V0}, SellerDealPaymentEvent`),
];

const OF_THE_ACCOUNT: readonly FinancesRule[] = [
  rule(
    ['FBAInventoryReimbursement'],
    ['FBAInventoryReimbursement/…', 'FBAReversedReimbursement/…'],
    'reimbursements',
    `${SEEN}; issue 4993 of the models' repository; ${RECORDED}`,
  ),
  rule(['SAFETReimbursement'], ['SAFETReimbursement/…'], 'reimbursements', `${MODEL_V0}, SAFETReimbursementEventList`),
  rule(
    ['Adjustment'],
    ['LostOrDamagedReimbursement/…', 'CanceledButPickedUpReimbursement/…', 'ReimbursementClawback/…'],
    'reimbursements',
    `${MODEL_V0}, AdjustmentType`,
  ),
  rule(['Adjustment'], ['PostageBilling/…', 'PostageRefund/…'], 'fulfilment-fees', `${MODEL_V0}, AdjustmentType`),
  rule(['Adjustment'], ['SellerRewards/…'], 'selling-fees', `${MODEL_V0}, AdjustmentType`),
  rule(['Adjustment'], ['ReserveDebit/…'], 'reserve-held', RECORDED),
  rule(['Adjustment'], ['ReserveCredit/…'], 'reserve-released', RECORDED),
  rule(['Transfer'], ['FundTransfer/…'], 'payouts-in-transit', RECORDED),
  rule(
    ['Retrocharge'],
    ['BaseTax', 'ShippingTax', ...WITHHELD_BY_AMAZON, ...within('TaxWithheld', WITHHELD_BY_AMAZON)],
    'marketplace-tax',
    `${MODEL_V0}, RetrochargeEvent; ${RECORDED}`,
  ),
  rule(LIQUIDATION, ['RecommerceLiquidation/…', 'AmazonFees/…'], 'liquidation', RECORDED),
  rule(
    LIQUIDATION,
    ['TaxOnRevenue', ...WITHHELD_BY_AMAZON, ...within('TaxWithheld', WITHHELD_BY_AMAZON)],
    'marketplace-tax',
    RECORDED,
  ),
  rule(
    ['LoanServicing'],
    ['LoanAdvance/…', 'LoanPayment/…', 'LoanRefund/…'],
    'loans',
    `${MODEL_V0}, LoanServicingEvent`,
  ),
  rule(['DebtRecovery'], ['DebtPayment/…'], 'amazon-charges', `${MODEL_V0}, DebtRecoveryEvent`),
];

export const FINANCES_MAP: readonly FinancesRule[] = [...OF_SALES_AND_REFUNDS, ...OF_SERVICES, ...OF_THE_ACCOUNT];
