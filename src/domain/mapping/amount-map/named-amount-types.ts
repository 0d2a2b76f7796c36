/** Rows whose amount type is the name of a fee or of a reimbursement: FBA and other fees of Amazon with their tax, what was lost or damaged. */
import { rule, type AmountMapSection } from './amount-rule.ts';

const FEE = ['Base fee', 'Discount on fee'];
const EPR_BEGINNINGS = ['Eco-contribution for EPR Pay on Behalf…', 'Amazon service fee for EPR Pay on Behalf…'];
const NAMES_OF_2026 = ['Coupon Participation Fee', 'Deal Participation Fee', 'Deal Performance Based Fee'];

export const NAMED_AMOUNT_TYPES: AmountMapSection = {
  changes: 0,
  rules: [
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
  ],
};
