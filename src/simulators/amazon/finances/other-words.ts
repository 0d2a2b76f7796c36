/**
 * What Finances calls the rows of a settlement that are no order's or refund's. Names of types and breakdowns are those that
 * sellers' recordings show; where none shows one, the row's own words without blanks (docs/simulator-differences.md).
 */
import { folded, isTaxWithheld } from '../amount-words.ts';
import { nameOf } from './sales.ts';

/** A transaction's type, and the names from its tree's group to the leaf. */
export interface FinanceWords {
  type: string;
  path: readonly string[];
}

const FEES: ReadonlyMap<string, string> = new Map([
  ['storagefee', 'FBAStorageFee'],
  ['fbainventorystoragefee', 'FBAStorageFee'],
  ['fbalongtermstoragefee', 'FBALongTermStorageFee'],
  ['storagerenewalbilling', 'FBALongTermStorageFee'],
  ['subscriptionfee', 'Subscription'],
  ['paidservicesfee', 'PaidServicesFee'],
  ['fbainboundtransportationfee', 'FBAInboundTransportationFee'],
  ['inboundtransportationfee', 'FBAInboundTransportationFee'],
  ['inboundtransportationprogramfee', 'FBAInboundTransportationProgramFee'],
  ['fbaamazonpartneredcarriershipmentfee', 'FBAInboundTransportationFee'],
  ['fbainboundplacementservicefee', 'FBAInboundConvenienceFee'],
  ['inventoryplacementservicefee', 'FBAInboundConvenienceFee'],
  ['removalcomplete', 'FBARemovalFee'],
  ['fbaremovalorder:returnfee', 'FBARemovalFee'],
  ['disposalcomplete', 'FBADisposalFee'],
  ['fbaremovalorder:disposalfee', 'FBADisposalFee'],
  ['highvolumelisting', 'HighVolumeListingFee'],
  ['vineenrollmentfee', 'VineFee'],
  ['couponparticipationfee', 'CouponParticipationFee'],
  ['couponperformancebasedfee', 'CouponPerformanceFee'],
  ['couponredemptionfee', 'CouponPerformanceFee'],
  ['dealparticipationfee', 'DealParticipationFee'],
  ['dealperformancebasedfee', 'DealPerformanceFee'],
  ['lightningdealfee', 'RunLightningDealFee'],
]);
const PARTS_OF_A_FEE: ReadonlyMap<string, string> = new Map([
  ['basefee', 'Base'],
  ['discountonfee', 'Promo'],
  ['taxonfee', 'Tax'],
]);
const REIMBURSED =
  /^(warehouse|missingfrominbound|reversalreimbursement|compensatedclawback|freereplacement|cserror|reevaluation|removalorder(damaged|lost)|multichannelorder|labelissue|fbainventoryreimbursement)/;

export function financeWords(
  transactionType: string,
  group: string,
  description: string,
  amount: string,
): FinanceWords {
  const [type, kind, text] = [folded(transactionType), folded(group), folded(description)];
  const isTaken = amount.startsWith('-');
  if (kind === 'costofadvertising' || kind === 'refundforadvertiser') {
    const name = kind === 'costofadvertising' ? 'AdvertisingFee' : 'AdvertisingFeeRefund';
    return { type: 'ProductAdsPayment', path: text === 'taxamount' ? [name, 'Tax'] : [name] };
  }
  if (kind === 'fbainventoryreimbursement' || kind === 'mcfinventoryreimbursement' || REIMBURSED.test(text)) {
    const name = isTaken ? 'FBAReversedReimbursement' : 'FBAInventoryReimbursement';
    return { type: 'FBAInventoryReimbursement', path: ['FBAInventoryReimbursement', name] };
  }
  if (type.endsWith('retrocharge')) {
    if (isTaxWithheld(group, description)) return { type: 'Retrocharge', path: [nameOf(description)] };
    return { type: 'Retrocharge', path: [text === 'shippingtax' ? 'ShippingTax' : 'BaseTax'] };
  }
  if (type.startsWith('liquidations')) {
    if (isTaxWithheld(group, description)) return { type: 'RemovalShipment', path: [nameOf(description)] };
    if (text.endsWith('tax')) return { type: 'RemovalShipment', path: ['TaxOnRevenue'] };
    return { type: 'RemovalShipment', path: [kind === 'itemfees' ? 'AmazonFees' : 'RecommerceLiquidation'] };
  }
  if (type === 'safetreimbursement') return { type: 'SAFETReimbursement', path: ['SAFETReimbursement'] };
  if (type === 'debtadjustment') return { type: 'DebtRecovery', path: ['DebtAdjustment'] };
  if (text === 'amazoncapitalservices')
    return { type: 'LoanServicing', path: [isTaken ? 'LoanPayment' : 'LoanAdvance'] };
  return { type: 'ServiceFee', path: ['AmazonFees', ...feePath(type, group, description)] };
}

/** Of some fees the name goes on with an ASIN or a period. */
const nameOfFee = (text: string): string | undefined =>
  folded(text).startsWith('fbacustomerreturnsfee') ? 'CustomerReturnHRRUnitFee' : FEES.get(folded(text));

/** Some rows have the fee's name in the amount type and its part in the description, others the name in the description. */
function feePath(type: string, group: string, description: string): string[] {
  const part = PARTS_OF_A_FEE.get(folded(description));
  if (part !== undefined) return [nameOfFee(group) ?? nameOf(group), part];
  return [nameOfFee(description) ?? nameOfFee(type) ?? nameOf(description || group), 'Base'];
}
