/** Search attributes (never personal data): set at start, upserted only when a person is awaited or no longer is. */
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

export const SEARCH_ATTRIBUTES = {
  connection: defineSearchAttributeKey('connection', SearchAttributeType.KEYWORD),
  marketplace: defineSearchAttributeKey('marketplace', SearchAttributeType.KEYWORD),
  amazonOrderId: defineSearchAttributeKey('amazonOrderId', SearchAttributeType.KEYWORD),
  settlementId: defineSearchAttributeKey('settlementId', SearchAttributeType.KEYWORD),
  state: defineSearchAttributeKey('state', SearchAttributeType.KEYWORD),
  blockedBy: defineSearchAttributeKey('blockedBy', SearchAttributeType.KEYWORD),
  period: defineSearchAttributeKey('period', SearchAttributeType.KEYWORD),
} as const;
