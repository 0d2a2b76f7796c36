export function renderDecisions(connection: string): string {
  return `Takes decisions for **${connection}**: the updates \`mapSku {sku, item, by, why?}\`, \`mapAmount {transactionType, amountType, amountDescription, role | sameAs, by, why?}\`, \`settleDifference {document | settlementId, choice, by, why}\`, \`matchDeposit {settlementId, movement, lines, by, why}\`, \`openChain {settlementId, by, why}\` and \`bookRefund {orderId, settlementId, by, why}\`. Each is taken once and releases everyone who waits for it. Nobody has to act here unless an order or payout waits.`;
}
