/** Sentences of an order's page in Temporal: what it waits for and who must act. */

export function renderOrderWaitsForSku(skus: readonly string[], unusable: string | null): string {
  const sku = skus[0] ?? '';
  const refused = unusable === null ? '' : `\n\nThe mapping that came was not used: ${unusable}.`;
  return (
    `**Waits for Operations.** NetSuite has no item for ${skus.length === 1 ? 'SKU' : 'SKUs'} ${skus.join(', ')}.\n\n` +
    `Map it once for all orders: \`npx tieout map-sku ${sku} ITEM --why "…"\`. ` +
    `To unblock this order alone, send it the signal \`skuMapped\` with \`{"sku": "${sku}", "item": "ITEM"}\`, and \`"units": 3\` where it is a pack of three.${refused}`
  );
}

export function renderOrderStopped(exception: number, sentence: string): string {
  return `**Waits for a person** (exception ${exception}). ${sentence}.\n\nAfter mending it, send the signal \`tryAgain\`.`;
}

export const renderOrderPending = () =>
  'Pending at Amazon: it has no price yet. Nobody has to act; it goes on when Amazon prices or cancels it.';
export const renderOrderToDispatch = () => 'Sales Order posted. Waits for Amazon to dispatch it; nobody has to act.';
export const renderOrderPlanned = () => 'Planned only: the connection is in `posting: plan`, so nothing is posted.';
export const renderOrderDone = (what: string) => `Done: ${what}. Waits for nothing.`;
