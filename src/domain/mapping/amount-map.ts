/**
 * The amount map: what each kind of amount of a settlement report means. Amazon publishes no list of its amount
 * types; this one is what production files show. A key is the triple (transaction type, amount type, description),
 * never the description alone: "Principal" under ItemPrice and under Promotion are two things.
 *
 * To add an amount type: add it to the rule of its role here, raise AMOUNT_MAP_VERSION, add a line to the test and to
 * the changelog. Journals record the version that classified their rows.
 */
import type { Role } from './roles.ts';

export const AMOUNT_MAP_VERSION = 2;

/**
 * Descriptions are exact, `*` (any), or a beginning that ends in `…` (failed transfers are sentences). Amount types are
 * exact, or a beginning as well (fees that carry an ASIN, a country or a period in their name). `classify.ts` says
 * which rule serves where several fit.
 */
export interface AmountRule {
  transactionTypes: readonly string[];
  amountTypes: readonly string[];
  descriptions: readonly string[];
  /** `ask`: the words do not say what the amount is for; it waits for a person like a key that no rule names. */
  role: Role | 'ask';
  note: string | null;
}

type OneOrMore = string | readonly string[];

function rule(
  transactionTypes: OneOrMore, amountTypes: OneOrMore, descriptions: OneOrMore, role: Role | 'ask', note: string | null = null,
): AmountRule {
  return { transactionTypes: [transactionTypes].flat(), amountTypes: [amountTypes].flat(), descriptions: [descriptions].flat(), role, note };
}

/** Transaction types on which tax stands. */
const TAXED = [
  'Order', 'Refund', 'Chargeback Refund', 'A-to-z Guarantee Refund', 'Order_Retrocharge', 'Refund_Retrocharge',
  'Liquidations', 'Liquidations Adjustments',
];
const SALES_AND_CLAIMS = ['Order', 'Refund', 'Chargeback Refund', 'A-to-z Guarantee Refund'];
/** Rows of the account as a whole; which of the four stands there depends on the export. */
const ACCOUNT_LEVEL = ['other-transaction', 'ServiceFee', 'Transfer', 'Adjustment'];
const TAX_WITHHELD_BY_AMAZON = [
  'MarketplaceFacilitatorTax-Principal', 'MarketplaceFacilitatorTax-Shipping', 'MarketplaceFacilitatorTax-Giftwrap',
  'MarketplaceFacilitatorTax-Other', 'MarketplaceFacilitatorTax-RestockingFee',
  'MarketplaceFacilitatorVAT-Principal', 'MarketplaceFacilitatorVAT-Shipping', 'LowValueGoodsTax-Principal',
  'LowValueGoodsTax-Shipping', 'LowValueGoodsTax-Other',
];
/** India's goods and services tax, by who levies it: centre, state, both at once, union territory. */
const GST = ['CGST', 'SGST', 'IGST', 'UTGST'];
const TAX_COLLECTED_AT_SOURCE = GST.map((tax) => `TCS-${tax}`);
const withGst = (fees: readonly string[]): string[] => fees.flatMap((fee) => GST.map((tax) => `${fee} ${tax}`));
const FEE = ['Base fee', 'Discount on fee'];
const EPR_BEGINNINGS = ['Eco-contribution for EPR Pay on Behalf…', 'Amazon service fee for EPR Pay on Behalf…'];
const NAMES_OF_2026 = ['Coupon Participation Fee', 'Deal Participation Fee', 'Deal Performance Based Fee'];

export const AMOUNT_MAP: readonly AmountRule[] = [
  rule('Order', 'ItemPrice', 'Principal', 'product-sales'),
  rule('Order', 'ItemPrice', ['Shipping', 'ReturnShipping', 'COD'], 'shipping-income'),
  rule('Order', 'ItemPrice', 'GiftWrap', 'gift-wrap'),
  rule('Order', 'ItemPrice', ['Goodwill', 'RestockingFee'], 'ask', 'seen on refunds only'),
  rule(TAXED, 'ItemPrice', [
    'Tax', 'ShippingTax', 'GiftWrapTax', 'Product Tax', 'COD Tax',
  ], 'marketplace-tax', 'washes with the tax withheld; what is left is sales-tax-payable'),
  rule(TAXED, 'ItemWithheldTax', TAX_COLLECTED_AT_SOURCE, 'tax-withheld', 'India: a receivable, never a wash'),
  rule(TAXED, 'ItemWithheldTax', TAX_WITHHELD_BY_AMAZON, 'marketplace-tax'),
  rule(TAXED, ['ItemFees', 'ItemPrice'], TAX_WITHHELD_BY_AMAZON, 'marketplace-tax', 'V1 has no column for tax withheld, and some V2 exports put it here too'),
  rule(['Order', 'Refund'], 'Promotion', ['Principal', 'Shipping'], 'promotions'),
  rule(['Order', 'Refund'], 'Promotion', 'TaxDiscount', 'marketplace-tax', 'lowers the tax, so the wash needs it (one production system books it to promotions)'),
  rule(['Order', 'Refund'], ['Points', 'ItemFees'], ['PointsGranted', 'PointsReturned'], 'points'),
  rule(['Order', 'Refund'], 'ItemFees', ['FBA Pick & Pack Fee', 'FBA Weight Handling Fee'], 'fulfilment-fees', 'India'),
  rule(['Order', 'Refund'], 'ItemFees', withGst(['FBA Pick & Pack Fee', 'FBA Weight Handling Fee', 'Fixed closing fee', 'Commission']), 'tax-on-fees', 'India: recoverable tax, never a cost of the fee'),
  rule(['Order', 'Refund'], 'ItemTCS', TAX_COLLECTED_AT_SOURCE, 'tax-withheld', 'India'),
  rule(['Order', 'Refund'], 'ItemTDS', 'TDS (Section 194-O)', 'tax-withheld', 'India'),
  rule(['Order', 'Refund'], 'Promotion', 'Promo rebates', 'promotions', 'India'),
  rule(['Order', 'Refund'], 'Promotion', 'Product tax discount', 'marketplace-tax', 'India'),
  rule(SALES_AND_CLAIMS, 'ItemFees', [
    'Commission', 'RefundCommission', 'VariableClosingFee', 'FixedClosingFee', 'DigitalServicesFee',
    'SalesTaxServiceFee', 'TechnologyFee', 'ShippingHB',
  ], 'selling-fees'),
  rule(SALES_AND_CLAIMS, 'ItemFees', [
    'FBAPerUnitFulfillmentFee', 'FBAPerUnitFulfilmentFee', 'FBAPerOrderFulfillmentFee', 'FBAPerOrderFulfilmentFee',
    'FBAWeightBasedFee', 'FBATransportationFee', 'ShippingChargeback', 'DeliveryChargeback', 'GiftwrapChargeback',
    'RemoteFulfillmentCredit', 'SSOFFulfillmentFee', 'CODFee', 'FBACustomerReturnPerUnitFee',
    'FBACustomerReturnPerOrderFee', 'FBACustomerReturnWeightBasedFee',
  ], 'fulfilment-fees'),
  rule(['Order', 'Refund'], 'ItemFees', ['PolybaggingFee', 'LabelingFee'], 'inbound'),
  rule('Refund', 'ItemFees', ['Goodwill', 'RestockingFee', 'ReturnShipping'], 'refunds', 'some exports put them under ItemFees'),
  rule(['Order', 'Shipment'], ['ShipmentFees', 'Shipment-Fees'], [
    'FBA transportation fee', 'FBAPerOrderFulfillmentFee', 'FBATransportationFee', 'Shipping',
    'Multi-Channel Fulfillment Brand-Neutral Box Fee',
  ], 'fulfilment-fees', 'Multi-Channel Fulfilment'),
  rule('Order', 'DirectPayment', 'CollectOnDeliveryRevenue', 'ask', 'cash that the carrier took'),
  rule('Refund', 'ItemPrice', ['Principal', 'Shipping', 'GiftWrap', 'Goodwill', 'RestockingFee', 'ReturnShipping', 'COD'], 'refunds'),
  rule(['Chargeback Refund', 'A-to-z Guarantee Refund'], 'ItemPrice', [
    'Principal', 'Shipping', 'GiftWrap', 'Goodwill',
  ], 'chargebacks-and-claims'),
  rule(['Chargeback Refund', 'A-to-z Guarantee Refund'], 'Promotion', [
    'Principal', 'Shipping',
  ], 'chargebacks-and-claims', 'the claim\'s own promotion back'),
  rule('SAFE-T Reimbursement', ['Other transactions', 'other-transaction', 'SAFE-T Reimbursement'], [
    'SAFE-T Reimbursement',
  ], 'reimbursements'),
  rule(['Liquidations', 'Liquidations Adjustments'], 'ItemPrice', 'Principal', 'liquidation'),
  rule(['Liquidations', 'Liquidations Adjustments'], 'ItemFees', 'LiquidationsBrokerageFee', 'liquidation'),
  rule('ServiceFee', ['Cost of Advertising', 'Refund for Advertiser'], 'TransactionTotalAmount', 'advertising'),
  rule('ServiceFee', ['Cost of Advertising', 'Refund for Advertiser'], 'TaxAmount', 'tax-on-fees'),
  rule(['ServiceFee', 'Promotion Fee'], ['Deals', 'PromotionFee'], ['Promotion Fee', 'Promotion Fee Special'], 'advertising'),
  rule('CouponRedemptionFee', 'CouponRedemptionFee', '*', 'advertising', 'the description is the coupon\'s name'),
  rule('Lightning Deal Fee', 'LightningDealFee', ['LightningDealFee', 'LightningDealFee Special'], 'advertising'),
  rule('Vine Enrollment Fee', 'Vine Enrollment Fee', 'Vine Enrollment Fee', 'advertising'),
  rule('SellerReviewEnrollmentPayment', 'Review Enrollment Fee', 'Early Reviewer Program fee', 'advertising'),
  rule('Seller Rewards', 'Seller Rewards', 'Seller Rewards', 'selling-fees', 'income against the fees'),
  rule('Fee Adjustment', 'Item Fee Adjustment', 'FBA Pick & Pack Fee', 'fulfilment-fees'),
  rule('Grade and Resell Fees', 'Grade and Resell Charge', '*', 'fulfilment-fees', 'the description varies'),
  rule('TBYB Customer Return Fee', 'ItemFees', 'FBACustomerReturnPerUnitFee', 'fulfilment-fees'),
  rule('TBYB Trial Shipment', 'Amazon Fees', 'TrialShipment', 'fulfilment-fees'),
  rule('Tax', 'Tax Withheld', '*', 'tax-withheld', 'the description varies'),
  rule('Income Tax Charged', 'other-transaction', 'MiscAdjustment', 'tax-withheld'),
  rule('Commingling VAT', 'other-transaction', 'Commingling VAT', 'sales-tax-payable'),
  rule('Transfers', 'Micro Deposit', 'Micro Deposit', 'payouts-in-transit'),
  rule('Debt Adjustment', ['other-transaction', 'Debt Adjustment'], [
    'Cross-Account Debt Adjustment…',
  ], 'set-off', 'against another account of the same seller; both sides stand on one account'),
  rule('FBAFees', ['FBA Inventory Storage Fee', 'FBA Long Term Storage Fee', 'AWD Storage Fee'], FEE, 'storage'),
  rule('FBAFees', [
    'FBA Amazon-Partnered Carrier Shipment Fee', 'AWD Processing Fee', 'AWD Transportation Fee',
    'Inbound Defect Fee',
  ], FEE, 'inbound'),
  rule('FBAFees', ['FBA Removal Order: Disposal Fee', 'FBA Removal Order: Return Fee'], FEE, 'removal'),
  rule('FBAFees', 'FBA Customer Returns Fee', FEE, 'fulfilment-fees'),
  rule('FBAFees', 'FBA Customer Returns Fee…', FEE, 'fulfilment-fees', 'product group, ASIN and window stand in the amount type: a new text each month'),
  rule('FBAFees', 'FBA Customer Returns Fee…', 'Tax on fee', 'tax-on-fees'),
  rule('FBAFees', ['FBA Inbound Placement Service Fee', 'Inbound Transportation Program Fee'], FEE, 'inbound', 'names of 2026'),
  rule('FBAFees', [
    'FBA Inbound Placement Service Fee', 'Inbound Transportation Program Fee', 'Inbound Defect Fee…',
  ], 'Tax on fee', 'tax-on-fees'),
  rule('FBAFees', 'Inbound Defect Fee…', FEE, 'inbound', 'the defect stands in the amount type'),
  rule('FBAFees', [
    'FBA Inventory Storage Fee', 'FBA Long Term Storage Fee', 'AWD Storage Fee',
    'FBA Amazon-Partnered Carrier Shipment Fee', 'AWD Processing Fee', 'AWD Transportation Fee',
    'Inbound Defect Fee', 'FBA Removal Order: Disposal Fee', 'FBA Removal Order: Return Fee',
    'FBA Customer Returns Fee',
  ], 'Tax on fee', 'tax-on-fees'),
  rule('AmazonFees', ['Vine Enrollment Fee', 'Coupon Performance Based Fee'], FEE, 'advertising'),
  rule('AmazonFees', ['FBA fulfilment fee per unit - Reversal', 'FBA fulfilment fee per unit - Correction'], FEE, 'fulfilment-fees'),
  rule('AmazonFees', 'Eco-contribution for EPR Pay on Behalf - GB', FEE, 'selling-fees'),
  rule('AmazonFees', EPR_BEGINNINGS, FEE, 'selling-fees', 'country, category and period stand in the amount type'),
  rule('AmazonFees', EPR_BEGINNINGS, 'Tax on fee', 'tax-on-fees'),
  rule('AmazonFees', NAMES_OF_2026, FEE, 'advertising', 'names of 2026'),
  rule('AmazonFees', 'Amazon Easy Ship Charges', FEE, 'fulfilment-fees', 'Japan, India'),
  rule('AmazonFees', [...NAMES_OF_2026, 'Amazon Easy Ship Charges'], 'Tax on fee', 'tax-on-fees'),
  rule('Other', 'MCF Preferred Pricing Seller Credit', 'Base charge', 'fulfilment-fees', 'lowers the Multi-Channel fee'),
  rule('Other', 'Other transactions', 'Reimbursement for Lost packages', 'reimbursements'),
  rule(['other-transaction - Reversal', 'other-transaction - Correction'], 'other-transaction', 'Storage Fee', 'storage'),
  rule('AmazonFees', [
    'Vine Enrollment Fee', 'Coupon Performance Based Fee', 'FBA fulfilment fee per unit - Reversal',
    'FBA fulfilment fee per unit - Correction', 'Eco-contribution for EPR Pay on Behalf - GB',
  ], 'Tax on fee', 'tax-on-fees'),
  rule('other-transaction', 'FBA Inventory Reimbursement', [
    'REVERSAL_REIMBURSEMENT', 'WAREHOUSE_DAMAGE', 'WAREHOUSE_DAMAGE_EXCEPTION', 'WAREHOUSE_LOST',
    'WAREHOUSE_LOST_MANUAL', 'MISSING_FROM_INBOUND', 'MISSING_FROM_INBOUND_CLAWBACK', 'COMPENSATED_CLAWBACK',
    'FREE_REPLACEMENT_REFUND_ITEMS', 'CS_ERROR_ITEMS', 'CS_ERROR_NON_ITEMIZED', 'RE_EVALUATION', 'LABEL_ISSUE',
    'REMOVAL_ORDER_DAMAGED', 'FBA Inventory Reimbursement - Customer Return',
  ], 'reimbursements'),
  rule('other-transaction', 'FBA Inventory Reimbursement', [
    'INCORRECT_FEES_ITEMS', 'INCORRECT_FEES_NON_ITEMIZED',
  ], 'fulfilment-fees', 'fees charged by wrong weight or size, paid back'),
  rule('other-transaction', 'MCF Inventory Reimbursement', [
    'MULTICHANNEL_ORDER_LOST', 'MULTICHANNEL_ORDER_DAMAGED', 'MULTICHANNEL_ORDER_LATE',
  ], 'reimbursements'),
  rule('other-transaction', 'Manual Processing Fee Reimbursement', [
    'Manual Processing Fee Reimbursement',
  ], 'inbound', 'back into the cost that it repays'),
  rule('other-transaction', 'Capacity Reservation Fee', ['Reservation Fee', 'Performance credits'], 'storage'),
  rule('other-transaction', 'Capacity Reservation Fee', 'Tax', 'tax-on-fees'),
  rule('other-transaction', 'Amazon Warehousing & Distribution (AWD)', 'AWD Storage Fee', 'storage'),
  rule('other-transaction', 'Amazon Warehousing & Distribution (AWD)', ['AWD Processing Fee', 'AWD Transportation Fee'], 'inbound'),
  rule('other-transaction', 'Inbound Defect Fee', '*', 'inbound', 'the description is the defect'),
  rule('other-transaction', 'ItemFees', [
    'FBACustomerReturnPerOrderFee', 'FBACustomerReturnPerUnitFee', 'FBACustomerReturnWeightBasedFee',
  ], 'fulfilment-fees'),
  rule(ACCOUNT_LEVEL, 'other-transaction', 'Previous Reserve Amount Balance', 'reserve-released'),
  rule(ACCOUNT_LEVEL, 'other-transaction', 'Current Reserve Amount', 'reserve-held'),
  rule(ACCOUNT_LEVEL, 'other-transaction', 'Payable to Amazon', 'balance-due-to-amazon'),
  rule(ACCOUNT_LEVEL, 'other-transaction', 'Successful charge', 'amazon-charges'),
  rule(ACCOUNT_LEVEL, 'other-transaction', [
    'Micro Deposit', 'Failed Disbursement', 'Transfer of funds unsuccessful…',
  ], 'payouts-in-transit'),
  rule(ACCOUNT_LEVEL, 'other-transaction', 'Amazon Capital Services', 'loans'),
  rule(ACCOUNT_LEVEL, 'other-transaction', [
    'Storage Fee', 'StorageRenewalBilling', 'FBA Inventory Storage Fee', 'FBA Long Term Storage Fee',
    'Inventory Storage Overage Fee',
  ], 'storage'),
  rule(ACCOUNT_LEVEL, 'other-transaction', [
    'StorageBillingCGST', 'StorageBillingSGST', 'StorageRenewalBillingCGST', 'StorageRenewalBillingSGST',
    'RemovalCompleteCGST', 'RemovalCompleteSGST',
  ], 'tax-on-fees'),
  rule(ACCOUNT_LEVEL, 'other-transaction', ['RemovalComplete', 'DisposalComplete', 'FBA Removal Order: Return Fee'], 'removal'),
  rule(ACCOUNT_LEVEL, 'other-transaction', [
    'FBAInboundTransportationFee', 'Inbound Transportation Fee', 'FBAInboundTransportationProgramFee',
    'FBA Inbound Placement Service Fee', 'Inventory Placement Service Fee',
    'FBA International Freight Shipping Charge', 'AGSGlobalInboundTransportation', 'Manual Processing Fee',
    'WarehousePrep', 'Unplanned Service Fee - Barcode label missing', 'Inbound Defect Fee - Unplanned Service',
  ], 'inbound'),
  rule(ACCOUNT_LEVEL, 'other-transaction', ['INCORRECT_FEES_ITEMS', 'INCORRECT_FEES_NON_ITEMIZED'], 'fulfilment-fees'),
  rule(ACCOUNT_LEVEL, 'other-transaction', [
    'LowInventoryLevelFee', 'FBA Inventory Fee - LowInventoryLevel', 'Shipping label purchase',
    'Shipping label purchase for return', 'ShippingServices', 'ShippingServicesRefund', 'PostageAdjustment',
    'FBACustomerReturnPerOrderFee', 'FBACustomerReturnPerUnitFee', 'FBACustomerReturnWeightBasedFee',
  ], 'fulfilment-fees'),
  rule(ACCOUNT_LEVEL, 'other-transaction', ['Subscription Fee', 'SubscriptionFeeCorrection', 'Paid Services Fee'], 'subscription'),
  rule(ACCOUNT_LEVEL, 'other-transaction', ['HighVolumeListing', 'CommissionCorrection', 'ShippingHB'], 'selling-fees'),
  rule(ACCOUNT_LEVEL, 'other-transaction', 'LightningDealFee Special', 'advertising'),
  rule(ACCOUNT_LEVEL, 'other-transaction', ['A2ZGuaranteeRecovery', 'ChargeBackRecovery'], 'chargebacks-and-claims'),
  rule(ACCOUNT_LEVEL, 'other-transaction', [
    'Refund Reimbursal', 'CS_ERROR_ITEMS', 'MISSING_FROM_INBOUND', 'MULTICHANNEL_ORDER_DAMAGED',
    'MULTICHANNEL_ORDER_LATE', 'MULTICHANNEL_ORDER_LOST', 'REMOVAL_ORDER_DAMAGED', 'REVERSAL_REIMBURSEMENT',
    'WAREHOUSE_DAMAGE', 'WAREHOUSE_DAMAGE_EXCEPTION', 'WAREHOUSE_LOST',
    'FBA Inventory Reimbursement - Customer Return',
  ], 'reimbursements'),
  rule(ACCOUNT_LEVEL, 'other-transaction', 'Manual Processing Fee Reimbursement', 'inbound'),
  rule(ACCOUNT_LEVEL, 'other-transaction', 'Income Tax Charged', 'tax-withheld'),
  rule(ACCOUNT_LEVEL, 'other-transaction', [
    'Adjustment', 'MiscAdjustment', 'BalanceAdjustment', 'BuyerRecharge', 'Promotion Adjustment', 'Fee Adjustment',
    'Overpaid Fees Adjustment', 'Additional Other Expenses', 'Merchant Bad Debt', 'NonSubscriptionFeeAdj',
    'TransactionTotalAmount', 'FBA International Freight Duties and Taxes Charge', 'Tax',
  ], 'ask', 'the words do not say what it is for'),
  rule(ACCOUNT_LEVEL, 'BalanceAdjustment', 'Balance Adjustment', 'ask'),
];
