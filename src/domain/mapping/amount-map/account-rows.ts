/** Rows of the account as a whole, which only their description tells apart: reserve, balances and charges, storage, inbound, corrections. */
import { rule, type AmountMapSection } from './amount-rule.ts';

/** Rows of the account as a whole; which of the four stands there depends on the export. */
const ACCOUNT_LEVEL = ['other-transaction', 'ServiceFee', 'Transfer', 'Adjustment'];

export const ACCOUNT_ROWS: AmountMapSection = {
  changes: 0,
  rules: [
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
  ],
};
