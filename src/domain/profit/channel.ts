import { isMultiChannelSale } from '../identifiers/multi-channel.ts';
import type { Role } from '../mapping/roles.ts';

/**
 * Who books the sale that an amount belongs to. All but `ours` have fees, and goods that were sent, without a sale beside them, so
 * they stand apart and have no margin (close.md, *Profit by SKU*): sales of another shop that Amazon sends, sales that another
 * system books, and those that the old books have.
 */
export const CHANNELS = ['ours', 'multi-channel', 'merchant-orders', 'opening-balance'] as const;
export type Channel = (typeof CHANNELS)[number];

/** What is known of an order. */
export interface OrderStanding {
  orderId: string | null;
  marketplaceName: string | null;
  /** By the order itself, where it was taken in. */
  isNonAmazon?: boolean;
  /** Whether an invoice of ours is written down for it. */
  isBilled: boolean;
  /** Roles on which rows of it are booked. */
  bookedOn: readonly Role[];
}

/** What has an invoice of ours is ours; else where the rows of its sale are booked says whose it is. */
export function channelOf({
  orderId,
  marketplaceName,
  isNonAmazon = false,
  isBilled,
  bookedOn,
}: OrderStanding): Channel {
  if (isNonAmazon || isMultiChannelSale(orderId, marketplaceName)) return 'multi-channel';
  if (isBilled) return 'ours';
  if (bookedOn.includes('merchant-orders')) return 'merchant-orders';
  return bookedOn.includes('opening-balance') ? 'opening-balance' : 'ours';
}
