/**
 * NetSuite's REST record names: the 206 of the REST API Browser 2026.1 and the banking records of 2026.2 (NSHELP
 * article_71212147377). One that is not built answers 501; a name that is not here is none of NetSuite's, 404.
 */
const NAMES = `
  account accountingBook accountingPeriod advIntercompanyJournalEntry analyticalImpact assemblyBuild assemblyItem assemblyUnbuild
  automatedClearingHouse billingAccount billingRevenueEvent billingSchedule bin binTransfer binWorksheet blanketPurchaseOrder bom bomRevision
  budgetCategory budgetExchangeRate budgetimport calendarEvent campaign campaignAudience campaignCategory campaignChannel campaignFamily
  campaignOffer campaignResponse campaignSearchEngine campaignSubscription campaignTemplate campaignVertical cashRefund cashSale charge check
  classification commerceCategory competitor consolidatedExchangeRate contact contactCategory contactRole costCategory couponCode
  creditCardCharge creditCardRefund creditMemo currency currencyRate customer customerCategory customerDeposit customerMessage customerPayment
  customerRefund customerStatus customerSubsidiaryRelationship department deposit depositApplication descriptionItem discountItem downloadItem
  emailTemplate employee entityGroup estimate expenseCategory expenseReport fairValueFormula fairValuePrice fulfillmentRequest
  gLNumberingSequence generalToken giftCertificate giftCertificateItem globalAccountMapping hcmJob impactSubcategory inboundShipment
  intercompanyJournalEntry intercompanyTransferOrder inventoryAdjustment inventoryCostRevaluation inventoryCount inventoryItem inventoryNumber
  inventoryStatus inventoryTransfer invoice issue itemAccountMapping itemFulfillment itemGroup itemReceipt itemRevision itemSupplyPlan job
  jobStatus jobType journalEntry kitItem leadSource location lotNumberedAssemblyItem lotNumberedInventoryItem manufacturingCostTemplate
  manufacturingOperationTask manufacturingRouting markupItem merchandiseHierarchyLevel merchandiseHierarchyNode merchandiseHierarchyVersion
  message nexus nonInventoryPurchaseItem nonInventoryResaleItem nonInventorySaleItem noteType opportunity otherChargePurchaseItem
  otherChargeResaleItem otherChargeSaleItem otherName otherNameCategory partner partnerCategory paycheck paycheckJournal paymentCard
  paymentCardToken paymentItem paymentMethod payrollItem periodEndJournal phoneCall priceBook priceLevel pricePlan pricingGroup projectTask
  promotionCode purchaseContract purchaseOrder purchaseRequisition resourceAllocation resourceGroup returnAuthorization revRecFieldMapping
  revRecSchedule revRecTemplate salesCampaign salesOrder salesPriceRule salesPriceRuleEntry salesRole salesTaxItem serializedAssemblyItem
  serializedInventoryItem servicePurchaseItem serviceResaleItem serviceSaleItem shipItem siteCategory statisticalJournalEntry subscription
  subscriptionChangeOrder subscriptionLine subscriptionPlan subscriptionTerm subsidiary subtotalItem supportCase supportCaseOrigin
  supportCasePriority supportCaseStatus supportCaseType task taxAcct taxGroup taxSchedule taxType term timeBill timeSheet topic transferOrder
  unitsType usage vendor vendorBill vendorCategory vendorCredit vendorPayment vendorPrepayment vendorPrepaymentApplication
  vendorReturnAuthorization vendorSubsidiaryRelationship webSite winLossReason workOrder workOrderClose workOrderCompletion workOrderIssue
  bankingTransaction transactionMatch bankRecSuggestion
`;
const KNOWN = new Set(
  NAMES.trim()
    .split(/\s+/)
    .map((name) => name.toLowerCase()),
);

/** A record type of NetSuite's; custom records (`customrecord_…`) are any account's. Names are taken in any case. */
export function isRecordName(name: string): boolean {
  return KNOWN.has(name.toLowerCase()) || name.toLowerCase().startsWith('customrecord');
}
