/** Rows whose transaction type (of a service fee: the amount type) says by itself what they are: reimbursements, liquidations, advertising, single fees, taxes, transfers. */
import { rule, type AmountMapSection } from './amount-rule.ts';

export const OWN_TRANSACTION_TYPES: AmountMapSection = {
  changes: 0,
  rules: [
    rule(
      'SAFE-T Reimbursement',
      ['Other transactions', 'other-transaction', 'SAFE-T Reimbursement'],
      ['SAFE-T Reimbursement'],
      'reimbursements',
    ),
    rule(['Liquidations', 'Liquidations Adjustments'], 'ItemPrice', 'Principal', 'liquidation'),
    rule(['Liquidations', 'Liquidations Adjustments'], 'ItemFees', 'LiquidationsBrokerageFee', 'liquidation'),
    rule('ServiceFee', ['Cost of Advertising', 'Refund for Advertiser'], 'TransactionTotalAmount', 'advertising'),
    rule('ServiceFee', ['Cost of Advertising', 'Refund for Advertiser'], 'TaxAmount', 'tax-on-fees'),
    rule(
      ['ServiceFee', 'Promotion Fee'],
      ['Deals', 'PromotionFee'],
      ['Promotion Fee', 'Promotion Fee Special'],
      'advertising',
    ),
    rule('CouponRedemptionFee', 'CouponRedemptionFee', '*', 'advertising', "the description is the coupon's name"),
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
    rule(
      'Debt Adjustment',
      ['other-transaction', 'Debt Adjustment'],
      ['Cross-Account Debt Adjustment…'],
      'set-off',
      'against another account of the same seller; both sides stand on one account',
    ),
  ],
};
