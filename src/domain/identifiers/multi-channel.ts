/**
 * How a Multi-Channel sale is recognised: another shop made it and Amazon only sends the goods. Reports and the Orders API
 * name its marketplace `Non-Amazon UK`, under the names of old shops `SI UK Prod Marketplace` and `SI Prod IT Marketplace`,
 * `sim1.stores.amazon.com`; its order id is the shop's own, or begins `S01-`, and never has Amazon's 3-7-7 digits.
 */
const AMAZON_ORDER_ID = /^\d{3}-\d{7}-\d{7}$/;
const NON_AMAZON = /^non-amazon(?:[ .-]([a-z]{2}))?\b/;
const SHOP = /^si (?:([a-z]{2}) )?prod(?: ([a-z]{2}))?(?: marketplace)?$/;
const STORES = /^sim\d+\.stores\.(amazon\.[a-z.]+)$/;

/** What a Multi-Channel name says of the country: its code in upper case, or the domain of its Amazon. Both null where it says nothing. */
export interface MultiChannelPlace {
  country: string | null;
  domain: string | null;
}

/** Null for a name that is none of a Multi-Channel marketplace. */
export function multiChannelPlace(marketplaceName: string): MultiChannelPlace | null {
  const folded = marketplaceName.trim().toLowerCase().replace(/\s+/g, ' ');
  const named = NON_AMAZON.exec(folded) ?? SHOP.exec(folded);
  if (named) {
    const country = (named[1] ?? named[2])?.toUpperCase() ?? null;
    return { country: country === 'GB' ? 'UK' : country, domain: null };
  }
  const stores = STORES.exec(folded);
  return stores ? { country: null, domain: stores[1]! } : null;
}

export function isAmazonOrderId(orderId: string): boolean {
  return AMAZON_ORDER_ID.test(orderId);
}

/** By the name of its marketplace, or by an order id that is not Amazon's. */
export function isMultiChannelSale(orderId: string | null, marketplaceName: string | null): boolean {
  return (orderId !== null && !isAmazonOrderId(orderId)) || isMultiChannelName(marketplaceName);
}

const answers = new Map<string, boolean>();

/** A file repeats few names many times, so each is looked at once. */
export function isMultiChannelName(marketplaceName: string | null): boolean {
  if (marketplaceName === null) return false;
  let answer = answers.get(marketplaceName);
  if (answer === undefined) answers.set(marketplaceName, (answer = multiChannelPlace(marketplaceName) !== null));
  return answer;
}
